"""Exceptions and warnings."""

import warnings

import calcgrad
import pytest


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("2 + * x", "unexpected_token", "*"),
        ("αβ + sqrtt(x)", "unknown_function", "sqrtt"),
        ("(x + 1", "unclosed_bracket", "("),
        ("x + 1)", "unopened_bracket", ")"),
        ("sin(x, y) + 1", "wrong_arity", "sin(x, y)"),
        ("a = 1\nb = 1/0", "division_by_zero", "1/0"),
    ],
)
def test_an_error_says_where(text, kind, marked):
    with pytest.raises(calcgrad.Error) as caught:
        calcgrad.parse(text)
    error = caught.value
    assert error.kind == kind
    assert error.text == text
    start, end = error.span
    assert text[start:end] == marked
    lines = str(error).splitlines()
    below = next(line for line in lines if set(line) == {" ", "^"})
    shown = lines[lines.index(below) - 1]
    assert shown[below.index("^") : below.rindex("^") + 1] == marked


def test_the_kinds_are_classes():
    cases = {
        calcgrad.ParseError: lambda: calcgrad.parse("("),
        calcgrad.UndefinedError: lambda: calcgrad.parse("1/0"),
        calcgrad.LimitError: lambda: calcgrad.parse("(" * 100_000 + "x" + ")" * 100_000),
        calcgrad.UnsupportedError: lambda: calcgrad.lambdify("f(x)"),
        calcgrad.RequestError: lambda: calcgrad.diff("x*y"),
    }
    for kind, wrong in cases.items():
        with pytest.raises(kind) as caught:
            wrong()
        assert isinstance(caught.value, (calcgrad.Error, ValueError))
        assert caught.value.kind


def test_what_was_made_has_no_place_in_a_text():
    with pytest.raises(calcgrad.Error) as caught:
        calcgrad.taylor(abs(calcgrad.symbol("x")))
    assert caught.value.text is None and caught.value.span is None


def test_two_readings_are_a_warning():
    with pytest.warns(calcgrad.ReadingWarning, match="a division by"):
        assert calcgrad.parse("1/2x") == calcgrad.parse("x/2")
    with pytest.raises(calcgrad.ParseError) as caught:
        calcgrad.parse("1/2x", strict=True)
    assert caught.value.kind == "ambiguous"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calcgrad.parse("x/2")


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800" if False else "�", "x" * 100_000, "1" * 100_000, "∞", "🙂"]
)
def test_careless_texts_are_errors_or_answers(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            str(calcgrad.parse(text))
    except calcgrad.Error as error:
        assert error.kind != "internal"
        assert str(error)


def test_a_surrogate_is_no_text():
    with pytest.raises(UnicodeEncodeError):
        calcgrad.parse("x\ud800")
