"""Write the table of keys and words into docs/officers.md, between its two comments.

usage: python docs/tables.py
"""

from pathlib import Path

from assistant.interface.actions import ACTIONS, key_name

PAGE = Path(__file__).parent / "officers.md"
BEGIN, END = "<!-- actions: python docs/tables.py -->", "<!-- /actions -->"


def table() -> str:
    """Every action: where it works, its key, how it is typed, what it does, its id."""
    rows = [
        "| where | key | typed | does | id in the settings |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {one.where.value} | {key_name(one.key)} | `{one.usage}` | {one.what} | `{one.id}` |"
        for one in ACTIONS
    ]
    return "\n".join(rows)


def with_table(page: str) -> str:
    """``page`` with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE} lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
