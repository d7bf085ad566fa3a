//! Calls: what a name of the language with its arguments is here.

use super::super::super::name::nearest;
use super::super::super::token::{Item, Kind};
use super::super::text;
use super::meaning::Meaning;
use super::{Assembler, Class, Run};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;

/// How many tokens there may be for each byte: formulas may hold an argument twice.
const MOST_TOKENS: usize = 8;
/// The names of the arguments of a formula.
const LETTERS: [&str; 4] = function::spec::ARGUMENTS;

impl Assembler<'_, '_> {
    /// A name with the arguments behind it.
    ///
    /// # Errors
    /// A function that is not known, and arguments that it does not take.
    pub(super) fn call(&mut self, place: usize) -> Result<()> {
        let open = place + 1;
        let close = self.lexemes[open].mate;
        let span = self.place_of(&(place..close + 1));
        let inner = self.trimmed(open + 1..close);
        let arguments = if inner.is_empty() { Vec::new() } else { self.parts(&inner) };
        for argument in &arguments {
            self.refuse_keyword(argument)?;
        }
        let source = self.source(place);
        if (self.declared)(source) {
            return self.apply(Kind::Apply, &self.letters(place), &arguments, span);
        }
        let (module, last) = self.module(place)?;
        if let Some(found) = self.meaning(module, last, arguments.len()) {
            return self.meant(found, place, &arguments, span);
        }
        if module.is_some() {
            return Err(self.unknown(place, module, arguments.len()));
        }
        if let Some(help) = self.dialect.instead(source) {
            return Err(self.refused(self.at(place), help));
        }
        self.apply(Kind::Apply, &self.letters(place), &arguments, span)
    }

    /// What a name means with so many arguments: a row of the language, else a row of the
    /// function table.
    pub(super) fn meaning(
        &self,
        module: Option<&str>,
        last: &str,
        count: usize,
    ) -> Option<Meaning> {
        self.row(module, last, count).or_else(|| {
            let alias = (self.dialect.alias)(last);
            let known = |name: &str| function::lookup(name, count);
            let is_plain = module.is_none() && self.dialect.call == "(";
            let row = alias
                .and_then(|name| known(&name))
                .or_else(|| known(last).filter(|_| is_plain))?;
            Some(Meaning::Formula(function::spec(row).name))
        })
    }

    /// What the rows of the language say of a name, first those of its module.
    pub(super) fn row(
        &self,
        module: Option<&str>,
        last: &str,
        count: usize,
    ) -> Option<Meaning> {
        let rows = &self.dialect.rows;
        let of_module =
            module.and_then(|module| rows.find(&format!("{module}.{last}"), count));
        of_module.or_else(|| rows.find(last, count))
    }

    fn meant(
        &mut self,
        found: Meaning,
        place: usize,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        match found {
            // The name of a row alone takes the arguments as they are.
            Meaning::Formula(name) if function::is_name(name) => {
                self.note_other(name, place, arguments.len(), span);
                self.apply(Kind::Builtin, name, arguments, span)
            }
            Meaning::Formula(formula) => {
                self.note_other(formula, place, arguments.len(), span);
                self.formula(formula, arguments, span)
            }
            Meaning::Noted(formula, message) => {
                self.note(format!("`{}`: {message}", self.source(place)), span);
                self.formula(formula, arguments, span)
            }
            Meaning::Fold(operator) => self.fold(operator, arguments, span),
            Meaning::Not => self.negation(arguments, span),
            Meaning::Pairs | Meaning::Listed | Meaning::Turns => {
                self.cases(found, arguments, span)
            }
            Meaning::Entries => {
                let vector = self.out.open(Kind::Vector, "", span);
                for argument in arguments {
                    self.expression(argument.clone())?;
                }
                self.out.close(vector);
                Ok(())
            }
            Meaning::Literal => self.literal(arguments, span),
            Meaning::Unit => Err(self.unexpected(place + 1, "an operator")),
            Meaning::Derivative => Err(self.refused(
                span,
                "calcgrad diff takes a derivative in front of the formula; elsewhere write the derivative out",
            )),
            Meaning::Refused(help) => Err(self.refused(span, help)),
        }
    }

    /// Says of a name that means something else here what it is read as.
    fn note_other(&mut self, formula: &str, place: usize, count: usize, span: Span) {
        let source = self.source(place);
        let last = source.rsplit('.').next().unwrap_or(source).to_lowercase();
        let own = function::lookup(&last, count);
        let is_other = own
            .is_some_and(|own| function::lookup(formula, count) != Some(own))
            || formula.find('v').zip(formula.find('u')).is_some_and(|(v, u)| v < u);
        if !is_other {
            return;
        }
        let letters = LETTERS[..count.min(LETTERS.len())].join(", ");
        let close = self.pair_of_call();
        let open = self.dialect.call;
        self.note(
            format!("`{source}{open}{letters}{close}` is read as `{formula}`"),
            span,
        );
    }

    /// A function and its arguments.
    pub(super) fn apply(
        &mut self,
        kind: Kind,
        name: &str,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        let token = self.out.open(kind, name.to_owned(), span);
        for argument in arguments {
            self.expression(argument.clone())?;
        }
        self.out.close(token);
        Ok(())
    }

    /// A formula with arguments for its letters.
    pub(super) fn formula(
        &mut self,
        formula: &'static str,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        let Some(tokens) = text::expression(formula, 0) else {
            return Err(Error::at(span, ErrorKind::EmptyExpression));
        };
        let group = self.out.open(Kind::Group, "", span);
        if let Some(root) = tokens.root() {
            self.copy(&root, None, arguments, span)?;
        }
        self.out.close(group);
        let most = MOST_TOKENS * (self.text.len() + 64);
        if self.out.count() > most {
            let what = "functions inside of functions";
            return Err(ErrorKind::TooMuchWork { what, limit: most as u64 }.into());
        }
        Ok(())
    }

    /// Copies a token of a formula; `before` is the name that stands directly before it.
    fn copy(
        &mut self,
        item: &Item<'_>,
        before: Option<&str>,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        let letter = LETTERS.iter().position(|letter| *letter == item.text);
        if item.kind == Kind::Name
            && let Some(argument) = letter.and_then(|place| arguments.get(place))
        {
            let group = self.out.open(Kind::Group, "", self.place_of(argument));
            self.expression(argument.clone())?;
            self.out.close(group);
            return Ok(());
        }
        let (kind, text) = match (item.kind, before) {
            (Kind::Name, _) => (Kind::Symbol, item.text),
            (Kind::Round, Some(name)) => (Kind::Builtin, name),
            (kind, _) => (kind, item.text),
        };
        let place = self.out.open(kind, text.to_owned(), span);
        let inner: Vec<Item<'_>> = item.inner().collect();
        for (at, one) in inner.iter().enumerate() {
            let is_call = |k: usize| inner.get(k).is_some_and(|i| i.kind == Kind::Round);
            if one.kind == Kind::Name && is_call(at + 1) {
                continue;
            }
            let before = at.checked_sub(1).map(|k| inner[k].text);
            self.copy(one, before.filter(|_| is_call(at)), arguments, span)?;
        }
        self.out.close(place);
        Ok(())
    }

    /// An operator between arguments.
    fn fold(
        &mut self,
        operator: &'static str,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        let group = self.out.open(Kind::Group, "", span);
        let inner = self.out.open(Kind::Expression, "", span);
        for (place, argument) in arguments.iter().enumerate() {
            if place > 0 {
                self.out.open(Kind::Operator, operator, span);
            }
            self.grouped(argument)?;
        }
        self.out.close(inner);
        self.out.close(group);
        Ok(())
    }

    /// An argument between brackets.
    fn grouped(&mut self, argument: &Run) -> Result<()> {
        let group = self.out.open(Kind::Group, "", self.place_of(argument));
        self.expression(argument.clone())?;
        self.out.close(group);
        Ok(())
    }

    fn negation(&mut self, arguments: &[Run], span: Span) -> Result<()> {
        let group = self.out.open(Kind::Group, "", span);
        let inner = self.out.open(Kind::Expression, "", span);
        self.out.open(Kind::Prefix, "not", span);
        for argument in arguments {
            self.grouped(argument)?;
        }
        self.out.close(inner);
        self.out.close(group);
        Ok(())
    }

    /// `S("1/2")`, `Float("0.5")`: what a text says, or the argument itself.
    fn literal(&mut self, arguments: &[Run], span: Span) -> Result<()> {
        let [argument] = arguments else {
            return Err(self.refused(span, "write the number alone"));
        };
        if self.lexemes[argument.start].class != Class::Text {
            return self.grouped(argument);
        }
        let said = self.source(argument.start).trim_matches(['"', '\'']);
        let is_number = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        };
        let (above, below) =
            said.split_once('/').map_or((said, None), |(a, b)| (a, Some(b)));
        if !is_number(above) || below.is_some_and(|below| !is_number(below)) {
            return Err(self.refused(span, "a text is no formula; write it alone"));
        }
        let group = self.out.open(Kind::Group, "", span);
        let inner = self.out.open(Kind::Expression, "", span);
        self.out.open(Kind::Number, above, span);
        if let Some(below) = below {
            self.out.open(Kind::Operator, "/", span);
            self.out.open(Kind::Number, below, span);
        }
        self.out.close(inner);
        self.out.close(group);
        Ok(())
    }

    /// Refuses an argument with a name, as `axis=0`.
    fn refuse_keyword(&self, argument: &Run) -> Result<()> {
        let is_keyword = self.is_word(argument.start) && self.is(argument.start + 1, "=");
        if self.dialect.modules.is_empty() || !is_keyword || argument.len() < 3 {
            return Ok(());
        }
        let name = self.source(argument.start);
        let what = format!("the argument `{name}=` is not read in {}", self.dialect.name);
        Err(Error::at(self.place_of(argument), ErrorKind::Unsupported(what))
            .help("only arguments without names are read"))
    }

    /// The error of a function of a module that is not known.
    fn unknown(&self, place: usize, module: Option<&str>, count: usize) -> Error {
        let source = self.source(place);
        let last = source.rsplit('.').next().unwrap_or(source);
        let known = (1..=4).any(|count| self.meaning(module, last, count).is_some());
        if known {
            let takes = |count: &usize| self.meaning(module, last, *count).is_some();
            let counts: Vec<String> =
                (1..=4).filter(takes).map(|count| count.to_string()).collect();
            let kind = ErrorKind::WrongArity {
                name: source.to_owned(),
                expected: format!("{} arguments", counts.join(" or ")),
                found: count,
            };
            return Error::at(self.at(place), kind);
        }
        let error =
            Error::at(self.at(place), ErrorKind::UnknownFunction(source.to_owned()));
        match nearest(last, function::names()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        }
    }
}
