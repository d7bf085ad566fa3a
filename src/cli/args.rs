//! The arguments as they are typed.

use super::command;
use super::job::{Action, Job};
use super::lazy::Lazy;
use calcgrad::calculus::Layout;
use calcgrad::check::Domain;
use calcgrad::session::{Engine, Form, Settings};
use calcgrad::simplify::Effort;
use clap::{Args, Parser, Subcommand, ValueEnum};

const DIFF_EXAMPLES: &str = "Examples:
  calcgrad diff \"x1^3 + 2*x1^2*x2\" --wrt x1,x2
  calcgrad diff \"sin(x)^2/x\" --order 2
  calcgrad diff \"x^2*y^3\" --mixed x,y,y
  calcgrad diff \"f = u^2; u = a*x + 1\" --wrt x --format latex
  calcgrad diff \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\" --bare";

const JACOBIAN_EXAMPLES: &str = "Examples:
  calcgrad jacobian \"[x^2*y, x + y]\"
  calcgrad jacobian \"[r*cos(t), r*sin(t)]\" --wrt r,t --layout denominator
  calcgrad jacobian \"[x^2*y, x + y]\" --at x=1,y=2 --format latex";

const HESSIAN_EXAMPLES: &str = "Examples:
  calcgrad hessian \"x*e^(-x^2 - y^2)\"
  calcgrad hessian \"100*(y - x^2)^2 + (1 - x)^2\" --at x=1,y=1";

const LAPLACIAN_EXAMPLES: &str = "Examples:
  calcgrad laplacian \"ln(x^2 + y^2)\"
  calcgrad laplacian \"1/r\" --wrt r,theta,phi --coordinates spherical";

const DIRECTIONAL_EXAMPLES: &str = "Examples:
  calcgrad directional \"x^2*y\" --along \"[3, 4]\"
  calcgrad directional \"x^2*y\" --along \"[3, 4]\" --at x=1,y=2 --unnormalised
  calcgrad directional \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\"";

const IMPLICIT_EXAMPLES: &str = "Examples:
  calcgrad implicit \"x^2 + y^2 = 25\" --wrt x --of y --order 2
  calcgrad implicit \"x^2 + y^2 = 25\" --at x=3,y=4
  calcgrad implicit \"x*y*z + z^3 = 1\" --wrt x,y --of z
  calcgrad implicit \"x^2 + y^2 + z^2 = 1; x + y + z = 0\" --wrt x --of y,z";

const TAYLOR_EXAMPLES: &str = "Examples:
  calcgrad taylor \"sin(x)\" --order 5
  calcgrad taylor \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\" --order 1 --name
  calcgrad taylor \"x*e^(-x^2 - y^2)\" --at x=-1,y=0 --order 2
  calcgrad taylor \"sin(a*x)\" --wrt x --order 5 --bare";

const BATCH_EXAMPLES: &str = "Examples:
  echo '{\"id\": 1, \"expr\": \"x^2*y\", \"wrt\": [\"x\", \"y\"]}' | calcgrad batch
  printf 'x,y\\n1,2\\n3,pi/2\\n' | calcgrad batch --expr \"x*sin(y)\" --command gradient

A file is JSON Lines; with --expr it is CSV, with a column for each variable and a row for each
point, and may have columns id, command and expr.";

const VERIFY_EXAMPLES: &str = "Examples:
  calcgrad verify \"x^2 + 2*x\" --at x=10
  calcgrad verify \"x^2 + 2*x\" --at x=10 --one-sided --rows 3
  calcgrad verify \"sin(x*y)\" --wrt y --at x=1,y=2 --csv";

const CRITICAL_EXAMPLES: &str = "Examples:
  calcgrad critical \"3*x^4 - 4*x^3 - 12*x^2\"
  calcgrad critical \"x*e^(-x^2 - y^2)\"
  calcgrad critical \"a*x^2 + b*x\" --wrt x --assume \"a > 0\"";

const DESCEND_EXAMPLES: &str = "Examples:
  calcgrad descend \"3*x^4 - 4*x^3 - 12*x^2\" --from x=1
  calcgrad descend \"1/2*x^2 + 1/2*y^2\" --from x=1,y=2 --rate 0.1 --all
  calcgrad descend \"100*(y - x^2)^2 + (1 - x)^2\" --from x=-1,y=1 --newton --csv

The exit status is 0 when the way ends or all steps are taken, 3 when it diverges, leaves the
domain or gets stuck.";
const GRAPH_EXAMPLES: &str = "Examples:
  calcgrad graph \"f = u*v; u = x + y; v = x*y\" --at x=1,y=2
  calcgrad graph \"f = u^2; u = x + 1\" --at x=3 --dot | dot -Tsvg > graph.svg";

const EVAL_EXAMPLES: &str = "Examples:
  calcgrad eval \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\"
  calcgrad eval \"1/3 + 1/6\"
  calcgrad eval \"sqrt(2)\" --digits 50";

const EQUAL_EXAMPLES: &str = "Examples:
  calcgrad equal \"(x + 1)^2\" \"x^2 + 2*x + 1\"
  calcgrad equal \"ln(x^2)\" \"2*ln(x)\"

The exit status is 0 when they are equal, 1 when they differ, 3 when nothing can be said.";

const CHECK_EXAMPLES: &str = "Examples:
  calcgrad check \"ln(x^2 + 1)\" --answer \"2*x/(x^2 + 1)\"
  calcgrad check \"x^2*y\" --wrt x,y --answer \"[2*x*y, x^2]\"

The exit status is 0 when the answer is right, 1 when it is wrong, 3 when nothing can be said.";

const GRADE_EXAMPLES: &str = "Examples:
  calcgrad grade homework.csv
  calcgrad grade homework.csv --format csv > graded.csv
  calcgrad grade answers.csv --expr \"x^2*sin(x)\" --wrt x
  calcgrad grade answers.jsonl --format json --summary

The columns of a CSV file, or the fields of a JSON object: id, expr (or question), wrt, answer;
also order, mixed, domain and assume. The order of the columns does not matter.
The exit status is 0 when the file was graded, whatever the answers are worth.";

/// Exact derivatives, printed as a textbook would.
#[derive(Debug, Parser)]
#[command(name = "calcgrad", version, about, disable_help_subcommand = false)]
pub(crate) struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[arg(hide = true)]
    pub(crate) words: Vec<String>,
}

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

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Plain text, which can be typed in again
    Text,
    /// LaTeX for mathematics mode
    Latex,
    /// One JSON object
    Json,
}

/// How grades are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sheet {
    /// A table to read
    Text,
    /// A table for a spreadsheet
    Csv,
    /// One JSON object a line, as batch answers them
    Json,
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
}

/// Over which numbers roots and logarithms are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DomainName {
    /// The real numbers
    Real,
    /// The complex numbers: i is the imaginary unit, branches are principal
    Complex,
}

/// Which way a matrix of derivatives lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LayoutName {
    /// A row for each function
    Numerator,
    /// A row for each variable
    Denominator,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Partial derivatives, and the gradient when several variables are named
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Lazy<NamedDiff>),
    /// The gradient alone
    #[command(after_help = "Example:\n  calcgrad gradient \"x^2*y + y^2\" --wrt x,y")]
    Gradient(Lazy<Gradient>),
    /// The matrix of the partial derivatives of a vector
    #[command(after_help = JACOBIAN_EXAMPLES)]
    Jacobian(Lazy<command::Jacobian>),
    /// The symmetric matrix of the second derivatives
    #[command(after_help = HESSIAN_EXAMPLES)]
    Hessian(Lazy<command::Hessian>),
    /// The sum of the second derivatives
    #[command(after_help = LAPLACIAN_EXAMPLES)]
    Laplacian(Lazy<command::Laplacian>),
    /// The divergence of a vector field
    #[command(after_help = "Example:\n  calcgrad divergence \"[x*y, y*z, z*x]\"")]
    Divergence(Lazy<command::Divergence>),
    /// The curl of a vector field in space or in the plane
    #[command(after_help = "Example:\n  calcgrad curl \"[-y, x, z]\"")]
    Curl(Lazy<command::Curl>),
    /// The derivative in a direction, or the directions of steepest ascent and descent
    #[command(after_help = DIRECTIONAL_EXAMPLES)]
    Directional(Lazy<command::Directional>),
    /// The total differential
    #[command(after_help = "Example:\n  calcgrad differential \"x^2*y\"")]
    Differential(Lazy<command::Differential>),
    /// Derivatives of variables that equations determine
    #[command(after_help = IMPLICIT_EXAMPLES)]
    Implicit(Lazy<command::Implicit>),
    /// The Taylor polynomial around a point, as tangent planes and quadratic approximations
    #[command(after_help = TAYLOR_EXAMPLES)]
    Taylor(Lazy<command::Taylor>),
    /// A derivative at a point against quotients of differences
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Lazy<command::Verify>),
    /// The critical points of a function, with the kind of each
    #[command(after_help = CRITICAL_EXAMPLES)]
    Critical(Lazy<command::Critical>),
    /// Gradient descent, step by step
    #[command(after_help = DESCEND_EXAMPLES)]
    Descend(Lazy<command::Descend>),
    /// The computational graph of a program: values forward, gradients backward
    #[command(after_help = GRAPH_EXAMPLES)]
    Graph(Lazy<command::Graph>),
    /// The value of a formula: exact where it can be, with decimals beside it
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(Lazy<Eval>),
    /// The shortest form that is found
    #[command(after_help = "Example:\n  calcgrad simplify \"(x^2 - 1)/(x + 1)^2\"")]
    Simplify(Lazy<Formula>),
    /// A formula multiplied out
    #[command(after_help = "Example:\n  calcgrad expand \"(x + y)^3\"")]
    Expand(Lazy<Formula>),
    /// A formula as a product of irreducible factors
    #[command(after_help = "Example:\n  calcgrad factor \"12*x^3 - 12*x^2 - 24*x\"")]
    Factor(Lazy<Formula>),
    /// Whether two formulas are equal, with a proof or a point at which they differ
    #[command(after_help = EQUAL_EXAMPLES)]
    Equal(Lazy<Equal>),
    /// Whether an answer is the derivative that was asked for
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Lazy<Check>),
    /// Grades a file of submissions, in CSV or JSON Lines
    #[command(after_help = GRADE_EXAMPLES)]
    Grade(Lazy<Grade>),
    /// The functions that are known, or one of them
    #[command(after_help = "Examples:\n  calcgrad functions\n  calcgrad functions tan")]
    Functions {
        /// The function to describe
        name: Option<String>,
        /// How it is written
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Answers a file of requests, or of points for one formula, with a line for each
    #[command(after_help = BATCH_EXAMPLES)]
    Batch(Lazy<Batch>),
    /// A completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual page in roff
    Man,
}

/// What all commands on a formula take.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The formula, or a program `f = …; u = …`; standard input without it or with -
    #[arg(allow_hyphen_values = true)]
    pub(crate) expr: Option<String>,
    /// A point, as x=1,y=pi/2
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    pub(crate) at: Option<String>,
    /// What is known of variables, as "x > 0, n integer"
    #[arg(long, value_name = "CONDITIONS", default_value = "")]
    pub(crate) assume: String,
    /// How answers are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// How much is tried to find a shorter form: 0 nothing, 1 little, 2 as usual, 3 much
    #[arg(long, default_value_t = 2, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub(crate) effort: u8,
    /// The answers alone, one a line
    #[arg(long)]
    pub(crate) bare: bool,
    /// Refuse what people read in two ways
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(long, value_name = "NAMES")]
    wrt: Option<String>,
    /// The order of the derivative in each variable
    #[arg(long, default_value_t = 1, value_name = "N")]
    order: u32,
    /// One mixed derivative, as x,x,y for ∂³f/∂x²∂y
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["wrt", "order"])]
    mixed: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    #[command(flatten)]
    shapes: Shapes,
}

#[derive(Args, Debug)]
pub(crate) struct Gradient {
    #[command(flatten)]
    diff: Diff,
}

/// What matrix expressions take.
#[derive(Args, Debug)]
pub(crate) struct Shapes {
    /// Shapes of matrices, vectors and scalars, as "A[m,n] symmetric, x[n], c"
    #[arg(long, value_name = "SHAPES")]
    given: Option<String>,
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
}

impl Formula {
    /// The job of writing a formula in a form.
    pub(crate) fn job(self, form: FormName) -> Job {
        Job { form: Some(form), ..self.common.job(Action::Form) }
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
    #[arg(long, value_name = "N")]
    digits: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct Equal {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// The other formula
    #[arg(allow_hyphen_values = true)]
    other: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    common: Common,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// The answer to be checked; a gradient as [df/dx, df/dy]
    #[arg(long, allow_hyphen_values = true)]
    answer: String,
    /// The form that was asked for
    #[arg(long, value_enum, default_value_t = FormName::Auto)]
    form: FormName,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(long, value_name = "NAMES")]
    wrt: Option<String>,
    /// The order of the derivative in each variable
    #[arg(long, default_value_t = 1, value_name = "N")]
    order: u32,
    /// One mixed derivative, as x,x,y for ∂³f/∂x²∂y
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["wrt", "order"])]
    mixed: Option<String>,
    #[command(flatten)]
    shapes: Shapes,
}

#[derive(Args, Debug)]
pub(crate) struct Batch {
    /// The file to read; standard input without it
    pub(crate) file: Option<String>,
    /// The formula of all points
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) expr: Option<String>,
    /// What to do at each point [default: eval]
    #[arg(long, requires = "expr")]
    pub(crate) command: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Grade {
    /// The file to read; - is standard input
    pub(crate) file: String,
    /// The formula of rows that name none
    #[arg(long, allow_hyphen_values = true)]
    expr: Option<String>,
    /// The variables of rows that name none [default: all, in natural order]
    #[arg(long, value_name = "NAMES")]
    wrt: Option<String>,
    /// The order of the derivative in rows that name none
    #[arg(long, default_value_t = 1, value_name = "N")]
    order: u32,
    /// What is known of variables in rows that say nothing, as "x > 0, n integer"
    #[arg(long, value_name = "CONDITIONS", default_value = "")]
    assume: String,
    /// Over which numbers roots and logarithms are taken in rows that say nothing
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// How the grades are written
    #[arg(long, value_enum, default_value_t = Sheet::Text)]
    pub(crate) format: Sheet,
    /// A last line with the counts, in JSON too
    #[arg(long)]
    pub(crate) summary: bool,
}

impl Grade {
    /// What holds for rows that say nothing else.
    pub(crate) fn job(&self) -> Job {
        Job {
            action: Action::Check,
            text: self.expr.clone(),
            wrt: self.wrt.clone(),
            order: self.order,
            assume: self.assume.clone(),
            domain: self.domain.domain(),
            ..Job::default()
        }
    }
}

impl Equal {
    pub(crate) fn job(self) -> Job {
        let domain = self.domain.domain();
        Job { other: self.other, domain, ..self.common.job(Action::Equal) }
    }
}

impl Check {
    pub(crate) fn job(self) -> Job {
        let Self { common, domain, answer, form, wrt, order, mixed, shapes } = self;
        let domain = domain.domain();
        let (other, form) = (Some(answer), Some(form));
        let Shapes { given, layout, vec } = shapes;
        let job = common.job(Action::Check);
        Job { other, form, wrt, order, mixed, domain, given, layout, vec, ..job }
    }
}

impl Common {
    /// Sets the effort of an engine, and says how formulas are read.
    pub(crate) fn begin(&self, engine: &mut Engine, declared: Vec<String>) -> Settings {
        engine.set_effort(effort(self.effort));
        let (assume, strict) = (self.assume.clone(), self.strict);
        Settings { declared, assume, strict, domain: Domain::Real }
    }

    /// The form of an answer.
    pub(crate) fn form(&self, name: FormName) -> Form {
        name.with_effort(self.effort)
    }

    fn job(self, action: Action) -> Job {
        Job {
            action,
            text: self.expr,
            at: self.at.unwrap_or_default(),
            assume: self.assume,
            format: self.format,
            effort: self.effort,
            bare: self.bare,
            strict: self.strict,
            ..Job::default()
        }
    }
}

impl Diff {
    /// The job of printing all partial derivatives.
    pub(crate) fn job(self) -> Job {
        let Self { common, wrt, order, mixed, form, shapes } = self;
        let Shapes { given, layout, vec } = shapes;
        let is_column = layout == Some(LayoutName::Denominator);
        let form = Some(form);
        let job = common.job(Action::Diff);
        Job { wrt, order, mixed, form, given, layout, vec, is_column, ..job }
    }
}

impl Eval {
    pub(crate) fn job(self) -> Job {
        let domain = self.domain.domain();
        Job { digits: self.digits, domain, ..self.common.job(Action::Eval) }
    }
}

impl DomainName {
    fn domain(self) -> Domain {
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
            Self::Auto => Form::Auto,
            Self::Raw => Form::Raw,
            Self::Expanded => Form::Expanded,
            Self::Factored => Form::Factored,
        }
    }
}
