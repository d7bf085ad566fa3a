//! Fonts, words and marks: `\mathbf{x}`, `\operatorname{erf}`, `\text{if}`, `\hat{y}`.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::{Assembler, Lexeme, rows};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use rustc_hash::FxHashMap;

/// The fonts of vectors.
const BOLD: [&str; 5] = ["\\mathbf", "\\boldsymbol", "\\bm", "\\vec", "\\pmb"];

/// Words that say nothing that the formula does not say.
pub(super) const SAID: [&str; 11] = [
    "if",
    "for",
    "when",
    "where",
    "otherwise",
    "else",
    "elsewhere",
    "falls",
    "sonst",
    "si",
    "sinon",
];

/// How many fonts and braces may stand around a name.
const LAYERS: u8 = 6;

/// Letters that fonts and braces hold.
pub(super) struct Lettering<'t> {
    word: &'t str,
    span: Span,
    behind: usize,
    /// Whether they are set as names of functions are, or are a command.
    is_upright: bool,
    /// Whether they are said to be an operator.
    is_operator: bool,
}

impl Lettering<'_> {
    /// The function that they name.
    fn function(&self) -> Option<&'static str> {
        match commands::meaning(self.word) {
            Some(Meaning::Function(name))
                if self.is_upright || commands::is_plain(self.word) =>
            {
                Some(name)
            }
            _ => None,
        }
    }
}

impl<'t> Assembler<'t, '_> {
    /// A font: what stands in it is read as without it.
    pub(super) fn font(&mut self, lexeme: Lexeme) -> Result<()> {
        if self.operator_inside(self.at + 1)?
            || self.lettered()?
            || self.upright()?
            || self.made(lexeme)?
        {
            return Ok(());
        }
        self.font_alone(lexeme)?;
        // What stands below or above a brace is a remark.
        let remark = match self.source(lexeme) {
            "\\underbrace" => self.take("_"),
            "\\overbrace" => self.take("^"),
            _ => None,
        };
        if remark.is_some() {
            self.at = self.behind_script(self.at);
        }
        match self.out.at(self.out.count() - 1) {
            last if last.kind == Kind::Name && self.next_source() != "^" => {
                let (text, span) = (last.text.clone(), last.span);
                self.out.cut(self.out.count() - 1);
                self.name(text, span)
            }
            _ => self.scripts(),
        }
    }

    /// The letters at a place that fonts and braces hold and nothing else, where they are the
    /// name of a function, or stand upright as one.
    pub(super) fn lettering(&self, place: usize, layers: u8) -> Option<Lettering<'t>> {
        let layers = layers.checked_sub(1)?;
        let lexeme = *self.lexemes.get(place)?;
        let (source, meaning) = (self.source(lexeme), self.meaning_of(lexeme));
        let is_space = |place: usize| {
            let next = self.lexemes.get(place).copied();
            next.is_some_and(|next| self.meaning_of(next) == Some(&Meaning::Space))
        };
        let opens = self.lexemes.get(place + 1).is_some_and(|l| self.source(*l) == "{");
        match meaning {
            _ if source == "{" => {
                let mut found = self.lettering(place + 1, layers)?;
                while is_space(found.behind) {
                    found.behind += 1;
                }
                let is_whole = found.behind == lexeme.mate;
                is_whole.then_some(Lettering { behind: lexeme.mate + 1, ..found })
            }
            Some(Meaning::Function(_)) => Some(Lettering {
                word: &source[1..],
                span: self.span(lexeme),
                behind: place + 1,
                is_upright: true,
                is_operator: false,
            }),
            Some(Meaning::Space | Meaning::Font | Meaning::Word)
                if opens || is_space(place) =>
            {
                let mut found = self.lettering(place + 1, layers)?;
                found.is_operator |= matches!(source, "\\mathop" | "\\operatorname");
                found.is_upright |=
                    found.is_operator || matches!(source, "\\rm" | "\\mathrm");
                Some(found)
            }
            _ => {
                let word = self.run_at(place);
                let is_word = word.len() > 1 && word.is_ascii() && !(self.declared)(word);
                is_word.then(|| Lettering {
                    word,
                    span: self
                        .span(lexeme)
                        .join(self.span(self.lexemes[place + word.len() - 1])),
                    behind: place + word.len(),
                    is_upright: false,
                    is_operator: false,
                })
            }
        }
    }

    /// Reads what stands next when it is a name in fonts: `\mathop{\rm tg}`, `\mathbf{sin}`.
    pub(super) fn lettered(&mut self) -> Result<bool> {
        let Some(found) = self.lettering(self.at, LAYERS) else { return Ok(false) };
        let is_function = found.function().is_some();
        if !is_function && !found.is_operator {
            return Ok(false);
        }
        self.at = found.behind;
        match found.function() {
            Some(name) => self.function(name.into(), found.span)?,
            None => {
                if !self.is_shaped {
                    self.refuse_operator(found.word, found.span)?;
                }
                self.name(found.word.into(), found.span)?;
            }
        }
        Ok(true)
    }

    /// `{\sin ^2}x`: braces around a function and its power or base belong to the function.
    pub(super) fn powered(&mut self, open: Lexeme) -> Result<bool> {
        let Some(found) = self.lettering(self.at + 1, LAYERS) else { return Ok(false) };
        let Some(name) = found.function() else { return Ok(false) };
        let mut end = found.behind;
        while self.lexemes.get(end).is_some_and(|l| matches!(self.source(*l), "^" | "_"))
        {
            end = self.behind_script(end + 1);
        }
        if end != open.mate {
            return Ok(false);
        }
        self.at = found.behind;
        self.function(name.into(), found.span)?;
        self.take("}").ok_or_else(|| self.missing("`}`"))?;
        Ok(true)
    }

    /// `\mathop{\mathrm{sin}}`: a word or a function in a font is what it is without it.
    fn upright(&mut self) -> Result<bool> {
        let Some(&[open, inner]) = self.lexemes.get(self.at + 1..self.at + 3) else {
            return Ok(false);
        };
        let ends = |behind: usize| self.source(open) == "{" && open.mate == behind;
        match self.meaning_of(inner) {
            Some(Meaning::Word) => {
                let group = self.lexemes.get(self.at + 3);
                let group = group.filter(|group| self.source(**group) == "{");
                if !group.is_some_and(|group| ends(group.mate + 1)) {
                    return Ok(false);
                }
                self.at += 2;
                self.word(inner)?;
            }
            Some(Meaning::Function(name)) if ends(self.at + 3) => {
                self.at += 3;
                self.function((*name).into(), self.span(inner))?;
            }
            _ => return Ok(false),
        }
        self.take("}").ok_or_else(|| self.missing("`}`"))?;
        self.scripts()?;
        Ok(true)
    }

    /// The same without scripts.
    pub(super) fn font_alone(&mut self, lexeme: Lexeme) -> Result<()> {
        self.at += 1;
        let Some(open) = self.peek() else { return Err(self.missing("an argument")) };
        let is_group = self.source(open) == "{";
        let (from, to) =
            if is_group { (self.at + 1, open.mate) } else { (self.at, self.at + 1) };
        self.note_unit(lexeme, (from, to));
        let letters = &self.lexemes[from..to.max(from)];
        if self.source(lexeme) == "\\mathit"
            && letters.iter().any(|l| l.rule == Rule::number)
            && letters.len() == 1
        {
            return Err(self.unexpected(letters[0], "a name"));
        }
        let all_letters = letters.iter().all(|l| l.rule == Rule::letter);
        let is_word = self.source(lexeme) == "\\mathit" && letters.len() > 1;
        if all_letters && is_group && (is_word || letters.len() == 1) {
            let (start, end) = (letters[0].start, letters[letters.len() - 1].end);
            let span =
                Span::new(self.offset + lexeme.start, self.offset + self.lexemes[to].end);
            self.at = to + 1;
            self.leaf(Kind::Name, &self.text[start..end], span);
            self.operand = true;
            return Ok(());
        }
        self.operand_alone()
    }

    /// Says of a unit vector, `\mathbf{i}`, that it is a name.
    fn note_unit(&mut self, lexeme: Lexeme, (from, to): (usize, usize)) {
        let Some(&[letter]) = self.lexemes.get(from..to) else { return };
        let name = self.source(letter);
        let is_unit =
            matches!(name, "i" | "j" | "k") && BOLD.contains(&self.source(lexeme));
        if !is_unit || self.is_shaped || (self.declared)(name) {
            return;
        }
        let span = Span::new(self.offset + lexeme.start, self.offset + letter.end);
        let message =
            format!("`{name}` is read as a name; a vector is written as `[x, y]`");
        self.note(message, span);
    }

    /// Says of a letter that stands in two styles that both are one name.
    pub(super) fn note_styles(&mut self) {
        let has_fonts =
            |lexeme: &Lexeme| self.meaning_of(*lexeme) == Some(&Meaning::Font);
        if !self.lexemes.iter().any(has_fonts) {
            return;
        }
        let mut known: FxHashMap<&'t str, (&'t str, bool)> = FxHashMap::default();
        let (mut place, mut said) = (0, Vec::new());
        while let Some(lexeme) = self.lexemes.get(place).copied() {
            let opens = self.lexemes.get(place + 1).filter(|l| self.source(**l) == "{");
            let meaning = self.meaning_of(lexeme);
            if let (Some(Meaning::Word | Meaning::Begin), Some(open)) = (meaning, opens) {
                place = open.mate;
            } else if lexeme.rule == Rule::letter {
                let letter = self.source(lexeme);
                let style = self.style_at(place);
                let (first, is_said) = known.entry(letter).or_insert((style, false));
                if *first != style && !std::mem::replace(is_said, true) {
                    said.push((letter, self.span(lexeme)));
                }
            }
            place += 1;
        }
        for (letter, span) in said {
            let message =
                format!("`{letter}` stands in two styles, and is read as one name");
            self.note(message, span);
        }
    }

    /// The font of the letter at a place; all those of vectors are one.
    fn style_at(&self, place: usize) -> &'t str {
        let before = |back: usize| {
            let found = place.checked_sub(back).and_then(|at| self.lexemes.get(at));
            found.copied()
        };
        let is_held = before(1)
            .is_some_and(|open| self.source(open) == "{" && open.mate == place + 1);
        let font = before(if is_held { 2 } else { 1 })
            .filter(|font| self.meaning_of(*font) == Some(&Meaning::Font))
            .map_or("", |font| self.source(font));
        match font {
            "\\mathit" | "\\mathnormal" | "\\ensuremath" | "\\boxed" | "\\underline"
            | "\\smash" | "\\variable" | "\\mathop" | "\\mathord" | "\\mathrel"
            | "\\mathbin" | "\\underbrace" | "\\overbrace" => "",
            font if BOLD.contains(&font) => BOLD[0],
            font => font,
        }
    }

    /// The text in the braces that stand next.
    pub(super) fn word_text(&mut self) -> Result<String> {
        let Some(open) = self.peek() else { return Err(self.missing("an argument")) };
        if self.source(open) != "{" {
            self.at += 1;
            return Ok(self.source(open).to_owned());
        }
        let end = self.lexemes[open.mate].start;
        self.at = open.mate + 1;
        Ok(self.text[open.end..end]
            .replace("\\_", "_")
            .replace("\\ ", " ")
            .trim()
            .to_owned())
    }

    /// A word: the name of a function or variable, or one that says nothing.
    pub(super) fn word(&mut self, lexeme: Lexeme) -> Result<()> {
        self.at += 1;
        let inside = self.at + 1;
        let mate = self.peek().map_or(inside, |open| open.mate);
        let text = self.word_text()?;
        let span = self.span(lexeme).join(Span::new(self.behind(), self.behind()));
        if self.source(lexeme) == "\\operatorname"
            && let Some(rows) = rows::ROWS.get(text.as_str())
        {
            let has_parameters = self.has_parameters();
            let is_name = matches!(commands::meaning(&text), Some(Meaning::Function(_)));
            if has_parameters || !is_name && (rows.len() > 1 || self.opens_bracket()) {
                return self.applied(rows, span);
            }
            if !is_name {
                return self.function(rows[0].name.into(), span);
            }
        }
        if text.contains('$') {
            return self.between_dollars(inside, mate, span);
        }
        if let Some(next) = self.peek().filter(|next| next.rule == Rule::letter)
            && text == "d"
            && let name = format!("d{}", self.source(next))
            && (self.declared)(&name)
        {
            self.at += 1;
            return self.name(name.into(), span.join(self.span(next)));
        }
        if text == "d" && self.source(lexeme) != "\\text" {
            self.refuse_differential(span)?;
        }
        if text.contains('\\') {
            return self.inner_commands(inside, mate, span);
        }
        if matches!(text.as_str(), "and" | "or") {
            self.leaf(Kind::Operator, text, span);
            self.operand = false;
            return Ok(());
        }
        let plain = text.trim_end_matches([',', '.', ':']);
        if SAID.contains(&plain) || plain.is_empty() {
            if !self.in_condition && !plain.is_empty() {
                self.note(format!("the word `{plain}` is left out"), span);
            }
            return Ok(());
        }
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        if !text.chars().all(is_name) || !text.starts_with(char::is_alphabetic) {
            let what = format!("the words `{text}` in a formula");
            return Err(Error::at(span, ErrorKind::Unsupported(what)).help(
                "write the formula alone, and a name of several letters in one word",
            ));
        }
        match commands::meaning(&text) {
            Some(Meaning::Function(name)) if *name == text || self.has_argument() => {
                self.function((*name).into(), span)
            }
            _ => {
                if self.source(lexeme).starts_with("\\operatorname") && !self.is_shaped {
                    self.refuse_operator(&text, span)?;
                }
                self.name(text.into(), span)
            }
        }
    }

    /// Whether something stands next that is no end and no operator: `n^{\text{th}}` is a name.
    fn has_argument(&self) -> bool {
        let Some(next) = self.peek() else { return false };
        let source = self.source(next);
        !matches!(source, "}" | ")" | "]" | "," | "&" | "\\\\" | "=")
            && !literal::is_sum(source)
            && !literal::is_product(source)
    }

    /// `\text{if $x > 0$}`: the formula between the dollars, with words around it that say
    /// nothing.
    fn between_dollars(&mut self, from: usize, to: usize, span: Span) -> Result<()> {
        let refuse = || {
            let what = "words in a formula".to_owned();
            Error::at(span, ErrorKind::Unsupported(what)).help("write the formula alone")
        };
        let is_dollar = |place: &usize| {
            self.lexemes.get(*place).is_some_and(|lexeme| self.source(*lexeme) == "$")
        };
        let places: Vec<usize> = (from..to).filter(is_dollar).collect();
        let [open, close] = places[..] else { return Err(refuse()) };
        let (open_at, close_at) = (self.lexemes[open], self.lexemes[close]);
        let start = self.lexemes.get(from).map_or(open_at.start, |first| first.start);
        let (before, behind) = (
            self.text[start..open_at.start].trim(),
            self.text[close_at.end..self.lexemes[to].start].trim(),
        );
        let says_nothing = |text: &str| text.is_empty() || SAID.contains(&text);
        if !says_nothing(before) || !says_nothing(behind) {
            return Err(refuse());
        }
        self.at = open + 1;
        while self.at < close
            && let Some(lexeme) = self.peek()
        {
            self.item(lexeme)?;
        }
        self.at = to + 1;
        Ok(())
    }

    /// `\operatorname{\Phi}`, `\text{ \textendash }`: what is in it is read as formula.
    fn inner_commands(&mut self, from: usize, to: usize, span: Span) -> Result<()> {
        let Some(&[only]) = self.lexemes.get(from..to) else {
            let what = "words in a formula".to_owned();
            return Err(Error::at(span, ErrorKind::Unsupported(what)));
        };
        match self.meaning_of(only) {
            Some(Meaning::Operator(text)) => {
                self.leaf(Kind::Operator, *text, span);
                self.operand = false;
                Ok(())
            }
            Some(Meaning::Name(name)) => self.name((*name).into(), span),
            Some(Meaning::Function(name)) => self.function((*name).into(), span),
            Some(Meaning::Space) => Ok(()),
            _ => Err(self.stray(only)),
        }
    }

    /// `\hat{y}` is the name `y_hat`.
    pub(super) fn mark(&mut self, lexeme: Lexeme, mark: &str) -> Result<()> {
        self.at += 1;
        let from = self.out.count();
        self.operand_alone()?;
        let last = self.out.at(self.out.count() - 1).clone();
        let one = last.kind == Kind::Name
            && self.out.range(from..self.out.count()).iter().all(|token| {
                matches!(token.kind, Kind::Name | Kind::Group | Kind::Expression)
            })
            && self
                .out
                .range(from..self.out.count())
                .iter()
                .filter(|t| t.kind == Kind::Name)
                .count()
                == 1;
        let span = self.span(lexeme).join(Span::new(self.behind(), self.behind()));
        if !one {
            let what = format!("`{}` over more than a name", self.source(lexeme));
            return Err(Error::at(span, ErrorKind::Unsupported(what)));
        }
        self.out.cut(from);
        let name = format!("{}_{mark}", last.text);
        let typed = self.typed(span).to_owned();
        self.note(format!("`{typed}` is read as the name `{name}`"), span);
        self.name(name.into(), span)
    }
}
