"""To SymPy and back."""

import calcgrad
import pytest
import sympy

FORMULAS = [
    "x^2/3 + 1/7",
    "sin(x)^2*exp(-y/2)",
    "sqrt(x)*ln(y)/(x + y)^(3/2)",
    "abs(x) + sign(y) + floor(x)",
    "asin(x) + atan2(y, x) + asinh(x)",
    "besselj(1, x) + gamma(y) + erf(x)",
    "piecewise(x < 0, -x, x <= 1, y, x^2)",
    "max(x, y) + min(x, 2)",
    "beta*gamma_1 + lambda + e^(pi*x)",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_there_and_back(text):
    expr = calcgrad.parse(text, variables=("beta", "lambda"))
    there = calcgrad.to_sympy(expr)
    assert {symbol.name for symbol in there.free_symbols} == set(expr.variables)
    back = calcgrad.from_sympy(there)
    # Other orders of arguments and other nests of branches are other expressions.
    assert back == expr or back.equal(expr).verdict == "equal"


@pytest.mark.parametrize("text", FORMULAS[:7])
def test_both_have_the_same_values(text):
    expr = calcgrad.parse(text)
    there = calcgrad.to_sympy(expr)
    at = {"x": 0.3, "y": 0.8}
    theirs = there.subs(at).evalf(30)
    assert float(expr({k: v for k, v in at.items()})) == pytest.approx(float(theirs), rel=1e-12)


def test_symbols_of_ones_own():
    x = sympy.Symbol("x", positive=True)
    assert calcgrad.to_sympy("sqrt(x^2)", [x]) == x
    assert calcgrad.to_sympy("x") == sympy.Symbol("x")
    assert calcgrad.from_sympy(x**2) == calcgrad.symbol("x") ** 2


def test_derivatives_agree():
    x = sympy.Symbol("x", real=True)
    theirs = sympy.sin(x) ** 2 * sympy.exp(x) / (1 + x**2)
    ours = calcgrad.from_sympy(theirs).diff(x.name)
    assert sympy.simplify(calcgrad.to_sympy(ours, [x]) - theirs.diff(x)) == 0


def test_what_is_not_taken():
    with pytest.raises(calcgrad.UnsupportedError):
        calcgrad.to_sympy("f(x)")
    for wrong in (sympy.I * sympy.Symbol("x"), sympy.oo, sympy.Integral(sympy.Symbol("x"))):
        with pytest.raises(calcgrad.Error):
            calcgrad.from_sympy(wrong)
