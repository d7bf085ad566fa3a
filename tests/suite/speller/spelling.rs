//! Trees as people write them, in many ways that the language promises to read.

use super::functions::Function;
use super::join::between;
use super::random::Random;
use super::signs;
use super::tree::Tree;

/// How tightly a text holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Sum,
    /// Ends in a function without brackets, to whose argument a factor behind it would go.
    Open,
    Product,
    /// A mixed fraction, a factorial, a number with a unit.
    Factor,
    Power,
    Atom,
}
use Strength::{Atom, Factor, Open, Power, Product, Sum};

/// A text with its strength.
type Spelled = (String, Strength);

/// Writes trees.
pub(crate) struct Speller<'r> {
    random: &'r mut Random,
}

/// Writes a tree in one way of many.
pub(crate) fn spell(random: &mut Random, tree: &Tree) -> String {
    let (text, _) = Speller { random: &mut *random }.spell(tree);
    // Here and there a space is an odd one.
    let blank = |c| match c {
        ' ' if random.chance(4) => {
            random.pick(&["  ", "\t", "\u{A0}", "\u{2009}"]).into()
        }
        c => String::from(c),
    };
    text.chars().map(blank).collect()
}

impl Speller<'_> {
    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        self.random.pick(from)
    }

    /// One of several texts between spaces or not.
    fn sign(&mut self, from: &[&'static str]) -> String {
        let gap = self.pick(&["", " "]);
        format!("{gap}{}{gap}", self.pick(from))
    }

    fn wrap(&mut self, text: &str) -> String {
        format!("{}{text}{}", self.pick(&["(", "(", "( "]), self.pick(&[")", ")", " )"]))
    }

    /// A tree in brackets.
    fn wrapped(&mut self, tree: &Tree) -> String {
        let (text, _) = self.spell(tree);
        self.wrap(&text)
    }

    /// A tree, in brackets where it would fall apart, and now and then for no reason.
    fn at_least(&mut self, tree: &Tree, strength: Strength) -> String {
        let (text, have) = self.spell(tree);
        let stays = have >= strength && !self.random.chance(4);
        if stays { text } else { self.wrap(&text) }
    }

    fn spell(&mut self, tree: &Tree) -> Spelled {
        match tree {
            Tree::Whole(n) => (n.to_string(), Atom),
            Tree::Decimal(text, _) => ((*text).to_owned(), Atom),
            Tree::Ratio(p, q) => self.ratio(*p, *q),
            Tree::Degrees(n) => (format!("{n}°"), Factor),
            Tree::Percent(n) => (format!("{n}%"), Factor),
            Tree::E => ("e".to_owned(), Atom),
            Tree::Pi => (self.pick(&["pi", "π"]).to_owned(), Atom),
            Tree::Name(name) => (signs::name(self.random, name), Atom),
            Tree::Sum(terms) => {
                let mut text = self.at_least(&terms[0], Sum);
                for term in &terms[1..] {
                    text += &self.sign(&["+"]);
                    text += &self.at_least(term, Open);
                }
                (text, Sum)
            }
            Tree::Difference(a, b) => {
                let (a, b) = (self.at_least(a, Sum), self.at_least(b, Open));
                (format!("{a}{}{b}", self.sign(&["-", "-", "−", "–"])), Sum)
            }
            Tree::Negative(a) => {
                let text = self.at_least(a, Open);
                (format!("{}{text}", self.pick(&["-", "-", "−"])), Sum)
            }
            Tree::Product(factors) => self.product(factors),
            Tree::Quotient(a, b) => {
                let (a, b) = (self.at_least(a, Product), self.at_least(b, Power));
                (format!("{a}{}{b}", self.sign(&["/", "/", "÷"])), Product)
            }
            Tree::Factorial(a) => match **a {
                Tree::Name(_) | Tree::Whole(_) => (self.at_least(a, Atom) + "!", Factor),
                _ => (self.wrapped(a) + "!", Factor),
            },
            Tree::Power(base, exponent) => self.power(base, exponent),
            Tree::Apply(function, argument) => match self.open(tree, 30) {
                Some(text) => (text, Open),
                None => self.apply(function, argument),
            },
            Tree::Log(a, base) => (format!("log({}, {base})", self.spell(a).0), Atom),
            Tree::Max(a, b) => {
                (format!("max({}, {})", self.spell(a).0, self.spell(b).0), Atom)
            }
            Tree::Call(name, a) => (format!("{name}({})", self.spell(a).0), Atom),
        }
    }

    /// `3/4`, `¾`, and `2½` for 5/2.
    fn ratio(&mut self, p: u32, q: u32) -> Spelled {
        match signs::vulgar(p % q, q) {
            Some(sign) if self.random.chance(50) => match p / q {
                0 => (sign.to_owned(), Power),
                whole => (format!("{whole}{sign}"), Factor),
            },
            _ => (format!("{p}/{q}"), Product),
        }
    }

    /// `sin x`, `sin 2x`, `sin x^2`, `sin^2 x`: a function whose argument may stand without
    /// brackets does so now and then.
    fn open(&mut self, tree: &Tree, percent: u64) -> Option<String> {
        let (name, up, argument) = match tree {
            Tree::Apply(function, argument) => (function, String::new(), argument),
            Tree::Power(base, exponent) => {
                let (Tree::Apply(function, argument), Some(n @ 2..=3)) =
                    (&**base, exponent.whole())
                else {
                    return None;
                };
                (function, self.raised_number(n), argument)
            }
            _ => return None,
        };
        let argument = match &**argument {
            Tree::Name(name) => signs::name(self.random, name),
            Tree::Product(list) => match &list[..] {
                [Tree::Whole(n), Tree::Name(name)] => {
                    format!("{n}{}", signs::name(self.random, name))
                }
                _ => return None,
            },
            Tree::Power(base, exponent) => match (&**base, &**exponent) {
                (Tree::Name(name), Tree::Whole(n)) => {
                    let up = self.raised_number(*n as i32);
                    signs::name(self.random, name) + &up
                }
                _ => return None,
            },
            _ => return None,
        };
        let wanted = name.is_bare() && self.random.chance(percent);
        wanted.then(|| format!("{}{up} {argument}", self.pick(name.spellings)))
    }

    /// `^2` or `²`.
    fn raised_number(&mut self, n: i32) -> String {
        match signs::raised(&n.to_string()) {
            Some(sign) if self.random.chance(50) => sign,
            _ => format!("^{n}"),
        }
    }

    fn power(&mut self, base: &Tree, exponent: &Tree) -> Spelled {
        if let Tree::Ratio(1, 2) = exponent
            && self.random.chance(60)
        {
            let name = self.pick(&["sqrt", "√"]);
            return self.root(name, base);
        }
        if let (Tree::Apply(function, argument), Some(n @ 2..=3)) =
            (base, exponent.whole())
            && function.is_bare()
            && self.random.chance(50)
        {
            let whole =
                Tree::Power(Box::new(base.clone()), Box::new(Tree::Whole(n as u32)));
            if let Some(text) = self.open(&whole, 50) {
                return (text, Open);
            }
            let name = self.pick(function.spellings);
            let up = self.raised_number(n);
            return (format!("{name}{up}{}", self.wrapped(argument)), Power);
        }
        (self.at_least(base, Atom) + &self.exponent(exponent), Power)
    }

    /// A root; that of a number or a name may do without brackets.
    fn root(&mut self, name: &str, inside: &Tree) -> Spelled {
        let strength = if name == "sqrt" || name == "cbrt" { Atom } else { Power };
        let is_short = matches!(inside, Tree::Name(_) | Tree::Whole(_));
        if strength == Power && is_short && self.random.chance(50) {
            return (format!("{name}{}", self.spell(inside).0), Power);
        }
        (format!("{name}{}", self.wrapped(inside)), strength)
    }

    /// `^2`, `²`, `^(x+1)`, `ˣ⁺¹`, `^-x`.
    fn exponent(&mut self, tree: &Tree) -> String {
        if self.random.chance(35)
            && let Some(sign) = signs::exponent(tree)
        {
            return sign;
        }
        let up = self.pick(&["^", "^", "^", "**"]);
        let (inner, minus) = match tree {
            Tree::Negative(inner) => (&**inner, true),
            _ => (tree, false),
        };
        let (text, have) = self.spell(inner);
        let stands_alone =
            (have >= Power && self.random.chance(70)) || (have == Atom && !minus);
        match (stands_alone, minus) {
            (true, true) => format!("{up}-{text}"),
            (true, false) => format!("{up}{text}"),
            (false, true) if have >= Open => format!("{up}(-{text})"),
            (false, true) => format!("{up}(-{})", self.wrap(&text)),
            (false, false) => format!("{up}{}", self.wrap(&text)),
        }
    }

    /// A function with brackets, bars, or as a power of e.
    fn apply(&mut self, function: &Function, argument: &Tree) -> Spelled {
        let name = self.pick(function.spellings);
        match function.name {
            "sqrt" | "cbrt" => return self.root(name, argument),
            "exp" if self.random.chance(50) => {
                return (format!("e{}", self.exponent(argument)), Power);
            }
            _ => {}
        }
        let (text, _) = self.spell(argument);
        if function.name == "abs" && !text.contains('|') && self.random.chance(50) {
            return (format!("|{text}|"), Atom);
        }
        let is_power = name.contains(['^', '⁻']);
        (format!("{name}({text})"), if is_power { Power } else { Atom })
    }

    fn product(&mut self, factors: &[Tree]) -> Spelled {
        let mut text = String::new();
        let mut was_open = false;
        for (i, factor) in factors.iter().enumerate() {
            let bare = |tree: &Tree| matches!(tree, Tree::Apply(f, _) if f.is_bare());
            let may_open = factors.get(i + 1).is_none_or(bare);
            let open = if may_open { self.open(factor, 40) } else { None };
            let is_open = open.is_some();
            let next = match (open, factor) {
                (Some(text), _) => text,
                (None, Tree::Apply(f, argument)) if f.is_bare() => {
                    self.apply(f, argument).0
                }
                _ => self.at_least(factor, if i > 0 { Factor } else { Product }),
            };
            text += match i {
                0 => "",
                _ if was_open => " ",
                _ => self.random.pick(&between(&text, &next)),
            };
            text += &next;
            was_open = is_open;
        }
        (text, if was_open { Open } else { Product })
    }
}
