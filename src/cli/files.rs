//! The arguments of the commands on files.

use super::args::{DomainName, KinkName, whole};
use super::flags::joined;
use super::job::{Action, Job};
use super::typed::{InputName, LogName, tolerance};
use calcgrad::session::{Settings, Terms};
use clap::{Args, ValueEnum};

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
    /// What a derivative is at a kink, where it does not exist
    #[arg(long, requires = "command", value_enum, value_name = "VALUE")]
    pub(crate) at_kinks: Option<KinkName>,
    /// Values in double precision, with the digits that are certain: fast, for many points
    #[arg(long, requires = "expr", conflicts_with = "at_kinks")]
    pub(crate) floats: bool,
    #[command(flatten)]
    pub(crate) bulk: Bulk,
}

/// How a long file is worked on.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Bulk {
    /// Leave out so many rows, as those that were answered before
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: u64,
    /// How many threads work [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// Say on standard error how far it has come, without a terminal too
    #[arg(long)]
    pub(crate) progress: bool,
    /// Compress the answers
    #[arg(long)]
    pub(crate) gzip: bool,
}

/// The most threads.
const MAX_THREADS: usize = 1024;

/// A number of threads.
fn threads(text: &str) -> std::result::Result<usize, String> {
    match text.parse() {
        Ok(count) if (1..=MAX_THREADS).contains(&count) => Ok(count),
        _ => Err(format!("a number from 1 to {MAX_THREADS} is needed")),
    }
}

#[derive(Args, Debug)]
pub(crate) struct Grade {
    /// The file to read; - is standard input
    pub(crate) file: String,
    /// The formula of rows that name none
    #[arg(long, allow_hyphen_values = true)]
    expr: Option<String>,
    /// The variables of rows that name none [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// The order of the derivative in rows that name none
    #[arg(short, long, default_value_t = 1, value_name = "N", allow_negative_numbers = true, value_parser = whole)]
    order: u32,
    /// What is known of variables in rows that say nothing, as "x > 0, n integer"
    #[arg(long, value_name = "CONDITIONS", default_value = "")]
    assume: String,
    /// Over which numbers roots and logarithms are taken in rows that say nothing
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// How the grades are written
    #[arg(short = 'f', long, value_enum, default_value_t = Sheet::Text)]
    format: Sheet,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Judge each line of an answer against the one before it
    #[arg(long)]
    pub(crate) steps: bool,
    /// Say in the notes how each formula is read, with all brackets
    #[arg(long)]
    explain_reading: bool,
    /// A last line with the counts, in JSON too
    #[arg(long)]
    pub(crate) summary: bool,
}

impl Grade {
    /// How the grades are written.
    pub(crate) fn format(&self) -> Sheet {
        if self.json { Sheet::Json } else { self.format }
    }

    /// What holds for rows that say nothing else.
    pub(crate) fn job(&self) -> Job {
        Job {
            action: Action::Check,
            text: self.expr.clone(),
            wrt: joined(&self.wrt),
            order: self.order,
            own_lines: self.steps,
            assume: self.assume.clone(),
            domain: self.domain.domain(),
            explain: self.explain_reading,
            ..Job::default()
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct VerifyAnswers {
    /// The file to read; - is standard input
    pub(crate) file: String,
    /// How far decimals may be off, relative to values above 1
    #[arg(long, value_name = "SIZE", value_parser = tolerance)]
    tolerance: Option<f64>,
    /// Take values with commas between them, 1, 2, in any order
    #[arg(long)]
    any_order: bool,
    /// Give a number without a unit that of the other side
    #[arg(long)]
    bare_units: bool,
    /// What is known of variables, as "x > 0, n integer"
    #[arg(long, value_name = "CONDITIONS", default_value = "")]
    assume: String,
    /// Over which numbers roots and logarithms are taken
    #[arg(long, value_enum, default_value_t = DomainName::Real)]
    domain: DomainName,
    /// The notation of all answers [default: it is found out for each]
    #[arg(long, value_enum)]
    input: Option<InputName>,
    /// The base of `log`
    #[arg(long, value_enum, default_value_t = LogName::E)]
    log: LogName,
    /// A last line with the counts
    #[arg(long)]
    pub(crate) summary: bool,
    #[command(flatten)]
    pub(crate) bulk: Bulk,
}

impl VerifyAnswers {
    /// On what terms answers are verified.
    pub(crate) fn terms(&self) -> Terms {
        let settings = Settings {
            assume: self.assume.clone(),
            domain: self.domain.domain(),
            input: self.input.map(InputName::notation),
            log_ten: self.log == LogName::Ten,
            ..Settings::default()
        };
        let (any_order, bare_units) = (self.any_order, self.bare_units);
        Terms { settings, tolerance: self.tolerance, any_order, bare_units }
    }
}
