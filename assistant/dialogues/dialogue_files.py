"""The files of ``intents/dialogues/`` read and checked, one dialogue a file.

Each fault has a name, a file and a line; all of them come out in one run.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from assistant.dialogues.conditions import Condition, ConditionError, Use
from assistant.dialogues.countries import groups, is_code
from assistant.dialogues.deadlines import Due, DueError, due
from assistant.dialogues.model import (
    NO,
    UNKNOWN,
    YES,
    Asking,
    Call,
    Choice,
    CountryAsked,
    Day,
    Dialogue,
    Moment,
    Node,
    Number,
    Outcome,
    Several,
    Telling,
    YesNo,
    ways,
)
from assistant.errors import CitationError, ContentError, Problem
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import YamlDocument, read_yaml
from assistant.guidance.facts import grounds, missing_facts
from assistant.guidance.model import Guidance

FEWEST_LAY = 10


class _File(NamedTuple):
    """A dialogue with what is needed to say where a fault is."""

    document: YamlDocument
    dialogue: Dialogue

    def fault(self, code: str, message: str, node: int | None = None, *keys: str) -> Problem:
        """A fault at a node (by its place in the list), or at a key of the dialogue."""
        place = (*(() if node is None else ("nodes", node)), *keys)
        return self.document.problem(code, f"{self.dialogue.id}: {message}", *place)


def read_dialogues(folder: Path, guidance: Guidance) -> tuple[Dialogue, ...]:
    """Every dialogue of ``folder``. Raises ContentError with every fault of every file."""
    problems: list[Problem] = []
    files: list[_File] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read_yaml(path)
            files.append(_File(document, document.convert(Dialogue, document.value)))
        except ContentError as error:
            problems += error.problems
    known = {file.dialogue.id: file.dialogue for file in files}
    for file in files:
        problems += _faults(file, known, guidance)
    if not problems:
        problems += _endless_calls(files)
    if problems:
        raise ContentError(problems)
    return tuple(file.dialogue for file in files)


def _faults(file: _File, known: Mapping[str, Dialogue], guidance: Guidance) -> Iterator[Problem]:
    dialogue = file.dialogue
    if dialogue.id != file.document.path.stem:
        yield file.fault("wrong-id", "the id must be the name of the file", None, "id")
    if len(dialogue.lay) < FEWEST_LAY:
        message = f"{len(dialogue.lay)} ways to ask for it under `lay`, at least {FEWEST_LAY}"
        yield file.fault("few-lay", message, None, "lay")
    yield from _broken(file, dialogue.citations, guidance, None)
    if not dialogue.citations:
        yield file.fault("no-citation", "the dialogue cites nothing", None, "citations")
    if not dialogue.nodes:
        yield file.fault("no-nodes", "it has no nodes", None, "nodes")
        return
    seen: dict[str, int] = {}
    for n, node in enumerate(dialogue.nodes):
        if node.id in seen:
            yield file.fault("duplicate-node", f"the node {node.id!r} is there twice", n)
        seen.setdefault(node.id, n)
        if not node.id.isidentifier():
            yield file.fault("wrong-id", f"{node.id!r}: letters, digits and _ only", n, "id")
        yield from _faults_of_node(file, n, node, known, guidance)
    yield from _faults_of_graph(file, seen, known, frozenset(groups(guidance.countries)))


def _faults_of_node(
    file: _File, n: int, node: Node, known: Mapping[str, Dialogue], guidance: Guidance
) -> Iterator[Problem]:
    broken = list(_broken(file, node.cites, guidance, n))
    yield from broken
    if not node.cites and not isinstance(node, Call):
        yield file.fault("no-citation", f"the node {node.id!r} cites nothing", n)
    elif not broken:
        said = grounds(guidance, node.cites)
        for kind, fact in missing_facts(text_of(node), said):
            message = f"{node.id!r}: the {kind} {fact!r} does not stand in what it cites"
            yield file.fault("fact-not-cited", message, n)
    yield from _dead_ends(file, n, node)
    yield from _conditions(file, n, node)
    if isinstance(node, Outcome):
        for other in node.walk:
            if other not in known:
                yield file.fault("unknown-dialogue", f"{node.id!r}: no dialogue {other!r}", n)
        desks = {contact.id for contact in guidance.contacts}
        for desk in node.contacts:
            if desk not in desks:
                yield file.fault("unknown-contact", f"{node.id!r}: no contact {desk!r}", n)
    if isinstance(node, Call):
        yield from _faults_of_call(file, n, node, known)
    if isinstance(node, Choice | Several):
        ids = [option.id for option in node.options]
        for one in sorted({one for one in ids if ids.count(one) > 1}):
            yield file.fault("duplicate-option", f"{node.id!r}: option {one!r} twice", n)
        if not ids:
            yield file.fault("dead-end", f"{node.id!r} has no options", n)
    if isinstance(node, Several) and any(option.goto is not None for option in node.options):
        message = f"{node.id!r}: several options can be chosen, so none has a way of its own"
        yield file.fault("unreachable-way", message, n)


def _broken(
    file: _File, citations: tuple[str, ...], guidance: Guidance, n: int | None
) -> Iterator[Problem]:
    for text in citations:
        try:
            guidance.resolve(Citation.parse(text))
        except CitationError as error:
            yield file.fault(
                "broken-citation", str(error), n, "citations" if n is None else "cites"
            )


def text_of(node: Node) -> str:
    """Everything that a node says."""
    if isinstance(node, Asking):
        options = node.options if isinstance(node, Choice | Several) else ()
        return "\n".join([node.ask, node.help or "", *(option.text for option in options)])
    if isinstance(node, Outcome):
        return f"{node.title}\n{node.text}\n{node.help or ''}"
    if isinstance(node, Telling):
        return "\n".join([node.text, node.help or "", *(d.what for d in node.deadlines)])
    return ""


def _dead_ends(file: _File, n: int, node: Node) -> Iterator[Problem]:
    """Answers after which there is no way on."""
    if isinstance(node, Outcome):
        if node.next is not None:
            yield file.fault(
                "wrong-next", f"{node.id!r} is an outcome and leads nowhere", n, "next"
            )
        return
    if isinstance(node.next, tuple):
        *others, last = node.next or (None,)
        if last is None or last.when is not None:
            message = f"{node.id!r}: the last way under `next` must have no `when`"
            yield file.fault("dead-end", message, n, "next")
        for branch in others:
            if branch is not None and branch.when is None:
                message = f"{node.id!r}: only the last way under `next` has no `when`"
                yield file.fault("unreachable-way", message, n, "next")
    if isinstance(node, YesNo):
        open_ends = [word for word, to in ((YES, node.yes), (NO, node.no)) if to is None]
    elif isinstance(node, Choice):
        open_ends = [option.id for option in node.options if option.goto is None]
    else:
        open_ends = [""]
    if node.next is not None:
        if not open_ends:
            message = f"{node.id!r}: every answer has a way of its own, so `next` is never taken"
            yield file.fault("unreachable-way", message, n, "next")
        return
    for answer in open_ends:
        after = f"after {answer!r}" if answer else "at all"
        yield file.fault("dead-end", f"{node.id!r} has no way on {after}", n)


def _conditions(file: _File, n: int, node: Node) -> Iterator[Problem]:
    for branch in node.next if isinstance(node.next, tuple) else ():
        if branch.when is not None:
            try:
                Condition(branch.when)
            except ConditionError as error:
                yield file.fault("bad-condition", str(error), n, "next")
    for deadline in node.deadlines if isinstance(node, Telling) else ():
        try:
            due(deadline.due)
        except DueError as error:
            yield file.fault("bad-due", str(error), n, "deadlines")


def _faults_of_call(
    file: _File, n: int, node: Call, known: Mapping[str, Dialogue]
) -> Iterator[Problem]:
    called = known.get(node.dialogue)
    if called is None:
        yield file.fault("unknown-dialogue", f"{node.id!r}: no dialogue {node.dialogue!r}", n)
        return
    asks = {other.id for other in called.nodes if isinstance(other, Asking)}
    for theirs in node.given:
        if theirs not in asks:
            message = f"{node.id!r}: {node.dialogue} asks no {theirs!r}"
            yield file.fault("unknown-field", message, n, "with")


def _faults_of_graph(
    file: _File,
    places: Mapping[str, int],
    known: Mapping[str, Dialogue],
    country_groups: frozenset[str],
) -> Iterator[Problem]:
    """Ways to nodes that are not there, nodes that nothing leads to, cycles, no end, and conditions
    on what has not been asked."""
    dialogue = file.dialogue
    nodes = {node.id: node for node in dialogue.nodes}
    whole = True
    for n, node in enumerate(dialogue.nodes):
        for answer, target in ways(node):
            if target not in nodes:
                whole = False
                after = f" after {answer!r}" if answer else ""
                message = f"{node.id!r} leads{after} to {target!r}, which is no node"
                yield file.fault("unknown-node", message, n)
    if not any(isinstance(node, Outcome) for node in dialogue.nodes):
        yield file.fault("no-outcome", "no node is an outcome", None, "nodes")
    if not whole:
        return
    cycle = _cycle(dialogue)
    if cycle:
        message = f"a way leads back to itself: {' > '.join(cycle)}"
        yield file.fault("cycle", message, places[cycle[0]])
        return
    before = _before(dialogue)
    for n, node in enumerate(dialogue.nodes):
        if n and node.id not in before:
            yield file.fault("unreachable-node", f"nothing leads to {node.id!r}", n)
        else:
            yield from _fields(file, n, node, before[node.id], nodes)
            yield from _comparisons(file, n, node, nodes, known, country_groups)


def _cycle(dialogue: Dialogue) -> tuple[str, ...]:
    """The ids of a cycle, the first of them again at the end; empty where there is none."""
    sorter = TopologicalSorter(
        {node.id: [target for _, target in ways(node)] for node in dialogue.nodes}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        # The sorter names a cycle against the direction of its edges, which here are reversed.
        return tuple(error.args[1])
    return ()


def _before(dialogue: Dialogue) -> dict[str, frozenset[str]]:
    """Of every node that can be reached, the nodes that some way to it comes by; itself with
    them."""
    before: dict[str, frozenset[str]] = {dialogue.nodes[0].id: frozenset([dialogue.nodes[0].id])}
    nodes = {node.id: node for node in dialogue.nodes}
    todo = [dialogue.nodes[0].id]
    while todo:
        name = todo.pop()
        for _, target in ways(nodes[name]):
            known = before.get(target, frozenset())
            reached = known | before[name] | {target}
            if reached != known:
                before[target] = reached
                todo.append(target)
    return before


def _fields(
    file: _File, n: int, node: Node, before: frozenset[str], nodes: Mapping[str, Node]
) -> Iterator[Problem]:
    """Fields that a node names and that are not there, or not asked before it."""
    named = [("next", use.field) for use in _uses(node)]
    named += [("deadlines", field) for wanted in _dues(node) for field in wanted.fields]
    if isinstance(node, Call):
        named += [("with", ours) for ours in node.given.values()]
    for where, field in named:
        if not isinstance(nodes.get(field), Asking | Call):
            yield file.fault("unknown-field", f"{node.id!r}: nothing asks {field!r}", n, where)
        elif field not in before:
            message = f"{node.id!r}: {field!r} has not been asked on any way to it"
            yield file.fault("field-too-early", message, n, where)


def _comparisons(
    file: _File,
    n: int,
    node: Node,
    nodes: Mapping[str, Node],
    known: Mapping[str, Dialogue],
    country_groups: frozenset[str],
) -> Iterator[Problem]:
    """Fields asked for what they can never be: in a condition, in a deadline, handed to a call."""
    for use in _uses(node):
        asked = nodes.get(use.field)
        if use.group is not None and use.group not in country_groups:
            message = f"{node.id!r}: no group of countries {use.group!r}"
            yield file.fault("unknown-group", message, n, "next")
        if isinstance(asked, Asking | Call) and not _can_be(asked, use, known):
            message = f"{node.id!r}: {use.field!r} is never {_what(use)}"
            yield file.fault("wrong-comparison", message, n, "next")
    for wanted in _dues(node):
        if isinstance(start := nodes.get(wanted.field), Asking) and not isinstance(
            start, Day | Moment
        ):
            message = f"{node.id!r}: {wanted.field!r} is no day and no time"
            yield file.fault("wrong-comparison", message, n, "deadlines")
        if isinstance(less := nodes.get(wanted.less or ""), Asking) and not isinstance(
            less, Number
        ):
            message = f"{node.id!r}: {wanted.less!r} is no number"
            yield file.fault("wrong-comparison", message, n, "deadlines")
    if isinstance(node, Call) and node.dialogue in known:
        fields = {other.id: other for other in known[node.dialogue].nodes}
        for theirs, ours in node.given.items():
            filled, filler = fields.get(theirs), nodes.get(ours)
            if filled and filler and type(filled) is not type(filler):
                message = f"{node.id!r}: {ours!r} is no answer to {theirs!r} of {node.dialogue}"
                yield file.fault("wrong-comparison", message, n, "with")


def _uses(node: Node) -> Iterator[Use]:
    """What the conditions of a node ask for; those that are none are named elsewhere."""
    for branch in node.next if isinstance(node.next, tuple) else ():
        with suppress(ConditionError):
            yield from Condition(branch.when).uses if branch.when is not None else ()


def _dues(node: Node) -> Iterator[Due]:
    """The deadlines of a node; those that are none are named elsewhere."""
    for deadline in node.deadlines if isinstance(node, Telling) else ():
        with suppress(DueError):
            yield due(deadline.due)


def _what(use: Use) -> str:
    if use.how == "true":
        return "yes"
    if use.how == "group":
        return f"in {use.group!r}"
    return {"equal": "", "order": "compared with ", "member": "holding "}[use.how] + repr(
        use.constant
    )


def _can_be(asked: Asking | Call, use: Use, known: Mapping[str, Dialogue]) -> bool:
    constant, equal = use.constant, use.how == "equal"
    if equal and constant == UNKNOWN:
        return isinstance(asked, Asking) and asked.unknown is not None
    match asked:
        case YesNo():
            return use.how == "true" or (equal and constant in (YES, NO))
        case Choice():
            wanted = YES if use.how == "true" else constant
            holds = use.how in ("true", "equal")
            return holds and any(option.id == wanted for option in asked.options)
        case Several():
            return use.how == "member" and any(option.id == constant for option in asked.options)
        case Number():
            number = isinstance(constant, int | float) and not isinstance(constant, bool)
            return use.how in ("equal", "order") and number
        case CountryAsked():
            return use.how == "group" or (equal and is_code(constant))
        case Call():
            ends = known[asked.dialogue].outcomes if asked.dialogue in known else ()
            return equal and (not ends or any(end.id == constant for end in ends))
    return use.how in ("equal", "order") and isinstance(constant, str)


def _endless_calls(files: list[_File]) -> Iterator[Problem]:
    """Dialogues that call themselves, directly or through others."""
    calls = {
        file.dialogue.id: {n.dialogue for n in file.dialogue.nodes if isinstance(n, Call)}
        for file in files
    }
    for file in files:
        reached: set[str] = set()
        todo = [file.dialogue.id]
        while todo:
            for other in calls[todo.pop()] - reached:
                reached.add(other)
                todo.append(other)
        if file.dialogue.id in reached:
            yield file.fault("endless-call", "it calls itself, directly or through another")
