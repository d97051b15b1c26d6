"""The lock file of what was reviewed: read, written, gone stale, signed off."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assistant.errors import AssistantError, ContentError, UsageError
from assistant.guidance.fingerprints import LENGTH, fingerprint
from assistant.guidance.model import Guidance
from assistant.library.citing import CitingKind
from assistant.library.content import Content
from assistant.library.read import CheckedContent, read_content
from assistant.library.reviewed import (
    REVIEWED_KINDS,
    Lock,
    Signed,
    Subject,
    changed_since_review,
    lock_path,
    read_lock,
    stale,
    subjects,
)
from assistant.quiz.model import Bank
from assistant.upkeep.review import chosen, lock_text, sign_off, without_what_is_gone, write_lock
from tests.helpers import TODAY, run

LAMP = "lighthouse-manual#the-lamp"
GOOD = f"intent oil-store {'ab' * (LENGTH // 2)} 2026-11-20 jm7 -\n"
EMPTY = Bank(())

codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", fullmatch=True)
locks = st.dictionaries(
    st.tuples(st.sampled_from(REVIEWED_KINDS), st.from_regex(r"[a-z0-9/#.()-]+", fullmatch=True)),
    st.builds(
        Signed,
        st.from_regex(rf"[0-9a-f]{{{LENGTH}}}", fullmatch=True),
        st.dates(),
        codes,
        st.none() | codes,
    ),
)


@pytest.fixture
def known(small: Content) -> CheckedContent:
    """The small content, read."""
    return read_content(small)


def signed(content: CheckedContent) -> Lock:
    """Everything in ``content`` signed by one reader."""
    return sign_off({}, list(subjects(content, EMPTY)), "jm7", TODAY).lock


def reworded(content: CheckedContent, before: str, after: str) -> CheckedContent:
    """The content with other words in its guidance."""
    [publication] = content.guidance.publications
    sections = [
        replace(
            section,
            passages=tuple(
                replace(passage, text=passage.text.replace(before, after))
                for passage in section.passages
            ),
        )
        for section in publication.sections
    ]
    guidance = Guidance((replace(publication, sections=tuple(sections)),))
    return content._replace(guidance=guidance)


@given(lock=locks)
def test_a_lock_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, lock: Lock
) -> None:
    path = tmp_path_factory.mktemp("lock") / "reviewed.lock"
    write_lock(path, lock)
    assert read_lock(path) == lock
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    lines = [line for line in lock_text(lock).splitlines() if not line.startswith("# ")]
    assert len(lines) == len(lock)


def test_lines_stand_in_the_order_of_kind_and_id(known: CheckedContent) -> None:
    lines = [line for line in lock_text(signed(known)).splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    assert len(lines) > 5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("intent oil-store\n", "2 words"),
        (GOOD.replace("intent", "answer"), "'answer' is not one of"),
        (GOOD.replace("abab", "xyz"), "no fingerprint"),
        (GOOD.replace("2026-11-20", "2026-13-20"), "no date"),
        (GOOD.replace("jm7", "-"), "no reader's code"),
        (GOOD.replace(" -", " J/M"), "no reader's code"),
        (GOOD + GOOD, "signed twice"),
        ("<<<<<<< HEAD\n", "2 words"),
        (GOOD[:30], "in the middle of a line"),
    ],
)
def test_each_fault_of_a_lock_is_named_by_its_line(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "reviewed.lock"
    path.write_text("# reviewed\n\n" + line, encoding="utf-8")
    with pytest.raises(ContentError, match=words) as caught:
        read_lock(path)
    [problem] = caught.value.problems
    assert (problem.code, problem.line) == ("broken-lock", 2 + max(1, line.count("\n")))


def test_a_faulty_lock_is_one_clear_line_and_never_overwritten(small: Content) -> None:
    path = lock_path(small)
    path.write_text(GOOD + GOOD[:30], encoding="utf-8")
    for arguments in (["review"], ["review", "--sign-off", "jm7", "lighthouse-manual"]):
        said = run(*arguments)
        assert said.returncode == 1
        assert said.stderr.count("\n") == 1
        assert "reviewed.lock:2: the file ends in the middle of a line" in said.stderr
    assert path.read_text(encoding="utf-8") == GOOD + GOOD[:30]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", GOOD.encode()[:-1] + b"\x80\n"])
def test_a_lock_that_is_no_text_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "reviewed.lock"
    path.write_bytes(data)
    with pytest.raises(ContentError, match="not UTF-8"):
        read_lock(path)


def test_without_a_lock_nothing_was_reviewed(known: CheckedContent) -> None:
    found = stale(known, EMPTY, {})
    assert {one.signed for one in found} == {None}
    assert len(found) == len(list(subjects(known, EMPTY)))
    assert not any(changed_since_review(known, EMPTY, {}).values())


def test_what_was_signed_is_stale_once_what_it_cites_has_changed(known: CheckedContent) -> None:
    lock = signed(known)
    assert stale(known, EMPTY, lock) == []
    after = reworded(known, "the cellar", "the attic")
    found = {(one.subject.kind.value, one.subject.id) for one in stale(after, EMPTY, lock)}
    assert found == {("intent", "oil-store"), ("passage", f"{LAMP}/1.2")}
    changed = changed_since_review(after, EMPTY, lock)
    assert changed[CitingKind.INTENT] == {"oil-store"}
    assert changed[CitingKind.NODE] == frozenset()


def test_style_makes_nothing_stale(known: CheckedContent) -> None:
    after = reworded(reworded(known, " ", "\n"), "- at", "*   at")
    assert after.guidance != known.guidance
    assert stale(after, EMPTY, signed(known)) == []


def test_each_item_and_node_of_the_real_content_goes_stale_alone(
    content: CheckedContent, bank: Bank
) -> None:
    everything = list(subjects(content, bank))
    assert len({(one.kind, one.id) for one in everything}) == len(everything)
    lock = dict(sign_off({}, everything, "jm7", TODAY).lock)
    for kind in REVIEWED_KINDS:
        key = next(key for key in lock if key[0] is kind)
        broken = {**lock, key: lock[key]._replace(fingerprint="0" * LENGTH)}
        assert [(s.subject.kind, s.subject.id) for s in stale(content, bank, broken)] == [key]


def test_the_fingerprint_is_the_same_on_every_machine(known: CheckedContent) -> None:
    assert fingerprint(known.guidance, [f"{LAMP}/1.2"]) == "3f914177d8f3a073"
    both = fingerprint(known.guidance, [f"{LAMP}/1.2", f"{LAMP}/1.1"])
    assert both != fingerprint(known.guidance, [f"{LAMP}/1.1", f"{LAMP}/1.2"])
    assert both != fingerprint(known.guidance, [LAMP])


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("intent:oil-store", {"oil-store"}),
        (f"passage:{LAMP}/1.1", {f"{LAMP}/1.1"}),
        (f"{LAMP}/1.2", {"oil-store", f"{LAMP}/1.2"}),
        (LAMP, {"wick-trimming", "oil-store", f"{LAMP}/1.1", f"{LAMP}/1.2"}),
    ],
)
def test_a_name_chooses_what_it_names(known: CheckedContent, name: str, ids: set[str]) -> None:
    found = chosen(subjects(known, EMPTY), known.guidance, [name])
    assert {subject.id for subject in found} == ids


def test_a_publication_chooses_all_that_stands_on_it(known: CheckedContent) -> None:
    everything = list(subjects(known, EMPTY))
    assert chosen(everything, known.guidance, ["lighthouse-manual"]) == everything


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("intent:nothing", "names nothing"),
        ("nonsense", "no publication and no citation"),
        ("lighthouse-manual#nowhere", "leads nowhere"),
    ],
)
def test_a_name_that_names_nothing_is_refused(known: CheckedContent, name: str, words: str) -> None:
    with pytest.raises(AssistantError, match=words):
        chosen(subjects(known, EMPTY), known.guidance, [name])


def test_what_is_signed_as_it_stands_keeps_its_line(known: CheckedContent) -> None:
    everything = list(subjects(known, EMPTY))
    first = signed(known)
    again = sign_off(first, everything, "kp2", date(2027, 1, 1))
    assert again.signed == ()
    assert again.lock == first


def test_a_second_reader_signs_after_the_first_and_is_another(known: CheckedContent) -> None:
    everything = list(subjects(known, EMPTY))
    first = signed(known)
    with pytest.raises(AssistantError, match="no first reader"):
        sign_off({}, everything, "kp2", TODAY, second=True)
    with pytest.raises(AssistantError, match="another person"):
        sign_off(first, everything, "jm7", TODAY, second=True)
    alone = sign_off(first, everything, "jm7", TODAY, second=True, another=False)
    assert {line.second for line in alone.lock.values()} == {"jm7"}
    both = sign_off(first, everything, "kp2", TODAY, second=True)
    assert {(line.reader, line.second) for line in both.lock.values()} == {("jm7", "kp2")}
    changed = list(subjects(reworded(known, "the cellar", "the attic"), EMPTY))
    with pytest.raises(AssistantError, match="as it stands"):
        sign_off(both.lock, changed, "kp2", TODAY, second=True)
    anew = sign_off(both.lock, changed, "kp2", TODAY)
    assert {subject.id for subject in anew.signed} == {"oil-store", f"{LAMP}/1.2"}
    assert anew.lock[CitingKind.INTENT, "oil-store"].second is None


@pytest.mark.parametrize("code", ["", "-", "two words", "a\nb", "x" * 41, "../x"])
def test_a_code_is_one_short_word(code: str) -> None:
    with pytest.raises(UsageError, match="no reader's code"):
        sign_off({}, [], code, TODAY)


def test_lines_of_what_is_gone_are_dropped(known: CheckedContent) -> None:
    subject = Subject(CitingKind.INTENT, "gone", (LAMP,), "0" * LENGTH)
    lock = sign_off(signed(known), [subject], "jm7", TODAY).lock
    assert without_what_is_gone(lock, subjects(known, EMPTY)) == signed(known)


def test_the_command_lists_signs_and_lists_what_is_left(small: Content) -> None:
    listed = run("review")
    assert listed.returncode == 0
    assert "intent:oil-store  never reviewed" in listed.stdout
    said = run("review", "--sign-off", "jm7", LAMP)
    assert (said.returncode, said.stdout) == (0, "4 signed off by jm7\n")
    left = json.loads(run("review", "--json").stdout)
    assert {one["id"] for one in left["stale"]}.isdisjoint({"oil-store", "wick-trimming"})
    assert run("review", LAMP).stdout == "Everything has been reviewed as it stands.\n"
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("the cellar", "the attic"))
    [changed] = [
        one for one in json.loads(run("review", "--json").stdout)["stale"] if one["reviewed"]
    ][:1]
    assert changed == {
        "kind": "intent",
        "id": "oil-store",
        "cites": [f"{LAMP}/1.2"],
        "reviewed": date.today().isoformat(),
        "reader": "jm7",
    }
    second = run("review", "--sign-off", "kp2", "--second", f"passage:{LAMP}/1.1")
    assert second.stdout == "1 signed off by kp2\n"


@pytest.mark.parametrize(
    "arguments", [["--second"], ["--sign-off", "jm7"], ["--sign-off", "j m", LAMP]]
)
def test_wrong_usage_is_one_line_and_status_2(small: Content, arguments: list[str]) -> None:
    said = run("review", *arguments)
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert not lock_path(small).exists()


def test_a_lock_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="cannot be written"):
        write_lock(tmp_path / "missing" / "reviewed.lock", {})
    (tmp_path / "reviewed.lock").mkdir()
    with pytest.raises(AssistantError, match="cannot be written"):
        write_lock(tmp_path / "reviewed.lock", {})
    assert [path.name for path in tmp_path.iterdir()] == ["reviewed.lock"]
