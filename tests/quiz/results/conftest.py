"""Where the tests of results keep them: a file, and a real server, each its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.quiz.results.store import Store
from tests.quiz.results.postgresql import server


@pytest.fixture(scope="session")
def server_address() -> Iterator[str]:
    """The address of a server that runs as long as the tests do."""
    with server() as address:
        yield address


@pytest.fixture
def postgresql(server_address: str) -> str:
    """The address of an empty database."""
    # Emptied rather than made anew, which would copy some hundred files for every test.
    url = make_url(server_address).set(drivername="postgresql+pg8000")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return server_address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """An empty place for results, of either kind."""
    if request.param == "sqlite":
        return tmp_path / "home" / "results.sqlite3"
    return str(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    """An open store, of either kind."""
    with Store(place) as opened:
        yield opened
