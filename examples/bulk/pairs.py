"""Makes pairs of a right answer and an answer, with the truth known from how they are made.

    python pairs.py 100000 > pairs.jsonl

One line is one pair; half of the answers are right, written in another way.
"""

import json
import random
import sys


def pair(random: random.Random) -> tuple[str, str, str]:
    """A right answer, the same in another form, and something else that looks like it."""
    a, b, c = (random.randint(2, 9) for _ in range(3))
    x = random.choice("xyt")
    kinds = [
        (rf"{a}({x}+{b})", f"{a}{x} + {a * b}", f"{a}{x} + {a * b + 1}"),
        (rf"({x}+{a})^2", f"{x}^2 + {2 * a}{x} + {a * a}", f"{x}^2 + {a * a}"),
        (rf"\frac{{{a}}}{{8}}", str(a / 8), str(a / 8 + 0.001)),
        (rf"\sqrt{{{a * a * b}}}", rf"{a}\sqrt{{{b}}}", rf"{b}\sqrt{{{a}}}" if a != b else "1"),
        (rf"\sin^2({a}{x})", rf"1-\cos^2({a}{x})", rf"1+\cos^2({a}{x})"),
        (rf"e^{{{a}{x}+{b}}}", rf"e^{{{b}}} e^{{{a}{x}}}", rf"e^{{{b}}} + e^{{{a}{x}}}"),
        (
            rf"\frac{{{a}{x}}}{{{x}^2+{c}}}",
            f"{a}*{x}/({c} + {x}**2)",
            f"{a}*{x}/({c} - {x}**2)",
        ),
        (
            rf"{a}{x}^{{{a - 1}}}\cos({x}) - {x}^{{{a}}}\sin({x})",
            rf"{x}^{{{a - 1}}}({a}\cos({x}) - {x}\sin({x}))",
            rf"{x}^{{{a - 1}}}({a}\cos({x}) + {x}\sin({x}))",
        ),
    ]
    return random.choice(kinds)


def main() -> None:
    source = random.Random(1)
    for number in range(int(sys.argv[1])):
        gold, same, other = pair(source)
        is_equal = source.random() < 0.5
        answer = same if is_equal else other
        row = {"id": number, "gold": gold, "answer": answer, "is_equal": is_equal}
        print(json.dumps(row))


main()
