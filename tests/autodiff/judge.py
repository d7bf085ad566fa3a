"""Runs code that calcgrad writes for matrix formulas beside other derivatives.

judge.py PROGRAM python|jax|pytorch FILES: the formulas of the case files are read by
`formula.py`, differentiated at random arrays by PyTorch, or else by differences in NumPy, and
compared with what the code gives.
"""

import random
import math
import re
import subprocess
import sys

import numpy as np
from formula import Reader, Unread
from libraries import LIBRARIES, TOLERANCES, close

# The sizes of tall matrices and of wide ones: `X'*X` or `X*X'` has an inverse.
SIZES = [[5, 4, 3, 2], [2, 3, 4, 5]]
# Greater derivatives come of matrices that have no inverse.
GREATEST = 1e6
LEAST = 300


def cases(path):
    """The declarations, the variable, what stands behind it, and the formula of each case."""
    text = open(path, encoding="utf-8").read()
    for block in re.split(r"^--- ", text, flags=re.M)[1:]:
        lines = block.split("\n")
        given = " , ".join(line[6:] for line in lines if line.startswith("given "))
        asked = [line[5:] for line in lines if line.startswith("diff ")]
        if not asked or any(line.startswith("!") for line in lines):
            continue
        head, formula = asked[0].split(": ", 1)
        wrt, *rest = head.split()
        more = [l for l in lines[1:] if "=" in l and not l.startswith(("=", "~", "diff", "given"))]
        yield f"{path.rsplit('/', 1)[-1]} {lines[0]}", given, wrt, rest, "\n".join([formula, *more])


def declared(given, generator, chosen):
    """Random arrays for declared names, and the sizes that were chosen."""
    sizes, arrays, symmetric = {}, {}, set()

    def size(name):
        if "*" in name:
            return math.prod(size(factor.strip()) for factor in name.split("*"))
        if name.isdigit():
            return int(name)
        return sizes.setdefault(name, chosen[len(sizes) % len(chosen)])

    for part in re.split(r",(?![^\[]*\])", given):
        match = re.fullmatch(r"\s*(\w+)(?:\[([^\]]*)\])?\s*(.*?)\s*", part)
        if not match or match[1] == "":
            raise Unread(part)
        name, axes, structure = match.groups()
        shape = [size(axis.strip()) for axis in axes.split(",")] if axes else []
        shape = (shape + [1, 1])[:2]
        value = generator.uniform(0.3, 1.3, shape)
        if structure in ("symmetric", "positive definite"):
            value = (value + value.T) / 2 + shape[0] * np.eye(shape[0])
            symmetric.add(name)
        elif structure not in ("", "positive"):
            raise Unread(structure)
        elif shape[0] == shape[1] and shape[0] > 1:
            value = value + shape[0] * np.eye(shape[0])
        arrays[name] = value, len(axes.split(",")) if axes else 0
    return sizes, arrays, symmetric


def run(code, language, library, arrays, sizes):
    """What the code gives for arrays, as a flat list, row by row."""
    space = dict(sizes)
    for name, (value, axes) in arrays.items():
        data = arrays_of(language, library)(value)
        space[name] = data if axes == 2 else data.reshape(() if axes == 0 else -1)
    *head, last = code.strip().split("\n")
    exec("\n".join(head), space)
    name, _, body = last.partition(" = ")
    return np.asarray(eval(body, space), dtype=float)


def arrays_of(language, library):
    """What makes an array of the library for which code is written."""
    if language != "jax":
        return library.array
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax.numpy.asarray


def judge(case, program, language, library):
    """`None` where code and library agree, else what differs."""
    for chosen in SIZES:
        expected, found = both(case, program, language, library, chosen)
        if np.abs(expected).max(initial=0) < GREATEST:
            if isinstance(found, str):
                return found
            flat = np.broadcast_to(found, expected.shape) if found.ndim == 0 else found
            values = flat.reshape(-1).tolist(), expected.reshape(-1).tolist()
            if close(*values, TOLERANCES[language]):
                return None
            return f"{case[0]}:\n  {flat.tolist()}\n  {expected.tolist()}"
    raise Unread("no inverse")


def both(case, program, language, library, chosen):
    """The derivative of the library, and the value of the code or what is wrong with it."""
    name, given, wrt, rest, formula = case
    order = int(rest[rest.index("order") + 1]) if "order" in rest else 1
    generator = np.random.default_rng(random.Random(name).randrange(2**32))
    sizes, arrays, symmetric = declared(given, generator, chosen)
    if wrt not in arrays:
        raise Unread(wrt)
    constants = {key: library.array(value) for key, (value, _) in arrays.items()}

    def function(at):
        return Reader(library, {**constants, wrt: at}, sizes).value(formula)

    at = constants[wrt]
    shape = np.asarray(function(at)).shape
    layout = ["--layout", "numerator"] if "numerator" in rest else []
    text = f"{formula}\ngiven {given}"
    asked = [program, "diff", text, "--wrt", wrt, "--order", str(order), "--format", language]
    done = subprocess.run(asked + layout, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise Unread(done.stderr.split("\n")[0])
    try:
        value = run(done.stdout, language, library, arrays, sizes)
    except Exception as reason:  # noqa: BLE001 - whatever is wrong with the code
        value = f"{name}: {done.stdout.strip()}\n  {reason}"
    rows, columns = arrays[wrt][0].shape
    if order == 2:
        if shape != (1, 1) or columns > 1:
            raise Unread("a second derivative of more than a scalar in a vector")
        expected = np.asarray(library.hessian(function, at)).reshape(rows, rows)
    elif order == 1:
        whole = np.asarray(library.jacobian(function, at)).reshape(*shape, rows, columns)
        if shape == (1, 1):
            expected = whole[0, 0]
            if layout:
                expected = expected.T
        elif (rows, columns) == (1, 1):
            expected = whole[:, :, 0, 0]
        elif shape[1] == 1 and columns == 1:
            expected = whole[:, 0, :, 0] if layout else whole[:, 0, :, 0].T
        else:
            raise Unread("more than two axes")
        if wrt in symmetric and shape == (1, 1):
            expected = (expected + expected.T) / 2
    else:
        raise Unread("a high order")
    return expected, value


def main():
    words = [word for word in sys.argv[1:] if word != "--unread"]
    program, language, *files = words
    library = LIBRARIES[language]()
    judged, wrong, unread = 0, [], []
    for path in files:
        for case in cases(path):
            try:
                differs = judge(case, program, language, library)
            except (Unread, ValueError) as reason:
                unread.append(f"{case[0]}: {reason}")
                continue
            judged += 1
            if differs:
                wrong.append(differs)
    for line in wrong:
        print(line)
    print(f"{language}: {judged} judged, {len(wrong)} wrong, {len(unread)} not read")
    if "--unread" in sys.argv:
        print("\n".join(unread))
    sys.exit(1 if wrong or judged < LEAST else 0)


if __name__ == "__main__":
    main()
