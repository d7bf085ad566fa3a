//! Two forms compared by exact values at drawn arrays.

use super::super::components::Grid;
use super::super::drawn::{Attempt, Marks, marks};
use super::super::equal::Counterexample;
use super::super::form::{FormId, Op, Scope};
use super::super::problem::Problem;
use super::array::Placed;
use super::certain::{self, Certain};
use super::exact::Values;
use crate::evaluate::digits;
use crate::kernel::{ExprId, Pool};
use crate::syntax;

/// How many arrays are tried beside those near numbers in the formulas.
const ATTEMPTS: usize = 16;
/// How many values may be missing where that takes long.
const PATIENCE: usize = 12;
/// At how many arrays values with many digits are taken where there are no exact ones.
const IN_DIGITS: usize = 8;
/// For how many of them one counts that says nothing.
const IN_VAIN: usize = 3;
/// The bits of the numbers in values that are compared.
const BITS: u64 = 1 << 15;
/// The digits of values that are no numbers.
const DIGITS: usize = 10;

/// What exact values say of two forms.
#[derive(Debug, Default)]
pub(in super::super) struct Compared {
    /// At how many arrays they agree.
    pub(in super::super) agreed: usize,
    /// Where they differ.
    pub(in super::super) different: Option<Counterexample>,
    /// Where the first has no value and the second has one, and the other way round.
    pub(in super::super) without: [Vec<Attempt>; 2],
    /// At how many arrays neither has one.
    pub(in super::super) neither: usize,
    /// At how many nobody knows.
    pub(in super::super) unknown: usize,
}

/// How two values of an entry compare.
enum Pair {
    Equal,
    Different,
    /// The digits do not tell.
    Unclear,
}

/// The value of a form at arrays.
pub(super) enum Found {
    Entries(Vec<ExprId>),
    /// There is none.
    None,
    /// Nobody knows.
    Unknown,
}

impl Problem {
    /// Compares two forms, the second transposed on demand. Where one has no value, they are
    /// not compared.
    pub(in super::super) fn compared(
        &self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Compared {
        let marks = marks(&self.forms, &self.scope, &[first, second]);
        self.compared_at((first, second, turn), &marks)
    }

    /// The same where conditions change too.
    pub(in super::super) fn compared_with_thresholds(
        &self,
        first: FormId,
        second: FormId,
    ) -> Compared {
        let roots = [first, second];
        let marks = marks(&self.forms, &self.scope, &roots);
        let marks = marks.with_thresholds(&self.forms, &roots);
        self.compared_at((first, second, false), &marks)
    }

    fn compared_at(
        &self,
        (first, second, turn): (FormId, FormId, bool),
        marks: &Marks,
    ) -> Compared {
        let mut compared = Compared::default();
        let (mut spent, mut in_digits, mut most) = (0, 0, certain::BITS.len());
        for attempt in Attempt::all(ATTEMPTS, marks) {
            // A pool of its own keeps long numbers of one attempt from the next; all pay out of
            // one purse.
            let mut pool = Pool::default();
            let full = pool.purse().left();
            pool.purse().pay(spent);
            let scope = self.numbered(attempt.number);
            let Some(placed) = Placed::drawn(&attempt, &scope, &mut pool) else {
                continue;
            };
            let at = (&scope, &placed);
            let sides = [(first, false), (second, turn)].map(|(form, turn)| {
                pool.within_bits(BITS, |pool| self.at(form, turn, at, pool))
                    .unwrap_or(Found::Unknown)
            });
            let is_known = !sides.iter().any(|side| matches!(side, Found::Unknown));
            let certain = match is_known || in_digits == IN_DIGITS {
                true => Certain::Unknown,
                false => self.certainly((first, second, turn), at, (&pool, most)),
            };
            spent = full - pool.purse().left();
            match certain {
                Certain::Unknown if is_known => {}
                // All digits were tried in vain, which takes long; the most are tried once.
                Certain::Unknown => {
                    in_digits = IN_DIGITS.min(in_digits + IN_VAIN);
                    most = certain::BITS.len() - 1;
                }
                Certain::Agree => {
                    compared.agreed += 1;
                    in_digits += 1;
                    continue;
                }
                Certain::Differ(place, [left, right], difference) => {
                    let found = self.witness((first, second), at, place, &pool);
                    compared.different =
                        Some(Counterexample { left, right, difference, ..found });
                    return compared;
                }
                Certain::Without([true, true]) => {
                    compared.neither += 1;
                    continue;
                }
                Certain::Without([is_first, _]) => {
                    compared.without[usize::from(!is_first)].push(attempt);
                    continue;
                }
            }
            match &sides {
                [Found::Entries(left), Found::Entries(right)] => {
                    match compare(&mut pool, left, right) {
                        None => compared.unknown += 1,
                        Some(None) => compared.agreed += 1,
                        Some(Some(place)) => {
                            let mut found =
                                self.witness((first, second), at, place, &pool);
                            [found.left, found.right] =
                                beside(&pool, left[place], right[place]);
                            compared.different = Some(found);
                            return compared;
                        }
                    }
                }
                [Found::None, Found::Entries(_)] => compared.without[0].push(attempt),
                [Found::Entries(_), Found::None] => compared.without[1].push(attempt),
                [Found::None, Found::None] => compared.neither += 1,
                _ => compared.unknown += 1,
            }
            if compared.unknown >= PATIENCE || spent == full {
                break;
            }
        }
        compared
    }

    /// The indices over which forms are summed.
    fn bound(&self, forms: &[FormId]) -> Vec<&String> {
        let all = forms.iter().flat_map(|form| self.forms.below(*form));
        let index = |id: FormId| match self.forms.op(id) {
            Op::IndexSum(index, ..) => self.scope.indices.get(usize::from(*index)),
            _ => None,
        };
        all.filter_map(index).collect()
    }

    /// The names with numbers for the indices that have names.
    pub(super) fn numbered(&self, attempt: usize) -> Scope {
        let mut scope = self.scope.clone();
        for (place, index) in scope.indices.iter_mut().enumerate() {
            if index.parse::<usize>().is_err() {
                *index = (1 + (attempt + place * (attempt / 2)) % 2).to_string();
            }
        }
        scope
    }

    /// The entries of a form at arrays, of its transpose on demand.
    fn at(
        &self,
        form: FormId,
        turn: bool,
        (scope, placed): (&Scope, &Placed),
        pool: &mut Pool,
    ) -> Found {
        let mut values = Values::new(pool, true);
        let placed = &placed.with_sizes_of(scope);
        let Ok(grid) = self.expander(form, scope, placed).expand(form, &mut values)
        else {
            return Found::Unknown;
        };
        let doubtful = values.doubtful(grid.entries());
        let pool = values.pool;
        let grid = if turn { grid.transposed() } else { grid };
        let entries: Vec<ExprId> = grid.entries().iter().map(|one| one.value).collect();
        if pool.failure().is_some() {
            return Found::Unknown;
        }
        if entries.contains(&Pool::UNDEFINED) || doubtful.contains(&Pool::UNDEFINED) {
            return Found::None;
        }
        let all = digits::are_defined(pool, &doubtful, syntax::in_normal_form);
        match (all.contains(&Some(false)), all.contains(&None)) {
            (true, _) => Found::None,
            (_, true) => Found::Unknown,
            _ => Found::Entries(entries),
        }
    }

    /// Arrays and a place at which forms differ.
    fn witness(
        &self,
        (first, second): (FormId, FormId),
        (scope, placed): (&Scope, &Placed),
        place: usize,
        pool: &Pool,
    ) -> Counterexample {
        let used = self.variables_of(&[first, second]);
        let arrays = self.scope.variables.iter().zip(&placed.grids);
        let arrays = arrays.filter(|(variable, _)| used.contains(&variable.name));
        let arrays = arrays.filter_map(|(variable, grid)| {
            let text = written(grid.as_ref()?, variable.shape.is_vector(), pool);
            Some((variable.name.clone(), text))
        });
        let names = self.scope.indices.iter().zip(&scope.indices);
        let bound = self.bound(&[first, second]);
        let names = names
            .filter(|(name, number)| name != number && !bound.contains(name))
            .map(|(name, number)| (name.clone(), number.clone()));
        let shape = self.forms.shape(first);
        let cols = placed.sizes[shape.cols.index()];
        let entry = match (shape.is_scalar(), shape.is_vector()) {
            (true, _) => String::new(),
            (_, true) => format!("[{}]", place + 1),
            _ => format!("[{},{}]", place / cols + 1, place % cols + 1),
        };
        let mut found = Counterexample { entry, ..Counterexample::default() };
        // What functions without a meaning are there nobody could look up.
        if !self.has_functions(&[first, second]) {
            found.arrays = arrays.chain(names).collect();
        }
        found
    }

    /// Whether functions without a meaning stand in forms.
    fn has_functions(&self, forms: &[FormId]) -> bool {
        use super::super::form::Elementwise::Abstract;
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let all = forms.iter().copied().chain(bodies);
        all.flat_map(|form| self.forms.below(form)).any(|id| {
            matches!(self.forms.op(id), Op::Apply(Abstract(..), _) | Op::Field(..))
        })
    }
}

/// The first place at which entries differ; `None` where that is not clear.
fn compare(pool: &mut Pool, left: &[ExprId], right: &[ExprId]) -> Option<Option<usize>> {
    let mut is_clear = left.len() == right.len();
    for (place, (a, b)) in left.iter().zip(right).enumerate() {
        match pair(pool, *a, *b) {
            Pair::Equal => {}
            Pair::Different => return Some(Some(place)),
            Pair::Unclear => is_clear = false,
        }
    }
    is_clear.then_some(None)
}

fn pair(pool: &mut Pool, a: ExprId, b: ExprId) -> Pair {
    if a == b {
        return Pair::Equal;
    }
    let difference = pool.difference(a, b);
    if let Some(n) = pool.as_number(difference) {
        return if n.is_zero() { Pair::Equal } else { Pair::Different };
    }
    match digits::vanishes(pool, difference, syntax::in_normal_form) {
        Ok(Some(true)) => Pair::Equal,
        Ok(Some(false)) => Pair::Different,
        _ => Pair::Unclear,
    }
}

/// An array as it is typed.
fn written(grid: &Grid<ExprId>, is_vector: bool, pool: &Pool) -> String {
    let list = |ids: &[ExprId]| {
        let texts: Vec<String> = ids.iter().map(|id| number(pool, *id, DIGITS)).collect();
        format!("[{}]", texts.join(", "))
    };
    match (grid.entries(), is_vector) {
        ([one], _) => number(pool, *one, DIGITS),
        (all, true) => list(all),
        (all, false) => {
            let rows: Vec<String> = all.chunks(grid.cols).map(list).collect();
            format!("[{}]", rows.join(", "))
        }
    }
}

/// Two values that differ, in one manner, with as many digits as show it.
fn beside(pool: &Pool, left: ExprId, right: ExprId) -> [String; 2] {
    let both = [left, right];
    if both.iter().all(|id| is_short(pool, *id) || pool.as_number(*id).is_none()) {
        let texts = both.map(|id| number(pool, id, DIGITS));
        if texts[0] != texts[1] {
            return texts;
        }
    }
    let texts = |digits: usize| both.map(|id| decimal(pool, id, digits));
    let found = [DIGITS, 30, 100].into_iter().map(texts).find(|[a, b]| a != b);
    found.unwrap_or_else(|| texts(100))
}

/// A value in writing: a number as it is, where it is short, all else with a few digits.
fn number(pool: &Pool, id: ExprId, digits: usize) -> String {
    match pool.as_number(id).filter(|_| is_short(pool, id)) {
        Some(n) => n.to_string(),
        None => decimal(pool, id, digits),
    }
}

fn decimal(pool: &Pool, id: ExprId, digits: usize) -> String {
    digits::decimal(pool, id, digits, syntax::in_normal_form)
        .unwrap_or_else(|_| "another value".to_owned())
}

fn is_short(pool: &Pool, id: ExprId) -> bool {
    pool.as_number(id).is_some_and(|n| n.bits() <= SHORT_BITS)
}

/// The binary digits of the longest number that is written as a fraction.
const SHORT_BITS: u64 = 128;
