"""Which edition of a publication is shown: the published text that a user has imported, or its
restatement."""

from pathlib import Path

from assistant.guidance.model import FrontMatter, Guidance, Publication
from assistant.guidance.wording import RESTATED

DRAFT = ".draft.md"
"""What the name of a published text ends with until a person has accepted it."""


def accepted_files(folder: Path) -> list[Path]:
    """The files of the accepted published texts in ``folder``, in the order of their ids."""
    return [path for path in sorted(folder.glob("*.md")) if not path.name.endswith(DRAFT)]


def edition_of(about: FrontMatter) -> str | None:
    """Which published edition a text is: its version and the date of its last change, as far as it
    prints them; None for a restatement."""
    if about.edition is None:
        return None
    day = (
        "without a date"
        if about.edition.undated
        else f"{about.updated or about.published:%d %B %Y}"
    )
    return f"version {about.version}, {day}" if about.version else day


def wording_of(publication: Publication) -> str:
    """Whose wording ``publication`` is, in a sentence for its readers."""
    edition = publication.about.edition
    if edition is None:
        return RESTATED
    return (
        f"This is the published wording (edition: {edition_of(publication.about)}; "
        f"imported {edition.imported:%d %B %Y})."
    )


def with_published(guidance: Guidance, published: tuple[Publication, ...]) -> Guidance:
    """``guidance`` as it is read: each published text in the place of its restatement, those that
    nobody has restated after the others."""
    if not published:
        return guidance
    texts = {publication.id: publication for publication in published}
    restated = (texts.pop(one.id, one) for one in guidance.publications)
    publications = (*restated, *texts.values())
    return Guidance(publications, guidance.terms, guidance.contacts, guidance.countries)
