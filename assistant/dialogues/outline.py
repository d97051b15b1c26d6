"""A dialogue drawn and printed, for whoever writes or approves it."""

from collections.abc import Iterator

from assistant.dialogues.model import (
    Asking,
    Call,
    Choice,
    Dialogue,
    Node,
    Outcome,
    Several,
    Telling,
    ways,
)


def outline(dialogue: Dialogue) -> Iterator[str]:
    """The dialogue as an indented outline, every node once; a node met again is named with an
    arrow."""
    nodes = {node.id: node for node in dialogue.nodes}
    drawn: set[str] = set()
    todo: list[tuple[int, str, str]] = [(0, "", dialogue.nodes[0].id)]
    while todo:
        depth, answer, name = todo.pop()
        label = f"{answer}: " if answer else ""
        if name in drawn:
            yield f"{'  ' * depth}{label}-> {name}"
            continue
        drawn.add(name)
        yield f"{'  ' * depth}{label}{name} ({_kind(nodes[name])}): {headline(nodes[name])}"
        found = list(ways(nodes[name]))
        deeper = depth + (len(found) > 1)
        todo += [(deeper, answer, to) for answer, to in reversed(found)]


def mermaid(dialogue: Dialogue) -> Iterator[str]:
    """The dialogue as a Mermaid flowchart."""
    yield "flowchart TD"
    for node in dialogue.nodes:
        text = headline(node).replace('"', "'")
        left, right = ("([", "])") if isinstance(node, Outcome) else ("[", "]")
        if isinstance(node, Asking):
            left, right = "{{", "}}"
        yield f'    {node.id}{left}"{text}"{right}'
    for node in dialogue.nodes:
        for answer, to in ways(node):
            label = answer.replace('"', "'")
            yield f'    {node.id} -->|"{label}"| {to}' if label else f"    {node.id} --> {to}"


def graphviz(dialogue: Dialogue) -> Iterator[str]:
    """The dialogue in the language of Graphviz."""
    yield "digraph {"
    for node in dialogue.nodes:
        shape = "oval" if isinstance(node, Outcome) else "box"
        if isinstance(node, Asking):
            shape = "hexagon"
        yield f"    {node.id} [shape={shape}, label={_quoted(headline(node))}];"
    for node in dialogue.nodes:
        for answer, to in ways(node):
            label = f" [label={_quoted(answer)}]" if answer else ""
            yield f"    {node.id} -> {to}{label};"
    yield "}"


def screens(dialogue: Dialogue) -> Iterator[str]:
    """Every screen in full, in the order of the file, for a reader who approves the content."""
    yield f"{dialogue.title} ({dialogue.id})"
    yield f"Situation: {dialogue.situation}"
    yield dialogue.about
    for node in dialogue.nodes:
        yield ""
        yield f"[{node.id}] {_kind(node)}"
        yield from _screen(node)
        for answer, to in ways(node):
            yield f"  {answer or 'then'} -> {to}"
        yield f"  cites: {', '.join(node.cites) or node.id}"


def _screen(node: Node) -> Iterator[str]:
    if isinstance(node, Call):
        yield f"  walks {node.dialogue}"
    if isinstance(node, Asking):
        yield f"  {node.ask}"
        if node.help:
            yield f"  Why: {node.help}"
        for number, option in enumerate(
            node.options if isinstance(node, Choice | Several) else (), 1
        ):
            yield f"  {number}. {option.text}"
    if isinstance(node, Telling):
        if isinstance(node, Outcome):
            yield f"  {node.title}"
        yield f"  {node.text}"
        if node.help:
            yield f"  Why: {node.help}"
        for deadline in node.deadlines:
            yield f"  Due: {deadline.what}, {deadline.due}"


def headline(node: Node, longest: int = 72) -> str:
    """What a node asks or says, cut to ``longest`` characters."""
    if isinstance(node, Call):
        return f"walk {node.dialogue}"
    text = node.ask if isinstance(node, Asking) else ""
    if isinstance(node, Telling):
        text = node.title if isinstance(node, Outcome) else node.text
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def _kind(node: Node) -> str:
    return str(node.__struct_config__.tag)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
