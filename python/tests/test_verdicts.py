"""Verdicts on formulas and answers."""

import calcgrad
import pytest
from calcgrad import symbols

x, y = symbols("x y")


def test_equal():
    assert calcgrad.equal("sin(x)^2 + cos(x)^2", 1)
    verdict = calcgrad.equal("(x^2 - 1)/(x - 1)", "x + 1")
    assert verdict and verdict.verdict in ("equal", "equal-on-domain")
    verdict = calcgrad.equal("sqrt(x^2)", "x")
    assert not verdict and verdict.verdict == "different"
    assert float(calcgrad.parse(verdict.witness.left)) != float(calcgrad.parse(verdict.witness.right))
    assert calcgrad.equal("sqrt(x^2)", "x", assume="x > 0")
    assert ((x + y) ** 2).equal(x**2 + 2 * x * y + y**2)
    with pytest.raises(calcgrad.ParseError):
        calcgrad.equal("x", "(")


@pytest.mark.parametrize(
    ("gold", "answer", "verdict"),
    [
        ("x + 1", "1 + x", "equal"),
        (r"\frac{1}{2}", "0.5", "equal"),
        (r"$x^2 + 2x$", "x(x+2)", "equal"),
        (r"\boxed{3}", "3", "equal"),
        ("y = 2x + 1", "2x - y + 1 = 0", "equal"),
        ("(1, 2)", "(1, 3)", "different"),
        ("x + 1", "x - 1", "different"),
        ("x + 1", "(x", "unreadable"),
        ("x + 1", "", "unreadable"),
        (r"\sqrt{8}", r"2\sqrt{2}", "equal"),
        (r"\frac{x}{2}", r"So the answer is \boxed{0.5x}.", "equal"),
        ("[0, 1)", "0 <= x < 1", "equal"),
        ("{1, 2}", "{2, 1}", "equal"),
        ("3 m", "300 cm", "equal"),
    ],
)
def test_verify(gold, answer, verdict):
    found = calcgrad.verify(gold, answer)
    assert found.verdict == verdict, found
    assert bool(found) == (verdict == "equal")
    assert found.how


def test_verify_takes_expressions():
    assert calcgrad.verify(x / 2, "0.5x")
    assert not calcgrad.verify(x, y)
    assert calcgrad.verify(2 * calcgrad.symbol("gamma"), "2gamma")
    with pytest.raises(calcgrad.ParseError):
        calcgrad.verify("(", "x")


def test_check():
    verdict = calcgrad.check("x^2*sin(x)", "2x*sin(x) + x^2*cos(x)")
    assert verdict and verdict.expected == [calcgrad.parse("x*(2*sin(x) + x*cos(x))")]
    verdict = calcgrad.check("x^2*sin(x)", "2*x*cos(x)")
    assert not verdict
    assert verdict.mistakes and verdict.mistakes[0].text
    assert (x**2).check(2 * x)
    assert (x**2 * y).check("2*y", "x", order=2)
    assert calcgrad.check("x^2", "2*").verdict == "unreadable"
    assert calcgrad.check("x*y", "[y, x]")
