"""Content signed off: a reader has read it against the passages that it stands on."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assistant.errors import AssistantError, UsageError
from assistant.guidance.citations import Citation, printable
from assistant.guidance.model import Guidance
from assistant.library.citing import place_of
from assistant.library.reviewed import CODE, NOBODY, REVIEWED_KINDS, Lock, Signed, Subject

_HEAD = """\
# What has been reviewed, written by `assistant review --sign-off`.
# kind  id  fingerprint of the passages it was read against  date  reader  second reader
"""


class SignedOff(NamedTuple):
    """The lock after a sign-off, and what was signed in it."""

    lock: Lock
    signed: tuple[Subject, ...]


def chosen(subjects: Iterable[Subject], guidance: Guidance, names: Sequence[str]) -> list[Subject]:
    """Those of ``subjects`` that ``names`` name: ``intent:ID`` (or ``node:``, ``item:``,
    ``passage:``), a citation (all that cite that place), or a publication (all that mainly stand on
    it).

    Raises UsageError for a name that names nothing, CitationError for a citation that leads
    nowhere.
    """
    all_subjects = list(subjects)
    found: dict[tuple[str, str], Subject] = {}
    for name in names:
        matching = _named(all_subjects, guidance, name)
        if not matching:
            raise UsageError(f"{printable(name)!r} names nothing that is reviewed")
        found.update({(subject.kind, subject.id): subject for subject in matching})
    return list(found.values())


def _named(subjects: list[Subject], guidance: Guidance, name: str) -> list[Subject]:
    kind, colon, rest = name.partition(":")
    if colon and kind in REVIEWED_KINDS:
        return [subject for subject in subjects if subject.kind == kind and subject.id == rest]
    if any(publication.id == name for publication in guidance.publications):
        return [subject for subject in subjects if subject.publication == name]
    if "#" not in name:
        kinds = ", ".join(f"{kind}:ID" for kind in REVIEWED_KINDS)
        raise UsageError(
            f"{printable(name)!r} is no publication and no citation; name those or one of {kinds}"
        )
    place = Citation.parse(name)
    guidance.resolve(place)
    return [one for one in subjects if any(_within(place_of(text), place) for text in one.cites)]


def _within(cited: Citation, place: Citation) -> bool:
    """Whether what is cited holds ``place``, or is a part of it."""
    return cited.whole_section == place.whole_section and (
        cited.paragraph is None or place.paragraph in (None, cited.paragraph)
    )


def sign_off(
    lock: Lock,
    subjects: Sequence[Subject],
    reader: str,
    today: date,
    *,
    second: bool = False,
    another: bool = True,
) -> SignedOff:
    """The lock with ``subjects`` signed by ``reader`` on the day ``today``.

    What is signed as it stands already keeps its line. ``second`` signs as the second reader what a
    first one has signed as it stands; then ``another`` requires that they are two.

    Raises UsageError for a code of another form, AssistantError where a second reader may not sign.
    """
    if not CODE.fullmatch(reader):
        raise UsageError(
            f"{printable(reader)!r} is no reader's code: letters, digits, . _ - and no spaces"
        )
    changed = dict(lock)
    signed: list[Subject] = []
    for subject in subjects:
        key = subject.kind, subject.id
        line = lock.get(key)
        current = line is not None and line.fingerprint == subject.fingerprint
        if not second:
            if not current:
                changed[key] = Signed(subject.fingerprint, today, reader)
                signed.append(subject)
            continue
        if line is None or not current:
            raise AssistantError(
                f"{subject.kind} {subject.id} has no first reader for the wording as it stands"
            )
        if another and line.reader == reader:
            raise AssistantError(
                f"{subject.kind} {subject.id} was signed by {reader} already; "
                "the second reader must be another person"
            )
        if line.second is None:
            changed[key] = line._replace(second=reader)
            signed.append(subject)
    return SignedOff(changed, tuple(signed))


def without_what_is_gone(lock: Lock, subjects: Iterable[Subject]) -> Lock:
    """The lock without lines for what is no longer there."""
    there = {(subject.kind, subject.id) for subject in subjects}
    return {key: signed for key, signed in lock.items() if key in there}


def lock_text(lock: Lock) -> str:
    """The lock file: a line each, sorted by kind and id."""
    lines = (
        " ".join(
            [kind, name, one.fingerprint, one.on.isoformat(), one.reader, one.second or NOBODY]
        )
        for (kind, name), one in sorted(lock.items())
    )
    return _HEAD + "".join(f"{line}\n" for line in lines)


def write_lock(path: Path, lock: Lock) -> None:
    """Write the lock file whole or not at all. Raises AssistantError where it cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".new-", delete=False
        ) as file:
            file.write(lock_text(lock))
        try:
            Path(file.name).chmod(0o644)
            os.replace(file.name, path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AssistantError(f"{path} cannot be written: {error.strerror}") from error
