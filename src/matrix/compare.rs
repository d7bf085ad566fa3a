//! What a user's answer is worth: normal forms first, then random instances.

use super::drawn::{Attempt, has_far_numbers, marks};
use super::equal::{Counterexample, Proof};
use super::form::{FormId, Op};
use super::language;
use super::numeric::{Evaluator, Instance};
use super::partial::repeated;
use super::problem::{Answer, Layout, Problem};
use super::render::Renderer;
use super::shape::Shape;
use super::table::Special;
use super::tensor::TensorId;
use super::value::Compared;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;

/// What an answer is.
#[derive(Clone, Debug, PartialEq)]
pub enum Opinion {
    /// The derivative, and how that is proved.
    Equal(Proof),
    /// The derivative, at this many random instances.
    ProbablyEqual(usize),
    /// The transpose, which is the derivative in the other layout.
    OtherLayout(Layout),
    /// What is a derivative in a symmetric matrix by another convention: twice the entries
    /// beside the diagonal, which count for two there.
    OtherConvention,
    /// The derivative times a number.
    Multiple(f64),
    /// Something of another shape.
    WrongShape {
        /// The shape of the derivative.
        expected: String,
        /// The shape of the answer.
        found: String,
    },
    /// Something else: an entry at arrays, first of the derivative, then of the answer.
    Different(Counterexample),
    /// Nothing could be compared.
    Undecided,
}

impl Opinion {
    /// The name in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Equal(_) => "equal",
            Self::ProbablyEqual(_) => "probably-equal",
            Self::OtherLayout(_) => "other-layout",
            Self::OtherConvention => "other-convention",
            Self::Multiple(_) => "different",
            Self::WrongShape { .. } => "wrong-shape",
            Self::Different(_) => "different",
            Self::Undecided => "undecided",
        }
    }
}

/// An opinion with the derivative.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What the answer is.
    pub opinion: Opinion,
    /// The derivative.
    pub expected: Answer,
}

/// How much is spent on a normal form.
pub(super) const NORMAL_FORM: u64 = 200_000;
/// By how much values differ that agree, beside their size.
const ROUNDED: f64 = 1e-12;
/// What is nearer to 1 is no factor that somebody has forgotten.
const ONE: f64 = 1e-3;
/// How many instances are compared.
const INSTANCES: usize = 22;
/// How many times more than changed last digits make of it a difference has to be.
const DOUBTFUL: f64 = 100.0;
/// In how many ways the last digits of all that is calculated are changed.
const BLURRED: u64 = 3;
/// How many are compared when there are indices, so that they are equal and distinct.
const INSTANCES_WITH_INDICES: usize = 96;

impl Problem {
    /// Compares an answer with the derivative.
    ///
    /// # Errors
    /// An answer that cannot be read, and everything that [`Problem::derivative`] refuses.
    pub fn judge(
        &mut self,
        wrt: &str,
        order: u32,
        layout: Layout,
        answer: &str,
    ) -> Result<Comparison> {
        let found = self.derivative(wrt, order, layout)?;
        let expected = match found.answer {
            Answer::Form(expected) => expected,
            Answer::Indexed { ref indices, .. } if indices.len() <= 2 => {
                let what = "answers beside a derivative that is no product of matrices";
                return Err(Error::from(ErrorKind::Unsupported(what.to_owned()))
                    .help("with `--components n=2,m=3` it is compared entry by entry"));
            }
            Answer::Indexed { ref indices, .. } => {
                let indices = indices.clone();
                let raw = self.raw(&repeated(wrt, order)?, layout)?;
                let opinion = self.judge_entries(raw.tensor, &indices, answer)?;
                return Ok(Comparison { opinion, expected: found.answer });
            }
        };
        let (_, answer) = labelled(answer);
        let given = language::read_more(answer, &mut self.forms, &mut self.scope)
            .map_err(|error| error.in_answer(answer))?;
        let found = self.opinion(expected, given, layout)?;
        let mut opinion = self.beside_kinks(expected, found, |own, side| {
            own.opinion(side, given, layout)
        })?;
        if order == 1
            && matches!(opinion, Opinion::Different(_) | Opinion::Multiple(_))
            && self.is_by_entries(wrt, expected, given)?
        {
            opinion = Opinion::OtherConvention;
        }
        Ok(Comparison { opinion, expected: Answer::Form(expected) })
    }

    /// Whether an answer has the partial derivatives in the free entries of a symmetric matrix,
    /// `2*G - G .* I` (the Matrix Cookbook, section on structured matrices).
    fn is_by_entries(
        &mut self,
        wrt: &str,
        expected: FormId,
        given: FormId,
    ) -> Result<bool> {
        let known = self.scope.variable(wrt);
        let structure =
            known.map(|place| self.scope.variables[usize::from(place)].structure);
        let (shape, own) = (self.forms.shape(expected), self.forms.shape(given));
        let is_symmetric = structure.is_some_and(|s| s.symmetric && !s.diagonal);
        if !is_symmetric || shape != own || !self.shape().is_scalar() {
            return Ok(false);
        }
        let two = self.forms.number(&Number::from(2));
        let twice = self.forms.product(&[two, expected]);
        let column =
            self.forms.call(Special::Diagonal, &[expected], Shape::column(shape.rows));
        let diagonal = self.forms.diagonal(column);
        let other =
            self.forms.intern(Op::Sum(vec![(false, twice), (true, diagonal)]), shape);
        let opinion = self.compare(other, given, false)?;
        Ok(matches!(opinion, Opinion::Equal(_) | Opinion::ProbablyEqual(_)))
    }

    /// Compares an answer in index notation with a tensor, entry by entry.
    fn judge_entries(
        &mut self,
        tensor: TensorId,
        indices: &[String],
        answer: &str,
    ) -> Result<Opinion> {
        let (names, answer) = labelled(answer);
        let names = match names.len() == indices.len() {
            true => names,
            false => indices.to_vec(),
        };
        let axes = self.tensors.axes(tensor).to_vec();
        let mut at = Vec::new();
        for (name, size) in names.iter().zip(axes) {
            let index = self.scope.index(name);
            self.scope.ranges[usize::from(index)] = Some(size);
            at.push(index);
        }
        let given = language::read_more(answer, &mut self.forms, &mut self.scope)
            .map_err(|error| error.in_answer(answer))?;
        let shape = self.forms.shape(given);
        if !shape.is_scalar() {
            return Ok(Opinion::WrongShape {
                expected: format!("a scalar for each {}", names.join(",")),
                found: shape.described(&self.scope.sizes),
            });
        }
        let entry = self.tensors.entry(tensor, &at);
        let expected =
            Renderer::new(&mut self.tensors, &mut self.forms, &self.scope).render(entry);
        let expected = expected.ok_or_else(|| {
            let what = "the entries of this derivative cannot be written".to_owned();
            Error::from(ErrorKind::Unsupported(what))
        })?;
        let found = self.compare(expected, given, false)?;
        self.beside_kinks(expected, found, |own, side| own.compare(side, given, false))
    }

    /// Compares an answer with what is expected, its transpose too.
    pub(super) fn opinion(
        &mut self,
        expected: FormId,
        given: FormId,
        layout: Layout,
    ) -> Result<Opinion> {
        let (wanted, own) = (self.forms.shape(expected), self.forms.shape(given));
        let other = match layout {
            Layout::Denominator => Layout::Numerator,
            Layout::Numerator => Layout::Denominator,
        };
        if own == wanted {
            let equal = self.compare(expected, given, false)?;
            if !matches!(equal, Opinion::Different(_)) || own.is_scalar() {
                return Ok(equal);
            }
            if let Opinion::Equal(_) | Opinion::ProbablyEqual(_) =
                self.compare(expected, given, true)?
            {
                return Ok(Opinion::OtherLayout(other));
            }
            return Ok(equal);
        }
        if own == wanted.transposed()
            && let Opinion::Equal(_) | Opinion::ProbablyEqual(_) =
                self.compare(expected, given, true)?
        {
            return Ok(Opinion::OtherLayout(other));
        }
        let sizes = &self.scope.sizes;
        Ok(Opinion::WrongShape {
            expected: wanted.described(sizes),
            found: own.described(sizes),
        })
    }

    /// Whether two forms, the second transposed on demand, are the same multiplied out.
    pub(super) fn have_one_normal_form(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<bool> {
        let a = self.tensors.lower(first, &self.forms, &self.scope)?;
        let mut b = self.tensors.lower(second, &self.forms, &self.scope)?;
        if turn {
            b = self.tensors.turned(b);
        }
        let mut normal =
            |id| self.tensors.attempt(NORMAL_FORM, |tensors| tensors.expand(id, true));
        Ok(matches!((normal(a), normal(b)), (Some(x), Some(y)) if x == y))
    }

    /// Compares two forms, the second transposed on demand.
    pub(super) fn compare(
        &mut self,
        expected: FormId,
        given: FormId,
        turn: bool,
    ) -> Result<Opinion> {
        if self.have_one_normal_form(expected, given, turn)? {
            return Ok(Opinion::Equal(Proof::Expanded));
        }
        if let Some(found) = self.opinion_by_gap(expected, given, turn)? {
            return Ok(found);
        }
        let doubles = self.compare_in_doubles(expected, given, turn);
        if let Opinion::Multiple(factor) = doubles
            && (factor - 1.0).abs() > ONE
        {
            return Ok(doubles);
        }
        let exact = self.compared(expected, given, turn);
        let found = self.opinion_of((expected, given), exact, doubles);
        if !matches!(found, Opinion::ProbablyEqual(_)) {
            return Ok(found);
        }
        Ok(match () {
            () if self.agree_cleared(expected, given, turn)? => {
                Opinion::Equal(Proof::Cleared)
            }
            () if self.agree_by_laws(expected, given, turn)? => {
                Opinion::Equal(Proof::Laws)
            }
            () => found,
        })
    }

    /// What exact values and doubles say together.
    pub(super) fn opinion_of(
        &self,
        (expected, given): (FormId, FormId),
        exact: Compared,
        doubles: Opinion,
    ) -> Opinion {
        match (exact.different, exact.agreed, doubles) {
            (Some(found), ..) => Opinion::Different(found),
            // Numbers that doubles do not tell from nothing are no agreement.
            (None, 0, Opinion::ProbablyEqual(_))
                if has_far_numbers(&self.forms, &self.scope, &[expected, given]) =>
            {
                Opinion::Undecided
            }
            (None, 0, doubles) => doubles,
            (None, _, doubles @ (Opinion::Different(_) | Opinion::Multiple(_))) => {
                doubles
            }
            (None, _, Opinion::Undecided) if exact.unknown > 0 => Opinion::Undecided,
            (None, count, Opinion::ProbablyEqual(more)) => {
                Opinion::ProbablyEqual(count.max(more))
            }
            (None, count, _) => Opinion::ProbablyEqual(count),
        }
    }

    /// Compares two forms at random instances in doubles.
    pub(super) fn compare_in_doubles(
        &self,
        expected: FormId,
        given: FormId,
        turn: bool,
    ) -> Opinion {
        let first = Evaluator::new(expected, &self.forms, &self.scope);
        let second = Evaluator::new(given, &self.forms, &self.scope);
        let least = self.scope.least_size();
        let mut agree = 0;
        let mut ratio: Option<Option<f64>> = None;
        let mut different = None;
        let named =
            (0..self.scope.indices.len() as u16).any(|k| self.scope.number(k).is_none());
        let count = if named { INSTANCES_WITH_INDICES } else { INSTANCES };
        let mut close = 0;
        let marks = marks(&self.forms, &self.scope, &[expected, given]);
        for attempt in Attempt::all(count, &marks) {
            let Some(instance) = Instance::drawn(&attempt, least, &self.scope) else {
                break;
            };
            let x = first.value(&self.forms, &instance);
            let y = second.value(&self.forms, &instance);
            let y = if turn { y.transposed() } else { y };
            let all = x.data.iter().chain(&y.data);
            let size = all.clone().fold(0.0f64, |m, v| m.max(v.abs()));
            if all.clone().any(|v| !v.is_finite()) || x.data.len() != y.data.len() {
                continue;
            }
            let margin = 1e-9 * (1e-3 + size);
            let pairs = || x.data.iter().zip(&y.data).map(|(a, b)| (a - b).abs());
            let Some(place) = pairs().position(|off| off > margin) else {
                // What differs by less than doubles tell apart is no agreement.
                let is_close = pairs().all(|off| off <= ROUNDED * size);
                if is_close {
                    agree += 1;
                } else {
                    close += 1;
                }
                continue;
            };
            // A difference that is no greater than what the last digits make of a value shows
            // nothing, be they those of the instance or of anything calculated of it.
            let off = (x.data[place] - y.data[place]).abs();
            let blurred = (0..BLURRED).map(|way| instance.blurred(way));
            let is_doubtful =
                std::iter::once(instance.nudged()).chain(blurred).any(|near| {
                    let again =
                        [&first, &second].map(|one| one.value(&self.forms, &near));
                    let [again_x, mut again_y] = again;
                    if turn {
                        again_y = again_y.transposed();
                    }
                    let spread = (again_x.data[place] - x.data[place]).abs()
                        + (again_y.data[place] - y.data[place]).abs();
                    spread.is_nan() || off <= DOUBTFUL * spread
                });
            if is_doubtful {
                continue;
            }
            let entry = match (x.rows, x.cols) {
                (1, 1) => String::new(),
                (_, 1) => format!("[{}]", place + 1),
                (_, n) => format!("[{},{}]", place / n + 1, place % n + 1),
            };
            different.get_or_insert(Counterexample {
                arrays: Vec::new(),
                entry,
                left: short(x.data[place]),
                right: short(y.data[place]),
                difference: None,
            });
            let factor = y.data[place] / x.data[place];
            let same = factor.is_finite()
                && factor != 0.0
                && x.data
                    .iter()
                    .zip(&y.data)
                    .all(|(a, b)| (a * factor - b).abs() <= margin);
            ratio = match ratio {
                None => Some(same.then_some(factor)),
                Some(Some(known))
                    if same && (known - factor).abs() < 1e-8 * known.abs() =>
                {
                    Some(Some(known))
                }
                _ => Some(None),
            };
        }
        match (different, ratio) {
            (Some(_), Some(Some(factor))) if agree + close == 0 => {
                Opinion::Multiple(factor)
            }
            (Some(different), _) => Opinion::Different(different),
            // Rounding alone is now and then more, and now and then less.
            (None, _) if agree > close => Opinion::ProbablyEqual(agree),
            _ => Opinion::Undecided,
        }
    }
}

/// A number with a few digits.
fn short(value: f64) -> String {
    // A negative zero is 0.
    let rounded = (value * 1e6).round() / 1e6 + 0.0;
    format!("{rounded}")
}

/// The indices of the label of an answer, as `[i,j,k]` in `(∂f/∂X)[i,j,k] = …`, and the answer
/// without its label.
fn labelled(answer: &str) -> (Vec<String>, &str) {
    let label = answer.split_once('=').and_then(|(label, rest)| {
        let inside = label.trim_end().strip_suffix(']')?;
        Some((inside.rsplit_once('[')?.1, rest))
    });
    let Some((names, rest)) = label else { return (Vec::new(), answer) };
    (names.split(',').map(|name| name.trim().to_owned()).collect(), rest)
}
