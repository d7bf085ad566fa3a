//! The list of commands: what each is for, and examples that a test runs.

use super::args::{Check, Color, Equal, Eval, Expand, Formula, Gradient, NamedDiff};
use super::command;
use super::files::{Batch, Grade, VerifyAnswers};
use super::filter::Filter;
use super::flags::StyleFlags;
use super::functions::Listing;
use super::lazy::Lazy;
#[cfg(feature = "serve")]
use super::serve;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

const DIFF_EXAMPLES: &str = "Examples:
  calcgrad diff \"x1^3 + 2*x1^2*x2\" --wrt x1,x2
  calcgrad diff \"sin(x)^2/x\" --order 2
  calcgrad diff \"x^2*y^3\" --mixed x,y,y
  calcgrad diff \"f = u^2; u = a*x + 1\" --wrt x --format latex
  calcgrad diff \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\" --bare
  calcgrad diff \"norm(A*w - y)^2\" --given \"A[m,n], w[n], y[m]\" --wrt w --format python
  calcgrad diff \"norm(A*w - y)^2\" --given \"A[m,n], w[n], y[m]\" --wrt w --components n=2,m=3

In code, indices of entries count from 1 as in the formula; a vector of NumPy and PyTorch has
one axis, a row of Julia is the adjoint of a vector.";

const JACOBIAN_EXAMPLES: &str = "Examples:
  calcgrad jacobian \"[x^2*y, x + y]\"
  calcgrad jacobian \"[r*cos(t), r*sin(t)]\" --wrt r,t --layout denominator
  calcgrad jacobian \"[x^2*y, x + y]\" --at x=1,y=2 --format latex
  calcgrad jacobian \"tanh(W*x)\" --given \"W[m,n], x[n]\" --wrt x";

const HESSIAN_EXAMPLES: &str = "Examples:
  calcgrad hessian \"x*e^(-x^2 - y^2)\"
  calcgrad hessian \"100*(y - x^2)^2 + (1 - x)^2\" --at x=1,y=1
  calcgrad hessian \"x'*A*y\" --given \"A[n,m], x[n], y[m]\" --wrt x,y";

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
  calcgrad taylor \"sin(a*x)\" --wrt x --order 5 --bare
  calcgrad taylor \"norm(A*w - y)^2\" --given \"A[m,n], w[n], y[m]\" --wrt w";

const EXPAND_EXAMPLES: &str = "Examples:
  calcgrad expand \"(x + y)^3\"
  calcgrad expand \"sin(x + 2*y)\" --angles
  calcgrad expand \"ln(a*b^2)\" --logs
  calcgrad expand \"(a*b)^n*e^(x + y)\" --powers --assume \"a > 0\"

What would not be equal everywhere stays, and a note says what would have to be positive.";

const BATCH_EXAMPLES: &str = "Examples:
  echo '{\"id\": 1, \"expr\": \"x^2*y\", \"wrt\": [\"x\", \"y\"]}' | calcgrad batch
  printf 'x,y\\n1,2\\n3,pi/2\\n' | calcgrad batch --expr \"x*sin(y)\" --command gradient

A file is JSON Lines. A request has the fields command (diff without it), expr and the flags of
the command by their names, and an id that comes back with the answer; a field that the command
does not know is an error. With --expr the file is CSV, with a column for each variable and a row
for each point, and may have columns id, command and expr; other columns come back as \"extra\". With --floats
the formula is made ready once, and values and gradients are doubles with the digits that are
certain; a point at which they do not tell is answered exactly, as without it.

Each line has one record, in the order of the lines, blank ones aside. A line that is broken, too
long or hostile is a record with \"ok\": false and the kind of the error; it has the number of the
line when it has no id, and never stops the rest. All cores work, and memory does not grow with
the file, which may be compressed by gzip. An answer is written as soon as it and those before it are there, so a program may wait
for it before it sends the next request.

A request may have \"limits\": {\"work\": 1000000, \"nodes\": 100000, \"characters\": 10000}; what
would take more is a record with the kind of the limit. Limits are counts and no times: the same request
ends at the same place on every machine.

The exit status is 0 when the input was read to its end, whatever the answers are; 2 when it
cannot be read, 5 when the answers cannot be written. After TERM or INT, what was read is answered,
and the status is 143 or 130.";

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
  calcgrad graph \"f = u*v; u = x + y; v = x*y\"
  calcgrad graph \"f = u*v; u = x + y; v = x*y\" --at x=1,y=2
  calcgrad graph \"f = u*v; u = x + y; v = x*y\" --at x=1,y=2 --symbolic
  calcgrad graph \"s = u'*h; h = sigmoid(z); z = W*x\" --given \"u[m], W[m,n], x[n]\"
  calcgrad graph \"f = u^2; u = x + 1\" --at x=3 --dot | dot -Tsvg > graph.svg
  calcgrad graph \"f = u^2; u = x + 1\" --at x=3 --format svg > graph.svg
  calcgrad graph \"f = u^2; u = x + 1\" --mermaid
  calcgrad graph \"f = u^2; u = x + 1\" --tikz

Without a point, gradients are in the names of the program. Between matrices an edge is the part
of a differential that comes from one name, and a gradient has the shape of its name.";

#[cfg(feature = "plot")]
const PLOT_EXAMPLES: &str = "Examples:
  calcgrad plot \"x^3 - 3*x\"
  calcgrad plot \"(x^2 + 1)/(x - 1)\" --derivative
  calcgrad plot \"sin(x)\" --at x=pi/4
  calcgrad plot \"e^x\" --taylor 3 --at x=0 --x=-2..2
  calcgrad plot \"sin(x); cos(x)\" --x 0..2*pi --format svg
  calcgrad plot \"x^2 + y^2 = 25\" --at x=3,y=4
  calcgrad plot \"a*x^2 - 1\" --set a=2 --format json
  calcgrad plot \"x*e^(-x^2 - y^2)\" --descend x=0.5,y=1
  calcgrad plot \"x*e^(-x^2 - y^2)\" --surface --at x=-1,y=0 --taylor 2

On a terminal the picture is drawn there, elsewhere it is SVG; --output cubic.svg writes a file.
Poles, holes, jumps and the ends of a domain are found exactly: no line crosses one. A ring is a
point that does not belong to the curve, a dashed line one to which it comes near.";

const EVAL_EXAMPLES: &str = "Examples:
  calcgrad eval \"ln(e^x + e^y)\" --at \"x=0, y=ln(2)\"
  calcgrad eval \"1/3 + 1/6\"
  calcgrad eval \"sqrt(2)\" --digits 50
  calcgrad eval \"inv(A)*x\" --given \"A[n,n], x[n]\" --at \"A=[[1,2],[3,4]],x=[1,0]\"";

const EQUAL_EXAMPLES: &str = "Examples:
  calcgrad equal \"(x + 1)^2\" \"x^2 + 2*x + 1\"
  calcgrad equal \"ln(x^2)\" \"2*ln(x)\"
  calcgrad equal \"inv(A*B)\" \"inv(B)*inv(A)\" --given \"A[n,n], B[n,n]\"

The exit status is 0 when they are equal, 1 when they differ, 3 when nothing can be said.";

const READ_EXAMPLES: &str = "Examples:
  calcgrad read \"1/2x\"
  calcgrad read '\\sin x y' --bare
  calcgrad read \"2x sin 3x\" --format json

Every operation inside of another one has brackets around it. Notes say which conventions were
used, and where. In JSON, \"tree\" has operations as lists, the sign or the function first:
[\"*\", [\"/\", 1, 2], \"x\"].";

const CHECK_EXAMPLES: &str = "Examples:
  calcgrad check \"ln(x^2 + 1)\" --answer \"2*x/(x^2 + 1)\"
  calcgrad check \"x^2*y\" --wrt x,y --answer \"[2*x*y, x^2]\"
  calcgrad check \"x*e^x\" --steps --answer \"f' = x'*e^x + x*(e^x)' = (1 + x)*e^x\"

With --steps each formula of the answer is judged against the one before it, whether = or a new
line is between them, in text or LaTeX (align* too). (u)', d/dx(u) and u' with u = … are read as
derivatives, equations in y' as what they say of y'. The verdict is that on the last line;
--bare and --format latex give it alone.

The exit status is 0 when the answer is right, 1 when it is wrong, 3 when nothing can be said;
with --steps 0 only when every line follows too.";

const GRADE_EXAMPLES: &str = "Examples:
  calcgrad grade homework.csv
  calcgrad grade homework.csv --format csv > graded.csv
  calcgrad grade answers.csv --expr \"x^2*sin(x)\" --wrt x
  calcgrad grade answers.jsonl --format json --summary
  calcgrad grade derivations.csv --steps

The columns of a CSV file, or the fields of a JSON object: id, expr (or question), wrt, answer;
also order, mixed, domain, assume and input, form (an answer in another form gets no points),
tolerance (how far decimals may be off) and points (one number, or one for each component, as
3;1). The order of the columns does not matter. All others go
through: in CSV as columns behind those of the grades, in JSON as \"extra\"; the first of them
names a row without an id. A note says when one is nearly called as one of those above.

With --steps each line of an answer is judged against the one before it. A column \"line\" has
the number of the first that does not follow; the points are those of the last line.

Each row has one line, in the order of the file; a broken one, as one with a quotation mark that
is not closed, is an error in its place and never stops the rest. All cores work, and memory does
not grow with the file.

The exit status is 0 when the file was graded, whatever the answers are worth; 2 when it cannot be
read, 5 when the grades cannot be written. After TERM or INT, what was read is graded and summed
up, and the status is 143 or 130.";

const VERIFY_ANSWERS_EXAMPLES: &str = "Examples:
  calcgrad verify-answers pairs.jsonl > verdicts.jsonl
  echo '{\"gold\": \"[0, 1)\", \"answer\": \"0 <= x < 1\"}' | calcgrad verify-answers -
  printf 'gold,answer\\n1/2,50%\\n' | calcgrad verify-answers -

A row has the right answer as \"gold\" and the one that is verified as \"answer\", each as a
formula in text, LaTeX or code, as what stands in a box, or as a whole reply; and an id, if it
likes. Sets {1, 2}, intervals [0, 1), tuples, columns and matrices, several values (x = 1 or
x = -1, \\pm 2), equations, inequalities, numbers with units, percent, degrees, letters of choices
and words are read as what they are; what is not is unreadable, with the reason.

Each row has one record, in the order of the rows: the verdict, how it is known, a witness where
both differ, and how each side was read. A verdict is equal, equal-on-domain, probably-equal,
different, wrong-shape, undecided or unreadable. What can be read in two ways, as (0, 1), is
undecided where the verdict depends on that.

All cores work, memory does not grow with the file, and a row neither knows of others nor of the
time: it has the same record on every machine. A row that takes too much work is undecided.

The exit status is 0 when the file was read to its end, whatever the verdicts are; 2 when it cannot
be read, 5 when the records cannot be written. After TERM or INT, what was read is answered, and
the status is 143 or 130.";

const REPL_EXAMPLES: &str = "Example:
  printf 'f = x^2*y\nf\neval f --at x=1, y=2\n' | calcgrad repl

A line is a formula to be differentiated, a definition, or a command without quotes; :help says
what else there is. It goes on while a bracket is open. Tab completes names, functions, commands
and flags; Ctrl-C gives a line up, Ctrl-D ends.

A line is answered as the program of it and of the definitions that it needs. Out of a pipe, there
is no prompt, and the exit status is that of the worst line.";

#[cfg(feature = "serve")]
const SERVE_EXAMPLES: &str = "Examples:
  calcgrad serve
  calcgrad serve --port 0

The address is printed on standard output; open it in a browser. What is typed there is answered
here, by the requests of batch, which are sent to /answer. Nobody else can ask: only 127.0.0.1 and
::1 are listened at, other pages are refused, and nothing is written or sent anywhere.

The exit status is 2 when the port is in use. After TERM or INT it is 143 or 130.";

const FUNCTIONS_EXAMPLES: &str = "Examples:
  calcgrad functions
  calcgrad functions tan

A function is written sin(x), sin x or sin^2(x), sin^-1(x) is its inverse. Other names for it
stand behind \"also\"; in a program g(x, y) = x^2*y is a function of one's own, and f(x, y) stays
a function that is not known.";

const TOPICS: &str = "\
A formula without a command is one for diff: calcgrad \"x^2*sin(x)\".
calcgrad help diff tells more of a command, calcgrad help language how formulas are written,
calcgrad help formats, help exit-codes and help json what comes out.

On a terminal, color, format, log, effort, prefer, lang and input are as CALCGRAD_COLOR and so on
say, or the lines of ~/.config/calcgrad/config.toml, such as log = 10; what goes elsewhere never
depends on them.";

/// Exact derivatives, printed as a textbook would.
#[derive(Debug, Parser)]
#[command(name = "calcgrad", version, about, disable_help_subcommand = true, after_help = TOPICS, override_usage = "calcgrad [OPTIONS] [COMMAND]")]
pub(crate) struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    #[command(flatten)]
    pub(crate) style: StyleFlags,
    /// Leave the notes away; errors stay
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

const FILTER_EXAMPLES: &str = "\
Examples:
  calcgrad filter notes.md > answers.md
  calcgrad filter paper.tex > answers.tex

A block of Markdown that is opened by ```calcgrad has a command on each line, as
diff \"x^2*y\" --wrt x; in LaTeX a command is \\calcgrad{diff}{x^2*y}{x}, inside of
mathematics mode. A formula alone is one for diff. Answers are LaTeX, or in a block of Markdown
what --format says. A command that fails stays as it is, and an error names its line.";

/// The commands; the order is that of the help.
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
    /// A picture of functions and curves, in a file or on the terminal
    #[cfg(feature = "plot")]
    #[command(after_help = PLOT_EXAMPLES)]
    Plot(Lazy<command::Plot>),
    /// The computational graph of a program: values forward, gradients backward, in numbers or
    /// in names
    #[command(after_help = GRAPH_EXAMPLES)]
    Graph(Lazy<command::Graph>),
    /// The value of a formula: exact where it can be, with decimals beside it
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(Lazy<Eval>),
    /// The shortest form that is found
    #[command(after_help = "Example:\n  calcgrad simplify \"(x^2 - 1)/(x + 1)^2\"")]
    Simplify(Lazy<Formula>),
    /// A formula multiplied out
    #[command(after_help = EXPAND_EXAMPLES)]
    Expand(Lazy<Expand>),
    /// A formula as a product of irreducible factors
    #[command(after_help = "Example:\n  calcgrad factor \"12*x^3 - 12*x^2 - 24*x\"")]
    Factor(Lazy<Formula>),
    /// How a formula is read: with all brackets, in text, in LaTeX and as a tree
    #[command(after_help = READ_EXAMPLES)]
    Read(Lazy<command::Read>),
    /// Whether two formulas are equal, with a proof or a point at which they differ
    #[command(after_help = EQUAL_EXAMPLES)]
    Equal(Lazy<Equal>),
    /// Whether an answer is the derivative that was asked for
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Lazy<Check>),
    /// Grades a file of submissions, in CSV or JSON Lines
    #[command(after_help = GRADE_EXAMPLES)]
    Grade(Lazy<Grade>),
    /// Verifies a file of answers against the right ones, for graders and filters of large sets
    #[command(after_help = VERIFY_ANSWERS_EXAMPLES)]
    VerifyAnswers(Lazy<VerifyAnswers>),
    /// The functions that are known, or one of them
    #[command(after_help = FUNCTIONS_EXAMPLES)]
    Functions {
        /// The function to describe
        name: Option<String>,
        /// How it is written
        #[arg(short = 'f', long, value_enum, default_value_t = Listing::Text)]
        format: Listing,
        /// Short for --format json
        #[arg(long, conflicts_with = "format")]
        json: bool,
    },
    /// Answers a file of requests, or of points for one formula, with a line for each
    #[command(after_help = BATCH_EXAMPLES)]
    Batch(Lazy<Batch>),
    /// A document of Markdown or LaTeX with its commands replaced by their answers
    #[command(after_help = FILTER_EXAMPLES)]
    Filter(Lazy<Filter>),
    /// The page in a browser, for this machine alone
    #[cfg(feature = "serve")]
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Lazy<serve::Serve>),
    /// A session: formulas, definitions that stay, and commands, line by line
    #[command(after_help = REPL_EXAMPLES)]
    Repl,
    /// A completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual in roff: the main page, or a page for each command
    #[command(after_help = "Example:\n  calcgrad man --output ~/.local/share/man/man1")]
    Man {
        /// The directory into which a page for each command is written; it is made
        #[arg(long, value_name = "DIRECTORY")]
        output: Option<PathBuf>,
    },
    /// All commands, one of them, or a topic: language, formats, exit-codes, json
    Help {
        /// The command or the topic
        name: Option<String>,
    },
}
