//! What to type instead of commands, flags and formats that are known from elsewhere.
//!
//! Invariant: a hint that would not work is not given; a test reads the commands that stand in
//! the tables.

use super::commands::Arguments;
use calcgrad::syntax::nearest;
use calcgrad::{Error, ErrorKind, function};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind as Usage};
use clap::{Arg, Command, CommandFactory};

/// What there is instead of a command.
#[derive(Clone, Copy, Debug)]
enum Instead<'a> {
    /// A command that does the same.
    Like(&'a str),
    /// A sentence.
    Say(&'a str),
}
use Instead::{Like, Say};

const INTEGRAL: &str = "integrals are not calculated; `calcgrad check \"F\" --answer \"f\"` says whether f is the derivative of F, so that F is an antiderivative of f";
const LIMIT: &str = "limits are not calculated; `calcgrad taylor \"sin(x)/x\" --at x=0` shows a function near a point, `calcgrad eval \"sin(x)/x\" --at x=1` at a point";
const SOLVE: &str = "equations are not solved; `calcgrad critical \"x^3 - 3*x\"` finds where a gradient is 0, `calcgrad implicit \"x^2 + y^2 = 25\"` differentiates what an equation determines";
const PLOT: &str = "nothing is drawn; `calcgrad batch points.csv --expr \"x^2\"` gives the values at the points of a CSV file, for a program that draws";
const EXTREMA: &str = "`calcgrad critical \"x^3 - 3*x\"` finds extrema exactly, `calcgrad descend \"x^4 - x\" --from x=1` goes downhill from a point";
const SUM: &str = "sums over an index stand in matrix expressions: `calcgrad diff \"Σ_k x[k]^2\" --given \"x[n]\" --wrt x`";
const ODE: &str = "differential equations are not solved; `calcgrad diff \"y = e^(-x)*sin(x)\" --order 2` differentiates a solution";
const TRANSFORM: &str = "transforms are not calculated";
const STEPS: &str = "a derivation is not shown; `calcgrad diff \"f = u^2; u = sin(x)\"` shows the chain rule of a program, `calcgrad check \"x^2\" --answer \"x\"` what is wrong with an answer";
const LATEX: &str = "LaTeX is a format: `calcgrad diff \"x^2\" --format latex`";
const JSON: &str = "JSON is a format: `calcgrad diff \"x^2\" --format json`";
const CODE: &str = "code is a format: `calcgrad diff \"x^2\" --format python`, `julia`, `matlab` or `pytorch`";
const PROMPT: &str = "there is no prompt; `calcgrad batch` answers requests from standard input, one a line";

/// Words that people type for a command.
#[rustfmt::skip]
const WORDS: &[(&str, Instead<'static>)] = &[
    ("d",                   Like("diff")),
    ("derive",              Like("diff")),
    ("deriv",               Like("diff")),
    ("derivate",            Like("diff")),
    ("derivative",          Like("diff")),
    ("derivatives",         Like("diff")),
    ("differentiate",       Like("diff")),
    ("partial",             Like("diff")),
    ("partials",            Like("diff")),
    ("pdiff",               Like("diff")),
    ("mixed",               Like("diff")),
    ("chain",               Like("diff")),
    ("grad",                Like("gradient")),
    ("nabla",               Like("gradient")),
    ("jac",                 Like("jacobian")),
    ("hess",                Like("hessian")),
    ("lap",                 Like("laplacian")),
    ("div",                 Like("divergence")),
    ("rot",                 Like("curl")),
    ("dir",                 Like("directional")),
    ("directionalderivative", Like("directional")),
    ("jvp",                 Like("directional")),
    ("steepest",            Like("directional")),
    ("total",               Like("differential")),
    ("idiff",               Like("implicit")),
    ("implicitdiff",        Like("implicit")),
    ("series",              Like("taylor")),
    ("maclaurin",           Like("taylor")),
    ("linearize",           Like("taylor")),
    ("linearise",           Like("taylor")),
    ("approximate",         Like("taylor")),
    ("tangent",             Say("`calcgrad taylor \"x^2\" --at x=1 --order 1` gives tangent lines and planes")),
    ("numdiff",             Like("verify")),
    ("stationary",          Like("critical")),
    ("extrema",             Say(EXTREMA)),
    ("extremum",            Say(EXTREMA)),
    ("min",                 Say(EXTREMA)),
    ("minimum",             Say(EXTREMA)),
    ("minimise",            Say(EXTREMA)),
    ("minimize",            Say(EXTREMA)),
    ("max",                 Say(EXTREMA)),
    ("maximum",             Say(EXTREMA)),
    ("maximise",            Say(EXTREMA)),
    ("maximize",            Say(EXTREMA)),
    ("optimise",            Say(EXTREMA)),
    ("optimize",            Say(EXTREMA)),
    ("descent",             Like("descend")),
    ("gd",                  Like("descend")),
    ("newton",              Say("`calcgrad descend \"x^4 - x\" --from x=1 --newton`")),
    ("backprop",            Like("graph")),
    ("autodiff",            Like("graph")),
    ("autograd",            Like("graph")),
    ("parse",               Like("read")),
    ("reading",             Like("read")),
    ("n",                   Like("eval")),
    ("evaluate",            Like("eval")),
    ("evalf",               Like("eval")),
    ("value",               Like("eval")),
    ("calc",                Like("eval")),
    ("calculate",           Like("eval")),
    ("compute",             Like("eval")),
    ("numeric",             Like("eval")),
    ("subs",                Say("`calcgrad eval \"x^2*y\" --at x=3` puts values in")),
    ("substitute",          Say("`calcgrad eval \"x^2*y\" --at x=3` puts values in")),
    ("simp",                Like("simplify")),
    ("reduce",              Like("simplify")),
    ("cancel",              Like("simplify")),
    ("together",            Like("simplify")),
    ("trigsimp",            Like("simplify")),
    ("ratsimp",             Like("simplify")),
    ("radsimp",             Like("simplify")),
    ("apart",               Say("partial fractions are not taken; `calcgrad factor \"x^4 - 1\"` has the factors of a denominator")),
    ("partfrac",            Say("partial fractions are not taken; `calcgrad factor \"x^4 - 1\"` has the factors of a denominator")),
    ("factorise",           Like("factor")),
    ("factorize",           Like("factor")),
    ("compare",             Like("equal")),
    ("equals",              Like("equal")),
    ("same",                Like("equal")),
    ("identical",           Like("equal")),
    ("validate",            Like("check")),
    ("correct",             Like("check")),
    ("mark",                Like("grade")),
    ("marks",               Like("grade")),
    ("score",               Like("grade")),
    ("list",                Like("functions")),
    ("funcs",               Like("functions")),
    ("complete",            Like("completions")),
    ("manual",              Like("man")),
    ("usage",               Like("help")),
    ("examples",            Say("`calcgrad help diff` ends with examples, as the help of every command does")),
    ("version",             Say("`calcgrad --version`")),
    ("int",                 Say(INTEGRAL)),
    ("integral",            Say(INTEGRAL)),
    ("integrals",           Say(INTEGRAL)),
    ("integrate",           Say(INTEGRAL)),
    ("antiderivative",      Say(INTEGRAL)),
    ("antidiff",            Say(INTEGRAL)),
    ("primitive",           Say(INTEGRAL)),
    ("lim",                 Say(LIMIT)),
    ("limit",               Say(LIMIT)),
    ("limits",              Say(LIMIT)),
    ("solve",               Say(SOLVE)),
    ("nsolve",              Say(SOLVE)),
    ("fsolve",              Say(SOLVE)),
    ("root",                Say(SOLVE)),
    ("roots",               Say(SOLVE)),
    ("zeros",               Say(SOLVE)),
    ("equation",            Say(SOLVE)),
    ("ode",                 Say(ODE)),
    ("dsolve",              Say(ODE)),
    ("plot",                Say(PLOT)),
    ("draw",                Say(PLOT)),
    ("chart",               Say(PLOT)),
    ("table",               Say(PLOT)),
    ("sum",                 Say(SUM)),
    ("summation",           Say(SUM)),
    ("fourier",             Say(TRANSFORM)),
    ("laplace",             Say("transforms are not calculated; `calcgrad laplacian \"x^2*y\"` is the sum of the second derivatives")),
    ("steps",               Say(STEPS)),
    ("explain",             Say(STEPS)),
    ("latex",               Say(LATEX)),
    ("tex",                 Say(LATEX)),
    ("json",                Say(JSON)),
    ("code",                Say(CODE)),
    ("codegen",             Say(CODE)),
    ("lambdify",            Say(CODE)),
    ("python",              Say(CODE)),
    ("numpy",               Say(CODE)),
    ("julia",               Say(CODE)),
    ("matlab",              Say(CODE)),
    ("pytorch",             Say(CODE)),
    ("repl",                Say(PROMPT)),
    ("shell",               Say(PROMPT)),
    ("prompt",              Say(PROMPT)),
    ("interactive",         Say(PROMPT)),
];

/// Flags that other tools have, the flag that a command must have for the hint (any, if
/// empty), and the hint.
#[rustfmt::skip]
const FLAGS: &[(&str, &str, &str)] = &[
    ("--json",              "--format",      "write `--format json`"),
    ("--latex",             "--format",      "write `--format latex`"),
    ("--tex",               "--format",      "write `--format latex`"),
    ("--mathml",            "--format",      "MathML is not written; `--format latex` is for documents"),
    ("--python",            "--format",      "write `--format python`"),
    ("--numpy",             "--format",      "write `--format python`"),
    ("--julia",             "--format",      "write `--format julia`"),
    ("--matlab",            "--format",      "write `--format matlab`"),
    ("--pytorch",           "--format",      "write `--format pytorch`"),
    ("--code",              "--format",      "write `--format python`, `julia`, `matlab` or `pytorch`"),
    ("--text",              "--format",      "write `--format text`"),
    ("-f",                  "--format",      "write `--format latex`, or what `--help` lists"),
    ("--quiet",             "--bare",        "write `--bare` for the answers alone"),
    ("-q",                  "--bare",        "write `--bare` for the answers alone"),
    ("-w",                  "--wrt",         "write `--wrt x,y`"),
    ("-v",                  "--wrt",         "write `--wrt x,y`"),
    ("--by",                "--wrt",         "write `--wrt x,y`"),
    ("--var",               "--wrt",         "write `--wrt x,y`"),
    ("--vars",              "--wrt",         "write `--wrt x,y`"),
    ("--variable",          "--wrt",         "write `--wrt x,y`"),
    ("--variables",         "--wrt",         "write `--wrt x,y`"),
    ("--respect-to",        "--wrt",         "write `--wrt x,y`"),
    ("--with-respect-to",   "--wrt",         "write `--wrt x,y`"),
    ("-n",                  "--order",       "write `--order 2`"),
    ("--nth",               "--order",       "write `--order 2`"),
    ("--times",             "--order",       "write `--order 2`"),
    ("--degree",            "--order",       "write `--order 2`"),
    ("--start",             "--from",        "write `--from x=1,y=2`"),
    ("--init",              "--from",        "write `--from x=1,y=2`"),
    ("--initial",           "--from",        "write `--from x=1,y=2`"),
    ("--x0",                "--from",        "write `--from x=1,y=2`"),
    ("--x0",                "--at",          "write `--at x=1,y=2`"),
    ("--point",             "--at",          "write `--at x=1,y=2`"),
    ("--points",            "--at",          "write `--at x=1,y=2`"),
    ("--around",            "--at",          "write `--at x=1,y=2`"),
    ("--where",             "--at",          "write `--at x=1,y=2`"),
    ("--subs",              "--at",          "write `--at x=1,y=2`"),
    ("--values",            "--at",          "write `--at x=1,y=2`"),
    ("--direction",         "--along",       "write `--along \"[1, 2]\"`"),
    ("--dir",               "--along",       "write `--along \"[1, 2]\"`"),
    ("--system",            "--coordinates", "write `--coordinates spherical`"),
    ("--coords",            "--coordinates", "write `--coordinates spherical`"),
    ("--polar",             "--coordinates", "write `--coordinates polar`"),
    ("--spherical",         "--coordinates", "write `--coordinates spherical`"),
    ("--cylindrical",       "--coordinates", "write `--coordinates cylindrical`"),
    ("--lr",                "--rate",        "write `--rate 0.1`"),
    ("--eta",               "--rate",        "write `--rate 0.1`"),
    ("--learning-rate",     "--rate",        "write `--rate 0.1`"),
    ("--steps",             "--iterations",  "write `--iterations 100`"),
    ("--epochs",            "--iterations",  "write `--iterations 100`"),
    ("--max-iter",          "--iterations",  "write `--iterations 100`"),
    ("--assuming",          "--assume",      "write `--assume \"x > 0\"`"),
    ("--assumptions",       "--assume",      "write `--assume \"x > 0\"`"),
    ("--positive",          "--assume",      "write `--assume \"x > 0\"`"),
    ("--shapes",            "--given",       "write `--given \"A[m,n], x[n]\"`"),
    ("--dims",              "--given",       "write `--given \"A[m,n], x[n]\"`"),
    ("--complex",           "--domain",      "write `--domain complex`"),
    ("--solution",          "--answer",      "write `--answer \"2*x\"`"),
    ("--expanded",          "--form",        "write `--form expanded`"),
    ("--factored",          "--form",        "write `--form factored`"),
    ("-p",                  "--digits",      "write `--digits 30`"),
    ("--prec",              "--digits",      "write `--digits 30`"),
    ("--precision",         "--digits",      "write `--digits 30`"),
    ("--decimals",          "--digits",      "write `--digits 30`"),
    ("--dps",               "--digits",      "write `--digits 30`"),
    ("--digits",            "",              "`calcgrad eval \"sqrt(2)\" --digits 30` gives many digits"),
    ("--prec",              "",              "`calcgrad eval \"sqrt(2)\" --digits 30` gives many digits"),
    ("--precision",         "",              "`calcgrad eval \"sqrt(2)\" --digits 30` gives many digits"),
    ("--decimals",          "",              "`calcgrad eval \"sqrt(2)\" --digits 30` gives many digits"),
    ("--dps",               "",              "`calcgrad eval \"sqrt(2)\" --digits 30` gives many digits"),
    ("-o",                  "",              "answers go to standard output; `> answer.txt` behind the command puts them into a file"),
    ("--out",               "",              "answers go to standard output; `> answer.txt` behind the command puts them into a file"),
    ("--output",            "",              "answers go to standard output; `> answer.txt` behind the command puts them into a file"),
    ("--colour",            "",              "write `--color never`, `always` or `auto`"),
    ("--no-color",          "",              "write `--color never`"),
    ("--no-colour",         "",              "write `--color never`"),
];

/// Names of formats from elsewhere, the format that must be there for the hint, and the hint.
#[rustfmt::skip]
const FORMATS: &[(&str, &str, &str)] = &[
    ("tex",      "latex",   "write `--format latex`"),
    ("katex",    "latex",   "write `--format latex`"),
    ("mathjax",  "latex",   "write `--format latex`"),
    ("markdown", "latex",   "write `--format latex`"),
    ("mathml",   "latex",   "MathML is not written; `--format latex` is for documents"),
    ("html",     "latex",   "HTML is not written; `--format latex` is for documents"),
    ("jsonl",    "json",    "write `--format json`"),
    ("py",       "python",  "write `--format python`"),
    ("numpy",    "python",  "write `--format python`"),
    ("jl",       "julia",   "write `--format julia`"),
    ("m",        "matlab",  "write `--format matlab`"),
    ("octave",   "matlab",  "write `--format matlab`"),
    ("torch",    "pytorch", "write `--format pytorch`"),
    ("plain",    "text",    "write `--format text`"),
    ("txt",      "text",    "write `--format text`"),
    ("ascii",    "text",    "write `--format text`"),
];

/// The first of some words as a command that does not exist; `None` for a formula.
pub(crate) fn wrong_command(words: &[String]) -> Option<Error> {
    let word = words.first()?;
    let is_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    if word.starts_with('-') || !word.chars().all(is_word) {
        return None;
    }
    let is_meant = match function::is_name(word) {
        // `tan x` is no slip.
        true => WORDS.iter().any(|row| row.0 == plain(word)),
        false => instead(word).is_some() || (words.len() > 1 && word.len() > 2),
    };
    is_meant.then(|| no_command(word))
}

/// A command that does not exist, with what there is instead.
pub(crate) fn no_command(word: &str) -> Error {
    let what = format!("there is no command `{word}`");
    let error = Error::from(ErrorKind::InvalidRequest(what));
    match instead(word) {
        Some(help) => error.help(help),
        None => error,
    }
}

/// What there is instead of a command that does not exist.
fn instead(word: &str) -> Option<String> {
    let plain = plain(word);
    let root = Arguments::command();
    let commands = || root.get_subcommands().map(Command::get_name);
    let row = |word: &str| WORDS.iter().find(|row| row.0 == word).map(|row| row.1);
    let found = row(&plain).or_else(|| {
        // Short words are near to too much.
        let long = WORDS.iter().map(|row| row.0).filter(|word| word.len() > 4);
        let names = commands().filter(|name| *name != "man").chain(long);
        let near = nearest(&plain, names)?;
        Some(row(near).unwrap_or(Like(near)))
    });
    Some(match found? {
        Like(command) => format!("did you mean `{command}`?"),
        Say(sentence) => sentence.to_owned(),
    })
}

/// A word without capitals and hyphens.
fn plain(word: &str) -> String {
    word.to_ascii_lowercase().replace(['-', '_'], "")
}

/// What stands on the command line behind the name of the program.
pub(crate) fn words() -> Vec<String> {
    let words = std::env::args_os().skip(1);
    words.map(|word| word.to_string_lossy().into_owned()).collect()
}

/// The words from the first that is no flag on, when none is a command.
pub(crate) fn without_command(words: &[String]) -> Option<&[String]> {
    let root = root();
    if words.iter().any(|word| root.find_subcommand(word).is_some()) {
        return None;
    }
    let mut at = 0;
    while words.get(at).is_some_and(|word| is_flag(word)) {
        at += if words[at] == "--color" { 2 } else { 1 };
    }
    words.get(at..).filter(|rest| !rest.is_empty())
}

/// Whether a word looks like a flag and not like a formula: `--json`, `-w`, not `--x` or
/// `-x^2`.
pub(crate) fn is_flag(word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    match word.strip_prefix("--") {
        Some(long) => {
            let name = long.split('=').next().unwrap_or_default();
            name.len() > 1
                && name.starts_with(is_letter)
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        }
        None => {
            let short = word.strip_prefix('-');
            short.is_some_and(|short| short.len() == 1 && short.starts_with(is_letter))
        }
    }
}

/// An error of usage with a hint for what is known from elsewhere.
pub(crate) fn improved(mut error: clap::Error, words: &[String]) -> clap::Error {
    if let Some(tip) = format_tip(&error) {
        error.remove(ContextKind::SuggestedValue);
        error.insert(ContextKind::Suggested, tips(tip));
        return error;
    }
    if !matches!(error.kind(), Usage::UnknownArgument | Usage::ValueValidation) {
        return error;
    }
    let mut root = root();
    let called = words.iter().find(|word| root.find_subcommand(word).is_some());
    let command = match called {
        Some(name) => root.find_subcommand_mut(name),
        None => Some(&mut root),
    };
    let Some(command) = command else { return error };
    let Some(flag) = stranger(command, words) else { return error };
    let tip = flag_tip(command, &flag);
    let invalid = ContextValue::String(flag.clone());
    let is_told = error.get(ContextKind::InvalidArg) == Some(&invalid);
    if tip.is_none() && is_told {
        return error;
    }
    let mut told = clap::Error::new(Usage::UnknownArgument).with_cmd(command);
    told.insert(ContextKind::InvalidArg, invalid);
    told.insert(ContextKind::Usage, ContextValue::StyledStr(command.render_usage()));
    match tip {
        Some(tip) => told.insert(ContextKind::Suggested, tips(tip)),
        None => near_flag(command, &flag).and_then(|near| {
            told.insert(ContextKind::SuggestedArg, ContextValue::String(near))
        }),
    };
    told
}

/// The commands with all their arguments.
fn root() -> Command {
    let mut root = Arguments::command();
    root.build();
    root
}

fn tips(tip: &'static str) -> ContextValue {
    ContextValue::StyledStrs(vec![StyledStr::from(tip)])
}

/// The hint for a format that is known from elsewhere.
fn format_tip(error: &clap::Error) -> Option<&'static str> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue) else {
        return None;
    };
    let is_format = text(ContextKind::InvalidArg)?.starts_with("--format");
    let wrong = text(ContextKind::InvalidValue)?.to_ascii_lowercase();
    let mut rows = FORMATS.iter().filter(|_| is_format);
    let row = rows.find(|row| row.0 == wrong && valid.iter().any(|one| one == row.1))?;
    Some(row.2)
}

/// The hint for a flag that is known from elsewhere.
fn flag_tip(command: &Command, flag: &str) -> Option<&'static str> {
    let has = |wanted: &str| {
        wanted.is_empty() || command.get_arguments().any(|one| is_of(one, wanted))
    };
    let row = FLAGS.iter().find(|row| row.0 == flag && has(row.1))?;
    Some(row.2)
}

/// The first long flag that a command does not have, else the first short one of the table.
fn stranger(command: &Command, words: &[String]) -> Option<String> {
    let mut short = None;
    let mut words = words.iter().take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if !is_flag(word) {
            continue;
        }
        let name = word.split('=').next().unwrap_or_default();
        match command.get_arguments().find(|one| is_of(one, name)) {
            Some(known) if known.get_action().takes_values() && name == word => {
                words.next();
            }
            Some(_) => {}
            None if name.starts_with("--") => return Some(name.to_owned()),
            None if short.is_none() && FLAGS.iter().any(|row| row.0 == name) => {
                short = Some(name.to_owned());
            }
            None => {}
        }
    }
    short
}

/// Whether an argument has a flag.
fn is_of(argument: &Arg, flag: &str) -> bool {
    let long = |name: &str| {
        argument.get_long() == Some(name)
            || argument.get_all_aliases().is_some_and(|all| all.contains(&name))
    };
    match (flag.strip_prefix("--"), flag.strip_prefix('-')) {
        (Some(name), _) => long(name),
        (None, Some(name)) => argument.get_short().is_some_and(|c| name == c.to_string()),
        _ => false,
    }
}

fn near_flag(command: &Command, flag: &str) -> Option<String> {
    let known = command.get_arguments().filter_map(|one| one.get_long());
    nearest(flag.trim_start_matches('-'), known).map(|near| format!("--{near}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    /// The commands in backticks of a sentence, as words.
    fn commands_of(sentence: &str) -> Vec<Vec<String>> {
        let quoted = sentence.split('`').skip(1).step_by(2);
        let commands = quoted.filter(|text| text.starts_with("calcgrad "));
        let words = |text: &str| {
            let pieces = text.split('"').enumerate().flat_map(|(k, piece)| match k % 2 {
                0 => piece.split_whitespace().map(str::to_owned).collect(),
                _ => vec![piece.to_owned()],
            });
            pieces.collect()
        };
        commands.map(words).collect()
    }

    #[test]
    fn hints_name_what_there_is() {
        let root = root();
        let mut seen = Vec::new();
        for (word, instead) in WORDS {
            assert!(root.find_subcommand(word).is_none(), "{word} is a command");
            assert_eq!(*word, plain(word));
            assert!(!seen.contains(word), "{word} has two rows");
            seen.push(word);
            match instead {
                Like(command) => {
                    assert!(root.find_subcommand(command).is_some(), "{word}")
                }
                Say(sentence) => {
                    for words in commands_of(sentence) {
                        let parsed = Arguments::try_parse_from(&words);
                        let is_version = words.contains(&"--version".to_owned());
                        assert!(
                            parsed.is_ok() || is_version || words[1] == "help",
                            "{words:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn hints_are_for_what_there_is_not() {
        let root = root();
        let flags = root.get_subcommands().flat_map(Command::get_arguments);
        let flags: Vec<&Arg> = flags.collect();
        for (flag, wanted, tip) in FLAGS {
            assert!(is_flag(flag), "{flag}");
            let is_there = |flag: &str| flags.iter().any(|one| is_of(one, flag));
            assert!(wanted.is_empty() || is_there(wanted), "{flag}");
            // `--digits` is a flag of one command and known from others.
            assert!(!is_there(flag) || *flag == "--digits", "{flag}");
            assert!(tip.contains(wanted), "{flag}");
            for words in commands_of(tip) {
                assert!(Arguments::try_parse_from(&words).is_ok(), "{flag}");
            }
        }
    }
}
