"""Derivatives against SymPy and against differences."""

import calcgrad
import numpy as np
import pytest
import sympy
from calcgrad import Expr, symbols

x, y, z = symbols("x y z")

FORMULAS = [
    "x^3*y - 2*x*y^2 + z",
    "sin(x*y)/(1 + z^2)",
    "exp(-x^2/2)*cos(3*y) + ln(z + 2)",
    "sqrt(x^2 + y^2 + z^2 + 1)",
    "atan(x/(y + 3)) + tanh(x*y*z)",
    "(x + 2)^(y + 1)*z",
    "erf(x + y) + besselj(2, z + x)",
    "log(1 + exp(x - y)) - x/(1 + abs(z))",
]


def as_numbers(exprs, at):
    return [float(expr(at)) for expr in exprs]


@pytest.mark.parametrize("text", FORMULAS)
def test_gradients_are_those_of_sympy_and_of_differences(text):
    f = Expr(text)
    names = ["x", "y", "z"]
    gradient = f.gradient(names)
    theirs = calcgrad.to_sympy(f, [sympy.Symbol(name, real=True) for name in names])
    value = calcgrad.lambdify(f, names)
    for point in ([0.7, 0.4, 0.9], [1.3, 0.2, 0.6]):
        at = dict(zip(names, point))
        found = as_numbers(gradient, at)
        step = 1e-6
        for place, name in enumerate(names):
            moved = [list(point), list(point)]
            moved[0][place] -= step
            moved[1][place] += step
            slope = (value(*moved[1]) - value(*moved[0])) / (2 * step)
            assert found[place] == pytest.approx(slope, rel=1e-6, abs=1e-8)
            symbol = sympy.Symbol(name, real=True)
            exact = theirs.diff(symbol).subs({sympy.Symbol(k, real=True): v for k, v in at.items()})
            assert found[place] == pytest.approx(float(exact), rel=1e-12, abs=1e-13)


def test_orders_and_sequences():
    f = x**4 * y**2
    assert f.diff(x, 2) == f.diff(x, x) == f.diff("x", "x") == 12 * x**2 * y**2
    assert f.diff(x, 3, y) == f.diff(y, x, 3) == f.diff("x x x y") == 48 * x * y
    assert (x**5).diff() == 5 * x**4
    assert (x**5).diff(3) == 60 * x**2
    assert f.diff(x, 0) == f
    assert calcgrad.diff(f, "z") == 0
    assert calcgrad.diff("x^2*y", "x") == 2 * x * y
    assert Expr(3).diff() == 0
    with pytest.raises(calcgrad.RequestError, match="which of the variables x, y"):
        f.diff()


def test_gradients_of_many_variables():
    many = symbols(" ".join(f"x{k}" for k in range(1, 31)))
    f = calcgrad.total(a**2 * b for a, b in zip(many, many[1:]))
    gradient = f.gradient(many)
    assert gradient[0] == 2 * many[0] * many[1]
    assert gradient[29] == many[28] ** 2
    assert gradient[5] == many[4] ** 2 + 2 * many[5] * many[6]


def test_matrices():
    assert calcgrad.jacobian([x * y, "x + y"], x, y) == [[y, x], [Expr(1), Expr(1)]]
    assert calcgrad.jacobian("[x*y, x + y]") == [[y, x], [Expr(1), Expr(1)]]
    assert (x**2 * y).hessian() == [[2 * y, 2 * x], [2 * x, Expr(0)]]
    theirs = sympy.hessian(sympy.sympify("sin(x*y) + x**3"), sympy.symbols("x y"))
    ours = calcgrad.hessian("sin(x*y) + x^3", "x y")
    for row, other in zip(ours, theirs.tolist()):
        for one, two in zip(row, other):
            assert sympy.simplify(calcgrad.to_sympy(one) - two) == 0


def test_taylor_polynomials_are_those_of_sympy():
    t = sympy.Symbol("x")
    for text, at in [("sin(x)", 0), ("exp(x)*cos(x)", 0), ("ln(x)", 1), ("sqrt(x)", 4)]:
        found = calcgrad.taylor(text, at=at, order=4)
        theirs = sympy.series(sympy.sympify(text.replace("ln", "log")), t, at, 5).removeO()
        assert sympy.expand(calcgrad.to_sympy(found.polynomial) - theirs) == 0
        assert str(found).endswith(")") and "O(" in str(found)
    found = calcgrad.taylor("exp(x)*y", at={"x": 0, "y": 1}, order=2)
    assert found.coefficients[(1, 1)] == 1
    assert calcgrad.taylor("x^2", order=3).exact
    assert calcgrad.taylor("sin(x)")._repr_latex_().startswith("$")


def test_assumptions():
    assert calcgrad.simplify("sqrt(x^2)") == abs(x)
    assert calcgrad.simplify("sqrt(x^2)", assume="x > 0") == x
    assert calcgrad.diff("abs(x)", assume="x > 0") == 1


def test_forms():
    assert ((x + 1) ** 2).expand() == x**2 + 2 * x + 1
    assert str((x**2 - 1).factor()) == "(x - 1)*(x + 1)"
    assert calcgrad.simplify("sin(x)^2 + cos(x)^2") == 1
    assert calcgrad.simplify(r"\frac{x^2-1}{x-1}") == x + 1
    assert calcgrad.parse("np.exp(x)**2") == calcgrad.exp(2 * x)


def test_critical_points():
    found = (x**3 - 3 * x).critical()
    assert [(point.kind, point.coordinates["x"], point.value) for point in found.points] == [
        ("maximum", -1, 2),
        ("minimum", 1, -2),
    ]
    assert found.is_complete and not found.sets
    found = calcgrad.critical("x^2 + y^2")
    assert found.points[0].is_global and found.points[0].is_exact
    assert str(found) == "global minimum 0 at x = 0, y = 0"
    flat = calcgrad.critical("(x + y)^2")
    assert flat.sets and not flat.points


def test_a_derivative_beside_quotients():
    table = calcgrad.sin(x).verify(at=0)
    assert table.derivative == 1 and table.is_checked
    errors = [float(row.errors[0]) for row in table.rows]
    assert errors[0] == pytest.approx(np.sin(0.1) / 0.1 - 1, rel=1e-2)
    assert (x * y).verify(x, at={"x": 1, "y": 3}).derivative == 3
    assert calcgrad.quotients("x^2", at="x=2", one_sided=True).rows[0].values == ["4.1", "3.9"]
