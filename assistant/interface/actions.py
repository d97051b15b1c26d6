"""Every action of the interface, once: its word, its key, and what it does.

Key bindings, the command palette, the words typed after a slash, the help, the footer and the
documentation are all made from this table; a test holds them equal.
"""

from enum import StrEnum
from typing import NamedTuple

from assistant.errors import UsageError


class Where(StrEnum):
    """Where an action can be done."""

    EVERYWHERE = "everywhere"
    CONVERSATION = "in the conversation"
    READING = "in a section"
    WALK = "in a walk"
    QUIZ = "in a quiz"


class Action(NamedTuple):
    """One thing that the user can have done.

    ``word`` is typed after a slash, with ``argument`` (in brackets where it may be left out);
    ``key`` presses it on the screen (a key of Textual, None where there is none; a letter works
    where no text is typed); ``label`` is its name where there is little room.
    """

    word: str
    argument: str
    key: str | None
    label: str
    what: str
    where: Where = Where.EVERYWHERE

    @property
    def id(self) -> str:
        """The name under which the settings give the action another key: ``walk.back``."""
        room = {
            Where.EVERYWHERE: "app",
            Where.CONVERSATION: "conversation",
            Where.READING: "section",
            Where.WALK: "walk",
            Where.QUIZ: "quiz",
        }[self.where]
        return f"{room}.{self.word}"

    @property
    def usage(self) -> str:
        """How the action is typed: ``/find WORDS``."""
        return f"/{self.word} {self.argument}".rstrip()

    @property
    def needs_argument(self) -> bool:
        """Whether the word alone is not enough."""
        return bool(self.argument) and not self.argument.startswith("[")


_TALK, _READ, _WALK, _QUIZ = Where.CONVERSATION, Where.READING, Where.WALK, Where.QUIZ

ACTIONS = (
    Action("help", "", "f1", "Help", "explain what can be typed and pressed"),
    Action("source", "[NUMBER]", "f2", "Source", "open a source of what is on the screen"),
    Action("library", "[PUBLICATION]", "f3", "Library", "read the publications by section", _TALK),
    Action("find", "WORDS", "f4", "Find", "search the text of the publications", _TALK),
    Action("why", "", "f5", "Why", "say why this was answered, or why it is asked"),
    Action("walk", "[SITUATION]", "f6", "Walk", "walk a procedure step by step", _TALK),
    Action("quiz", "[TOPIC]", "f7", "Quiz", "be asked questions about the guidance", _TALK),
    Action("contacts", "[WORDS]", "f8", "Contacts", "list desks and numbers to call", _TALK),
    Action("commands", "", "f9", "Commands", "choose an action from a list"),
    Action("open", "SECTION", None, "Open", "read a section, by its heading or citation", _TALK),
    Action("glossary", "[WORDS]", None, "Glossary", "explain terms and abbreviations", _TALK),
    Action("uses", "", "u", "Uses", "list what asks, walks and quizzes this section", _TALK),
    Action("back", "", "left_square_bracket", "Back", "the section opened before", _READ),
    Action("forward", "", "right_square_bracket", "Forward", "the section opened after", _READ),
    Action("next", "", "n", "Next", "the next section, or the next hit of a search", _READ),
    Action("previous", "", "p", "Previous", "the section before, or the hit before", _READ),
    Action("copy", "", "y", "Copy", "copy the answer or the section", _TALK),
    Action("cite", "", "Y", "Copy cited", "copy it with its sources", _TALK),
    Action("save", "FILE", None, "Save", "write the conversation to a Markdown file", _TALK),
    Action("new", "", None, "New", "forget the conversation and begin again", _TALK),
    Action("theme", "[NAME]", None, "Theme", "change the colours until the program ends", _TALK),
    Action("settings", "", None, "Settings", "show the settings and where they stand", _TALK),
    Action("back", "", "f4", "Undo", "undo the last answer", _WALK),
    Action("route", "", "f3", "Route", "list what has been answered", _WALK),
    Action("change", "NUMBER", None, "Change", "answer a question of the route anew", _WALK),
    Action("record", "FILE", None, "Record", "write the record of the walk", _WALK),
    Action("ask", "QUESTION", None, "Ask", "ask something else and come back", _WALK),
    Action("leave", "", "escape", "Leave", "go back to the conversation", _WALK),
    Action("skip", "", "f3", "Skip", "go past this question; it comes again", _QUIZ),
    Action("back", "", "f4", "Before", "the question before", _QUIZ),
    Action("next", "", "f6", "Next", "the next question", _QUIZ),
    Action("reveal", "", "f7", "Reveal", "show the answer to a class", _QUIZ),
    Action("report", "", "f8", "Report", "show the score so far", _QUIZ),
    Action("finish", "", None, "Finish", "hand the paper in, and see the score", _QUIZ),
    Action("leave", "", "escape", "Leave", "leave; the quiz can be gone on with", _QUIZ),
    Action("quit", "", "f10", "Quit", "leave the program"),
)
"""In the order in which the help lists them."""


def actions(where: Where) -> tuple[Action, ...]:
    """The actions that can be done ``where``; a section is read within the conversation."""
    rooms = {where, Where.EVERYWHERE}
    if where in (Where.CONVERSATION, Where.READING):
        rooms |= {Where.CONVERSATION, Where.READING}
    return tuple(action for action in ACTIONS if action.where in rooms)


def typed_action(typed: str, where: Where) -> tuple[Action, str] | None:
    """The action that ``typed`` names, and its argument; None where it is something else, such as
    a question.

    After a slash an action must stand: raises UsageError where there is none of that name, or its
    argument is missing. Without a slash the word alone will do where it needs no argument; so a
    question that begins with such a word is not taken for it.
    """
    slash = typed.startswith("/")
    word, _, rest = typed.removeprefix("/").strip().partition(" ")
    known = {action.word: action for action in actions(where)}
    action = known.get(word.lower())
    rest = rest.strip()
    if not slash:
        alone = action is not None and not rest and not action.needs_argument
        return (action, "") if action is not None and alone else None
    if action is None:
        from rapidfuzz import process

        near = process.extractOne(word.lower(), list(known), score_cutoff=60)
        hint = f"did you mean /{near[0]}?" if near else "/help lists what there is."
        raise UsageError(f"There is no /{word[:40]} here; {hint}")
    if action.needs_argument and not rest:
        raise UsageError(f"Type {action.usage}.")
    return action, rest


def help_lines(where: Where, keys: bool) -> list[str]:
    """What can be done ``where``, a line an action; with its key where ``keys`` can be pressed."""
    lines = []
    for action in actions(where):
        key = f"{key_name(action.key):6}" if keys and action.key is not None else " " * 6
        lines.append(f"{key if keys else ''}{action.usage:24}{action.what}")
    return lines


def key_name(key: str | None) -> str:
    """A key as it is printed on a keyboard."""
    names = {
        "left_square_bracket": "[",
        "right_square_bracket": "]",
        "escape": "Esc",
        None: "",
    }
    return names.get(key) or (key.upper() if key is not None and len(key) > 1 else key or "")
