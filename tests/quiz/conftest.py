"""Where the tests of results keep them: a file, and a real server, each its own."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.quiz.results.store import Store
from tests.quiz.postgresql import server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server that runs as long as the tests do."""
    with server() as address:
        yield address


def new_database(address: str) -> str:
    """The address of a new, empty database on the server at ``address``."""
    name = f"quiz_{next(_numbers)}"
    url = make_url(address).set(drivername="postgresql+pg8000")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.removesuffix("postgres") + name


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """An empty place for results, of either kind."""
    if request.param == "sqlite":
        return tmp_path / "home" / "results.sqlite3"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    """An open store, of either kind."""
    with Store(place) as opened:
        yield opened
