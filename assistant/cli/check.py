"""``assistant check``: the faults of the content, all at once, each with file and line."""

import argparse

import msgspec

from assistant.errors import ContentError, Problem
from assistant.library.content import find_content
from assistant.library.read import read_content


def run(options: argparse.Namespace) -> int:
    """Print what was read or every fault; 1 where there is a fault."""
    faults: list[Problem] = []
    try:
        guidance, questions, dialogues, bank = read_content(find_content())
    except ContentError as error:
        faults = error.problems
    if options.json:
        errors = [
            {"code": f.code, "file": str(f.file), "line": f.line, "message": f.message}
            for f in faults
        ]
        print(msgspec.json.encode({"errors": errors, "warnings": []}).decode())
    elif faults:
        print("\n".join(map(str, faults)))
        print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}")
    else:
        utterances = sum(
            len(texts) for intent in questions.intents for texts in intent.utterances.values()
        )
        items = sum(len(topic.items) for topic in bank.topics)
        print(
            f"{len(guidance.publications)} publications, {len(questions.intents)} intents with "
            f"{utterances} utterances, "
            f"{len(questions.outside)} outside questions, {len(dialogues)} dialogues, "
            f"{items} quiz items: no faults"
        )
    return 1 if faults else 0
