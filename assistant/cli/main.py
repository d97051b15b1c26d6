"""The command line ``assistant``: one parser, one place where errors become messages and exit
statuses."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

from assistant import __version__
from assistant.errors import AssistantError

INTERRUPTED = 130


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. ``run`` in its result names the module of the
    command."""
    parser = argparse.ArgumentParser(
        prog="assistant",
        description="Answers questions on foreign nationals, immigration enforcement and "
        "international policing from published guidance, with the paragraph that proves it.",
        epilog="Without a command the conversation opens. What you type is not sent, and is not "
        "stored unless your settings say so; a quiz stores its answers, and says so.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="the conversation line by line, for screen readers and pipes",
    )
    parser.add_argument(
        "--no-mouse", action="store_true", help="leave the mouse to the terminal, to select text"
    )
    parser.set_defaults(run="converse")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question, or a file of them")
    ask.add_argument("words", nargs="*", metavar="WORDS", help="the question")
    ask.add_argument("--json", action="store_true", help="print the answer as one line of JSON")
    ask.add_argument(
        "--batch",
        metavar="FILE",
        help="answer every line of a JSON Lines file (- for standard input)",
    )
    ask.add_argument("--why", action="store_true", help="say what decided, on standard error")
    ask.set_defaults(run="ask")

    show = commands.add_parser("show", help="print the section that a citation names")
    show.add_argument(
        "citation", metavar="CITATION", help="such as app-international#section-44-searches"
    )
    show.set_defaults(run="show")

    walk = commands.add_parser("walk", help="walk a structured dialogue, or list them")
    walk.add_argument("name", nargs="*", metavar="NAME", help="a dialogue, or words of a situation")
    walk.add_argument("--answers", metavar="FILE", help="walk without a person: ids with values")
    walk.add_argument("--record", metavar="FILE", help="write the record (.md, .json or text)")
    walk.add_argument("--json", action="store_true", help="with --answers: print the walk as JSON")
    walk.add_argument("--save", metavar="FILE", help="save the walk after every answer")
    walk.add_argument("--resume", metavar="FILE", help="go on with a saved walk")
    walk.add_argument("--plain", action="store_true", help="line by line, without the screen")
    walk.add_argument(
        "--map",
        nargs="?",
        const="outline",
        choices=("outline", "mermaid", "dot"),
        help="draw the dialogue instead",
    )
    walk.add_argument("--screens", action="store_true", help="print every screen instead")
    walk.set_defaults(run="walk")

    _add_quiz(commands)

    check = commands.add_parser("check", help="find faults in the corpus and the intents")
    check.add_argument("--json", action="store_true", help="print the faults as JSON")
    check.set_defaults(run="check")

    impact = commands.add_parser(
        "impact", help="what another version of a publication changes, and what depends on it"
    )
    impact.add_argument("publication", metavar="ID", help="such as app-international")
    impact.add_argument(
        "--against",
        metavar="FILE",
        help="the other version: a corpus file, or a folder that holds it (by default the imported "
        "edition is compared with the draft of the next one)",
    )
    form = impact.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print changes and dependants as JSON")
    form.add_argument("--markdown", action="store_true", help="print them as Markdown tables")
    impact.set_defaults(run="impact")

    review = commands.add_parser(
        "review", help="what has to be read again since the guidance changed, and signing it off"
    )
    review.add_argument(
        "names",
        nargs="*",
        metavar="WHAT",
        help="intent:ID, node:DIALOGUE/NODE, item:ID, passage:CITATION, a citation (all that cite "
        "it) or a publication",
    )
    review.add_argument("--sign-off", metavar="CODE", help="sign WHAT as read, with your code")
    review.add_argument("--second", action="store_true", help="sign as the second reader")
    review.add_argument("--json", action="store_true", help="print what is stale as JSON")
    review.set_defaults(run="review")

    reindex = commands.add_parser("reindex", help="compile the library anew")
    reindex.add_argument(
        "--gold",
        metavar="FILE",
        help="labelled questions (as for eval) to ask before and after: shows what was gained, "
        "lost and changed",
    )
    reindex.add_argument(
        "--strict", action="store_true", help="with --gold: refuse the library where one is lost"
    )
    reindex.set_defaults(run="reindex")

    take_in = commands.add_parser(
        "import", help="take published texts (text, HTML, JSON, DOCX, PDF) into your own library"
    )
    take_in.add_argument("files", nargs="*", metavar="FILE", help="a file, or a folder of them")
    take_in.add_argument(
        "--as", dest="as_id", metavar="ID", help="the publication that the one file is"
    )
    take_in.add_argument(
        "--yes", action="store_true", help="accept at once, also where something is missing"
    )
    take_in.add_argument(
        "--draft", action="store_true", help="leave it a draft, to see first what it changes"
    )
    take_in.add_argument("--accept", metavar="ID", help="accept the draft of this publication")
    take_in.add_argument("--json", action="store_true", help="print the report as JSON")
    take_in.set_defaults(run="import_")

    evaluate = commands.add_parser(
        "eval", help="measure the answers on a file of your own labelled questions"
    )
    evaluate.add_argument(
        "file", metavar="FILE", help="JSON Lines; docs/maintainers.md says what a line holds"
    )
    evaluate.add_argument("--wrong", action="store_true", help="list what was not right")
    evaluate.add_argument("--json", action="store_true", help="print the figures as JSON")
    evaluate.set_defaults(run="eval")

    serve = commands.add_parser("serve", help="show the conversation in a browser")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="the port (%(default)s; 0: any)")
    serve.add_argument(
        "--most-visitors", type=int, default=8, metavar="N", help="so many at a time (%(default)s)"
    )
    serve.add_argument(
        "--public-url", metavar="URL", help="where the proxy before it is reached, if there is one"
    )
    serve.set_defaults(run="serve")

    asked = commands.add_parser(
        "asked", help="what was asked in vain, where the settings say that it is kept"
    )
    asked.add_argument("--forget", action="store_true", help="delete it")
    asked.set_defaults(run="asked")

    where = commands.add_parser("where", help="print every folder and file that is read or written")
    where.set_defaults(run="where")
    return parser


def _add_quiz(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command ``quiz`` with its own commands; ``part`` names them."""
    quiz = commands.add_parser("quiz", help="papers and items, for trainers")
    quiz.set_defaults(run="quiz")
    parts = quiz.add_subparsers(title="commands", metavar="COMMAND", dest="part", required=True)

    parts.add_parser("check", help="find faults in the quiz items, and count them")

    _add_quiz_run(parts)

    report = parts.add_parser("report", help="what an attempt came to, or all of them")
    report.add_argument("attempt", nargs="?", type=int, metavar="ATTEMPT", help="(the newest)")
    report.add_argument("--class", action="store_true", dest="whole_class", help="all attempts")
    report.add_argument("--candidate", metavar="CODE", help="the newest attempt of this candidate")
    report.add_argument("--format", choices=("text", "csv", "html"), default="text")
    report.add_argument("--topics", action="store_true", help="with CSV: topics, not items")
    report.add_argument("--out", metavar="FILE", help="the file to write (standard output)")
    report.add_argument("--database", metavar="URL", help="where results are kept instead")

    paper = parts.add_parser("paper", help="draw a paper to print, and its key")
    _add_choice(paper)
    paper.add_argument("--out", metavar="FILE", help="where the paper goes (standard output)")
    paper.add_argument("--key", metavar="FILE", help="where the key goes")

    export = parts.add_parser("export", help="write the items for another program")
    export.add_argument("file", metavar="FILE", help="the file to write (- for standard output)")
    export.add_argument("--format", choices=("gift", "moodle-xml", "anki"), required=True)
    export.add_argument(
        "--topic", action="append", default=[], metavar="TOPIC", help="only this topic"
    )

    into = parts.add_parser("import", help="make drafts of the items in GIFT or Moodle XML")
    into.add_argument("file", metavar="FILE", help="the file to read")
    into.add_argument(
        "--out", metavar="DIR", help="where the drafts go, a file a topic (standard output)"
    )


def _add_quiz_run(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command ``quiz run``."""
    run = parts.add_parser(
        "run",
        help="take a quiz, or mark a file of answers",
        epilog="Answers are stored on this machine, with a code at most; --no-store keeps nothing.",
    )
    _add_choice(run)
    run.add_argument(
        "--mode", choices=("practice", "assessed", "revise", "class"), default="practice"
    )
    run.add_argument("--pass-mark", type=float, metavar="P", help="in per cent, such as 70")
    run.add_argument("--minutes", type=float, metavar="M", help="the time limit")
    run.add_argument("--attempts", type=int, metavar="N", help="so many at the paper a candidate")
    run.add_argument("--candidate", metavar="CODE", help="whose attempt it is: a code, no name")
    run.add_argument(
        "--resume", nargs="?", const="newest", metavar="ID", help="go on with an attempt"
    )
    run.add_argument("--no-store", action="store_true", help="keep nothing of it")
    run.add_argument("--database", metavar="URL", help="where results are kept instead")
    run.add_argument("--plain", action="store_true", help="line by line, without the screen")
    run.add_argument("--answers", metavar="FILE", help="without a person: item ids with answers")
    run.add_argument(
        "--json", action="store_true", help="with --answers: print the attempt as JSON"
    )


def _add_choice(parser: argparse.ArgumentParser) -> None:
    """The options that say what a paper is drawn from."""
    # Each may be given several times.
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--topic", metavar="TOPIC", help="only this topic", **many)
    parser.add_argument("--n", type=int, metavar="N", help="so many items in all (10)")
    parser.add_argument("--each", type=int, metavar="N", help="so many of every topic instead")
    parser.add_argument("--kind", metavar="KIND", help="only items of this kind", **many)
    parser.add_argument("--difficulty", choices=("easy", "medium", "hard"), **many)
    parser.add_argument(
        "--scenarios",
        type=int,
        nargs="?",
        default=0,
        const=-1,
        metavar="N",
        help="so many scenarios besides; without N nothing but scenarios",
    )
    parser.add_argument("--historical", action="store_true", help="what once applied, too")
    parser.add_argument("--seed", type=int, metavar="SEED", help="the paper of this seed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with ``arguments`` (those of the process by default); the exit
    status."""
    options = build_parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="replace"
            )  # a locale that lacks a character shows "?" rather than failing
    try:
        # Each command is imported when it is called: a question must not wait for the screen's
        # libraries.
        return int(importlib.import_module(f"assistant.cli.{options.run}").run(options))
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (``assistant show ... | head``): say nothing, and nothing at exit
        # either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get("ASSISTANT_DEBUG"):
            raise
        print(
            f"assistant: unexpected fault: {type(error).__name__}: {error} "
            "(ASSISTANT_DEBUG=1 shows where)",
            file=sys.stderr,
        )
        return 1
