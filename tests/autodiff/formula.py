"""Matrix formulas read and valued without calcgrad: everything is an array of two axes."""

import re

TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|([A-Za-z_]\w*)|(\.\*|\./|\.\^|[-+*/^'(),;=]))"
)


class Unread(Exception):
    """A formula with something that this reader does not know."""


def tokens(text):
    """The numbers, names and signs of a formula."""
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Unread(text[at:])
        found.append(match.group().strip())
        at = match.end()
    return found + [""]


class Reader:
    """Values a formula by recursive descent, over the arrays of a library."""

    def __init__(self, library, names, sizes):
        self.library, self.names, self.sizes = library, names, sizes

    def value(self, text):
        """The value of a formula; definitions may stand before or after it."""
        definitions = {}
        for part in re.split(r"[;\n]", text):
            head, sign, body = part.partition("=")
            if sign and re.fullmatch(r"\s*\w+\s*", head):
                definitions[head.strip()] = body
            elif part.strip():
                definitions[""] = part
        self.definitions = definitions
        if "" not in definitions and len(definitions) > 1:
            raise Unread("a program of which no formula stands alone")
        return self.read("" if "" in definitions else next(iter(definitions)))

    def read(self, name):
        outer = getattr(self, "list", None), getattr(self, "at", 0)
        self.list, self.at = tokens(self.definitions[name]), 0
        value = self.sum()
        if self.list[self.at]:
            raise Unread(self.list[self.at])
        self.list, self.at = outer
        return value

    def take(self, *signs):
        if self.list[self.at] in signs:
            self.at += 1
            return self.list[self.at - 1]
        return None

    def sum(self):
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        if self.take("-"):
            return -self.product()
        value = self.power()
        while sign := self.take("*", "/", ".*", "./"):
            other = -self.power() if self.take("-") else self.power()
            if sign in ("/", "./"):
                value = value / other
            elif sign == ".*" or 1 in (value.shape[0] * value.shape[1], other.shape[0] * other.shape[1]):
                value = value * other
            else:
                value = value @ other
        return value

    def power(self):
        base = self.postfix()
        sign = self.take("^", ".^")
        if not sign:
            return base
        exponent = -self.power() if self.take("-") else self.power()
        if sign == "^" and base.shape != (1, 1):
            return self.library.whole_power(base, int(exponent[0, 0]))
        return base**exponent

    def postfix(self):
        value = self.operand()
        while self.take("'"):
            value = value.T
        return value

    def operand(self):
        word = self.list[self.at]
        self.at += 1
        if word == "(":
            value = self.sum()
            self.expect(")")
            return value
        if re.fullmatch(r"\d.*", word):
            return self.library.scalar(float(word))
        if self.take("("):
            return self.call(word)
        if word in self.definitions and word:
            return self.read(word)
        if word in self.names:
            return self.names[word]
        if word in self.sizes:
            return self.library.scalar(float(self.sizes[word]))
        if word in ("e", "pi"):
            return self.library.scalar({"e": 2.718281828459045, "pi": 3.141592653589793}[word])
        raise Unread(word)

    def expect(self, sign):
        if not self.take(sign):
            raise Unread(f"{self.list[self.at]} for {sign}")

    def call(self, name):
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.expect(")")
        function = self.library.functions().get(name)
        if function is None:
            raise Unread(name)
        try:
            return function(*arguments)
        except TypeError as other:
            raise Unread(f"{name} of {len(arguments)} arguments") from other
