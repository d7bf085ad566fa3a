"""What has several parts: verdicts, Taylor polynomials, critical points, quotients."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ._calcgrad import Expr

_EQUAL = ("equal", "equal-on-domain", "probably-equal")


class Witness(NamedTuple):
    """A point at which two formulas differ, with the values of both."""

    point: dict[str, str]
    left: str
    right: str


class Mistake(NamedTuple):
    """How somebody came to a wrong answer."""

    id: str
    text: str


class Verdict(NamedTuple):
    """What is said of two formulas. It is true when they are equal.

    ``verdict`` is ``equal``, ``equal-on-domain``, ``probably-equal``, ``different``,
    ``wrong-shape``, ``undecided`` or ``unreadable``; ``how`` says how it is known.
    """

    verdict: str
    how: str
    witness: Witness | None = None
    condition: str | None = None
    expected: list[Expr] = []
    mistakes: list[Mistake] = []
    flags: list[str] = []
    notes: list[str] = []

    def __bool__(self) -> bool:
        return self.verdict in _EQUAL

    def __str__(self) -> str:
        text = f"{self.verdict}: {self.how}"
        if self.witness is not None:
            place = ", ".join(f"{name} = {value}" for name, value in self.witness.point.items())
            text += f" ({self.witness.left} and {self.witness.right} at {place or 'any point'})"
        return text


class Taylor(NamedTuple):
    """A Taylor polynomial. It is written with its remainder."""

    polynomial: Expr
    text: str
    latex: str
    order: int
    exact: bool
    coefficients: dict[tuple[int, ...], Expr]

    def __str__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str:
        return f"${self.latex}$"


class CriticalPoint(NamedTuple):
    """A point at which the gradient is 0 or does not exist."""

    coordinates: dict[str, Expr]
    value: Expr
    kind: str
    is_global: bool
    is_exact: bool
    is_boundary: bool

    def __str__(self) -> str:
        place = ", ".join(f"{name} = {value}" for name, value in self.coordinates.items())
        return f"{'global ' if self.is_global else ''}{self.kind} {self.value} at {place}"


class Critical(NamedTuple):
    """Critical points: all of them where ``is_complete``. Those that are not isolated are
    ``sets``, each a list of equations."""

    points: list[CriticalPoint]
    sets: list[list[str]]
    is_complete: bool

    def __str__(self) -> str:
        lines = [str(point) for point in self.points]
        lines += [" and ".join(equations) or "every point" for equations in self.sets]
        return "\n".join(lines) or "no critical points"


class Quotient(NamedTuple):
    """A quotient of differences and how far it is from the derivative."""

    step: str
    values: list[str | None]
    errors: list[str | None]


class Verification(NamedTuple):
    """A derivative at a point beside quotients of differences for smaller and smaller steps."""

    variable: str
    derivative: Expr
    rows: list[Quotient]
    is_checked: bool

    def __str__(self) -> str:
        lines = [f"d/d{self.variable} = {self.derivative}"]
        for row in self.rows:
            values = "  ".join(value or "undefined" for value in row.values)
            lines.append(f"h = {row.step:<12} {values}")
        return "\n".join(lines)
