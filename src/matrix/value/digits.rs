//! Values at arrays with many digits, where exact ones are too dear or have no formula.
//!
//! Invariant: a digit that is written is certain.

use super::super::components::{
    Arithmetic, Arrays, Expander, Grid, no_meaning, unknown, unknown_field,
};
use super::super::form::{Elementwise, FormId, Op};
use super::super::problem::{Answer, Problem};
use super::super::shape::SizeId;
use super::super::table::Special;
use super::array::{MAX_ENTRIES, Placed};
use super::elimination::MAX_WORK;
use super::exact::undefined;
use super::pseudo;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Precise, digits};
use crate::function::{self, Builder};
use crate::kernel::{Constant, Number, Pool};
use crate::syntax;

/// Binary digits that are calculated with, in turn, beside those that are shown.
const SPARE: [usize; 3] = [200, 800, 3200];
/// Binary digits for a decimal one.
const BITS: usize = 4;

/// Decimals, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimals {
    /// The sizes, as of an array.
    pub sizes: Vec<usize>,
    /// The entries.
    pub entries: Vec<String>,
}

/// Calculates with many digits.
pub(super) struct Digits<'a> {
    pub(super) precise: Precise,
    pool: &'a Pool,
    /// Whether functions without a meaning have one that nobody knows.
    stands_in: bool,
}

impl Problem {
    /// Whether a form has parts of a spectrum, exponentials, logarithms or roots, which have
    /// decimals only.
    pub fn has_spectrum(&self, answer: &Answer) -> bool {
        let Answer::Form(form) = answer else { return false };
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let is_spectral = |id| match self.forms.op(id) {
            Op::Call(function, _) => matches!(
                function,
                Special::EigenMax
                    | Special::EigenMin
                    | Special::Eigenvalue
                    | Special::SingularValue
                    | Special::Eigenvector
                    | Special::LeftSingular
                    | Special::RightSingular
                    | Special::SpectralNorm
                    | Special::NuclearNorm
                    | Special::Exponential
                    | Special::ExponentialAlong
                    | Special::Logarithm
                    | Special::SquareRoot
                    | Special::Polar
            ),
            _ => false,
        };
        bodies.chain([*form]).flat_map(|root| self.forms.below(root)).any(is_spectral)
    }

    /// The value of an answer at arrays, with so many decimal digits.
    ///
    /// # Errors
    /// What has no value, or none with many digits, and limits.
    pub fn decimals(
        &self,
        answer: &Answer,
        placed: &Placed,
        pool: &Pool,
        count: usize,
    ) -> Result<Decimals> {
        let Answer::Form(form) = *answer else {
            let what = "values of what has more than two axes".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let placed = &placed.with_sizes_of(&self.scope);
        let shape = self.forms.shape(form);
        for spare in SPARE {
            let bits = count * BITS + spare;
            let mut digits = Digits::new(bits, pool, false)?;
            let expander = Expander {
                forms: &self.forms,
                scope: &self.scope,
                sizes: &placed.sizes,
                arrays: placed as &dyn Arrays<Digits<'_>>,
                needed: self.needed_by(form),
            };
            let grid = expander.expand(form, &mut digits)?;
            let is_last = spare == SPARE[SPARE.len() - 1];
            let entry = |id: &u32| digits.written(*id, count, is_last);
            let entries: Result<Option<Vec<String>>> =
                grid.entries().iter().map(entry).collect();
            let Some(entries) = entries? else { continue };
            let sizes = match shape {
                shape if shape.is_scalar() => Vec::new(),
                shape if shape.cols == SizeId::ONE => vec![grid.rows],
                _ => vec![grid.rows, grid.cols],
            };
            return Ok(Decimals { sizes, entries });
        }
        let what = "thousands of digits do not tell the value".to_owned();
        let error = Error::from(ErrorKind::Unsupported(what));
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let mut all = bodies.chain([form]).flat_map(|root| self.forms.below(root));
        let reason = |id: FormId| match self.forms.op(id) {
            Op::Call(function, _) => silent(*function),
            _ => None,
        };
        Err(match all.find_map(reason) {
            Some(reason) => error.help(reason),
            None => error,
        })
    }
}

/// At which arrays no digits tell the value of a function.
fn silent(function: Special) -> Option<&'static str> {
    match function {
        Special::Eigenvector | Special::LeftSingular | Special::RightSingular => {
            Some("an eigenvector of one of several equal values is no value")
        }
        Special::SquareRoot | Special::Logarithm => {
            Some("`sqrtm` and `logm` are calculated where no eigenvalue is 0 or negative")
        }
        Special::Polar => Some("`polar` is calculated of arrays of full rank"),
        _ => None,
    }
}

impl<'a> Digits<'a> {
    /// With so many binary digits; `stands_in` gives functions without a meaning one that
    /// nobody knows.
    ///
    /// # Errors
    /// Where there is no memory.
    pub(super) fn new(bits: usize, pool: &'a Pool, stands_in: bool) -> Result<Self> {
        let precise = Precise::new(bits, syntax::in_normal_form, pool.purse())?;
        Ok(Self { precise, pool, stands_in })
    }

    /// What was found for a square array, unless it cost too much.
    fn squared(&self, rows: usize, found: &[u32]) -> Result<Grid<u32>> {
        match self.precise.failure() {
            Some(error) => Err(error),
            None => Grid::from(rows, rows, MAX_ENTRIES, |i, j| found[i * rows + j]),
        }
    }

    /// A value in writing; `None` where more digits are needed.
    fn written(&self, id: u32, count: usize, is_last: bool) -> Result<Option<String>> {
        let value = self.precise.value(id)?;
        let is_nothing = is_last
            && self.precise.has_vanished(id, digits::NOTHING)
            && !self.precise.has_absorbed();
        Ok(match () {
            () if value.is_nan() && self.precise.is_undecided() => None,
            () if value.is_nan() => return Err(undefined("the value")),
            () if value.is_inf() => None,
            () if value.is_zero() && self.precise.is_exact(id) => Some("0".to_owned()),
            () if self.precise.is_known_to(id, BITS * count) => {
                digits::text(value, count)
            }
            () if is_nothing => Some("0".to_owned()),
            () => None,
        })
    }
}

impl Arrays<Digits<'_>> for Placed {
    fn array(&self, place: u16, digits: &mut Digits<'_>) -> Result<Grid<u32>> {
        let known = self.grids.get(usize::from(place)).and_then(Option::as_ref);
        let known = known
            .ok_or_else(|| ErrorKind::InvalidPoint("a name has no value".to_owned()))?;
        Ok(known.map(|id| match digits.pool.as_number(id) {
            Some(n) => digits.precise.number(n),
            None => digits.precise.expression(digits.pool, id),
        }))
    }
}

impl Arithmetic for Digits<'_> {
    type Id = u32;
    const MOST: usize = MAX_ENTRIES;

    fn number(&mut self, n: &Number) -> u32 {
        self.precise.number(n)
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        self.precise.constant(constant)
    }

    fn is_zero(&self, id: u32) -> bool {
        self.precise.fraction(id).is_some_and(Number::is_zero)
    }

    fn as_number(&self, id: u32) -> Option<Number> {
        self.precise.fraction(id).cloned()
    }

    fn sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        self.precise.sum(terms)
    }

    fn product(&mut self, factors: &[u32]) -> u32 {
        let factors: Vec<(bool, u32)> = factors.iter().map(|id| (false, *id)).collect();
        self.precise.product(&factors)
    }

    fn divide(&mut self, above: u32, below: u32) -> u32 {
        self.precise.product(&[(false, above), (true, below)])
    }

    fn power(&mut self, base: u32, exponent: u32) -> u32 {
        self.precise.power(base, exponent)
    }

    fn function(&mut self, function: Elementwise, arguments: &[u32]) -> Result<u32> {
        let id = match function {
            Elementwise::Table(id) => id,
            Elementwise::Abstract(name, primes) if self.stands_in => {
                return Ok(unknown((name, primes), arguments[0], self));
            }
            Elementwise::Abstract(..) => return Err(no_meaning()),
        };
        match id.is_builtin() && function::spec(id).means.is_some() {
            true => syntax::meaning(id, arguments, &mut self.precise),
            false => Ok(self.precise.apply(id, arguments)),
        }
    }

    fn determinant(&mut self, of: &Grid<u32>) -> Result<u32> {
        Ok(self.precise.determinant(of.rows, of.entries()))
    }

    fn inverse(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let found = self.precise.inverse(of.rows, of.entries());
        Grid::from(of.rows, of.rows, MAX_ENTRIES, |i, j| found[i * of.rows + j])
    }

    fn exponential(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let found = self.precise.exponential(of.rows, of.entries());
        self.squared(of.rows, &found)
    }

    fn square_root(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let found = self.precise.square_root(of.rows, of.entries());
        self.squared(of.rows, &found)
    }

    fn logarithm(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let found = self.precise.logarithm(of.rows, of.entries());
        self.squared(of.rows, &found)
    }

    /// By the root of a product of the array with itself.
    fn polar(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let turned = of.transposed();
        let is_wide = of.rows < of.cols;
        let square =
            if is_wide { of.times(&turned, self)? } else { turned.times(of, self)? };
        let root = self.square_root(&square)?;
        let inverse = self.inverse(&root)?;
        if is_wide { inverse.times(of, self) } else { of.times(&inverse, self) }
    }

    fn field(&mut self, name: (u16, u16), of: &[u32]) -> Result<Grid<u32>> {
        if self.stands_in { unknown_field(name, of, self) } else { Err(no_meaning()) }
    }

    /// That of fractions, and of what has full rank as far as the digits tell.
    fn pseudo_inverse(&mut self, of: &Grid<u32>) -> Result<Grid<u32>> {
        let number = |id: &u32| self.precise.fraction(*id).cloned();
        let chunks = of.entries().chunks(of.cols.max(1));
        let rows: Option<Vec<Vec<Number>>> =
            chunks.map(|row| row.iter().map(number).collect()).collect();
        let Some(rows) = rows else {
            let turned = of.transposed();
            return match of.rows < of.cols {
                true => {
                    let square = of.times(&turned, self)?;
                    turned.times(&self.inverse(&square)?, self)
                }
                false => {
                    let square = turned.times(of, self)?;
                    self.inverse(&square)?.times(&turned, self)
                }
            };
        };
        let found = pseudo::pseudo_inverse(&rows, &mut { MAX_WORK })?;
        Grid::from(of.cols, of.rows, MAX_ENTRIES, |i, j| {
            self.precise.number(&found[i][j])
        })
    }

    fn eigenvalues(&mut self, of: &Grid<u32>) -> Result<Vec<u32>> {
        let found = self.precise.eigenvalues(of.rows, of.entries());
        self.precise.failure().map_or(Ok(found), Err)
    }

    fn eigenvector(&mut self, of: &Grid<u32>, place: usize) -> Result<Vec<u32>> {
        let found = self.precise.eigenvector(of.rows, of.entries(), place);
        self.precise.failure().map_or(Ok(found), Err)
    }
}
