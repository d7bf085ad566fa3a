//! A formula as it was typed, where reading it made it shorter: `x/x`, `e^(x + 1)*e^x`. All
//! else in it stands as it is written anywhere.

use super::demand::{self, Demand};
use super::expand::add;
use super::settle::is_negative;
use crate::derivation::{Line, Math, Reason};
use crate::error::Result;
use crate::function::Builder;
use crate::kernel::{AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool};
use crate::print::{self, Held, Mark, Notation};
use crate::syntax::{self, Program};

/// Formulas of more operations stand as they were read.
const MAX_NODES: u64 = 200;

/// The lines from a formula as it was typed to what was read of it; `None` where these are
/// alike.
///
/// # Errors
/// A text that is too long.
pub fn typed(
    pool: &mut Pool,
    program: &Program,
    declared: &[&str],
    root: ExprId,
) -> Result<Option<[Line; 2]>> {
    let [definition] = program.definitions() else { return Ok(None) };
    if program.extent(definition).nodes > MAX_NODES || root == Pool::UNDEFINED {
        return Ok(None);
    }
    let mut reader = Reader { pool, parts: Vec::new(), reasons: Vec::new() };
    let Ok(lowered) = syntax::lower(program, declared, &mut reader) else {
        return Ok(None);
    };
    let Reader { parts, reasons, .. } = reader;
    let [whole] = lowered.roots[..] else { return Ok(None) };
    let Part { held, id, .. } = &parts[whole];
    if *id != root || matches!(held, Held::Plain(_)) {
        return Ok(None);
    }
    let write = |notation| print::write_held(pool, held, Mark::Prime, notation);
    let first = Line { values: vec![print::try_both(write)?], ..Line::default() };
    let values = vec![print::write_both(pool, root)?];
    // What became shorter is not always seen: `sqrt(x/y)` is a product of powers.
    if first.values == values {
        return Ok(None);
    }
    let (mut before, mut after): (Vec<Demand>, Vec<Demand>) = (Vec::new(), Vec::new());
    demand::of_held(pool, held, &mut before);
    demand::demands(pool, &[root], &mut after);
    let lost = demand::lost(pool, &before, (&after, root));
    let second = Line {
        values,
        reasons,
        condition: demand::condition(pool, &lost)?,
        ..Line::default()
    };
    Ok(Some([first, second]))
}

/// An operation with what it is.
#[derive(Clone, Debug)]
struct Part {
    held: Held,
    id: ExprId,
    /// The names and numbers of what it is.
    words: usize,
}

/// Reads a formula, keeping what gets shorter.
struct Reader<'p> {
    pool: &'p mut Pool,
    parts: Vec<Part>,
    reasons: Vec<Reason>,
}

impl Reader<'_> {
    /// Adds what cannot get shorter.
    fn leaf(&mut self, id: ExprId) -> usize {
        let words = self.words(id);
        self.parts.push(Part { held: Held::Plain(id), id, words });
        self.parts.len() - 1
    }

    /// How many names and numbers are written, ones aside.
    fn words(&self, id: ExprId) -> usize {
        let text = print::write(self.pool, id, Notation::Text).unwrap_or_default();
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty() && *word != "1").count()
    }

    /// Adds an operation: as it was typed where it is shorter or something else now, or a part
    /// of it was.
    fn operation(
        &mut self,
        id: ExprId,
        (operands, own, is_turned): (&[usize], usize, bool),
        why: impl FnOnce(&mut Self) -> Option<Reason>,
        held: impl FnOnce(&mut Self) -> Held,
    ) -> usize {
        let words = self.words(id);
        let typed: usize = operands.iter().map(|place| self.parts[*place].words).sum();
        let is_held = |place: &usize| !matches!(self.parts[*place].held, Held::Plain(_));
        let is_open = operands.iter().any(is_held);
        let is_shorter =
            words < typed + own || is_turned || self.turns_over(id, operands);
        if is_shorter && let Some(reason) = why(self) {
            add(&mut self.reasons, reason);
        }
        let held = if is_shorter || is_open { held(self) } else { Held::Plain(id) };
        self.parts.push(Part { held, id, words });
        self.parts.len() - 1
    }

    /// Whether a denominator of an operand is none any more: `1/(1/x)`.
    fn turns_over(&mut self, id: ExprId, operands: &[usize]) -> bool {
        match self.pool.node(id) {
            Node::Sum(_) | Node::Apply(..) => return false,
            Node::Power(_, n) if self.pool.as_number(n).is_none() => return false,
            _ => {}
        }
        let whole = self.denominators(id);
        let own = operands.iter().map(|place| self.parts[*place].id);
        let own: Vec<ExprId> = own.flat_map(|id| self.denominators(id)).collect();
        own.iter().any(|base| !whole.contains(base))
    }

    /// Whether a power of an even power is one of an absolute value: `(x^2)^(1/3)`.
    fn turns_positive(&self, base: ExprId, id: ExprId) -> bool {
        let of = |id: ExprId| match self.pool.node(id) {
            Node::Power(base, _) => Some(base),
            _ => None,
        };
        let is_absolute =
            |id: ExprId| matches!(self.pool.node(id), Node::Apply(FunctionId::ABS, _));
        let Some(inner) = of(base) else { return false };
        let outer = of(id).unwrap_or(id);
        is_absolute(outer) && !is_absolute(inner)
    }

    /// The bases of the factors below the bar of an expression.
    fn denominators(&self, id: ExprId) -> Vec<ExprId> {
        let (_, rest) = self.pool.coefficient(id);
        let bases = self.pool.factors(&rest).iter().map(|factor| self.pool.base(*factor));
        let below = |n: ExprId| self.pool.as_number(n).is_some_and(Number::is_negative);
        bases.filter(|(_, n)| below(*n)).map(|(base, _)| base).collect()
    }

    fn held(&self, place: usize) -> Held {
        self.parts[place].held.clone()
    }

    /// An operand with its sign.
    fn term(&mut self, is_minus: bool, place: usize) -> (bool, Held) {
        match self.held(place) {
            Held::Plain(id) if is_negative(self.pool, id) => {
                (!is_minus, Held::Plain(self.pool.negate(id)))
            }
            held => (is_minus, held),
        }
    }

    /// What happens to factors of one base.
    fn of_factors(&mut self, factors: &[(bool, usize)]) -> Option<Reason> {
        let mut seen: Vec<(ExprId, ExprId, bool)> = Vec::new();
        for (divides, place) in factors {
            let (_, rest) = self.pool.coefficient(self.parts[*place].id);
            for factor in self.pool.factors(&rest).to_vec() {
                let (base, exponent) = self.pool.base(factor);
                let is_below = self.pool.as_number(exponent);
                let is_below = *divides != is_below.is_some_and(Number::is_negative);
                if *divides && is_below != *divides {
                    return Some(Reason::new("divided_by_fraction"));
                }
                let known = seen.iter().find(|(known, _, _)| *known == base);
                if let Some((_, first, was_below)) = known {
                    let is_cancelled = is_below != *was_below;
                    let of = match is_cancelled && *first == exponent {
                        true => factor,
                        false => base,
                    };
                    let of = print::write_both(self.pool, of).ok()?;
                    return Some(match is_cancelled {
                        true => Reason::new("cancelled").with("factor", of),
                        false => Reason::new("exponents_added").with("base", of),
                    });
                }
                if !matches!(self.pool.node(base), Node::Number(_)) {
                    seen.push((base, exponent, is_below));
                }
            }
        }
        None
    }

    /// What happens to a power of a power.
    fn of_power(
        &self,
        (base, exponent): (ExprId, ExprId),
        is_turned: bool,
    ) -> Option<Reason> {
        let base = self.pool.coefficient(base).1;
        let rule = match (self.pool.node(base), self.pool.as_number(exponent)) {
            (Node::Constant(Constant::E), _) => {
                Math { text: "e^ln(u) = u".into(), latex: "e^{\\ln u} = u".into() }
            }
            (Node::Power(_, n), exponent)
                if is_turned && exponent != Some(&Number::HALF) =>
            {
                let m = print::write_both(self.pool, n).ok()?;
                identity_of_even(&m)
            }
            (Node::Power(_, n), Some(half)) if *half == Number::HALF => {
                let is_square = self.pool.as_number(n) == Some(&Number::from(2));
                if !is_square {
                    return Some(identity(power_of_power()));
                }
                Math {
                    text: "sqrt(u^2) = abs(u)".into(),
                    latex: "\\sqrt{u^2} = \\left|u\\right|".into(),
                }
            }
            (Node::Power(..), _) => power_of_power(),
            (Node::Apply(FunctionId::ABS, _), _) => {
                let latex = "\\left|u\\right|^2 = u^2".into();
                Math { text: "abs(u)^2 = u^2".into(), latex }
            }
            _ => return None,
        };
        Some(identity(rule))
    }
}

/// `(u^2)^n = abs(u)^(2*n)`.
fn identity_of_even(m: &Math) -> Math {
    Math {
        text: format!("(u^{0})^n = abs(u)^({0}*n)", m.text),
        latex: format!("(u^{{{0}}})^n = \\left|u\\right|^{{{0} n}}", m.latex),
    }
}

/// `(u^m)^n = u^(m*n)`.
fn power_of_power() -> Math {
    Math { text: "(u^m)^n = u^(m*n)".into(), latex: "(u^m)^n = u^{m n}".into() }
}

fn identity(equation: Math) -> Reason {
    Reason::new("identity").with("equation", equation)
}

impl Builder for Reader<'_> {
    type Id = usize;

    fn number(&mut self, value: &Number) -> usize {
        let id = Builder::number(self.pool, value);
        self.leaf(id)
    }

    fn constant(&mut self, constant: Constant) -> usize {
        let id = Builder::constant(self.pool, constant);
        self.leaf(id)
    }

    fn symbol(&mut self, name: &str) -> usize {
        let id = self.pool.symbol(name);
        self.leaf(id)
    }

    fn sum(&mut self, terms: &[(bool, usize)]) -> usize {
        let ids: Vec<(bool, ExprId)> =
            terms.iter().map(|(minus, place)| (*minus, self.parts[*place].id)).collect();
        let id = Builder::sum(self.pool, &ids);
        let places: Vec<usize> = terms.iter().map(|(_, place)| *place).collect();
        let is_number = ids.iter().all(|(_, id)| self.pool.as_number(*id).is_some());
        let why = |_: &mut Self| (!is_number).then(|| Reason::new("collected"));
        self.operation(id, (&places, 0, false), why, |reader| {
            let terms = terms.iter();
            Held::Sum(terms.map(|(minus, place)| reader.term(*minus, *place)).collect())
        })
    }

    fn product(&mut self, factors: &[(bool, usize)]) -> usize {
        let ids: Vec<(bool, ExprId)> = factors
            .iter()
            .map(|(divides, place)| (*divides, self.parts[*place].id))
            .collect();
        let id = Builder::product(self.pool, &ids);
        let places: Vec<usize> = factors.iter().map(|(_, place)| *place).collect();
        let why = |reader: &mut Self| reader.of_factors(factors);
        self.operation(id, (&places, 0, false), why, |reader| {
            let side = |is_below: bool| {
                let own = factors.iter().filter(|(divides, _)| *divides == is_below);
                let mut own: Vec<Held> =
                    own.map(|(_, place)| reader.held(*place)).collect();
                match own.len() {
                    0 => Held::Plain(Pool::ONE),
                    1 => own.remove(0),
                    _ => Held::Product(own),
                }
            };
            match side(true) {
                Held::Plain(Pool::ONE) => side(false),
                below => Held::Quotient(Box::new(side(false)), Box::new(below)),
            }
        })
    }

    fn negate(&mut self, operand: usize) -> usize {
        let id = self.pool.negate(self.parts[operand].id);
        self.operation(
            id,
            (&[operand], 0, false),
            |_| None,
            |reader| Held::Sum(vec![(true, reader.held(operand))]),
        )
    }

    fn power(&mut self, base: usize, exponent: usize) -> usize {
        let [b, e] = [base, exponent].map(|place| self.parts[place].id);
        let id = self.pool.power(b, e);
        let is_turned = self.turns_positive(b, id);
        self.operation(
            id,
            (&[base, exponent], 0, is_turned),
            |reader| reader.of_power((b, e), is_turned),
            |reader| {
                let (base, exponent) = (reader.held(base), reader.held(exponent));
                Held::Power(Box::new(base), Box::new(exponent))
            },
        )
    }

    fn apply(&mut self, of: FunctionId, arguments: &[usize]) -> usize {
        let ids: Vec<ExprId> =
            arguments.iter().map(|place| self.parts[*place].id).collect();
        let id = Builder::apply(self.pool, of, &ids);
        // A call that stays one is no shorter, as `x!`.
        let is_same = matches!(self.pool.node(id), Node::Apply(own, list)
            if own == of && self.pool.list(list) == ids);
        let is_plain = |place: &usize| matches!(self.parts[*place].held, Held::Plain(_));
        if !of.is_builtin() || is_same && arguments.iter().all(is_plain) {
            return self.leaf(id);
        }
        let own = usize::from(!is_same);
        let why = |reader: &mut Self| {
            let call = Held::Call(of, ids.iter().map(|id| Held::Plain(*id)).collect());
            let pool = &*reader.pool;
            let write = |notation| print::write_held(pool, &call, Mark::Prime, notation);
            let (left, right) =
                (print::try_both(write).ok()?, print::write_both(pool, id));
            Some(identity(Math::equation(&left, &right.ok()?)))
        };
        // What is written as a power is one, as `exp(x)` and `sqrt(x)`.
        let is_turned = !is_same
            && matches!(
                self.pool.node(id),
                Node::Multiple(..) | Node::Product(_) | Node::Sum(_)
            );
        self.operation(id, (arguments, own, is_turned), why, |reader| {
            Held::Call(of, arguments.iter().map(|place| reader.held(*place)).collect())
        })
    }

    fn apply_abstract(&mut self, of: AbstractFunction, arguments: &[usize]) -> usize {
        let ids: Vec<ExprId> =
            arguments.iter().map(|place| self.parts[*place].id).collect();
        let id = Builder::apply_abstract(self.pool, of, &ids);
        self.leaf(id)
    }

    fn is_undefined(&self, id: usize) -> bool {
        self.parts[id].id == Pool::UNDEFINED
    }

    fn known_arguments(&self, _: &str) -> Option<Vec<usize>> {
        None
    }

    fn short_name(&self, id: usize) -> Option<String> {
        Builder::short_name(self.pool, self.parts[id].id)
    }
}
