//! Operands: numbers, brackets, vectors; names are in `callee` and `call`.

use super::ast::{Ast, AstId, Callee, Partial, Slot};
use super::cursor::{Cursor, is_brackets, is_call, is_name, is_number};
use super::literal;
use super::message;
use super::name::normalise;
use super::parser::Reader;
use super::signs::note;
use super::token::{Item, Kind};
use crate::error::{Error, ErrorKind, Result};
use smallvec::SmallVec;

/// The highest order of a derivative that stands in a formula.
const MAX_ORDER: i64 = 64;

impl Reader<'_> {
    pub(super) fn operand(
        &mut self,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = item.span;
        match item.kind {
            Kind::Name => match cursor.peek() {
                _ if self.summed(item.text).is_some() => self.index_sum(item, cursor),
                Some(next) if item.text.ends_with('_') && next.kind == Kind::Brace => {
                    let what = "a subscript of more than letters and digits".to_owned();
                    Err(Error::at(at.join(next.span), ErrorKind::Unsupported(what))
                        .help("write a name such as `x_n1` or `x_next`"))
                }
                Some(next)
                    if is_call(item, Some(next)) && self.is_applied(item, cursor) =>
                {
                    self.before_bracket(item, cursor)
                }
                _ => self.name_or_function(item, cursor),
            },
            Kind::Number | Kind::Fraction => {
                if let Some(fraction) = cursor.take(|next| {
                    next.kind == Kind::Fraction
                        && (is_number(item) || next.span.start == item.span.end)
                }) {
                    return self.mixed_fraction(item, fraction);
                }
                // `0.(3)` and `0.1(6)`.
                if item.text.contains('.')
                    && let Some(next) = cursor.peek()
                    && is_brackets(next)
                    && next.span.start == item.span.end
                    && self.holds_digits(next)
                {
                    let what = "a decimal with a period in brackets".to_owned();
                    let at = at.join(next.span);
                    return Err(Error::at(at, ErrorKind::Unsupported(what))
                        .help("write a fraction, as `1/3`, or `*` before the bracket"));
                }
                self.refuse_hexadecimal(item, cursor)?;
                let value =
                    literal::number(item.text).map_err(|kind| Error::at(at, kind))?;
                let id = self.number(value, at);
                if item.text.contains('.') {
                    self.program.decimals.push((id, literal::half_unit(item.text)));
                }
                Ok(id)
            }
            Kind::Group | Kind::Round | Kind::Brace => {
                let mut inner = item.inner();
                match (inner.next(), inner.next()) {
                    (Some(inner), None) => {
                        let node = self.expression(&inner)?;
                        self.program.spans[node as usize] = at;
                        Ok(node)
                    }
                    (None, _) => Err(self.stray(item.span.end - 1)),
                    _ => Err(self.stray(item.span.start)),
                }
            }
            Kind::Primes => Err(self.stray(item.span.start)),
            Kind::Bars => match item.inner().next() {
                Some(inner) => {
                    let inner = self.expression(&inner)?;
                    self.call("abs", at, &[inner], at)
                }
                None => Err(Error::at(at, ErrorKind::EmptyExpression)),
            },
            Kind::Norm => self.norm(item),
            Kind::Vector => {
                let list = self.arguments(item.inner())?;
                if let [one] = list[..]
                    && self.is_grouping(item, cursor)
                {
                    let message = "square brackets are read as round ones".to_owned();
                    self.program.notes.push(note(message, at));
                    self.program.spans[one as usize] = at;
                    return Ok(one);
                }
                let flagged: SmallVec<[(bool, AstId); 4]> =
                    list.iter().map(|id| (false, *id)).collect();
                let list = self.program.push_list(&flagged);
                Ok(self.program.push(Ast::Vector(list), at))
            }
            Kind::Quotient | Kind::Mixed => {
                let mixed = item.kind == Kind::Mixed;
                let mut parts: SmallVec<[(bool, AstId); 4]> = SmallVec::new();
                for inner in item.inner() {
                    let part = match inner.kind {
                        Kind::Expression => self.expression(&inner)?,
                        _ => self.operand(&inner, &mut Cursor::new(&[]))?,
                    };
                    parts.push((!mixed && !parts.is_empty(), part));
                }
                let list = self.program.push_list(&parts);
                let node = if mixed { Ast::Sum(list) } else { Ast::Product(list) };
                Ok(self.program.push(node, at))
            }
            Kind::Apply => {
                let arguments = self.arguments(item.inner())?;
                self.call(item.text, at, &arguments, at)
            }
            Kind::Symbol => {
                let name = normalise(item.text);
                if name.is_empty() || name.starts_with('_') || name.ends_with('_') {
                    return Err(Error::at(at, ErrorKind::InvalidName(name))
                        .help("a name begins with a letter, and ends without `_`"));
                }
                Ok(self.symbol(&name, at))
            }
            Kind::Builtin => {
                let arguments = self.arguments(item.inner())?;
                self.builtin(item.text, &arguments, at)
            }
            Kind::Partial => self.partial(item),
            Kind::Infinity if self.shapes.is_some() => Ok(self.symbol("inf", at)),
            Kind::Infinity => Err(Error::at(
                at,
                ErrorKind::Unsupported(
                    "infinity is not a number to calculate with".into(),
                ),
            )),
            _ => Err(self.unexpected(item, "an operand")),
        }
    }

    /// Whether brackets hold digits only, as a period does.
    fn holds_digits(&self, brackets: &Item<'_>) -> bool {
        let text = self.source_of(brackets.span);
        let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        inner.is_some_and(|inner| {
            !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Whether square brackets stand for round ones: beside other operands, and not directly
    /// behind a name that may be a function.
    fn is_grouping(&self, item: &Item<'_>, cursor: &Cursor<'_, '_>) -> bool {
        let is_applied = cursor.before_last().is_some_and(|before| {
            is_name(before)
                && before.span.end == item.span.start
                && !self.is_variable(before.text)
        });
        self.shapes.is_none() && !cursor.is_single() && !is_applied
    }

    /// `0x1F` is no product of 0 and a name.
    fn refuse_hexadecimal(&self, item: &Item<'_>, cursor: &Cursor<'_, '_>) -> Result<()> {
        let Some(next) = cursor.peek().filter(|next| next.span.start == item.span.end)
        else {
            return Ok(());
        };
        let mut digits = next.text.chars();
        let radix = match (item.text, digits.next()) {
            ("0", Some('x' | 'X')) => 16,
            ("0", Some('o' | 'O')) => 8,
            ("0", Some('b' | 'B')) => 2,
            _ => return Ok(()),
        };
        let digits = digits.as_str();
        if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
            return Ok(());
        }
        let kind = ErrorKind::UnexpectedToken {
            found: format!("0{}", next.text),
            expected: "a decimal number".into(),
        };
        let error = Error::at(item.span.join(next.span), kind);
        Err(match u64::from_str_radix(digits, radix) {
            Ok(value) => error.help(format!("write `{value}`")),
            Err(_) => error,
        })
    }

    pub(super) fn arguments<'a>(
        &mut self,
        items: impl Iterator<Item = Item<'a>>,
    ) -> Result<SmallVec<[AstId; 4]>> {
        items.map(|item| self.expression(&item)).collect()
    }

    /// The error of a sign that stands where it cannot stand.
    fn stray(&self, at: u32) -> Error {
        message::stray(&self.text[self.offset..], at as usize - self.offset, self.offset)
    }

    fn partial(&mut self, item: &Item<'_>) -> Result<AstId> {
        let span = item.span;
        let mut name = None;
        let mut order = 1;
        let mut slots = Vec::new();
        let mut arguments: SmallVec<[AstId; 4]> = SmallVec::new();
        for part in item.inner() {
            let at = part.span;
            let small = |text: &str| {
                literal::superscript(text)
                    .ok()
                    .filter(|n| n.is_integer() && n.is_positive())
                    .ok_or_else(|| {
                        let what = "an order that is no whole number".to_owned();
                        Error::at(at, ErrorKind::Unsupported(what))
                    })
                    .and_then(|n| match n.to_i64() {
                        Some(n @ 1..=MAX_ORDER) => Ok(n),
                        _ => {
                            let what = "the order of a derivative in a formula";
                            let limit = MAX_ORDER as u64;
                            Err(Error::at(at, ErrorKind::OverLimit { what, limit }))
                        }
                    })
            };
            match part.kind {
                Kind::Order => order = small(part.text)?,
                Kind::Name => {
                    name = Some(self.program.intern_name(&normalise(part.text)))
                }
                Kind::Slot => {
                    let mut inner = part.inner();
                    let Some(slot) = inner.next() else { continue };
                    let times = inner.next().map_or(Ok(1), |sup| small(sup.text))?;
                    let slot = match slot.text.parse::<u32>() {
                        Ok(index) => Slot::Index(index.saturating_sub(1)),
                        Err(_) => Slot::Name(normalise(slot.text)),
                    };
                    for _ in 0..times {
                        slots.push(slot.clone());
                    }
                }
                _ => arguments.push(self.expression(&part)?),
            }
        }
        let Some(name) = name else { return Err(self.unexpected(item, "a function")) };
        self.functions.insert(name);
        if slots.len() as i64 != order {
            let kind = ErrorKind::UnexpectedToken {
                found: item.text.to_owned(),
                expected: format!("as many ∂ below as the order {order} above"),
            };
            return Err(Error::at(span, kind));
        }
        let index = self.program.partials.len() as u32;
        self.program.partials.push(Partial { name, slots });
        let list = self.list(&arguments);
        Ok(self.program.push(Ast::Call(Callee::Partial(index), list), span))
    }
}
