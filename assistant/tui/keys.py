"""The table of actions as key bindings; each key does what its action's word does."""

from textual.binding import Binding, BindingType

from assistant.interface.actions import ACTIONS, Action, Where


def _binding(action: Action) -> Binding:
    assert action.key is not None
    return Binding(
        action.key, f"screen.do('{action.id}')", action.label, id=action.id, tooltip=action.what
    )


def _is_typed(action: Action) -> bool:
    """Whether the key of ``action`` is one that is typed in a text too."""
    return action.key is not None and (len(action.key) == 1 or action.key.endswith("bracket"))


def screen_bindings(*places: Where) -> list[BindingType]:
    """The keys of the actions of ``places`` that work while something is typed."""
    return [
        _binding(action)
        for action in ACTIONS
        if action.where in places and action.key is not None and not _is_typed(action)
    ]


def reading_bindings() -> list[BindingType]:
    """The keys that work where something is read, not typed: in the conversation and a section."""
    return [_binding(action) for action in ACTIONS if _is_typed(action)]
