//! Powers and functions in code.

use super::super::super::form::{FormId, Op};
use super::super::super::shape::{Shape, SizeId};
use super::super::super::table::Special;
use super::template::{Level, Piece, fill, words};
use super::writer::{Done, Writer, unsupported};
use super::{expand, special};
use crate::error::Result;
use crate::function::{self, Language, spec::Arity};
use crate::kernel::{Constant, FunctionId, Number, Relation};

/// Functions that `math` has under the name of PyTorch, for numbers that are no tensors.
const MATH: [&str; 24] = [
    "sqrt", "exp", "log", "log2", "log10", "log1p", "expm1", "sin", "cos", "tan", "asin",
    "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc",
    "atan2", "hypot", "lgamma",
];

/// Functions of PyTorch that take no numbers beside tensors, with what takes a number.
const BESIDE: [(&str, &str); 2] = [
    ("torch.maximum", "torch.clamp(#1, min=#2)"),
    ("torch.minimum", "torch.clamp(#1, max=#2)"),
];

/// Numbers beside a tensor as tensors.
fn tensors(list: &mut [Piece]) {
    let Some(like) = list.iter().find(|piece| !piece.is_plain).cloned() else { return };
    for piece in list.iter_mut().filter(|piece| piece.is_plain) {
        let text = format!("torch.full_like({}, {})", like.text, piece.text);
        *piece = Piece::new(text, Level::Atom);
    }
}

impl Writer<'_> {
    pub(super) fn power(
        &mut self,
        (a, b): (FormId, FormId),
        operator: &str,
        done: &Done,
    ) -> Result<Piece> {
        let (base, exponent) = (Self::piece(a, done), Self::piece(b, done));
        let shape = [a, b].map(|id| self.forms.shape(id)).into_iter();
        let shape = shape.into_iter().find(|s| !s.is_scalar()).unwrap_or(Shape::SCALAR);
        if matches!(self.forms.op(a), Op::Constant(Constant::E))
            && let Some(function) = function::lookup("exp", 1)
        {
            return self.apply(function, &[exponent], shape);
        }
        if self.forms.as_number(b) == Some(Number::HALF)
            && let Some(function) = function::lookup("sqrt", 1)
        {
            return self.apply(function, &[base], shape);
        }
        let mut base_text = base.at(Level::Postfix);
        let digits = base_text.bytes().all(|b| b.is_ascii_digit());
        let mut operator = operator.to_owned();
        if digits && operator.starts_with('.') {
            operator = format!(" {operator} ");
        } else if digits && self.dialect.has_dots && self.forms.as_number(b).is_none() {
            // Whole numbers of Julia overflow.
            base_text.push_str(".0");
        }
        let text = format!("{base_text}{operator}{}", exponent.at(Level::Postfix));
        let is_plain = base.is_plain && exponent.is_plain;
        Ok(Piece { text, level: Level::Power, is_plain })
    }

    pub(super) fn apply(
        &mut self,
        function: FunctionId,
        list: &[Piece],
        shape: Shape,
    ) -> Result<Piece> {
        if let (Some(relation), [a, b]) = (Relation::of(function), list) {
            return Ok(self.condition(relation, [a, b], shape));
        }
        let row = function::spec(function);
        if expand::has_branches(row) {
            return self.branches(list, shape);
        }
        let language = self.dialect.language;
        let refused = || {
            let what = format!("`{}` cannot be written in {}", row.name, language.name());
            unsupported(what)
        };
        let Some(name) = row.code.map(|code| code[language as usize]) else {
            return refused();
        };
        let is_plain = language == Language::Pytorch && list.iter().all(|p| p.is_plain);
        if is_plain {
            let Some(known) = name.strip_prefix("torch.").filter(|n| MATH.contains(n))
            else {
                return refused();
            };
            self.words.insert("math");
            let texts: Vec<&str> = list.iter().map(|piece| piece.text.as_str()).collect();
            let text = format!("math.{known}({})", texts.join(", "));
            return Ok(Piece { text, level: Level::Atom, is_plain });
        }
        let is_folded = matches!(row.arity, Arity::AtLeast(_));
        let mut list = list.to_vec();
        if language == Language::Pytorch && !name.contains('#') && name != "torch.clamp" {
            if let Some((_, template)) = BESIDE.iter().find(|known| known.0 == name) {
                return Ok(self.beside_numbers(name, template, list));
            }
            tensors(&mut list);
        }
        self.words.extend(words(name));
        let dot = self.dot(shape);
        if !name.contains('#') {
            let mut list = list.into_iter();
            let first = list.next().map(|piece| piece.text.clone()).unwrap_or_default();
            let mut rest = list.map(|piece| piece.text);
            let text = match is_folded {
                true => {
                    rest.fold(first, |text, next| format!("{name}{dot}({text}, {next})"))
                }
                false => {
                    let texts: Vec<String> =
                        std::iter::once(first).chain(rest.by_ref()).collect();
                    format!("{name}{dot}({})", texts.join(", "))
                }
            };
            return Ok(Piece::new(text, Level::Atom));
        }
        let piece = match dot {
            "" => fill(name, &list),
            _ => fill(&name.replace('(', ".("), &list),
        };
        Ok(piece)
    }

    /// The greatest or least of tensors and numbers: tensors among themselves, then each number.
    fn beside_numbers(
        &mut self,
        name: &'static str,
        template: &str,
        mut list: Vec<Piece>,
    ) -> Piece {
        list.sort_by_key(|piece| piece.is_plain);
        self.words.extend(words(name));
        let both = format!("{name}(#1, #2)");
        let all = list.into_iter().reduce(|so_far, next| {
            let template = if next.is_plain { template } else { &both };
            fill(template, &[so_far, next])
        });
        all.unwrap_or_else(|| Piece::new(String::new(), Level::Atom))
    }

    pub(super) fn call(
        &mut self,
        function: Special,
        list: &[FormId],
        done: &Done,
    ) -> Result<Piece> {
        let kind = |id: &FormId| match self.forms.shape(*id) {
            shape if shape.is_scalar() => 'S',
            Shape { cols: SizeId::ONE, .. } => 'C',
            Shape { rows: SizeId::ONE, .. } => 'R',
            _ => 'M',
        };
        let axis = |id: &FormId| match self.forms.as_number(*id)?.to_i64()? {
            1 => Some('1'),
            2 => Some('2'),
            _ => None,
        };
        let has_axis = matches!(function, Special::SumAlong | Special::MeanAlong);
        let axis = list.get(1).filter(|_| has_axis).and_then(axis);
        let mut kinds: String = list.iter().map(kind).collect();
        if let Some(axis) = axis {
            kinds.truncate(1);
            kinds.push(axis);
        }
        let row = special::find(function, &kinds);
        let template =
            row.map(|row| row.code[self.dialect.language as usize]).unwrap_or_default();
        if template.is_empty() {
            let name = function.spec().names[0];
            let language = self.dialect.language.name();
            return unsupported(format!("`{name}` cannot be written in {language}"));
        }
        let mut pieces: Vec<Piece> =
            list.iter().map(|id| Self::piece(*id, done)).collect();
        let is_place = matches!(
            function,
            Special::SingularValue | Special::LeftSingular | Special::RightSingular
        );
        if let [_, place] = &mut pieces[..]
            && let Some(number) = self.forms.as_number(list[1]).and_then(|n| n.to_i64())
            && is_place
        {
            place.text = (number - 1 + self.dialect.first).to_string();
        }
        // The greatest comes first, and stands last in the languages.
        if let [_, place] = &mut pieces[..]
            && matches!(function, Special::Eigenvalue | Special::Eigenvector)
        {
            let is_last = self.forms.as_number(list[1]) == Some(Number::ONE);
            place.text = match is_last && !self.dialect.is_flat {
                true => "end".to_owned(),
                false => fill(self.dialect.from_end, std::slice::from_ref(place)).text,
            };
        }
        let is_plain = pieces.iter().all(|piece| piece.is_plain);
        let piece = self.fill(template, &pieces);
        if is_plain && self.dialect.language == Language::Pytorch {
            return Ok(Piece { is_plain: !template.contains("torch"), ..piece });
        }
        Ok(piece)
    }
}
