//! The commands of LaTeX and what each means here: one row a command.
//!
//! Letters of Greek are rows of `kernel::GREEK`, functions rows of the function table.

use crate::function;
use crate::kernel::GREEK;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a command means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: space, size, style.
    Space,
    /// A name, as a letter is one.
    Name(&'static str),
    /// The name of a function.
    Function(&'static str),
    /// An operator of calcgrad.
    Operator(&'static str),
    /// `\frac{a}{b}` and its kin.
    Quotient,
    /// `\sqrt[n]{x}`.
    Root,
    /// A function of calcgrad of so many arguments in braces.
    Apply(&'static str, u8),
    /// A change of the font of what follows in braces.
    Font,
    /// Words: `\text{if}`, `\operatorname{erf}`.
    Word,
    /// A mark over a letter: part of the name.
    Mark(&'static str),
    /// A bracket that opens, with the function it stands for and what closes it.
    Open(&'static str, &'static [&'static str]),
    /// A bracket that closes, or stands on both sides.
    Close,
    /// `\left`, with `\right` behind it.
    Left,
    /// `\begin{…}`.
    Begin,
    /// A power of one fixed sign: `^\circ`, `^\prime`.
    Postfix(&'static str),
    /// Nothing, with so many arguments in braces: `\color{red}`.
    Skipped(u8),
    /// Nothing, with a length behind it: `\kern 1pt`.
    Length,
    /// What is not read, and what to do instead.
    Refused(&'static str),
}
use Meaning::{
    Apply, Begin, Close, Font, Function, Left, Length, Mark, Name, Open, Operator,
    Postfix, Quotient, Refused, Root, Skipped, Space, Word,
};

const INTEGRAL: &str = "integrals are not read; write the integral in closed form";
const INDEXED: &str = "sums and products over an index are not read; write the terms out";
const TERMS: &str = "write all terms out";
const TWO_FORMULAS: &str = "write two formulas, one with `+` and one with `-`";
const SETS: &str = "sets and logic are not read; write the formula alone";
const ARROWS: &str = "write a function as `f(x) = x^2`";
const STRUCK: &str = "write the formula without what is struck out";
const LIMIT: &str = "limits are not read; write what the limit is taken of";
const DEFINED: &str = "a definition has an equals sign alone, as `u = x^2`";
const ALIKE: &str = "comparisons are `<`, `\\le`, `=`, `\\ne`, `\\ge` and `>`";

#[rustfmt::skip]
const ROWS: &[(&str, Meaning)] = &[
    // Space, sizes and styles
    (",", Space), (";", Space), (":", Space), ("!", Space), (" ", Space), (">", Space), ("\n", Space), ("\t", Space),
    ("quad", Space), ("qquad", Space), ("thinspace", Space), ("medspace", Space), ("thickspace", Space), ("enspace", Space), ("enskip", Space),
    ("negthinspace", Space), ("negmedspace", Space), ("negthickspace", Space), ("nobreakspace", Space), ("space", Space), ("/", Space),
    ("displaystyle", Space), ("textstyle", Space), ("scriptstyle", Space), ("scriptscriptstyle", Space),
    ("limits", Space), ("nolimits", Space), ("nonumber", Space), ("notag", Space), ("hfill", Space), ("allowbreak", Space), ("nobreak", Space),
    ("big", Space), ("Big", Space), ("bigg", Space), ("Bigg", Space), ("bigl", Space), ("Bigl", Space), ("biggl", Space), ("Biggl", Space),
    ("bigr", Space), ("Bigr", Space), ("biggr", Space), ("Biggr", Space), ("bigm", Space), ("Bigm", Space), ("biggm", Space), ("Biggm", Space),
    ("mathstrut", Space), ("strut", Space), ("null", Space), ("relax", Space), ("rm", Space), ("it", Space), ("bf", Space), ("cal", Space),
    ("phantom", Skipped(1)), ("hphantom", Skipped(1)), ("vphantom", Skipped(1)), ("hspace", Skipped(1)), ("vspace", Skipped(1)), ("mspace", Skipped(1)), ("kern", Length), ("mkern", Length), ("hskip", Length), ("mskip", Length), ("label", Skipped(1)), ("tag", Skipped(1)),
    ("color", Skipped(1)), ("textcolor", Skipped(1)), ("colorbox", Skipped(1)), ("fcolorbox", Skipped(2)), ("uproot", Skipped(1)), ("leftroot", Skipped(1)),
    ("Large", Space), ("large", Space), ("LARGE", Space), ("huge", Space), ("Huge", Space), ("normalsize", Space), ("small", Space),
    // Operators
    ("cdot", Operator("*")), ("times", Operator("*")), ("ast", Operator("*")), ("cdotp", Operator("*")), ("bullet", Operator("*")),
    ("div", Operator("/")), ("slash", Operator("/")), ("lt", Operator("<")), ("gt", Operator(">")),
    ("le", Operator("<=")), ("leq", Operator("<=")), ("leqslant", Operator("<=")), ("leqq", Operator("<=")),
    ("ge", Operator(">=")), ("geq", Operator(">=")), ("geqslant", Operator(">=")), ("geqq", Operator(">=")),
    ("ne", Operator("!=")), ("neq", Operator("!=")), ("land", Operator("and")), ("wedge", Operator("and")), ("lor", Operator("or")), ("vee", Operator("or")),
    ("bmod", Operator("mod")), ("mod", Operator("mod")), ("pmod", Operator("mod")), ("odot", Operator("⊙")), ("circledast", Operator("⊙")), ("oslash", Operator("⊘")), ("otimes", Operator("⊗")), ("textendash", Operator("-")), ("textminus", Operator("-")), ("textasciicircum", Operator("^")), ("textasteriskcentered", Operator("*")),
    // Fractions, roots and functions with arguments in braces
    ("frac", Quotient), ("dfrac", Quotient), ("tfrac", Quotient), ("cfrac", Quotient), ("sfrac", Quotient), ("nicefrac", Quotient),
    ("sqrt", Root), ("binom", Apply("binomial", 2)), ("dbinom", Apply("binomial", 2)), ("tbinom", Apply("binomial", 2)),
    ("abs", Apply("abs", 1)), ("qty", Space),
    // Fonts, words and marks
    ("mathbf", Font), ("mathit", Font), ("mathsf", Font), ("mathtt", Font), ("mathcal", Font), ("mathscr", Font), ("mathfrak", Font), ("mathnormal", Font),
    ("boldsymbol", Font), ("bm", Font), ("pmb", Font), ("bold", Font), ("vec", Font), ("mathbb", Font), ("symbf", Font), ("symbfit", Font),
    ("boxed", Font), ("underline", Font), ("variable", Font), ("displaylimits", Space), ("mathop", Font), ("mathord", Font), ("mathrel", Font), ("mathbin", Font), ("ensuremath", Font), ("smash", Font), ("underbrace", Font), ("overbrace", Font),
    ("mathrm", Word), ("text", Word), ("textrm", Word), ("textbf", Word), ("textit", Word), ("textsf", Word), ("texttt", Word), ("textnormal", Word),
    ("mbox", Word), ("hbox", Word), ("operatorname", Word), ("operatorname*", Word), ("operatornamewithlimits", Word), ("symrm", Word), ("rmfamily", Space),
    ("hat", Mark("hat")), ("widehat", Mark("hat")), ("bar", Mark("bar")), ("overline", Mark("bar")), ("tilde", Mark("tilde")), ("widetilde", Mark("tilde")),
    ("dot", Mark("dot")), ("ddot", Mark("ddot")), ("check", Mark("check")), ("breve", Mark("breve")), ("mathring", Mark("ring")),
    // Brackets
    ("left", Left), ("begin", Begin), ("right", Close), ("middle", Close), ("end", Close), ("\\", Close), ("newline", Close), ("cr", Close), ("tabularnewline", Close),
    ("lfloor", Open("floor", &["rfloor"])), ("lceil", Open("ceil", &["rceil"])), ("rfloor", Close), ("rceil", Close),
    ("lvert", Open("abs", &["rvert"])), ("vert", Open("abs", &["vert", "rvert"])), ("mid", Open("abs", &["mid"])), ("rvert", Close),
    ("lVert", Open("norm", &["rVert"])), ("Vert", Open("norm", &["Vert", "rVert"])), ("|", Open("norm", &["|"])), ("rVert", Close),
    ("{", Open("", &["}"])), ("}", Close), ("lbrace", Open("", &["rbrace"])), ("rbrace", Close), ("lbrack", Open("", &["rbrack"])), ("rbrack", Close),
    ("lparen", Open("", &["rparen"])), ("rparen", Close), ("lgroup", Open("", &["rgroup"])), ("rgroup", Close),
    ("langle", Open("", &["rangle"])), ("rangle", Close),
    // Signs behind an operand
    ("%", Postfix("%")), ("top", Postfix("ᵀ")), ("intercal", Postfix("ᵀ")), ("circ", Postfix("°")), ("degree", Postfix("°")), ("prime", Postfix("'")), ("textdegree", Postfix("°")),
    // Functions and numbers under names of their own
    ("arcsinh", Function("arsinh")), ("arccosh", Function("arcosh")), ("arctanh", Function("artanh")),
    ("arcctg", Function("arccot")), ("sh", Function("sinh")), ("ch", Function("cosh")), ("th", Function("tanh")), ("cth", Function("coth")), ("sch", Function("sech")), ("arsh", Function("arsinh")), ("arch", Function("arcosh")), ("arth", Function("artanh")), ("sen", Function("sin")), ("senh", Function("sinh")), ("arcsen", Function("arcsin")), ("cosec", Function("csc")),
    ("lg", Function("log10")), ("det", Name("det")), ("tr", Name("tr")), ("Tr", Name("tr")),
    ("exponentialE", Name("e")), ("imaginaryunit", Name("i")), ("imath", Name("i")), ("jmath", Name("j")),
    ("Bbbk", Name("k")), ("euro", Name("e")), ("lambdabar", Name("lambda_bar")),
    // What is not read
    ("int", Refused(INTEGRAL)), ("iint", Refused(INTEGRAL)), ("iiint", Refused(INTEGRAL)), ("oint", Refused(INTEGRAL)),
    ("sum", Refused(INDEXED)), ("prod", Refused(INDEXED)), ("coprod", Refused(INDEXED)),
    ("lim", Refused(LIMIT)), ("limsup", Refused(LIMIT)), ("liminf", Refused(LIMIT)), ("sup", Refused(SETS)), ("inf", Refused(SETS)),
    ("pm", Refused(TWO_FORMULAS)), ("mp", Refused(TWO_FORMULAS)), ("dots", Refused(TERMS)), ("ldots", Refused(TERMS)), ("cdots", Refused(TERMS)),
    ("infty", Refused("infinity is not a number to calculate with")), ("nabla", Refused("write the formula alone: calcgrad gradient \"x*y\", or calcgrad laplacian \"x*y\"")),
    ("partial", Refused("write a derivative as `\\frac{\\partial}{\\partial x}` in front of the formula")),
    ("to", Refused(ARROWS)), ("mapsto", Refused(ARROWS)), ("rightarrow", Refused(ARROWS)), ("Rightarrow", Refused(ARROWS)), ("implies", Refused(ARROWS)), ("iff", Refused(ARROWS)), ("longrightarrow", Refused(ARROWS)),
    ("in", Refused(SETS)), ("notin", Refused(SETS)), ("cup", Refused(SETS)), ("cap", Refused(SETS)), ("subset", Refused(SETS)), ("emptyset", Refused(SETS)), ("varnothing", Refused(SETS)), ("forall", Refused(SETS)), ("exists", Refused(SETS)),
    ("approx", Refused(ALIKE)), ("equiv", Refused(ALIKE)), ("sim", Refused(ALIKE)), ("simeq", Refused(ALIKE)), ("cong", Refused(ALIKE)), ("propto", Refused(ALIKE)), ("ll", Refused(ALIKE)), ("gg", Refused(ALIKE)),
    ("cancel", Refused(STRUCK)), ("bcancel", Refused(STRUCK)), ("xcancel", Refused(STRUCK)), ("sout", Refused(STRUCK)), ("cancelto", Refused(STRUCK)),
    ("colon", Refused(ARROWS)), ("coloneqq", Refused(DEFINED)), ("triangleq", Refused(DEFINED)), ("angle", Refused("name the angle by a letter, as `\\alpha`")),
    ("setminus", Refused(SETS)), ("subseteq", Refused(SETS)), ("supset", Refused(SETS)), ("supseteq", Refused(SETS)),
    ("dotsc", Refused(TERMS)), ("dotsb", Refused(TERMS)), ("vdots", Refused(TERMS)), ("ddots", Refused(TERMS)),
    ("therefore", Refused("write the formula alone")), ("because", Refused("write the formula alone")),
    ("dagger", Refused("adjoints are not read; a transpose is `^\\top`")), ("over", Close), ("choose", Close), ("atop", Close),
];

static KNOWN: LazyLock<FxHashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let functions = function::names().map(|name| (name, Function(name)));
    let letters = GREEK.iter().map(|(word, _)| (*word, Name(word)));
    functions.chain(letters).chain(ROWS.iter().cloned()).collect()
});

/// What a command means, without its backslash; `None` for one that is not known.
pub(super) fn meaning(name: &str) -> Option<&'static Meaning> {
    KNOWN.get(name).or_else(|| KNOWN.get(name.strip_suffix('*')?))
}

/// The function at the beginning of a run of letters, as `ln` in `\lnx`, the longest first.
pub(super) fn leading_function(name: &str) -> Option<&str> {
    let ends = (2..name.len()).rev().filter(|end| name.is_char_boundary(*end));
    let mut heads = ends.map(|end| &name[..end]);
    heads.find(|head| matches!(meaning(head), Some(Function(_))) && is_plain(head))
}

/// The command that was probably meant by one that is not known.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let known = ROWS.iter().map(|row| row.0).chain(GREEK.iter().map(|row| row.0));
    super::super::super::name::nearest(name, known.chain(function::names()))
}

/// Whether a run of letters is or holds a word that is read as one.
pub(super) fn has_word(run: &str) -> bool {
    super::names::word_in(run).is_some()
}

/// Whether a word is a function that people write without a backslash: `Si` and `am` are
/// products of letters.
pub(super) fn is_plain(word: &str) -> bool {
    (word.len() > 2 || matches!(word, "ln" | "lg"))
        && matches!(meaning(word), Some(Function(_)))
}
