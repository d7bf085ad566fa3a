//! Formulas: trees over the whole function table, written down as they are drawn.

use super::Random;
use calcgrad::function;
use calcgrad::function::spec::Arity;

/// Any names.
pub(super) const ANY: &[(u64, &str)] = &[
    (40, "x"),
    (20, "y"),
    (6, "z"),
    (4, "t"),
    (4, "a"),
    (3, "n"),
    (3, "x1"),
    (2, "theta"),
    (2, "α"),
    (2, "r"),
    (1, "x_{max}"),
    (1, "u"),
];

/// Two names, for what needs a value of each.
pub(super) const FEW: &[(u64, &str)] = &[(2, "x"), (1, "y")];

const NUMBERS: [(u64, &str); 24] = [
    (9, "0"),
    (12, "1"),
    (20, "2"),
    (12, "3"),
    (5, "-1"),
    (5, "1/2"),
    (3, "2/3"),
    (3, "0.1"),
    (3, "-2.5"),
    (3, "10"),
    (2, "100"),
    (1, "1e30"),
    (1, "1e-12"),
    (1, "1e300"),
    (1, "1e-300"),
    (1, "12345678901234567891"),
    (4, "pi"),
    (4, "e"),
    (2, "½"),
    (1, "7"),
    (1, "sqrt(2)"),
    (1, "999"),
    (1, "π/3"),
    (1, "cbrt(2)"),
];

const USUAL: [&str; 20] = [
    "sin", "cos", "tan", "ln", "exp", "sqrt", "abs", "cbrt", "arctan", "arcsin", "sinh",
    "cosh", "tanh", "sign", "sec", "log", "arccos", "cot", "artanh", "csc",
];

const SIGNS: [&str; 5] = ["<", "<=", ">", ">=", "!="];

/// Writes formulas in some names.
pub(super) struct Writer<'a> {
    pub(super) random: &'a mut Random,
    pub(super) names: &'a [(u64, &'a str)],
}

impl Writer<'_> {
    /// One formula of a size.
    pub(super) fn scalar(&mut self, size: u32) -> String {
        if size == 0 {
            return self.leaf();
        }
        let below = size - 1;
        match self.random.between(0, 22) {
            0..=4 => {
                let sign = self.random.pick(&[" + ", " - ", "+", "-"]);
                format!("{}{sign}{}", self.scalar(below), self.scalar(below))
            }
            5..=8 => {
                let sign = self.random.pick(&["*", "*", "*", " ", "·"]);
                format!("{}{sign}{}", self.grouped(below), self.grouped(below))
            }
            9..=10 => format!("{}/{}", self.grouped(below), self.grouped(below)),
            11..=13 => {
                let exponent = match self.random.between(0, 5) {
                    0..=3 => self
                        .random
                        .pick(&["2", "3", "-1", "(1/2)", "(-3/2)", "(1/3)", "10", "n"]),
                    4 => return self.power(below),
                    _ => self
                        .random
                        .pick(&["100", "(-1000)", "(10^9)", "0", "(2/3)", "1.5"]),
                };
                format!("{}^{exponent}", self.grouped(below))
            }
            14 => format!("-{}", self.grouped(below)),
            15..=18 => format!("{}({})", self.random.pick(&USUAL), self.scalar(below)),
            19 => format!("|{}|", self.scalar(below)),
            20 => self.any_function(below),
            21 => self.pieces(below),
            _ => self.unusual(below),
        }
    }

    fn power(&mut self, size: u32) -> String {
        format!("{}^{}", self.grouped(size), self.grouped(size))
    }

    fn leaf(&mut self) -> String {
        match self.random.chance(60) {
            true => self.random.weighted(self.names).to_owned(),
            false => self.random.weighted(&NUMBERS).to_owned(),
        }
    }

    /// In brackets where it is more than a leaf, and sometimes then.
    fn grouped(&mut self, size: u32) -> String {
        let text = self.scalar(size);
        let plain = text.chars().all(char::is_alphanumeric) || self.random.chance(10);
        if plain { text } else { format!("({text})") }
    }

    /// Any row of the table, by any of its names.
    fn any_function(&mut self, size: u32) -> String {
        let rows: Vec<_> = function::rows().map(|(_, row)| row).collect();
        let row = self.random.pick(&rows);
        let count = match row.arity {
            Arity::Exactly(count) => count,
            Arity::AtLeast(count) => count + self.random.place(3),
        };
        let mut names = vec![row.name];
        names.extend(row.aliases);
        let name = self.random.pick(&names);
        let arguments: Vec<String> = (0..count).map(|_| self.scalar(size / 2)).collect();
        format!("{name}({})", arguments.join(", "))
    }

    fn pieces(&mut self, size: u32) -> String {
        let mut parts = Vec::new();
        for _ in 0..=self.random.place(2) {
            let sign = self.random.pick(&SIGNS);
            let (left, right) = (self.scalar(size / 2), self.leaf());
            parts.push(format!("{left} {sign} {right}"));
            parts.push(self.scalar(size / 2));
        }
        if self.random.chance(80) {
            parts.push(self.scalar(size / 2));
        }
        format!("piecewise({})", parts.join(", "))
    }

    fn unusual(&mut self, size: u32) -> String {
        let inner = self.scalar(size);
        match self.random.between(0, 9) {
            0 => format!("f({inner})"),
            1 => format!("f({inner}, y)"),
            2 => format!("g'({inner})"),
            3 => format!("({inner})!"),
            4 => format!("√({inner})"),
            5 => format!("sin^2({inner})"),
            6 => format!("({inner})²"),
            7 => format!("log_3({inner})"),
            8 => format!("root({inner}, {})", self.random.between(2, 5)),
            _ => format!("2{}", self.random.weighted(self.names)),
        }
    }

    /// What stands where a formula does: one, a program, or several components.
    pub(super) fn text(&mut self, size: u32) -> String {
        match self.random.between(0, 9) {
            0 => self.program(size),
            1 => self.vector(size, 2),
            _ => self.scalar(size),
        }
    }

    /// So many components.
    pub(super) fn vector(&mut self, size: u32, count: usize) -> String {
        let parts: Vec<String> = (0..count).map(|_| self.scalar(size / 2)).collect();
        format!("[{}]", parts.join(", "))
    }

    /// Definitions in any order.
    pub(super) fn program(&mut self, size: u32) -> String {
        let mut lines = vec![
            format!("f = {}", self.scalar(size).replace('y', "p")),
            format!("p = {}", self.scalar(size / 2).replace('z', "q")),
            format!("q = {}", self.scalar(size / 2)),
        ];
        self.random.shuffle(&mut lines);
        lines.join("; ")
    }

    /// One equation, or two.
    pub(super) fn equations(&mut self, size: u32, count: usize) -> String {
        let mut one = || format!("{} = {}", self.scalar(size), self.scalar(size / 2));
        if count == 1 { one() } else { format!("{}; {}", one(), one()) }
    }

    /// A value as people write it into points.
    pub(super) fn value(&mut self) -> String {
        match self.random.between(0, 3) {
            0 => self.random.weighted(&NUMBERS).to_owned(),
            1 => self
                .random
                .pick(&["0", "1", "-1", "2", "1/2", "pi/2", "-pi", "e"])
                .to_owned(),
            2 => format!("{:.3}", 3.0 * self.random.noise()),
            _ => self
                .random
                .pick(&["sqrt(2)", "ln(2)", "1/3", "a", "1e20", "sin(1)"])
                .to_owned(),
        }
    }
}
