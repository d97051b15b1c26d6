"""A fault in a screen becomes a message, and the program goes on."""

from abc import abstractmethod

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump

from assistant.errors import AssistantError

_BEGINNING = (events.Load, events.Compose)
"""Where nothing stands yet that a message could be shown in."""


def in_words(error: Exception) -> str:
    """What is said of ``error``: the line of one that was raised on purpose; of another only its
    kind, for its text may hold what was typed."""
    if isinstance(error, AssistantError):
        return str(error)
    return (
        f"This could not be done ({type(error).__name__}). Nothing is lost: go on, or ask in other "
        "words."
    )


class GoesOn(MessagePump):
    """Whose handlers may fail: the fault is said, and the next key is answered all the same.

    Textual has no public place for it: a fault that leaves ``_dispatch_message`` ends the program.
    """

    @abstractmethod
    def say(self, text: str) -> None:
        """Show one line."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:  # whatever it is, the officer's next question must be answered
            if isinstance(message, _BEGINNING):
                raise
            self.say(in_words(error))
