//! The arguments as they are typed.

use super::derivation::StepFlags;
use super::flags::{FormatFlags, PartsFlag, joined};
use super::format::Format;
use super::hints;
use super::job::{Action, Job};
use super::reading::{self, Beside, Reading};
use super::typed::{InputName, LogName, PreferName, tolerance};
use calcgrad::Result;
use calcgrad::calculus::{Kink, Layout};
use calcgrad::check::Domain;
use calcgrad::matrix::Components;
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::simplify::{Effort, Opening};
use clap::{Args, ColorChoice, ValueEnum};
use std::cell::OnceCell;

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// The choice of the parser, for what it says itself.
    pub(crate) fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

/// A formula; `-x` is one, and `--json` a flag that does not exist.
fn formula(text: &str) -> std::result::Result<String, &'static str> {
    match text.starts_with("--") && hints::is_flag(text) {
        false => Ok(text.to_owned()),
        true => Err("there is no such flag"),
    }
}

/// Which form of an answer is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormName {
    /// The shortest that is found
    Auto,
    /// As the rules leave it
    Raw,
    /// Multiplied out
    Expanded,
    /// As a product of factors
    Factored,
    /// The shortest, with names for the parts that it repeats
    Shared,
}

/// Over which numbers roots and logarithms are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DomainName {
    /// The real numbers
    Real,
    /// The complex numbers: variables are any of them, i is the imaginary unit, branches are principal
    Complex,
}

/// What a derivative is at a kink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KinkName {
    /// The mean of the limits from both sides: 0 for abs, 1/2 for relu
    Mean,
    /// The limit from the left
    Left,
    /// The limit from the right
    Right,
    /// Each function is flat at its kink, as networks take relu and abs
    Zero,
}

impl KinkName {
    /// The choice of the library.
    pub(crate) fn kink(self) -> Kink {
        match self {
            Self::Mean => Kink::Mean,
            Self::Left => Kink::Left,
            Self::Right => Kink::Right,
            Self::Zero => Kink::Zero,
        }
    }
}

/// Which way a matrix of derivatives lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LayoutName {
    /// A row for each function
    Numerator,
    /// A row for each variable
    Denominator,
}

/// What all commands on a formula take.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The formula, or a program `f = …; u = …`; standard input without it or with -
    #[arg(allow_hyphen_values = true, value_parser = formula)]
    pub(crate) expr: Option<String>,
    /// A point, as x=1,y=pi/2
    #[arg(short, long, value_name = "POINT", allow_hyphen_values = true)]
    pub(crate) at: Vec<String>,
    /// Values put in for names before everything else, as a=3,b=pi/2
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true)]
    pub(crate) set: Vec<String>,
    /// What is known of variables, as "x > 0, n integer"
    #[arg(
        long,
        value_name = "CONDITIONS",
        default_value = "",
        allow_hyphen_values = true
    )]
    pub(crate) assume: String,
    #[command(flatten)]
    written: FormatFlags,
    /// How much is tried to find a shorter form: 0 nothing, 1 little, 2 as usual, 3 much
    #[arg(long, default_value_t = 2, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub(crate) effort: u8,
    /// The functions in which answers are written [default: those that were typed]
    #[arg(long, value_enum, value_name = "FUNCTIONS", value_delimiter = ',')]
    pub(crate) prefer: Vec<PreferName>,
    /// Write numbers with decimals, where those end, and not as fractions
    #[arg(long)]
    pub(crate) decimals: bool,
    /// The answers alone, one a line
    #[arg(long)]
    pub(crate) bare: bool,
    /// Refuse what people read in two ways
    #[arg(long)]
    pub(crate) strict: bool,
    /// Say first how each formula is read, with all brackets
    #[arg(long)]
    pub(crate) explain_reading: bool,
    /// The notation in which formulas are typed [default: found out]
    #[arg(long, value_enum, value_name = "NOTATION")]
    pub(crate) input: Option<InputName>,
    /// The base of `log` without an index
    #[arg(long, value_enum, value_name = "BASE", default_value_t = LogName::E)]
    pub(crate) log: LogName,
    /// Shapes of matrices, vectors and scalars, as "A[m,n] symmetric, x[n], c"
    #[arg(long, value_name = "SHAPES")]
    pub(crate) given: Option<String>,
    /// Numbers for sizes, as n=2,m=3: the matrix expression is taken entry by entry
    #[arg(long, value_name = "SIZES")]
    pub(crate) components: Option<String>,
    /// The entries, once they are known.
    #[arg(skip)]
    pub(crate) entries: OnceCell<Components>,
    /// Arrays with their entries one by one, once they are known.
    #[arg(skip)]
    pub(crate) arrays: OnceCell<Vec<(String, String)>>,
}

/// A number that counts something. What is larger than any limit is told by the limit.
///
/// # Errors
/// Anything else, in words.
pub(crate) fn whole(text: &str) -> std::result::Result<u32, &'static str> {
    match !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.parse().unwrap_or(u32::MAX)),
        false => Err("it must be a whole number, 0 or more"),
    }
}

/// The same, of things that are held.
///
/// # Errors
/// Anything else, in words.
pub(crate) fn count(text: &str) -> std::result::Result<usize, &'static str> {
    whole(text).map(|count| count as usize)
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The order of the derivative in each variable
    #[arg(short, long, default_value_t = 1, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: u32,
    /// One mixed derivative, as x,x,y for ∂³f/∂x²∂y
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["wrt", "order"])]
    mixed: Option<String>,
    /// The form of the answer
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// What a derivative is at a kink, where it does not exist
    #[arg(long, value_enum, value_name = "VALUE")]
    at_kinks: Option<KinkName>,
    #[command(flatten)]
    shapes: Shapes,
    #[command(flatten)]
    steps: StepFlags,
}

#[derive(Args, Debug)]
pub(crate) struct Gradient {
    #[command(flatten)]
    diff: Diff,
}

/// What matrix expressions take.
#[derive(Args, Debug)]
pub(crate) struct Shapes {
    /// Which way vectors and matrices of derivatives lie: as rows, or with the shape of the
    /// variable [default: denominator for matrix expressions, else numerator]
    #[arg(long, value_enum)]
    layout: Option<LayoutName>,
    /// Write derivatives of matrices by matrices over their stacked columns
    #[arg(long)]
    vec: bool,
}

impl Gradient {
    /// The job of printing the gradient alone.
    pub(crate) fn job(self) -> Job {
        Job { action: Action::Gradient, ..self.diff.job() }
    }
}

#[derive(Args, Debug)]
pub(crate) struct NamedDiff {
    #[command(flatten)]
    diff: Diff,
    /// Give the answer in the variables alone as well as in the names of a program
    #[arg(long)]
    expand_names: bool,
    /// Show the chain rule as a product of Jacobian matrices
    #[arg(long, conflicts_with_all = ["mixed", "order"])]
    jacobians: bool,
}

impl NamedDiff {
    /// The job of differentiating with the names of a program kept.
    pub(crate) fn job(self) -> Job {
        let Self { diff, expand_names, jacobians } = self;
        Job { keep_names: true, expand_names, jacobians, ..diff.job() }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Formula {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    #[command(flatten)]
    parts: PartsFlag,
    #[command(flatten)]
    steps: StepFlags,
}

/// What `expand` takes.
#[derive(Args, Debug)]
pub(crate) struct Expand {
    #[command(flatten)]
    formula: Formula,
    #[command(flatten)]
    opening: OpeningFlags,
}

/// Which functions are taken apart besides.
#[derive(Args, Debug)]
struct OpeningFlags {
    /// Take circular and hyperbolic functions of sums and multiples apart: sin(x + y), cos(2*x)
    #[arg(long)]
    angles: bool,
    /// Take logarithms of products and powers apart, where signs are known: ln(a*b^2)
    #[arg(long)]
    logs: bool,
    /// Take powers of products apart, where signs are known, and sums in exponents: (a*b)^n, e^(x + y)
    #[arg(long, conflicts_with = "steps")]
    powers: bool,
}

impl Expand {
    /// The job of multiplying out.
    pub(crate) fn job(self) -> Job {
        let OpeningFlags { angles, logs, powers } = self.opening;
        let opening = Opening { angles, logs, powers };
        Job { opening, ..self.formula.job(FormName::Expanded) }
    }
}

impl Formula {
    /// The job of writing a formula in a form.
    pub(crate) fn job(self, form: FormName) -> Job {
        let (steps, domain) = (self.steps, self.domain.domain());
        let (form, names_parts) = (Some(form), self.parts.is_shared());
        Job { form, names_parts, steps, domain, ..self.common.job(Action::Form) }
    }
}

#[derive(Args, Debug)]
pub(crate) struct Eval {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// Give this many significant digits instead of the exact value
    #[arg(long, value_name = "N", value_parser = count)]
    digits: Option<usize>,
    #[command(flatten)]
    parts: PartsFlag,
}

#[derive(Args, Debug)]
#[command(mut_arg("at", |at| at.hide(true)))]
pub(crate) struct Equal {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// The other formula
    #[arg(allow_hyphen_values = true, value_parser = formula)]
    other: Option<String>,
}

#[derive(Args, Debug)]
#[command(mut_arg("at", |at| at.hide(true)))]
pub(crate) struct Check {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// The answer to be checked; a gradient as [df/dx, df/dy]
    #[arg(long, allow_hyphen_values = true, required_unless_present = "beside")]
    answer: Option<String>,
    /// The answer, where it stands behind the formula
    #[arg(allow_hyphen_values = true, value_name = "ANSWER", conflicts_with = "answer", value_parser = formula)]
    beside: Option<String>,
    /// Judge each line of the answer against the one before it
    #[arg(long)]
    steps: bool,
    /// The form that was asked for
    #[arg(short = 'F', long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    /// How far decimals may be off, relative to values above 1, as 0.01
    #[arg(long, value_name = "SIZE", value_parser = tolerance)]
    tolerance: Option<f64>,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The order of the derivative in each variable
    #[arg(short, long, default_value_t = 1, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: u32,
    /// One mixed derivative, as x,x,y for ∂³f/∂x²∂y
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["wrt", "order"])]
    mixed: Option<String>,
    #[command(flatten)]
    shapes: Shapes,
}

impl Equal {
    pub(crate) fn job(self) -> Job {
        let domain = self.domain.domain();
        Job { other: self.other, domain, ..self.common.job(Action::Equal) }
    }
}

impl Check {
    pub(crate) fn job(self) -> Job {
        let Self { common, domain, answer, beside, steps, form, tolerance, .. } = self;
        let Self { wrt, order, mixed, shapes, .. } = self;
        let domain = domain.domain();
        let (wrt, other, form) = (joined(&wrt), answer.or(beside), Some(form));
        let Shapes { layout, vec } = shapes;
        let job = common.job(Action::Check);
        let job = Job { own_lines: steps, ..job };
        Job { other, form, tolerance, wrt, order, mixed, domain, layout, vec, ..job }
    }
}

impl Common {
    /// Sets the effort of an engine, and says how formulas are read.
    pub(crate) fn begin(&self, engine: &mut Engine, declared: Vec<String>) -> Settings {
        engine.set_effort(effort(self.effort));
        engine.prefer(PreferName::all(&self.prefer));
        let (assume, strict) = (self.assumptions(), self.strict);
        let set = self.entrywise(&self.set);
        let (input, explain) =
            (self.input.map(InputName::notation), self.explain_reading);
        let log_ten = self.log == LogName::Ten;
        Settings {
            declared,
            set,
            assume,
            strict,
            input,
            log_ten,
            explain,
            decimals: self.decimals,
            ..Settings::default()
        }
    }

    /// Reads a formula, with what stands beside it.
    ///
    /// # Errors
    /// A list of names, a point or a formula that cannot be read.
    pub(crate) fn read(
        &self,
        engine: &mut Engine,
        text: &str,
        wrt: &[String],
    ) -> Result<(Beside, Reading)> {
        let (beside, reading) = self.read_near(engine, text, wrt)?;
        beside.must_have_value(engine, &reading.formula)?;
        Ok((beside, reading))
    }

    /// The same for a point near which the formula has values, and perhaps none there.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_near(
        &self,
        engine: &mut Engine,
        text: &str,
        wrt: &[String],
    ) -> Result<(Beside, Reading)> {
        let mut beside = self.beside(wrt)?;
        let settings = self.begin(engine, beside.declared());
        let reading = reading::read_near(engine, text, &mut beside, &settings)?;
        Ok((beside, reading))
    }

    /// How the answer is written.
    pub(crate) fn format(&self) -> Format {
        self.written.format()
    }

    /// Whether code is wanted as a function.
    pub(crate) fn is_callable(&self) -> bool {
        self.written.is_callable()
    }

    /// Whether repeated parts have names in any case.
    pub(crate) fn is_shared(&self, form: FormName) -> bool {
        FormName::Shared.is_asked(Some(form), self.is_callable())
    }

    /// The form of an answer.
    pub(crate) fn form(&self, name: FormName) -> Form {
        name.with_effort(self.effort)
    }

    fn job(self, action: Action) -> Job {
        Job {
            action,
            format: self.format(),
            is_callable: self.written.is_callable(),
            text: self.expr,
            at: joined(&self.at).unwrap_or_default(),
            set: joined(&self.set).unwrap_or_default(),
            assume: self.assume,
            effort: self.effort,
            prefer: PreferName::all(&self.prefer),
            bare: self.bare,
            decimals: self.decimals,
            strict: self.strict,
            explain: self.explain_reading,
            input: self.input.map(InputName::notation),
            log_ten: self.log == LogName::Ten,
            given: self.given,
            components: self.components,
            ..Job::default()
        }
    }
}

impl Diff {
    /// The job of printing all partial derivatives.
    pub(crate) fn job(self) -> Job {
        let Self { common, wrt, order, mixed, form, domain, at_kinks, shapes, steps } =
            self;
        let Shapes { layout, vec } = shapes;
        let (domain, at_kinks) = (domain.domain(), at_kinks.map(KinkName::kink));
        let wrt = joined(&wrt);
        let is_column = layout == Some(LayoutName::Denominator);
        let form = Some(form);
        let job = common.job(Action::Diff);
        let job = Job { wrt, order, mixed, form, domain, layout, vec, ..job };
        Job { is_column, at_kinks, steps, ..job }
    }
}

impl Eval {
    pub(crate) fn job(self) -> Job {
        let domain = self.domain.domain();
        let names_parts = self.parts.is_shared();
        let job = self.common.job(Action::Eval);
        Job { digits: self.digits, names_parts, domain, ..job }
    }
}

impl DomainName {
    /// The domain of the library.
    pub(crate) fn domain(self) -> Domain {
        match self {
            Self::Real => Domain::Real,
            Self::Complex => Domain::Complex,
        }
    }
}

impl LayoutName {
    /// The layout of the library.
    pub(crate) fn layout(self) -> Layout {
        match self {
            Self::Numerator => Layout::Numerator,
            Self::Denominator => Layout::Denominator,
        }
    }

    /// The layout of matrix expressions.
    pub(crate) fn of_matrices(self) -> calcgrad::matrix::Layout {
        match self {
            Self::Numerator => calcgrad::matrix::Layout::Numerator,
            Self::Denominator => calcgrad::matrix::Layout::Denominator,
        }
    }
}

/// The effort of the library.
pub(crate) fn effort(level: u8) -> Effort {
    match level {
        0 | 1 => Effort::Local,
        2 => Effort::Whole,
        _ => Effort::Thorough,
    }
}

impl FormName {
    /// Whether this form was asked for; functions of code name what they repeat unless another
    /// one was.
    pub(crate) fn is_asked(self, form: Option<Self>, is_callable: bool) -> bool {
        let own = form.unwrap_or(Self::Auto);
        own == self || is_callable && own == Self::Auto && self == Self::Shared
    }

    /// The form of an answer; without effort, the one that the rules leave.
    pub(crate) fn with_effort(self, level: u8) -> Form {
        match (self.form(), level) {
            (Form::Auto, 0) => Form::Raw,
            (form, _) => form,
        }
    }

    /// The form of the library.
    pub(crate) fn form(self) -> Form {
        match self {
            Self::Auto | Self::Shared => Form::Auto,
            Self::Raw => Form::Raw,
            Self::Expanded => Form::Expanded,
            Self::Factored => Form::Factored,
        }
    }
}
