"""What is taken as a formula, a variable, a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Union

from ._calcgrad import Expr

Operand = Union[Expr, int, float, Fraction, Decimal]
Formula = Union[Operand, str]
Variables = Union[str, Expr, Sequence[Union[str, Expr]]]
Point = Union[str, Mapping[Any, Formula]]
