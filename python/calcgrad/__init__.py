"""Exact derivatives, simplified and checked, and verdicts on answers.

>>> import calcgrad
>>> x, y = calcgrad.symbols("x y")
>>> (x**2 * calcgrad.sin(y)).gradient()
[2*x*sin(y), x^2*cos(y)]

Formulas are expressions, numbers or texts; every function of calcgrad's function table is a
function here, under each of its names.
"""

from __future__ import annotations

from keyword import iskeyword as _iskeyword
from typing import TYPE_CHECKING

from . import _calcgrad
from ._calcgrad import (
    Condition,
    Expr,
    Function,
    check,
    critical,
    diff,
    differs,
    equal,
    equals,
    evaluate,
    expand,
    factor,
    gradient,
    hessian,
    jacobian,
    parse,
    quotients,
    simplify,
    substitute,
    symbol,
    symbols,
    taylor,
    total,
    verify,
)
from ._errors import (
    Error,
    InternalError,
    LimitError,
    ParseError,
    ReadingWarning,
    RequestError,
    UncheckedWarning,
    UndefinedError,
    UnsupportedError,
)
from ._lambdify import Lambdified, lambdify
from ._results import (
    Critical,
    CriticalPoint,
    Mistake,
    Quotient,
    Taylor,
    Verdict,
    Verification,
    Witness,
)
from ._sympy import from_sympy, to_sympy

e = parse("e")
pi = parse("pi")

__version__ = _calcgrad.__version__
__all__ = [
    "Condition",
    "Critical",
    "CriticalPoint",
    "Error",
    "Expr",
    "Function",
    "InternalError",
    "Lambdified",
    "LimitError",
    "Mistake",
    "ParseError",
    "Quotient",
    "ReadingWarning",
    "RequestError",
    "Taylor",
    "UncheckedWarning",
    "UndefinedError",
    "UnsupportedError",
    "Verdict",
    "Verification",
    "Witness",
    "check",
    "critical",
    "diff",
    "differs",
    "e",
    "equal",
    "equals",
    "evaluate",
    "expand",
    "factor",
    "from_sympy",
    "gradient",
    "hessian",
    "jacobian",
    "lambdify",
    "parse",
    "pi",
    "quotients",
    "simplify",
    "substitute",
    "symbol",
    "symbols",
    "taylor",
    "to_sympy",
    "total",
    "verify",
]

if TYPE_CHECKING:

    def __getattr__(name: str) -> Function:
        """A function of the function table."""
        ...

else:
    import builtins as _builtins

    # What calcgrad asks has its name before what the table calls a function.
    for _function in _calcgrad.functions():
        _name = _function.__name__
        if _name.isidentifier() and not _iskeyword(_name) and _name not in globals():
            globals()[_name] = _function
            if not hasattr(_builtins, _name):
                __all__.append(_name)
    del _function, _name
