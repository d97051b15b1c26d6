"""A publication read from Markdown: sections, passages and their numbers."""

from pathlib import Path

import pytest

from assistant.errors import ContentError
from assistant.guidance.publication_file import read_publication
from tests.helpers import ROOT

FRONT = (ROOT / "tests/fixtures/content/corpus/lighthouse-manual.md").read_text().split("---\n")[1]
CASES = Path(__file__).parent.parent / "fixtures" / "publications"


def written(tmp_path: Path, body: str, front: str = FRONT) -> Path:
    path = tmp_path / "lighthouse-manual.md"
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    return path


def outline(path: Path) -> str:
    """What was read, as text: a line a section, a line a passage with its number."""
    publication, _ = read_publication(path)
    lines = []
    for section in publication.sections:
        lines.append(f"{section.citation} | {section.number} | {' > '.join(section.path)}")
        for passage in section.passages:
            text = passage.text.replace("\n", "/")
            lines.append(f"  [{passage.paragraph}] {text}")
    return "\n".join(lines) + "\n"


def cases() -> list[tuple[str, str, str]]:
    """Title, Markdown and expected outline of every case in the fixture files."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n=====\n"):
            title, body, expected = block.split("\n.....\n")
            found.append((title.strip(), body, expected.strip("\n") + "\n"))
    return found


@pytest.mark.parametrize(("title", "body", "expected"), cases(), ids=[case[0] for case in cases()])
def test_a_body_is_read_into_sections_and_passages(
    tmp_path: Path, title: str, body: str, expected: str
) -> None:
    assert outline(written(tmp_path, body)) == expected


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("# A\n\n```\ncode\n```\n", 3, "unused-markdown"),
        ("text first\n\n# A\n", 1, "no-heading"),
        ("# A\n\n## B\n\n## B\n", 5, "duplicate-heading"),
        ("# A\n\n1.1 one\n\n1.1 again\n", 5, "duplicate-paragraph"),
        ("# A\n\n> quoted\n", 3, "unused-markdown"),
    ],
)
def test_faults_in_the_body_name_their_line(
    tmp_path: Path, body: str, line: int, code: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read_publication(written(tmp_path, body))
    above = len(FRONT.splitlines()) + 2
    found = [(problem.line - above, problem.code) for problem in caught.value.problems]
    assert found == [(line, code)]


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        (FRONT.replace("2020-01-02", "soon"), 6, "date"),
        (FRONT.replace("publisher: Board of Lights\n", ""), 2, "publisher"),
        (FRONT.replace("kind: manual", "kind: [manual"), 7, "not valid YAML"),
        (FRONT + "colour: red\n", 11, "colour"),
        (FRONT.replace("kind: manual", "kind: manual\nkind: manual"), 6, "given twice"),
        (FRONT.replace("ab" * 32, "ab" * 31), 9, "SHA-256"),
        (FRONT.replace("id: lighthouse-manual", "id: other"), 2, "differs from the file"),
    ],
)
def test_broken_front_matter_names_file_and_line(
    tmp_path: Path, front: str, line: int, words: str
) -> None:
    path = written(tmp_path, "# A\n", front)
    with pytest.raises(ContentError, match=words) as caught:
        read_publication(path)
    problem = caught.value.problems[0]
    assert problem.file == path
    assert abs(problem.line - line) <= 1


@pytest.mark.parametrize("text", ["", "# A\n", "---\nid: x\n"])
def test_a_file_without_front_matter_is_told_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.md"
    path.write_text(text)
    with pytest.raises(ContentError, match="front matter"):
        read_publication(path)


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"---\nid: x\xff\n")
    with pytest.raises(ContentError, match="not UTF-8") as caught:
        read_publication(path)
    assert caught.value.problems[0].line == 2
