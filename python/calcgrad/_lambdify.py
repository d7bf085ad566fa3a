"""Formulas as functions of floats and of NumPy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Sequence

from . import _calcgrad

if TYPE_CHECKING:
    import numpy as np

    from ._calcgrad import Expr
    from ._types import Formula, Variables


class Lambdified:
    """A formula, or a list of formulas, as a function of floats or of NumPy arrays.

    Arrays are broadcast against each other. A value is NaN where the formula is undefined over
    the real numbers. With a list of formulas, the first axis of a result is that of the list;
    a gradient has the axis of the variables after that.
    """

    def __init__(
        self, formulas: list[Formula], names: list[str], is_list: bool, threads: int
    ) -> None:
        self._formulas = formulas
        self._is_list = is_list
        self._values = _calcgrad._compiled(formulas, names, False)
        self._all: _calcgrad.Compiled | None = None
        self.variables = tuple(names)
        self.threads = threads

    def __call__(self, *arguments: Any) -> Any:
        """The values."""
        found = self._run(self._values, arguments)
        return found if self._is_list else found[0]

    def gradient(self, *arguments: Any) -> Any:
        """The partial derivatives, those in the first variable first."""
        return self.value_and_gradient(*arguments)[1]

    def value_and_gradient(self, *arguments: Any) -> tuple[Any, Any]:
        """The values and the partial derivatives, which share what they have in common."""
        if self._all is None:
            self._all = _calcgrad._compiled(self._formulas, list(self.variables), True)
        found = self._run(self._all, arguments)
        count, each = len(self._formulas), len(self.variables)
        values, rest = found[:count], found[count:]
        if isinstance(rest, list):
            gradients: Any = [rest[place : place + each] for place in range(0, len(rest), each)]
        else:
            gradients = rest.reshape((count, each) + rest.shape[1:])
        if self._is_list:
            return values, gradients
        return values[0], gradients[0]

    def _run(self, compiled: _calcgrad.Compiled, arguments: tuple[Any, ...]) -> Any:
        if len(arguments) != len(self.variables):
            wanted = ", ".join(self.variables)
            raise TypeError(f"the arguments are {wanted}; {len(arguments)} were given")
        if all(isinstance(one, (int, float)) for one in arguments):
            return compiled.at([float(one) for one in arguments])
        import numpy as np

        arrays = [np.asarray(one, dtype=float) for one in arguments]
        shape = np.broadcast_shapes(*(one.shape for one in arrays))
        points = 1
        for size in shape:
            points *= size
        columns = [_column(one, shape) for one in arrays]
        found = compiled.run(columns, points, self.threads)
        return found.reshape((len(found),) + shape)

    def __reduce__(self) -> tuple[Any, ...]:
        formulas = self._formulas if self._is_list else self._formulas[0]
        return _restored, (formulas, self.variables, self.threads)

    def __repr__(self) -> str:
        shown = ", ".join(str(one) for one in self._formulas)
        names = ", ".join(self.variables)
        return f"<function ({names}) -> {f'[{shown}]' if self._is_list else shown}>"


def _column(array: np.ndarray[Any, Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """An array as a column: of one number for all points, or of one for each."""
    import numpy as np

    if array.size == 1:
        return array.reshape(1)
    return np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1)


def lambdify(
    formula: Formula | Sequence[Formula], *variables: Variables, threads: int = 1
) -> Lambdified:
    """A formula, or a list of formulas, as a function of its variables in this order.

    Without names it takes all variables in their natural order. ``threads`` is on how many
    cores long arrays are worked on.
    """
    is_list = isinstance(formula, (list, tuple))
    given: Any = list(formula) if is_list else [formula]  # type: ignore[arg-type]
    formulas: list[Expr] = [_calcgrad.Expr(one) for one in given]
    names = _calcgrad._names(*variables)
    if not names:
        # A sum has all variables, in their natural order, but those that cancel.
        found = {name for one in formulas for name in one.variables}
        names = _calcgrad._in_order(list(found))
    return Lambdified(list(formulas), names, is_list, threads)


def _restored(formula: Any, names: tuple[str, ...], threads: int) -> Lambdified:
    return lambdify(formula, list(names), threads=threads)
