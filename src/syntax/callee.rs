//! What a name is: a factor or a function where a bracket follows, a variable or something
//! else where it stands alone.
//!
//! A name before a bracket is a factor when it is a variable for any reason. Which names stand
//! alone is known only at the end, so a program that was read with another idea is read again
//! (see [`Known`]).

use super::ast::{Ast, AstId, Callee};
use super::cursor::{Cursor, is_call, is_name, is_number, is_operator};
use super::literal;
use super::name::normalise;
use super::parser::Reader;
use super::resolve;
use super::signs::note;
use super::token::{Item, Items, Kind};
use crate::error::{Error, ErrorKind, Note, Result, short_name};
use crate::function;
use crate::kernel::{is_letter, latin, variant, without_index};
use crate::span::Span;
use rustc_hash::FxHashSet;

/// Letters that are names of functions wherever nothing makes them variables.
const FUNCTIONS: [&str; 11] =
    ["f", "g", "h", "F", "G", "H", "phi", "psi", "Phi", "Psi", "varphi"];
/// Those of them that are quantities too.
const QUANTITIES: [&str; 4] = ["g", "h", "G", "H"];
/// Letters that are hardly ever names of functions.
const FACTORS: [&str; 10] = ["a", "b", "c", "d", "k", "m", "n", "A", "K", "lambda"];
/// What is said of names that are factors.
const PRODUCT: &str = "is read as the product";
/// How deep calls in a bracket are looked into for operators.
const DEEP: usize = 3;

/// Whether a name before a bracket is read as a function where nothing else is known of it.
pub fn may_be_function(name: &str) -> bool {
    let key = latin(name);
    FUNCTIONS.contains(&&*without_index(name))
        || matches!(&*key, "sigma" | "Phi")
        || function::lookup(&key, 1).is_some()
}

/// What is known of names, in Latin letters, from elsewhere or from an earlier reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Names that are variables.
    pub(super) variables: FxHashSet<String>,
    /// Names that are functions.
    pub(super) functions: FxHashSet<String>,
}

/// What a name before a bracket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A variable: the bracket is another factor.
    Factor,
    /// A letter that is taken for a variable because of what is in the bracket.
    Assumed,
    /// A function.
    Function,
}

/// What a name that stands alone is.
pub(super) enum Meant {
    /// A variable or a constant.
    Itself,
    /// What was read already.
    Node(AstId),
    /// A function of another spelling, and where the spelling ends.
    Function(String, Span),
}

impl Reader<'_> {
    /// Whether names were taken for something that the rest of the program contradicts; what
    /// they are is known then.
    pub(super) fn corrects_names(&mut self) -> bool {
        let sets = [&self.functions, &self.letters, &self.assumed];
        if sets.iter().all(|set| set.is_empty()) && self.unknown.is_empty() {
            return false;
        }
        let before = (self.known.variables.len(), self.known.functions.len());
        let unknown: Vec<u32> = self.unknown.iter().map(|(name, _)| *name).collect();
        let mut called = resolve::called(&self.program);
        called.extend(self.letters.iter().chain(&unknown));
        let key = |name: &u32| latin(self.program.name(*name)).into_owned();
        let variables = self.bare.iter().filter(|name| called.contains(name));
        self.known.variables.extend(variables.map(key));
        let functions = self.functions.iter().filter(|name| {
            (self.assumed.contains(name) || unknown.contains(name))
                && !self.bare.contains(name)
        });
        self.known.functions.extend(functions.map(key));
        (self.known.variables.len(), self.known.functions.len()) != before
    }

    /// Whether a name is a variable: it is declared, a parameter, or was found to stand alone.
    pub(super) fn is_variable(&self, name: &str) -> bool {
        let key = latin(name);
        let is_known =
            |key: &str| self.declared.contains(key) || self.known.variables.contains(key);
        is_known(&key)
            || self.parameters.iter().any(|id| latin(self.program.name(*id)) == key)
            || variant(&key).is_some_and(|other| is_known(&other))
    }

    /// The definition with parameters of a name.
    pub(super) fn own_function(&self, name: &str) -> Option<u32> {
        let key = latin(name);
        self.own.get(&*key).copied().filter(|_| !self.declared.contains(&*key))
    }

    /// Whether a letter is the name of a function wherever nothing makes it a variable.
    fn is_function_letter(&self, name: &str) -> bool {
        is_letter(name) && FUNCTIONS.contains(&&*without_index(name))
    }

    /// A name with a bracket or primes directly behind it.
    pub(super) fn before_bracket(
        &mut self,
        raw: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = raw.span;
        let name = normalise(raw.text);
        let mut primes = 0;
        if let Some(found) = cursor.take(|item| item.kind == Kind::Primes) {
            primes = literal::primes(found.text);
        }
        let Some(bracket) = cursor.peek() else {
            return Err(self.unexpected(raw, "a bracket"));
        };
        let span = at.join(bracket.span);
        let role = match primes {
            0 => self.role(&name, raw, bracket, DEEP),
            _ => Role::Function,
        };
        if role != Role::Function {
            if bracket.inner().count() != 1 {
                let kind = ErrorKind::UnexpectedToken {
                    found: "(".into(),
                    expected: format!("an operator after the variable `{name}`"),
                };
                return Err(Error::at(span, kind));
            }
            if is_spelled_pi(&name) && !self.is_variable(&name) {
                let message = format!("`{name}` is read as the number `pi`");
                self.program.notes.push(note(message, at));
                return Ok(self.symbol("pi", at));
            }
            // Where shapes are declared, there is no doubt about names, but a number alone may be
            // meant as an index.
            let inside = self.source_of(bracket.span);
            let inside = inside.trim_start_matches('(').trim_end_matches(')').trim();
            let is_index =
                !inside.is_empty() && inside.bytes().all(|c| c.is_ascii_digit());
            if (self.shapes.is_none() || is_index)
                && (self.is_variable(&name) || !self.is_constant(&name))
            {
                self.program.notes.push(product_note(&name, span));
            }
            let id = self.program.intern_name(&name);
            match role {
                Role::Assumed => self.assumed.insert(id),
                _ => self.bare.insert(id),
            };
            return Ok(self.program.push(Ast::Name(id), at));
        }
        cursor.next();
        let arguments = self.arguments(bracket.inner())?;
        if primes > 0 {
            return self.abstract_call(&name, primes, &arguments, span);
        }
        if self.is_small_gamma(raw, arguments.len()) && self.own_function(&name).is_none()
        {
            let message = "`\\gamma(…)` is read as an abstract function; the gamma function is `\\Gamma(…)`";
            self.program.notes.push(note(message.to_owned(), span));
            return self.abstract_call(&name, 0, &arguments, span);
        }
        if let Some((row, flat)) = self.parameters_out(&name, &arguments) {
            return self.call(&row, at, &flat, span);
        }
        if self.is_current(&name) {
            // `u = u(x)` says on what u depends; elsewhere it is a circle (see `resolve`).
            return self.abstract_call(&name, 0, &arguments, span);
        }
        if let Some(base) = literal::log_base(raw.text)
            && function::lookup(&name, arguments.len()).is_none()
            && let [argument] = arguments[..]
        {
            let base = match literal::number(base) {
                Ok(value) => self.number(value, at),
                Err(_) => self.symbol(&normalise(base), at),
            };
            return self.call("log", at, &[argument, base], span);
        }
        self.call(&name, at, &arguments, span)
    }

    /// Whether a name is the letter `\gamma` of LaTeX, which is no gamma function: that is
    /// `\Gamma`.
    fn is_small_gamma(&self, raw: &Item<'_>, arguments: usize) -> bool {
        arguments == 1 && self.source_of(raw.span) == "\\gamma"
    }

    /// Whether a name is that of the definition in which it stands.
    fn is_current(&self, name: &str) -> bool {
        let is_same = |id| latin(self.program.name(id)) == latin(name);
        self.current.is_some_and(is_same) && !self.is_function(name)
    }

    /// What a name before a bracket is.
    fn role(&self, name: &str, raw: &Item<'_>, bracket: &Item<'_>, deep: usize) -> Role {
        let key = latin(name);
        if self.is_current(name) || self.own_function(name).is_some() {
            return Role::Function;
        }
        if self.is_variable(name) || self.is_constant(name) {
            return Role::Factor;
        }
        let count = bracket.inner().count();
        if !is_letter(name)
            || self.shapes.is_some()
            || !self.is_small_gamma(raw, count) && function::lookup(&key, count).is_some()
            || literal::log_base(raw.text).is_some()
            || self.known.functions.contains(&*key)
            || self.is_function_letter(name)
            || count != 1
        {
            return Role::Function;
        }
        let holds = |argument| self.holds_operator(argument, deep);
        if bracket.inner().next().is_some_and(holds) {
            Role::Assumed
        } else {
            Role::Function
        }
    }

    /// Whether a bracket holds an operator, and not just a name, a number or a call.
    fn holds_operator(&self, argument: Item<'_>, deep: usize) -> bool {
        let mut argument = argument;
        loop {
            let items: Items = argument.inner().collect();
            let mut operands = 0;
            let mut behind_function = false;
            let mut place = 0;
            while let Some(item) = items.get(place) {
                place += 1;
                if is_operator(item)
                    || item.kind == Kind::Postfix
                    || literal::is_sign(item)
                {
                    return true;
                }
                if literal::is_root(item) {
                    continue;
                }
                if !behind_function || operands == 0 {
                    operands += 1;
                }
                if !is_name(item) {
                    continue;
                }
                let name = normalise(item.text);
                if !is_call(item, items.get(place)) {
                    if self.is_function(&name) {
                        // What follows is the argument of a function without brackets.
                        operands -= 1;
                        behind_function = true;
                    }
                    continue;
                }
                let primes = usize::from(items[place].kind == Kind::Primes);
                let Some(bracket) = items.get(place + primes) else { break };
                place += primes + 1;
                if primes == 0
                    && deep > 0
                    && self.role(&name, item, bracket, deep - 1) != Role::Function
                {
                    return true;
                }
            }
            if operands > 1 {
                return true;
            }
            let inner = match &items[..] {
                [only] if matches!(only.kind, Kind::Group | Kind::Brace) => {
                    only.inner().next()
                }
                _ => None,
            };
            match inner {
                Some(inner) => argument = inner,
                None => return false,
            }
        }
    }

    /// What is said of a letter that is taken for a function, if it is the only function.
    pub(super) fn note_letter(&mut self, name: &str, arguments: &[AstId], span: Span) {
        let [argument] = *arguments else { return };
        let stem = without_index(name);
        // `y(x)` is a function of x; `x(y)` is one in doubt.
        let is_backwards = match self.program.node(argument) {
            Ast::Name(id) => {
                let inner = self.program.name(id);
                ["x", "y", "z"].contains(&&*stem)
                    && ["y", "z"].contains(&inner)
                    && &*stem < inner
            }
            _ => false,
        };
        let doubtful = match self.program.node(argument) {
            Ast::Number(_) => !FUNCTIONS.contains(&&*stem),
            Ast::Sum(_) => QUANTITIES.contains(&&*stem),
            _ => FACTORS.contains(&&*stem),
        };
        if doubtful || is_backwards {
            let message = format!(
                "`{name}(…)` is read as an abstract function; write `{name}*(…)` for a product"
            );
            self.doubts.push(note(message, span));
        }
    }

    fn is_constant(&self, name: &str) -> bool {
        matches!(name, "e" | "pi" | "π") || is_spelled_pi(name)
    }

    /// What a name that stands alone is, where it is no function as it is spelled.
    pub(super) fn meant(
        &mut self,
        name: &str,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<Meant> {
        let next = cursor.peek();
        let is_powered = next.is_some_and(|next| {
            literal::is_raised(next) || matches!(next.text, "^" | "**")
        });
        if name.len() == 1 && !is_powered || self.is_variable(name) {
            return Ok(Meant::Itself);
        }
        let at = item.span;
        let is_other_case = function::ignoring_case(name).is_some();
        if is_powered
            && !is_other_case
            && let Some(node) = self.powered_function(name, item, cursor)?
        {
            return Ok(Meant::Node(node));
        }
        if name.chars().count() == 1 && !matches!(name, "Σ" | "Π") {
            return Ok(Meant::Itself);
        }
        if self.is_arc(item, next)
            && let Some(function) = cursor.next()
        {
            let end = function.span;
            let inverse = format!("arc{}", normalise(function.text));
            let message =
                format!("`{}` is read as `{inverse}`", self.source_of(at.join(end)));
            self.program.notes.push(note(message, at.join(end)));
            return Ok(Meant::Function(inverse, end));
        }
        if is_spelled_pi(name) {
            let message = format!("`{name}` is read as the number `pi`");
            self.program.notes.push(note(message, at));
            self.take_for_other(name);
            return Ok(Meant::Node(self.symbol("pi", at)));
        }
        if let Some(spelled) = function::ignoring_case(name)
            && next.is_some_and(|next| is_powered || !is_operator(next))
            && !is_letter(name)
        {
            self.note_case(name, spelled, at);
            self.take_for_other(name);
            return Ok(Meant::Function(spelled.to_owned(), at));
        }
        if let "deg" | "degree" | "degrees" = name
            && cursor.follows_number()
        {
            let message = format!("`{name}` is read as `pi/180`");
            self.program.notes.push(note(message, at));
            self.take_for_other(name);
            return Ok(Meant::Node(self.in_degrees(&[], at, at)));
        }
        self.refuse_word(name, at, next)?;
        Ok(Meant::Itself)
    }

    /// Remembers a name that is taken for something else: where it stands alone as well, it
    /// is a variable.
    pub(super) fn take_for_other(&mut self, name: &str) {
        let id = self.program.intern_name(name);
        self.letters.insert(id);
    }

    /// What is said of a function in another case.
    pub(super) fn note_case(&mut self, name: &str, spelled: &str, at: Span) {
        let message = format!("`{name}` is read as `{spelled}`");
        self.program.notes.push(note(message, at));
    }

    /// Refuses words that stand for no number, and signs of sums over an index.
    fn refuse_word(&self, name: &str, at: Span, next: Option<&Item<'_>>) -> Result<()> {
        if name.ends_with('_') {
            let kind = ErrorKind::InvalidName(name.to_owned());
            return Err(Error::at(at, kind).help("an index stands directly behind `_`"));
        }
        let is_base =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let base = name.strip_prefix("log").filter(|base| is_base(base));
        if let Some(base) = name.strip_prefix("log_").or(base) {
            let kind = ErrorKind::MissingArgument(name.to_owned());
            let digits = base.bytes().take_while(u8::is_ascii_digit).count();
            let first = base.chars().next().map_or(0, char::len_utf8);
            let (base, argument) = base.split_at(if digits > 0 { digits } else { first });
            let argument = if argument.is_empty() { "x" } else { argument };
            let [base, argument] = [base, argument].map(short_name);
            let help = format!("write `log_{base}({argument})`");
            return Err(Error::at(at, kind).help(help));
        }
        // Over declared shapes they say which norm is meant.
        if let "inf" | "Inf" | "infinity" | "Infinity" | "oo" | "nan" | "NaN" = name
            && self.shapes.is_none()
        {
            let what = format!("`{name}` is not a number to calculate with");
            return Err(Error::at(at, ErrorKind::Unsupported(what)));
        }
        let mut letters = name.chars();
        let (what, how) = match letters.next() {
            Some('Σ') => (
                "sums over an index are not read here",
                "write the terms with `+`, or declare vectors with --given",
            ),
            Some('Π') => {
                ("products over an index are not read", "write the factors with `*`")
            }
            _ => return Ok(()),
        };
        let has_index = letters.as_str().starts_with('_');
        if !has_index && next.is_none_or(is_operator) {
            return Ok(());
        }
        Err(Error::at(at, ErrorKind::Unsupported(what.to_owned())).help(how))
    }

    /// Whether `arc` and a function behind it are one function: `arc sin x`.
    pub(super) fn is_arc(&self, item: &Item<'_>, next: Option<&Item<'_>>) -> bool {
        let is_inverse = |next: &Item<'_>| {
            is_name(next) && function::is_name(&format!("arc{}", next.text))
        };
        item.text == "arc" && !self.is_variable("arc") && next.is_some_and(is_inverse)
    }

    /// `f^2(x)` for a function f: `f(x)^2`; the inverse function has no name.
    fn powered_function(
        &mut self,
        name: &str,
        item: &Item<'_>,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<Option<AstId>> {
        let own = self.own_function(name);
        let is_function = own.is_some()
            || self.is_function_letter(name)
            || self.known.functions.contains(&*latin(name));
        let rest = cursor.rest();
        let mut place = 1;
        if !literal::is_raised(&rest[0]) {
            place += rest[1..].iter().take_while(|item| literal::is_sign(item)).count();
            let is_exponent = |item: &Item<'_>| {
                is_number(item)
                    || is_name(item) && is_letter(&normalise(item.text))
                    || matches!(item.kind, Kind::Group | Kind::Brace)
            };
            if !rest.get(place).is_some_and(is_exponent) {
                return Ok(None);
            }
            place += 1;
        }
        let Some(bracket) = rest.get(place).filter(|bracket| {
            bracket.kind == Kind::Round && bracket.span.start == rest[place - 1].span.end
        }) else {
            return Ok(None);
        };
        let at = item.span;
        let span = at.join(bracket.span);
        if !is_function {
            // The other reading is near where the name alone would be a function.
            if self.role(name, item, bracket, DEEP) == Role::Function {
                let power = self.source_of(Span { end: bracket.span.start, ..at });
                let message =
                    format!("`{power}(…)` is read as the product `{power}*(…)`");
                self.program.notes.push(note(message, span));
            }
            return Ok(None);
        }
        let Some(power) = self.function_power(cursor)? else { return Ok(None) };
        cursor.next();
        if self.is_minus_one(power) {
            let what = format!("the inverse function of `{name}` has no name");
            let error = Error::at(span, ErrorKind::Unsupported(what))
                .help(format!("for the reciprocal write `1/{name}(…)`"));
            // The name may stand alone further on, which makes it a variable.
            let id = self.program.intern_name(name);
            self.unknown.push((id, error));
        }
        let arguments = self.arguments(bracket.inner())?;
        let call = match own {
            Some(index) => {
                let list = self.list(&arguments);
                self.program.push(Ast::Call(Callee::Own(index), list), span)
            }
            None => self.abstract_call(name, 0, &arguments, span)?,
        };
        let message =
            format!("`{}` is read as a power of `{name}(…)`", self.source_of(span),);
        self.program.notes.push(note(message, span));
        Ok(Some(self.program.push(Ast::Power(call, power), span)))
    }
}

/// That a name before a bracket is a factor.
pub(super) fn product_note(name: &str, span: Span) -> Note {
    note(format!("`{name}(…)` {PRODUCT} `{name}*(…)`"), span)
}

/// Whether a note says that a name before a bracket is a factor.
pub(super) fn is_product_note(note: &Note) -> bool {
    note.message.contains(PRODUCT)
}

/// Whether a name is another spelling of pi.
fn is_spelled_pi(name: &str) -> bool {
    matches!(name, "Pi" | "PI")
}
