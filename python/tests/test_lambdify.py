"""Compiled formulas against NumPy."""

import calcgrad
import numpy as np
import pytest
from calcgrad import lambdify, symbols

x, y = symbols("x y")
rng = np.random.default_rng(7)

FORMULAS = {
    "x*sin(y) + exp(x*y)/(1 + x^2)": lambda x, y: x * np.sin(y) + np.exp(x * y) / (1 + x**2),
    "sqrt(x^2 + y^2)": lambda x, y: np.sqrt(x**2 + y**2),
    "ln(abs(x) + 1)*tanh(y)": lambda x, y: np.log(np.abs(x) + 1) * np.tanh(y),
    "max(x, y)^3 - floor(x)": lambda x, y: np.maximum(x, y) ** 3 - np.floor(x),
    "piecewise(x < y, x^2, atan2(x, y))": lambda x, y: np.where(x < y, x**2, np.arctan2(x, y)),
    "7": lambda x, y: 7 + 0 * x,
}


@pytest.mark.parametrize("text", FORMULAS)
def test_values_are_those_of_numpy(text):
    f, theirs = lambdify(text, "x y"), FORMULAS[text]
    for shape in [(), (1,), (5,), (1000,), (3, 4), (2, 0)]:
        a, b = rng.normal(size=shape), rng.normal(size=shape)
        found = f(a, b)
        assert np.shape(found) == shape
        np.testing.assert_allclose(found, theirs(a, b), rtol=1e-13, atol=1e-15)
    a, b = rng.normal(size=(4, 1)), rng.normal(size=3)
    np.testing.assert_allclose(f(a, b), theirs(a, b) + np.zeros((4, 3)), rtol=1e-13)
    assert f(0.5, 2.0) == pytest.approx(float(theirs(0.5, 2.0)))
    assert isinstance(f(0.5, 2), float)


@pytest.mark.parametrize("text", list(FORMULAS)[:3])
def test_gradients_are_those_of_differences(text):
    f, theirs = lambdify(text, x, y), FORMULAS[text]
    a, b = rng.normal(size=50), rng.normal(size=50)
    values, gradient = f.value_and_gradient(a, b)
    np.testing.assert_allclose(values, theirs(a, b), rtol=1e-13)
    step = 1e-6
    in_x = (theirs(a + step, b) - theirs(a - step, b)) / (2 * step)
    in_y = (theirs(a, b + step) - theirs(a, b - step)) / (2 * step)
    np.testing.assert_allclose(gradient, [in_x, in_y], rtol=1e-6, atol=1e-8)
    np.testing.assert_array_equal(f.gradient(a, b), gradient)
    value, slopes = f.value_and_gradient(0.5, 2.0)
    assert slopes == pytest.approx(list(f.gradient(np.array(0.5), np.array(2.0))))
    assert value == f(0.5, 2.0)


def test_many_variables_go_back_over_the_function_once():
    count = 40
    names = [f"x{k}" for k in range(count)]
    f = calcgrad.exp(calcgrad.total(calcgrad.symbol(n) ** 2 for n in names) / 100)
    points = rng.normal(size=(count, 6))
    values, gradient = lambdify(f, names).value_and_gradient(*points)
    np.testing.assert_allclose(values, np.exp((points**2).sum(0) / 100))
    np.testing.assert_allclose(gradient, points / 50 * values)


def test_lists_of_formulas():
    f = lambdify([x * y, x - y], x, y)
    assert f(2.0, 3.0) == [6.0, -1.0]
    a = np.arange(3.0)
    assert f(a, 2.0).shape == (2, 3)
    values, jacobian = f.value_and_gradient(a, 2.0)
    assert jacobian.shape == (2, 2, 3)
    np.testing.assert_array_equal(jacobian[0], [[2, 2, 2], a])
    assert f.value_and_gradient(2.0, 3.0) == ([6.0, -1.0], [[3.0, 2.0], [1.0, -1.0]])


def test_dtypes_and_orders():
    f = lambdify("x + 2*y")
    assert f.variables == ("x", "y")
    assert lambdify("x10 + x9").variables == ("x9", "x10")
    whole = np.arange(6).reshape(2, 3)
    np.testing.assert_array_equal(f(whole, whole[::-1]), whole + 2 * whole[::-1])
    np.testing.assert_array_equal(f(whole.T[::2], [1, 2]), whole.T[::2] + 2 * np.array([1, 2]))
    np.testing.assert_array_equal(f(np.float32(0.5), True), 2.5)


def test_what_is_undefined_is_nan():
    f = lambdify("ln(x) + 1/x", "x")
    found = f(np.array([-1.0, 0.0, 1.0, np.nan, np.inf]))
    assert np.isnan(found[[0, 1, 3]]).all() and found[2] == 1
    assert np.isnan(f(0.0))


def test_threads_say_the_same():
    a, b = rng.normal(size=100_003), rng.normal(size=100_003)
    one, many = (lambdify("sin(x)*y", threads=n) for n in (1, 4))
    np.testing.assert_array_equal(one(a, b), many(a, b))
    np.testing.assert_array_equal(one.gradient(a, 2.0), many.gradient(a, 2.0))


def test_what_cannot_be_compiled():
    with pytest.raises(calcgrad.UnsupportedError):
        lambdify("f(x)")
    with pytest.raises(calcgrad.RequestError, match="`y` is a variable"):
        lambdify("x*y", "x")
    f = lambdify("x*y")
    with pytest.raises(TypeError, match="the arguments are x, y"):
        f(1.0)
    with pytest.raises(ValueError):
        f(np.ones(2), np.ones(3))
    with pytest.raises((TypeError, ValueError)):
        f("a", 1.0)
