"""Where results cannot be kept: one clear line, and nothing that was stored is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, text

from assistant.errors import AssistantError, UsageError
from assistant.quiz.attempt import Mode, give
from assistant.quiz.results.database import Database
from assistant.quiz.results.migrations import prepare, stored_version
from assistant.quiz.results.schema import VERSION
from assistant.quiz.results.store import Store
from tests.helpers import ROOT
from tests.quiz.made import DRAWN, attempt, later

SHORT = 0.2
"""Seconds to wait for another window, where a test is about that."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Results with one answer in them."""
    place = tmp_path / "home" / "results.sqlite3"
    with Store(place) as store:
        new = attempt(Mode.PRACTICE)
        number = store.begin(new, DRAWN, 1, None, "1")
        after = give(new, 0, (1,), 1, later(1)).attempt
        store.answer(number, after, after.answers[0])
    return place


def one_line(error: pytest.ExceptionInfo[AssistantError]) -> str:
    said = str(error.value)
    assert "\n" not in said
    assert "Traceback" not in said
    return said


def run(*arguments: object, before: tuple[str, ...] = ()) -> str:
    """What a program of the tests prints."""
    done = subprocess.run(
        [*before, sys.executable, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


OTHER = """
import sys
from assistant.quiz.results.database import Database
place = sys.argv[1]
database = Database(place)
with database.writing() as connection:
    connection.exec_driver_sql("UPDATE attempts SET seed = '2'")
    print("writing", flush=True)
    sys.stdin.readline()
database.close()
"""


@pytest.fixture
def other_window(place: Path | str) -> Iterator["subprocess.Popen[str]"]:
    """Another window, in the middle of a long change to the one attempt at ``place``."""
    with Store(place) as store:
        store.begin(attempt(), DRAWN, 1, None, "1")
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(place)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        if process.poll() is None:
            process.communicate("\n")


def test_another_window_that_writes_is_waited_for_and_then_named(
    place: Path | str, other_window: "subprocess.Popen[str]"
) -> None:
    with Store(place, wait=SHORT) as store:
        (number,) = store.unfinished(None)
        now = give(store.attempt(number).attempt, 0, (1,), 1, later(1)).attempt
        with pytest.raises(
            AssistantError, match=r"another window.*0\.2 seconds.*try again"
        ) as said:
            store.answer(number, now, now.answers[0])
        one_line(said)
        other_window.communicate("\n")
        store.answer(number, now, now.answers[0])
        assert store.attempt(number).attempt == now
        assert store.attempt(number).seed == 2


def test_another_window_that_writes_does_not_hinder_reading(
    place: Path | str, other_window: "subprocess.Popen[str]"
) -> None:
    with Store(place, wait=SHORT) as store:
        assert store.attempt(1).seed == 1


MANY = """
import sys
from tests.quiz.results.answering import answer_one_attempt
from assistant.quiz.attempt import Mode, give
from assistant.quiz.results.store import Store
from tests.quiz.made import DRAWN, PAPER, attempt, later
for turn in range(3):
    with Store(sys.argv[1]) as store:
        now = attempt(Mode.PRACTICE)
        number = store.begin(now, DRAWN, 1, None, "1")
        for position in range(len(PAPER)):
            now = give(now, position, (1,), 1, later(position)).attempt
            store.answer(number, now, now.answers[position])
        print(store.attempt(number).attempt == now)
"""


def test_another_program_that_has_the_file_for_itself_is_named(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AssistantError, match="another window") as said:
            Store(file, wait=SHORT)
        one_line(said)
        other.execute("COMMIT")
    with Store(file) as store:
        assert store.attempt(1).attempt.answers[0].given == (1,)


def test_two_windows_that_make_the_tables_and_answer_at_once_both_lose_nothing(
    place: Path | str,
) -> None:
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(place)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for window in windows:
        out, err = window.communicate(timeout=60)
        assert (out, err) == ("True\n" * 3, "")
    with Store(place) as store, store.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM answers")).scalar() == 4 * 3 * 6


@pytest.mark.skipif(sys.platform == "win32", reason="needs the limits of POSIX")
def test_where_files_may_not_grow_the_answer_is_refused_and_can_be_given_again(
    tmp_path: Path,
) -> None:
    said = run("-m", "tests.quiz.results.filling", tmp_path / "results.sqlite3", "limit")
    assert_refused_and_given_again(said)


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0,
    reason="may not make a small disk here",
)
def test_on_a_full_disk_the_answer_is_refused_and_can_be_given_again(tmp_path: Path) -> None:
    # The disk is seen by this one process, and gone with it.
    mount = 'mount -t tmpfs -o size=400k tmpfs "$0" && exec "$@"'
    before = ("unshare", "-m", "sh", "-c", mount, str(tmp_path))
    said = run(
        "-m", "tests.quiz.results.filling", tmp_path / "results.sqlite3", "disk", before=before
    )
    assert_refused_and_given_again(said)
    assert "the disk is full;" in said


def assert_refused_and_given_again(said: str) -> None:
    refusal, *rest = said.splitlines()
    assert "the disk is full" in refusal
    assert "Make room and try again" in refusal
    assert rest == ["in this window True", "in another window True", "given again True True"]


READ_ONLY = """
import sys
from assistant.errors import AssistantError
from assistant.quiz.results.store import Store
from tests.quiz.made import DRAWN, attempt
try:
    with Store(sys.argv[1]) as store:
        store.begin(attempt(), DRAWN, 1, None, "1")
except AssistantError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the rights of POSIX")
@pytest.mark.parametrize("what", ["empty folder", "folder", "file", "missing folder"])
def test_where_nothing_may_be_written_that_is_said(file: Path, what: str) -> None:
    # The superuser may write everywhere, unless that right is taken from it.
    rights = "-dac_override,-dac_read_search"
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("the superuser writes into read-only folders, and setpriv is missing")
        before = ("setpriv", f"--bounding-set={rights}")
    place = file
    bytes_before = file.read_bytes()
    if what in ("empty folder", "missing folder"):
        folder = file.parent.parent / "empty"
        folder.mkdir()
        place = folder / ("results.sqlite3" if what == "empty folder" else "new/results.sqlite3")
        folder.chmod(0o500)
    elif what == "folder":
        file.chmod(0o400)
        file.parent.chmod(0o500)
    else:
        file.chmod(0o400)
    try:
        said = run("-c", READ_ONLY, place, before=before)
    finally:
        place.parent.parent.chmod(0o700)
        if place.parent.exists():
            place.parent.chmod(0o700)
    assert len(said.splitlines()) == 1
    assert f"the results in {place}" in said
    assert "ASSISTANT_HOME" in said
    assert file.read_bytes() == bytes_before


def set_version(place: Path | str, version: int) -> None:
    database = Database(place)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE schema_version SET version = {version}"))
    database.close()


def test_results_of_a_newer_version_are_refused_and_not_touched(place: Path | str) -> None:
    set_version(place, VERSION + 1)
    before = place.read_bytes() if isinstance(place, Path) else b""
    with pytest.raises(AssistantError, match="a newer version of this program wrote it") as said:
        Store(place)
    assert "install the newer version" in one_line(said)
    if isinstance(place, Path):
        assert place.read_bytes() == before
        assert [path.name for path in place.parent.iterdir()] == [place.name]


STEPS = {
    VERSION: ("ALTER TABLE attempts ADD COLUMN room TEXT",),
    VERSION + 1: ("UPDATE attempts SET room = 'hall'",),
}


def test_older_results_are_brought_up_to_date(place: Path | str) -> None:
    with Store(place) as store:
        store.begin(attempt(), DRAWN, 1, None, "1")
        with store.database.writing() as connection:
            prepare(connection, "here", STEPS, VERSION + 2)
        with store.database.reading() as connection:
            assert connection.execute(text("SELECT room FROM attempts")).scalars().all() == ["hall"]
            assert stored_version(connection, "here") == VERSION + 2


def test_older_results_stay_as_they_are_where_a_step_fails(place: Path | str) -> None:
    steps = {**STEPS, VERSION + 1: ("UPDATE attempts SET nothing = 'hall'",)}
    with Store(place) as store:
        store.begin(attempt(), DRAWN, 1, None, "1")
        with (
            pytest.raises(AssistantError, match="the database says") as said,
            store.database.writing() as connection,
        ):
            prepare(connection, "here", steps, VERSION + 2)
        one_line(said)
        with store.database.reading() as connection:
            names = {column["name"] for column in inspect(connection).get_columns("attempts")}
            assert "room" not in names
            assert stored_version(connection, "here") == VERSION


def test_a_database_of_another_program_is_left_alone(place: Path | str, tmp_path: Path) -> None:
    database = Database(place)
    with database.writing() as connection:
        for table in ("answers", "replaced_answers", "attempts", "cards", "schema_version"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("CREATE TABLE birds (name TEXT)"))
    database.close()
    with pytest.raises(AssistantError, match="database of another program") as said:
        Store(place)
    one_line(said)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough\n" * 40, b"x" * 100])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "results.sqlite3"
    place.write_bytes(content)
    with pytest.raises(AssistantError, match="is not a database") as said:
        Store(place)
    one_line(said)
    assert place.read_bytes() == content


def test_a_damaged_file_is_named(file: Path) -> None:
    whole = file.read_bytes()
    size = 4096
    assert len(whole) > 3 * size
    file.write_bytes(whole[:size] + b"\xa5" * (len(whole) - size))
    with pytest.raises(AssistantError, match="damaged") as said, Store(file) as store:
        store.attempt(1)
    one_line(said)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="it cannot be opened") as said:
        Store(tmp_path)
    one_line(said)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(AssistantError, match=r"folder .* cannot be made") as said:
        Store(tmp_path / "home" / "results.sqlite3")
    one_line(said)


def test_a_file_is_written_ahead_and_waits_for_the_disk(file: Path) -> None:
    with Store(file) as store, store.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    with closing(sqlite3.connect(file)) as connection_of_another:
        assert connection_of_another.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"password": "wrong-secret"}, "does not accept this user and password"),
        ({"username": "nobody-known"}, "does not accept this user"),
        ({"database": "nothing_here"}, "has no such database"),
        ({"port": 1}, "cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_used_is_named_without_the_password(
    postgresql: str, change: dict[str, str], expected: str
) -> None:
    url = make_url(postgresql)
    changed = url.set(**change)  # type: ignore[arg-type]
    with pytest.raises(AssistantError, match=expected) as said:
        Store(changed.render_as_string(hide_password=False))
    line = one_line(said)
    assert str(url.password) not in line
    assert "wrong-secret" not in line


@pytest.mark.parametrize(
    "address", ["mysql://host/results", "postgresql://host", "sqlite://", "://"]
)
def test_an_address_that_is_not_one_is_named(address: str) -> None:
    with pytest.raises(UsageError, match="write postgresql://") as said:
        Store(address)
    one_line(said)


def test_an_address_with_what_is_not_understood_is_named() -> None:
    with pytest.raises(UsageError, match="only sslmode") as said:
        Store("postgresql://me:wrong-secret@host/results?application_name=x")
    assert "wrong-secret" not in one_line(said)


def test_a_server_without_encryption_is_refused_where_it_was_asked_for(postgresql: str) -> None:
    with pytest.raises(AssistantError, match="Server refuses SSL") as said:
        Store(f"{postgresql}?sslmode=require")
    one_line(said)


def end_other_connections(other: Store) -> None:
    """As a server does that is stopped or set up anew."""
    with other.database.writing() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_connection_that_broke_between_two_answers_is_opened_again(postgresql: str) -> None:
    with Store(postgresql) as store, Store(postgresql) as other:
        number = store.begin(attempt(), DRAWN, 1, None, "1")
        for _ in range(5):
            end_other_connections(other)
            assert store.attempt(number).seed == 1


def test_a_connection_that_breaks_in_an_answer_is_named_and_the_answer_can_be_given_again(
    postgresql: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with Store(postgresql) as store, Store(postgresql) as other:
        number = store.begin(attempt(), DRAWN, 1, None, "1")
        now = give(store.attempt(number).attempt, 0, (1,), 1, later(1)).attempt
        for _ in range(5):
            with (
                pytest.raises(AssistantError, match="cannot be reached, or broke off") as said,
                store.database.writing() as connection,
            ):
                connection.execute(text("UPDATE attempts SET seed = '2'"))
                end_other_connections(other)
                connection.execute(text("UPDATE attempts SET seed = '3'"))
            one_line(said)
        store.answer(number, now, now.answers[0])
        assert store.attempt(number).attempt == now
        assert store.attempt(number).seed == 1
    assert capfd.readouterr() == ("", "")


def test_without_the_driver_a_server_is_told_what_to_install() -> None:
    code = """
import sys
sys.modules["pg8000"] = None
from assistant.errors import AssistantError
from assistant.quiz.results.store import Store
try:
    Store("postgresql://me@127.0.0.1:1/results")
except AssistantError as error:
    print(error)
"""
    assert "pip install 'guidance-assistant[postgresql]'" in run("-c", code)


def test_nothing_but_results_loads_the_database_library() -> None:
    code = """
import sys
import assistant.quiz.attempt, assistant.quiz.schedule, assistant.quiz.candidate, assistant.cli.main
assert not {"sqlalchemy", "pg8000", "fsrs"} & set(sys.modules)
"""
    run("-c", code)
