//! An answer in words, ready for any format.

use super::job::Action;
use super::own_lines::OwnLines;
use super::report::{Report, Written};
use calcgrad::Note;
use calcgrad::check::Flag;
use calcgrad::session::{AtPoint, Judgement, Missing};
use calcgrad::steps::Derivation;

/// What came out of a job.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The name of the function.
    pub(crate) name: String,
    /// The function in text.
    pub(crate) function: String,
    /// The variables.
    pub(crate) variables: Vec<String>,
    /// Whether derivatives are written with ∂.
    pub(crate) is_partial: bool,
    /// Whether the rows are the components of a gradient.
    pub(crate) is_gradient: bool,
    /// One row for each derivative or value.
    pub(crate) rows: Vec<Row>,
    /// Whether every row was compared with an independent path.
    pub(crate) checked: bool,
    /// Where there is no derivative.
    pub(crate) breaks: Vec<String>,
    /// The point of the values.
    pub(crate) at: Vec<(String, String)>,
    /// What else is worth knowing.
    pub(crate) notes: Vec<Note>,
    /// The distinct nodes of the answer.
    pub(crate) nodes: usize,
    /// Parts with names, in long answers.
    pub(crate) shared: Vec<(String, Written)>,
    /// Decimal values of constant components.
    pub(crate) decimals: Vec<String>,
    /// Whether the rows are exact values rather than decimals.
    pub(crate) is_exact: bool,
    /// How the rows come about.
    pub(crate) told: Vec<Derivation>,
    /// Whether the first lines of it only are shown, and nothing else.
    pub(crate) is_hint: bool,
    /// Everything there is to say, where that is more than rows.
    pub(crate) report: Option<Report>,
}

/// A derivative or value.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Whose it is, where several definitions are answers.
    pub(crate) of: Option<String>,
    /// The variables of differentiation, in order.
    pub(crate) wrt: Vec<String>,
    /// In text.
    pub(crate) text: String,
    /// In LaTeX.
    pub(crate) latex: String,
    /// Why there is no derivative, where there is none.
    pub(crate) missing: Option<Missing>,
}

impl Row {
    /// That there is no derivative, in words.
    pub(crate) fn sentence(&self) -> Option<String> {
        self.missing.as_ref().map(AtPoint::missing)
    }
}

/// A verdict with what is printed beside it.
#[derive(Clone, Debug)]
pub(crate) struct Verdicts {
    /// `equal` or `check`.
    pub(crate) action: Action,
    /// Both formulas in LaTeX.
    pub(crate) sides: [String; 2],
    /// The verdict.
    pub(crate) judgement: Judgement,
    /// The right answer of each component, in text and LaTeX.
    pub(crate) expected: Vec<[String; 2]>,
    /// What else is worth knowing.
    pub(crate) notes: Vec<Note>,
    /// The points of the components, or of all of them together; nothing: one in all.
    pub(crate) points: Vec<f64>,
    /// The lines of the derivation, where they are judged one by one.
    pub(crate) lines: Option<OwnLines>,
    /// Whether an answer in another form than was asked for gets nothing.
    pub(crate) is_required: bool,
}

impl Verdicts {
    /// The points of an answer, and the most it could get.
    pub(crate) fn score(&self) -> [f64; 2] {
        let components = &self.judgement.components;
        let whole: f64 =
            if self.points.is_empty() { 1.0 } else { self.points.iter().sum() };
        let is_bare = |flag: &Flag| matches!(flag, Flag::NotFactored | Flag::NotExpanded);
        if self.is_required && self.judgement.flags.iter().any(is_bare) {
            return [0.0, whole];
        }
        let share = match self.points.len() {
            n if n > 1 && n == components.len() => None,
            _ => Some(whole / components.len().max(1) as f64),
        };
        let right = |place: usize| components[place].decision.verdict.is_equal();
        let got = (0..components.len())
            .filter(|place| right(*place))
            .map(|place| share.unwrap_or_else(|| self.points[place]));
        // An empty sum of doubles is -0.
        [got.sum::<f64>() + 0.0, whole]
    }
}
