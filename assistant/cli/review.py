"""``assistant review``: what has to be read again, and signing it off."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from assistant.errors import UsageError
from assistant.library.citing import bank_of
from assistant.library.content import find_content
from assistant.library.read import read_content
from assistant.library.reviewed import Stale, lock_path, read_lock, stale, subjects
from assistant.upkeep.review import chosen, sign_off, without_what_is_gone, write_lock


def run(options: argparse.Namespace) -> int:
    """List what is stale, or sign off; 1 where the lock file has faults."""
    source = find_content()
    content = read_content(source)
    bank = bank_of(content)
    path = lock_path(source)
    lock = read_lock(path)
    if options.sign_off is None:
        if options.second:
            raise UsageError("--second goes with --sign-off CODE")
        wanted = stale(content, bank, lock)
        if options.names:
            named = {
                (s.kind, s.id)
                for s in chosen(subjects(content, bank), content.guidance, options.names)
            }
            wanted = [one for one in wanted if (one.subject.kind, one.subject.id) in named]
        print(_json(wanted) if options.json else "\n".join(_text(wanted)))
        return 0
    if not options.names:
        raise UsageError(
            "say what was read: intent:ID, node:DIALOGUE/NODE, item:ID, passage:CITATION, "
            "a citation, or a publication"
        )
    everything = list(subjects(content, bank))
    read = chosen(everything, content.guidance, options.names)
    after = sign_off(lock, read, options.sign_off, date.today(), second=options.second)
    write_lock(path, without_what_is_gone(after.lock, everything))
    left = len(read) - len(after.signed)
    print(
        f"{len(after.signed)} signed off by {options.sign_off}"
        + (f"; {left} had been signed as they stand already" if left else "")
    )
    return 0


def _json(found: Sequence[Stale]) -> str:
    return msgspec.json.encode(
        {
            "stale": [
                {
                    "kind": one.subject.kind,
                    "id": one.subject.id,
                    "cites": one.subject.cites,
                    "reviewed": one.signed and one.signed.on,
                    "reader": one.signed and one.signed.reader,
                }
                for one in found
            ],
            "counts": [
                {"publication": name, "kind": kind, "changed": changed, "never": never}
                for name, kind, changed, never in _counts(found)
            ],
        }
    ).decode()


def _text(found: Sequence[Stale]) -> Iterator[str]:
    if not found:
        yield "Everything has been reviewed as it stands."
        return
    for one in found:
        said = (
            f"changed since {one.signed.reader} read it on {one.signed.on}"
            if one.signed
            else "never reviewed"
        )
        yield f"{one.subject.kind}:{one.subject.id}  {said}"
    yield ""
    for name, kind, changed, never in _counts(found):
        yield f"{name:<28} {kind:<8} {changed:>5} changed {never:>5} never reviewed"


def _counts(found: Sequence[Stale]) -> Iterator[tuple[str, str, int, int]]:
    """Publication, kind, how many were changed and how many were never reviewed."""
    counts = Counter(
        (one.subject.publication, one.subject.kind.value, one.signed is not None) for one in found
    )
    for name, kind in sorted({key[:2] for key in counts}):
        yield name, kind, counts[name, kind, True], counts[name, kind, False]
