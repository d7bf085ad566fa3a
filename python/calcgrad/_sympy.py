"""To SymPy and back. SymPy is imported when one of these is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable

from ._calcgrad import Expr, parse, substitute, symbol

if TYPE_CHECKING:
    import sympy

    from ._types import Formula


def to_sympy(formula: Formula, symbols: Iterable[sympy.Symbol] = ()) -> Any:
    """The formula in SymPy.

    Variables are plain symbols, unless symbols of their names are given, as
    ``Symbol("x", positive=True)``.
    """
    import sympy

    expr = Expr(formula)
    known = {one.name: one for one in symbols}
    # Names such as `beta` are functions there, so that none goes through the text.
    places = {name: f"v{place}" for place, name in enumerate(expr.variables)}
    text = substitute(expr, {name: symbol(place) for name, place in places.items()}).code("SymPy")
    names = {place: known.get(name, sympy.Symbol(name)) for name, place in places.items()}
    return sympy.sympify(text, locals=names)


def from_sympy(expression: Any) -> Expr:
    """The expression of a formula of SymPy, whose variables are taken for real numbers."""
    import sympy

    expression = sympy.sympify(expression)
    free = sorted(expression.free_symbols, key=lambda one: str(one.name))
    places = {one: sympy.Symbol(f"v{place}") for place, one in enumerate(free)}
    text = sympy.sstr(expression.xreplace(places), full_prec=True)
    found = parse(text, input="sympy", variables=tuple(one.name for one in places.values()))
    return substitute(found, {place.name: symbol(one.name) for one, place in places.items()})
