"""The part of calcgrad that is compiled."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, final

from ._results import Critical, Taylor, Verdict, Verification
from ._types import Formula, Operand, Point, Variables

__version__: str

@final
class Expr:
    """A formula in canonical form: exact, and equal to another when it is the same expression."""

    def __new__(cls, value: Formula) -> Expr: ...
    def __add__(self, other: Operand, /) -> Expr: ...
    def __radd__(self, other: Operand, /) -> Expr: ...
    def __sub__(self, other: Operand, /) -> Expr: ...
    def __rsub__(self, other: Operand, /) -> Expr: ...
    def __mul__(self, other: Operand, /) -> Expr: ...
    def __rmul__(self, other: Operand, /) -> Expr: ...
    def __truediv__(self, other: Operand, /) -> Expr: ...
    def __rtruediv__(self, other: Operand, /) -> Expr: ...
    def __pow__(self, other: Operand, mod: None = None, /) -> Expr: ...
    def __rpow__(self, other: Operand, mod: None = None, /) -> Expr: ...
    def __neg__(self) -> Expr: ...
    def __pos__(self) -> Expr: ...
    def __abs__(self) -> Expr: ...
    def __lt__(self, other: Operand, /) -> Condition: ...
    def __le__(self, other: Operand, /) -> Condition: ...
    def __gt__(self, other: Operand, /) -> Condition: ...
    def __ge__(self, other: Operand, /) -> Condition: ...
    def __bool__(self) -> bool: ...
    def __float__(self) -> float: ...
    def __int__(self) -> int: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Expr: ...
    def __deepcopy__(self, _memo: dict[int, Any]) -> Expr: ...
    def __call__(self, point: Point | None = None, **values: Formula) -> Expr:
        """The exact value at a point: ``f(x=1, y="pi/2")``. Variables that are not named stay."""

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, ``x2`` before ``x10``."""

    @property
    def name(self) -> str | None:
        """The name of a symbol; ``None`` for anything else."""

    @property
    def is_constant(self) -> bool:
        """Whether it has no variables."""

    def latex(self) -> str:
        """LaTeX for mathematics mode."""

    def _repr_latex_(self) -> str: ...
    def code(self, language: str) -> str:
        """The formula in C, Fortran, JavaScript, Mathematica, Maxima, Rust or SymPy."""

    def decimal(self, digits: int = 15) -> str:
        """The decimal digits of a constant, as many as are asked for."""

    def as_number(self) -> int | Fraction:
        """The exact number."""

    def nodes(self) -> list[tuple[str, Any, list[int]]]:
        """The parts, operands before what uses them and each once: what kind each is, what it
        says, and the places of its operands. The last is the whole."""

    def diff(self, *wrt: Variables | int, assume: str | None = None) -> Expr:
        """The derivative in variables, one after the other: ``f.diff(x, y)``, ``f.diff(x, 2)``."""

    def gradient(self, *wrt: Variables, assume: str | None = None) -> list[Expr]:
        """The partial derivatives in all variables, or in those that are named."""

    def hessian(self, *wrt: Variables, assume: str | None = None) -> list[list[Expr]]:
        """The Hessian matrix, row by row."""

    def taylor(
        self,
        *wrt: Variables,
        at: Point | Formula | None = None,
        order: int = 5,
        assume: str | None = None,
    ) -> Taylor:
        """The Taylor polynomial of an order around a point, which is 0 when none is given."""

    def simplify(self, *, assume: str | None = None) -> Expr:
        """The shortest form that is found."""

    def expand(self, *, assume: str | None = None) -> Expr:
        """The expression multiplied out."""

    def factor(self, *, assume: str | None = None) -> Expr:
        """The expression as a product of factors."""

    def substitute(self, replacements: Mapping[Any, Formula]) -> Expr:
        """The expression with expressions in the place of variables, all at once."""

    def equal(self, other: Formula, *, assume: str | None = None) -> Verdict:
        """Whether another formula has the same values wherever both are defined."""

    def check(
        self, answer: Formula, *wrt: Variables, order: int = 1, assume: str | None = None
    ) -> Verdict:
        """Whether an answer is the derivative of this, and if not, how somebody came to it."""

    def verify(
        self,
        *wrt: Variables,
        at: Point | Formula,
        one_sided: bool = False,
        rows: int = 6,
        assume: str | None = None,
    ) -> Verification:
        """The derivative at a point with quotients of differences."""

    def critical(self, *wrt: Variables, assume: str | None = None) -> Critical:
        """The critical points, with the kind of each."""

@final
class Condition:
    """A condition on variables, neither true nor false until they have values."""

    def __and__(self, other: Condition, /) -> Condition: ...
    def __or__(self, other: Condition, /) -> Condition: ...
    def __rand__(self, other: Condition, /) -> Condition: ...
    def __ror__(self, other: Condition, /) -> Condition: ...
    def __bool__(self) -> bool: ...

@final
class Function:
    """A function of the function table."""

    @property
    def __name__(self) -> str: ...
    @property
    def __qualname__(self) -> str: ...
    def __call__(self, *arguments: Formula | Condition) -> Expr: ...

@final
class Compiled:
    def at(self, point: list[float]) -> list[float]: ...
    def run(self, columns: list[Any], points: int, threads: int) -> Any: ...

def parse(
    text: str,
    *,
    input: str | None = None,
    variables: Variables | None = None,
    assume: str | None = None,
    strict: bool = False,
) -> Expr:
    """The expression of a text, in whatever notation it is."""

def symbol(name: str) -> Expr:
    """A variable."""

def symbols(names: str) -> tuple[Expr, ...]:
    """Variables: ``x, y = symbols("x y")``."""

def total(terms: Iterable[Operand]) -> Expr:
    """The sum of many expressions, in one step where ``+`` takes one for each."""

def equals(left: Operand, right: Operand) -> Condition:
    """The condition that two expressions have the same value, for ``piecewise``."""

def differs(left: Operand, right: Operand) -> Condition:
    """The condition that two expressions have different values, for ``piecewise``."""

def diff(
    formula: Formula,
    *wrt: Variables | int,
    assume: str | None = None,
    input: str | None = None,
) -> Expr:
    """The derivative in variables, one after the other: ``diff(f, x, y)``, ``diff(f, x, 2)``."""

def gradient(
    formula: Formula, *wrt: Variables, assume: str | None = None, input: str | None = None
) -> list[Expr]:
    """The partial derivatives in all variables, or in those that are named."""

def jacobian(
    functions: str | Sequence[Formula],
    *wrt: Variables,
    assume: str | None = None,
    input: str | None = None,
) -> list[list[Expr]]:
    """The Jacobian matrix of functions, a row for each."""

def hessian(
    formula: Formula, *wrt: Variables, assume: str | None = None, input: str | None = None
) -> list[list[Expr]]:
    """The Hessian matrix, row by row."""

def taylor(
    formula: Formula,
    *wrt: Variables,
    at: Point | Formula | None = None,
    order: int = 5,
    assume: str | None = None,
    input: str | None = None,
) -> Taylor:
    """The Taylor polynomial of an order around a point, which is 0 when none is given."""

def simplify(formula: Formula, *, assume: str | None = None, input: str | None = None) -> Expr:
    """The shortest form that is found."""

def expand(formula: Formula, *, assume: str | None = None, input: str | None = None) -> Expr:
    """The formula multiplied out."""

def factor(formula: Formula, *, assume: str | None = None, input: str | None = None) -> Expr:
    """The formula as a product of factors."""

def evaluate(formula: Formula, point: Point | None = None, **values: Formula) -> Expr:
    """The exact value at a point. Variables that are not named stay."""

def substitute(formula: Formula, replacements: Mapping[Any, Formula]) -> Expr:
    """The expression with expressions in the place of variables, all at once."""

def equal(
    left: Formula, right: Formula, *, assume: str | None = None, input: str | None = None
) -> Verdict:
    """Whether two formulas have the same values wherever both are defined."""

def verify(
    gold: Formula, answer: Formula, *, assume: str | None = None, input: str | None = None
) -> Verdict:
    """Whether an answer says the same as the gold answer."""

def check(
    formula: Formula,
    answer: Formula,
    *wrt: Variables,
    order: int = 1,
    assume: str | None = None,
    input: str | None = None,
) -> Verdict:
    """Whether an answer is the derivative of a formula, and if not, how somebody came to it."""

def critical(
    formula: Formula, *wrt: Variables, assume: str | None = None, input: str | None = None
) -> Critical:
    """The critical points, with the kind of each."""

def quotients(
    formula: Formula,
    *wrt: Variables,
    at: Point | Formula,
    one_sided: bool = False,
    rows: int = 6,
    assume: str | None = None,
    input: str | None = None,
) -> Verification:
    """The derivative at a point with quotients of differences."""

def functions() -> list[Function]:
    """The functions of the table, under all of their names."""

def _compiled(formulas: list[Any], names: list[str], with_gradient: bool) -> Compiled: ...
def _names(*variables: Variables) -> list[str]: ...
def _in_order(names: list[str]) -> list[str]: ...
def _restored(text: str, names: list[str]) -> Expr: ...
