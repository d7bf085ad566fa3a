"""What can go wrong, and what is worth a warning."""

from __future__ import annotations

# Longer lines are not repeated in a message.
_MOST_SHOWN = 200


class Error(ValueError):
    """Something that calcgrad cannot do or cannot read.

    ``kind`` is a name that never changes, ``help`` what would help, ``text`` what was read and
    ``span`` the place in it that is meant, from the first letter to the one behind the last.
    """

    def __init__(
        self,
        message: str,
        kind: str = "",
        help: str | None = None,
        text: str | None = None,
        span: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.help = help
        self.text = text
        self.span = span

    def __str__(self) -> str:
        lines = [self.message]
        if self.text is not None and self.span is not None:
            lines += _marked(self.text, self.span)
        if self.help is not None:
            lines.append(f"help: {self.help}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.kind, self.help, self.text, self.span)


def _marked(text: str, span: tuple[int, int]) -> list[str]:
    """The line of a text in which a place is, and a line of signs below the place."""
    start, end = span
    first = text.rfind("\n", 0, start) + 1
    line = text[first:].split("\n", 1)[0]
    if not line.strip() or len(line) > _MOST_SHOWN or not line.isprintable():
        return []
    width = max(1, min(end, first + len(line)) - start)
    return [f"  {line}", "  " + " " * (start - first) + "^" * width]


class ParseError(Error):
    """A text that cannot be read."""


class UndefinedError(Error):
    """What has no value, as ``1/0``."""


class LimitError(Error):
    """More than is calculated, written or read."""


class UnsupportedError(Error):
    """What is right but has no answer here."""


class RequestError(Error):
    """A question that does not fit: a point, a variable, a number of components."""


class InternalError(Error):
    """A mistake of calcgrad: an answer that did not stand its check."""


class ReadingWarning(UserWarning):
    """How something was read that people read in two ways."""


class UncheckedWarning(UserWarning):
    """A derivative that was compared nowhere, because no point was found for that."""


# In a traceback they have the names under which they are caught.
for _class in (
    Error,
    InternalError,
    LimitError,
    ParseError,
    ReadingWarning,
    RequestError,
    UncheckedWarning,
    UndefinedError,
    UnsupportedError,
):
    _class.__module__ = "calcgrad"
del _class
