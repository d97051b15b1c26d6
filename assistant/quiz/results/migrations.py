"""The tables made, or brought from an older version to this one, in one transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, inspect, select, text, update

from assistant.quiz.results.faults import fault
from assistant.quiz.results.schema import VERSION, schema_version, tables

MIGRATIONS: Mapping[int, Sequence[str]] = {}
"""The statements that lead from a version to the next, by the version that they start from; in SQL
that both databases understand."""

_ONE_AT_A_TIME = 5_170_826
"""The lock under which PostgreSQL lets only one program at a time make the tables."""


def stored_version(connection: Connection, place: str) -> int | None:
    """The version of the tables that are there; None where there are no tables at all.

    Raises AssistantError where the tables are not those of this program.
    """
    names = set(inspect(connection).get_table_names())
    if schema_version.name in names:
        found = connection.execute(select(schema_version.c.version)).scalars().all()
        if len(found) == 1:
            return int(found[0])
    if not names:
        return None
    raise fault(
        place, "it is the database of another program; name another file or another database"
    )


def refuse_newer(version: int | None, place: str, wanted: int = VERSION) -> None:
    """Raise AssistantError where the tables are of a newer version than this program knows."""
    if version is not None and version > wanted:
        raise fault(
            place,
            f"a newer version of this program wrote it (tables of version {version}; this "
            f"one knows {wanted}). Nothing in it was touched; install the newer version",
        )


def prepare(
    connection: Connection,
    place: str,
    migrations: Mapping[int, Sequence[str]] = MIGRATIONS,
    wanted: int = VERSION,
) -> None:
    """Make the tables where there are none, and bring older ones to the version ``wanted``.

    In the transaction of ``connection``: it is done wholly or not at all.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
    version = stored_version(connection, place)
    refuse_newer(version, place, wanted)
    if version is None:
        tables.create_all(connection)
        connection.execute(schema_version.insert().values(version=VERSION))
        return
    for step in range(version, wanted):
        for statement in migrations[step]:
            connection.execute(text(statement))
    if version < wanted:
        connection.execute(update(schema_version).values(version=wanted))
