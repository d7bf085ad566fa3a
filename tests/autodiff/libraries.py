"""NumPy and PyTorch as a reader of formulas and a judge of gradients need them."""

import math


class Library:
    """What both have under the same names."""

    def functions(self):
        """What a name before a bracket does to arrays of two axes."""
        xp = self.xp
        whole = lambda a: int(float(a[0, 0]))
        total = lambda a: self.scalar_of(xp.sum(a))
        mean = lambda a: total(a) / (a.shape[0] * a.shape[1])
        sigmoid = lambda a: 1 / (1 + xp.exp(-a))
        relu = lambda a: a * (a > 0)
        softplus = lambda a: xp.log(1 + xp.exp(a))
        elementwise = {
            "exp": xp.exp, "ln": xp.log, "log": xp.log, "sqrt": xp.sqrt, "sin": xp.sin,
            "cos": xp.cos, "tan": xp.tan, "sinh": xp.sinh, "cosh": xp.cosh, "tanh": xp.tanh,
            "sech": lambda a: 1 / xp.cosh(a), "abs": xp.abs, "sign": xp.sign,
            "arctan": xp.arctan, "sigmoid": sigmoid, "relu": relu, "softplus": softplus,
            "swish": lambda a: a * sigmoid(a),
        }
        matrices = {
            "tr": lambda a: self.scalar_of(xp.trace(a)),
            "trace": lambda a: self.scalar_of(xp.trace(a)),
            "det": lambda a: self.scalar_of(xp.linalg.det(a)),
            "logdet": lambda a: self.scalar_of(xp.log(xp.linalg.det(a))),
            "inv": xp.linalg.inv,
            "transpose": lambda a: a.T,
            "pinv": xp.linalg.pinv,
            "tril": xp.tril,
            "triu": xp.triu,
            "cumsum": lambda a: xp.cumsum(a, 0),
            "prod": lambda a: self.scalar_of(xp.prod(a)),
            "max": lambda a: self.scalar_of(xp.max(a)),
            "min": lambda a: self.scalar_of(xp.min(a)),
            "sum": lambda a, axis=None: total(a) if axis is None else self.along(a, axis, xp.sum),
            "mean": lambda a, axis=None: mean(a) if axis is None else self.along(a, axis, xp.mean),
            "var": lambda a: mean((a - mean(a)) ** 2),
            "std": lambda a: xp.sqrt(mean((a - mean(a)) ** 2)),
            "norm": lambda a, p=None: xp.sqrt(total(a * a)) if p is None else self.norm(a, p),
            "softmax": lambda a: xp.exp(a) / self.sums(xp.exp(a)),
            "logsumexp": lambda a: xp.log(self.sums(xp.exp(a))),
            "diag": self.diagonal,
            "eye": lambda n: self.array(xp.eye(whole(n))),
            "ones": lambda m, n=None: self.array(xp.ones((whole(m), 1 if n is None else whole(n)))),
            "dot": lambda a, b: total(a * b),
            "hadamard": lambda a, b: a * b,
        }
        return {**elementwise, **matrices}

    def norm(self, a, p):
        """The sum of absolute values, of a matrix the greatest of a column."""
        if float(p[0, 0]) != 1:
            raise ValueError("another norm")
        return self.scalar_of(self.xp.max(self.xp.sum(self.xp.abs(a), 0)))

    def along(self, a, axis, function):
        """Down the columns, 1, or along the rows, 2."""
        if float(axis[0, 0]) == 1:
            return function(a, 0)[None, :]
        return function(a, 1)[:, None]

    def sums(self, a):
        """Sums along the last axis, which is that of a column."""
        if a.shape[1] == 1:
            return self.scalar_of(self.xp.sum(a))
        return self.xp.sum(a, 1)[:, None]

    def diagonal(self, a):
        """The matrix with these entries on its diagonal, or the diagonal of a matrix."""
        if a.shape[1] == 1:
            return self.xp.diag(a[:, 0])
        return self.xp.diag(a)[:, None]

    def whole_power(self, a, n):
        """A whole power of a square matrix."""
        base = self.xp.linalg.inv(a) if n < 0 else a
        value = self.array(self.xp.eye(a.shape[0]))
        for _ in range(abs(n)):
            value = value @ base
        return value


class Numbers(Library):
    """Arrays of NumPy, with derivatives by differences of the fourth order."""

    # Steps to both sides with their weights (Fornberg 1988).
    STEPS = [(-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12)]
    STEP = 3e-4

    def __init__(self):
        import numpy

        numpy.seterr(all="ignore")
        self.xp = numpy

    def array(self, data):
        return self.xp.asarray(data, dtype=float)

    def scalar(self, value):
        return self.array([[value]])

    def scalar_of(self, value):
        return self.xp.reshape(value, (1, 1))

    def jacobian(self, function, at):
        """The derivatives of all entries in all entries."""
        parts = []
        for place in range(at.size):
            step = self.xp.zeros(at.size)
            step[place] = self.STEP
            step = step.reshape(at.shape)
            parts.append(sum(w * function(at + k * step) for k, w in self.STEPS) / self.STEP)
        return self.xp.stack(parts, axis=-1)

    def hessian(self, function, at):
        """The second derivatives of a scalar."""
        return self.jacobian(lambda x: self.jacobian(function, x), at)


class Torch(Library):
    """Tensors of PyTorch, in doubles."""

    def __init__(self):
        import torch

        torch.set_default_dtype(torch.float64)
        self.torch, self.xp = torch, torch

    def array(self, data):
        return self.torch.as_tensor(data, dtype=self.torch.float64)

    def scalar(self, value):
        return self.array([[value]])

    def scalar_of(self, value):
        return value.reshape(1, 1)

    def jacobian(self, function, at):
        """The derivatives of all entries in all entries."""
        return self.torch.autograd.functional.jacobian(function, at)

    def hessian(self, function, at):
        """The second derivatives of a scalar."""
        return self.torch.autograd.functional.hessian(lambda a: function(a)[0, 0], at)


LIBRARIES = {"python": Numbers, "jax": Numbers, "pytorch": Torch}
# How far derivatives may be off, relatively.
TOLERANCES = {"python": 1e-6, "jax": 1e-6, "pytorch": 1e-8}


def close(a, b, tolerance):
    """Whether two arrays of numbers are the same but for rounding."""
    scale = 1 + max((abs(x) for x in b), default=0)
    return len(a) == len(b) and all(
        math.isfinite(x) and abs(x - y) < tolerance * scale for x, y in zip(a, b)
    )
