"""The files of ``intents/questions/`` read and checked: what people ask, one file a section."""

from pathlib import Path

from assistant.errors import CitationError, ContentError, Problem
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import YamlDocument, read_yaml
from assistant.guidance.corpus import broken_citations
from assistant.guidance.facts import grounds, missing_facts
from assistant.guidance.model import Guidance
from assistant.matching.intents import Intent, OutsideQuestion, Questions

LONGEST_ANSWER = 150
FEWEST_UTTERANCES = 10


def read_questions(folder: Path, guidance: Guidance) -> Questions:
    """Every intent below ``folder`` and the questions of ``outside.yaml``.

    Raises ContentError with every fault: broken YAML, missing fields, duplicate ids and utterances,
    citations that lead nowhere, facts that do not stand in what is cited, answers that are too
    long.
    """
    problems: list[Problem] = []
    found: list[tuple[Intent, Path, int]] = []
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            document = read_yaml(path)
        except ContentError as error:
            problems += error.problems
            continue
        entries, faults = document.items(Intent, "intents")
        problems += faults
        for line, intent in entries:
            found.append((intent, path, line))
            problems += _faults_of_intent(guidance, document, intent, line)
    problems += _duplicates(found)
    ids = {intent.id for intent, _, _ in found}
    for intent, path, line in found:
        for other in intent.see:
            if other not in ids:
                problems.append(
                    Problem(
                        "unknown-intent", path, line, f"`see` names {other!r}, which is no intent"
                    )
                )
    outside = _outside(folder / "outside.yaml", guidance, problems)
    if problems:
        raise ContentError(problems)
    return Questions(tuple(intent for intent, _, _ in found), outside)


def _faults_of_intent(
    guidance: Guidance, document: YamlDocument, intent: Intent, line: int
) -> list[Problem]:
    path = document.path
    problems = broken_citations(guidance, intent.citations, path, line)
    section = document.value.get("section")
    if not intent.citations:
        problems.append(
            Problem("no-citation", path, line, f"{intent.id}: an answer needs a citation")
        )
    elif not problems and intent.section != section:
        message = f"{intent.id}: the first citation must lie in the file's section {section!r}"
        problems.append(Problem("wrong-section", path, line, message))
    if not problems:
        said = grounds(guidance, intent.citations)
        for kind, fact in missing_facts(intent.answer, said):
            message = f"{intent.id}: the {kind} {fact!r} does not stand in what it cites"
            problems.append(Problem("fact-not-cited", path, line, message))
    words = len(intent.answer.split())
    if words > LONGEST_ANSWER:
        message = (
            f"{intent.id}: the answer has {words} words, at most {LONGEST_ANSWER}; split the intent"
        )
        problems.append(Problem("long-answer", path, line, message))
    count = sum(map(len, intent.utterances.values()))
    if count < FEWEST_UTTERANCES:
        message = f"{intent.id}: {count} utterances, at least {FEWEST_UTTERANCES}"
        problems.append(Problem("few-utterances", path, line, message))
    return problems


def _duplicates(found: list[tuple[Intent, Path, int]]) -> list[Problem]:
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    utterances: dict[str, str] = {}
    for intent, path, line in found:
        place = f"{path.name}:{line}"
        if intent.id in ids:
            problems.append(
                Problem(
                    "duplicate-id",
                    path,
                    line,
                    f"the id {intent.id!r} stands at {ids[intent.id]} already",
                )
            )
        ids.setdefault(intent.id, place)
        for texts in intent.utterances.values():
            for text in texts:
                key = " ".join(text.lower().split())
                if key in utterances:
                    message = (
                        f"{intent.id}: the utterance {text!r} stands at {utterances[key]} already"
                    )
                    problems.append(Problem("duplicate-utterance", path, line, message))
                utterances.setdefault(key, f"{place} ({intent.id})")
    return problems


def _outside(
    path: Path, guidance: Guidance, problems: list[Problem]
) -> tuple[OutsideQuestion, ...]:
    if not path.exists():
        return ()
    try:
        found, faults = read_yaml(path).items(OutsideQuestion, "questions")
    except ContentError as error:
        problems += error.problems
        return ()
    problems += faults
    for line, question in found:
        if question.near is not None:
            try:
                guidance.resolve(Citation.parse(question.near))
            except CitationError as error:
                problems.append(Problem("broken-citation", path, line, str(error)))
    return tuple(question for _, question in found)
