//! One row of the function table and the `const` builder that writes it.
//!
//! Formulas in a row are calcgrad's own notation over the arguments `u`, `v`, `w`, `p`
//! (first, second, third, fourth), so that a row reads like a line of a formula collection.

/// The exact value of a function at its poles.
pub const UNDEFINED: &str = "undefined";

/// The names of the arguments in the formulas of a row, first to fourth.
pub const ARGUMENTS: [&str; 4] = ["u", "v", "w", "p"];

/// How many arguments a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// Exactly this many.
    Exactly(usize),
    /// This many or more; the row is written for two and folded from the left.
    AtLeast(usize),
}

/// Where a function is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Roots, exponentials, logarithms.
    Elementary,
    /// Circular functions and their inverses.
    Trigonometric,
    /// Hyperbolic functions and their inverses.
    Hyperbolic,
    /// Absolute value, rounding, steps, extrema.
    Piecewise,
    /// Activations of machine learning.
    Learning,
    /// Special functions of mathematical physics.
    Special,
}

/// Behaviour under a change of sign of the (only) argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// `f(-u) = f(u)`.
    Even,
    /// `f(-u) = -f(u)`.
    Odd,
    /// Neither.
    None,
}

/// The numeric value in double precision; NaN where the function is undefined.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Not available: such a function is differentiated but not evaluated.
    None,
    /// Of one argument.
    Unary(fn(f64) -> f64),
    /// Of two arguments.
    Binary(fn(f64, f64) -> f64),
    /// Of three arguments.
    Ternary(fn(f64, f64, f64) -> f64),
    /// Of all arguments.
    Variadic(fn(&[f64]) -> f64),
}

/// One function: everything calcgrad knows about it.
#[derive(Clone, Copy, Debug)]
pub struct FunctionSpec {
    /// The name that is printed.
    pub name: &'static str,
    /// Other names that are read.
    pub aliases: &'static [&'static str],
    /// The number of arguments.
    pub arity: Arity,
    /// Where it is listed.
    pub category: Category,
    /// The partial derivative in each argument; empty text where none is known.
    pub derivatives: &'static [&'static str],
    /// The formula that the name stands for: such a function is replaced when it is read.
    pub means: Option<&'static str>,
    /// The function over the kernels of the normal form, in which equality is decided: `sin`,
    /// `cos`, powers, `ln`, `arcsin`, `arctan`, `abs`, `sign`; `None` for these and for what
    /// has no such form.
    pub normal: Option<&'static str>,
    /// The formula as which code says it where the language has no word and the normal form
    /// would overflow, lose its digits or have no value at a point.
    pub stable: Option<&'static str>,
    /// A LaTeX command (`\sin`), or a template with `#1`, `#2` …; empty: `\operatorname{name}`.
    pub latex: &'static str,
    /// What it is called in each [`Language`](super::Language): a name, or a template with
    /// `#1`, `#2` …; an empty text where it is written by what it means or by its normal form.
    /// `None`: it is not written in code.
    pub code: Option<[&'static str; 4]>,
    /// The numeric value.
    pub value: Value,
    /// The behaviour under a change of sign.
    pub parity: Parity,
    /// The period on the real line, in multiples of pi.
    pub period: Option<i64>,
    /// Whether it rises wherever it is defined, which is on one interval: it takes no value
    /// twice.
    pub rises: bool,
    /// Whether it is zero or above wherever it is defined.
    pub nonnegative: bool,
    /// Whether it is 0 nowhere.
    pub nonzero: bool,
    /// Whether it has a value at all real arguments.
    pub everywhere: bool,
    /// Whether it has no poles: a value that is infinite is one too large.
    pub is_entire: bool,
    /// Whether of two equal arguments it is that argument, as the greater of both.
    pub is_idempotent: bool,
    /// Whether it is a function of real numbers only, because it has kinks or steps or compares
    /// its arguments: it has no derivative over the complex numbers. What has such a function
    /// in its formula need not say so.
    pub is_real: bool,
    /// The condition on the arguments under which it is defined; empty: everywhere.
    pub domain: &'static str,
    /// Where it is defined but has no derivative, as an equation (`u = 0`); empty: nowhere.
    pub breaks: &'static str,
    /// Arguments (from 0) that have poles at whole numbers, and the greatest of these.
    pub poles: &'static [(usize, i64)],
    /// Exact values: arguments (joined by `, `) and value, or [`UNDEFINED`].
    pub values: &'static [(&'static str, &'static str)],
    /// Values of the first argument, with the formula to which the function reduces there.
    pub reductions: &'static [(&'static str, &'static str)],
    /// Derivatives that are simpler for some arguments: the argument (from 0), an expression
    /// that is zero for these arguments, the derivative.
    pub special_derivatives: &'static [(usize, &'static str, &'static str)],
    /// The derivative over the complex numbers, on the principal branch, where it is another
    /// formula than the one over the real numbers; of functions of one argument.
    pub principal: Option<&'static str>,
    /// Below which real arguments the principal branch is cut, where values on the cut are real.
    pub cut_below: Option<f64>,
    /// The name of the inverse function, read as `name^-1`.
    pub inverse: Option<&'static str>,
    /// Points (one list for each argument) at which tests compare with finite differences.
    pub samples: &'static [&'static [f64]],
    /// One line of help.
    pub about: &'static str,
}

impl FunctionSpec {
    const fn new(
        category: Category,
        name: &'static str,
        arity: Arity,
        derivatives: &'static [&'static str],
        about: &'static str,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            arity,
            category,
            derivatives,
            means: None,
            normal: None,
            stable: None,
            latex: "",
            code: None,
            value: Value::None,
            parity: Parity::None,
            period: None,
            rises: false,
            nonnegative: false,
            nonzero: false,
            everywhere: false,
            is_entire: false,
            is_idempotent: false,
            is_real: false,
            domain: "",
            breaks: "",
            poles: &[],
            values: &[],
            reductions: &[],
            special_derivatives: &[],
            principal: None,
            cut_below: None,
            inverse: None,
            samples: &[],
            about,
        }
    }

    /// The row of what is no function of the table.
    pub(super) const fn none() -> Self {
        Self::new(Category::Elementary, "", Arity::AtLeast(0), &[], "")
    }

    /// Says that it is zero or above wherever it is defined.
    pub const fn nonnegative(mut self) -> Self {
        self.nonnegative = true;
        self
    }

    /// Says that it is 0 nowhere.
    pub const fn nonzero(mut self) -> Self {
        self.nonzero = true;
        self
    }

    /// Says that of two equal arguments it is that argument.
    pub const fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Says that it is a function of real numbers only.
    pub const fn real(mut self) -> Self {
        self.is_real = true;
        self
    }

    /// Says that it has a value at all real arguments.
    pub const fn everywhere(mut self) -> Self {
        self.everywhere = true;
        self
    }

    /// Says that it has no poles.
    pub const fn entire(mut self) -> Self {
        self.is_entire = true;
        self
    }

    /// Sets other names that are read.
    pub const fn alias(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sets the formula that the name stands for.
    pub const fn means(mut self, formula: &'static str) -> Self {
        self.means = Some(formula);
        self
    }

    /// Sets the formula over the kernels of the normal form.
    pub const fn normal(mut self, formula: &'static str) -> Self {
        self.normal = Some(formula);
        self
    }

    /// Sets the formula of code.
    pub const fn stable(mut self, formula: &'static str) -> Self {
        self.stable = Some(formula);
        self
    }

    /// Sets the LaTeX command or template.
    pub const fn latex(mut self, latex: &'static str) -> Self {
        self.latex = latex;
        self
    }

    /// Sets what it is called in NumPy, Julia, MATLAB and PyTorch.
    pub const fn code(mut self, names: [&'static str; 4]) -> Self {
        self.code = Some(names);
        self
    }

    /// Sets the numeric value of one argument.
    pub const fn eval(mut self, value: fn(f64) -> f64) -> Self {
        self.value = Value::Unary(value);
        self
    }

    /// Sets the numeric value of two arguments.
    pub const fn eval2(mut self, value: fn(f64, f64) -> f64) -> Self {
        self.value = Value::Binary(value);
        self
    }

    /// Sets the numeric value of three arguments.
    pub const fn eval3(mut self, value: fn(f64, f64, f64) -> f64) -> Self {
        self.value = Value::Ternary(value);
        self
    }

    /// Sets the numeric value of any number of arguments.
    pub const fn eval_all(mut self, value: fn(&[f64]) -> f64) -> Self {
        self.value = Value::Variadic(value);
        self
    }

    /// Declares `f(-u) = -f(u)`.
    pub const fn odd(mut self) -> Self {
        self.parity = Parity::Odd;
        self
    }

    /// Declares `f(-u) = f(u)`.
    pub const fn even(mut self) -> Self {
        self.parity = Parity::Even;
        self
    }

    /// Sets the period on the real line, in multiples of pi.
    pub const fn period(mut self, of_pi: i64) -> Self {
        self.period = Some(of_pi);
        self
    }

    /// Says that it rises on one interval, where alone it is defined.
    pub const fn rising(mut self) -> Self {
        self.rises = true;
        self
    }

    /// Sets the condition under which it is defined.
    pub const fn on(mut self, domain: &'static str) -> Self {
        self.domain = domain;
        self
    }

    /// Sets below which real arguments the principal branch is cut though it has real values.
    pub const fn cut_below(mut self, end: f64) -> Self {
        self.cut_below = Some(end);
        self
    }

    /// Sets where it is defined but has no derivative.
    pub const fn breaks(mut self, equation: &'static str) -> Self {
        self.breaks = equation;
        self
    }

    /// Sets the arguments that have poles at a whole number and at all that are less.
    pub const fn poles(mut self, greatest: &'static [(usize, i64)]) -> Self {
        self.poles = greatest;
        self
    }

    /// Sets exact values.
    pub const fn at(mut self, values: &'static [(&'static str, &'static str)]) -> Self {
        self.values = values;
        self
    }

    /// Sets the formulas to which it reduces for values of the first argument.
    pub const fn reduces(
        mut self,
        formulas: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.reductions = formulas;
        self
    }

    /// Sets derivatives that are simpler for some arguments.
    pub const fn special(
        mut self,
        derivatives: &'static [(usize, &'static str, &'static str)],
    ) -> Self {
        self.special_derivatives = derivatives;
        self
    }

    /// Sets the derivative over the complex numbers.
    pub const fn principal(mut self, derivative: &'static str) -> Self {
        self.principal = Some(derivative);
        self
    }

    /// Sets the inverse function.
    pub const fn inverse(mut self, name: &'static str) -> Self {
        self.inverse = Some(name);
        self
    }

    /// Sets the points at which tests compare with finite differences.
    pub const fn samples(mut self, samples: &'static [&'static [f64]]) -> Self {
        self.samples = samples;
        self
    }

    /// Whether the function takes `count` arguments.
    pub const fn accepts(&self, count: usize) -> bool {
        match self.arity {
            Arity::Exactly(n) => count == n,
            Arity::AtLeast(n) => count >= n,
        }
    }

    /// Whether the function has the sign at 0 too that its parity says: an odd function with
    /// another value than 0 there has not.
    pub fn turns_at_zero(&self) -> bool {
        let value = self.values.iter().find(|(at, _)| *at == "0");
        self.parity != Parity::Odd
            || value.is_none_or(|(_, value)| ["0", UNDEFINED].contains(value))
    }

    /// Whether the function has a first derivative everywhere and perhaps no higher one, where
    /// the formula of the first has a kink.
    pub fn bends(&self) -> bool {
        const KINKS: [&str; 4] = ["sign", "heaviside", "piecewise", "abs"];
        let has_kink = |formula: &&str| KINKS.iter().any(|kink| formula.contains(kink));
        self.breaks.is_empty()
            && self.derivatives.len() == 1
            && self.derivatives.iter().any(has_kink)
    }

    /// The whole number at which the exact values of the row have the zero of the function.
    pub fn zero(&self) -> Option<i64> {
        let (at, _) = self.values.iter().find(|(_, value)| *value == "0")?;
        at.parse().ok()
    }

    /// Whether the function jumps where something is a whole number.
    pub fn is_stair(&self) -> bool {
        ["floor", "ceil"].iter().any(|name| self.breaks.contains(name))
    }

    /// Whether the function of one argument keeps its value between its jumps.
    pub fn has_steps(&self) -> bool {
        !self.breaks.is_empty() && self.derivatives == ["0"]
    }

    /// Whether it has a value for all real numbers, however great it may be.
    pub fn is_total(&self) -> bool {
        self.is_entire && self.domain.is_empty() && self.poles.is_empty()
    }

    /// Whether the function has all derivatives on the whole line.
    pub fn is_smooth(&self) -> bool {
        self.domain.is_empty()
            && self.breaks.is_empty()
            && !self.derivatives.is_empty()
            && self.derivatives.iter().all(|formula| {
                let kinks = ["/", "sign", "heaviside", "piecewise", "abs"];
                !formula.is_empty() && !kinks.iter().any(|kink| formula.contains(kink))
            })
    }
}

/// A row of one argument: `derivative` is a formula in `u`.
pub const fn unary(
    category: Category,
    name: &'static str,
    derivative: &'static [&'static str; 1],
    about: &'static str,
) -> FunctionSpec {
    FunctionSpec::new(category, name, Arity::Exactly(1), derivative, about)
}

/// A row of as many arguments as it has partial derivatives.
pub const fn function(
    category: Category,
    name: &'static str,
    derivatives: &'static [&'static str],
    about: &'static str,
) -> FunctionSpec {
    FunctionSpec::new(
        category,
        name,
        Arity::Exactly(derivatives.len()),
        derivatives,
        about,
    )
}

/// A row of two arguments that is folded from the left over more.
pub const fn folded(
    category: Category,
    name: &'static str,
    derivatives: &'static [&'static str; 2],
    about: &'static str,
) -> FunctionSpec {
    FunctionSpec::new(category, name, Arity::AtLeast(2), derivatives, about)
}
