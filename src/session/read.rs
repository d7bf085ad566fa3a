//! Reading formulas into an engine.

use super::assumption::parse_assumptions;
use super::engine::Engine;
use super::formula::{Formula, Known, Settings, free_name, spelling_in};
use crate::check::Domain;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function;
use crate::kernel::{Assumption, ExprId, latin, variant};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax::{self, Input, Program, Typed};
use rustc_hash::FxHashSet;

impl Engine {
    /// Reads a program.
    ///
    /// # Errors
    /// Whatever cannot be read; see [`ErrorKind`].
    pub fn read(&mut self, text: &str, settings: &Settings) -> Result<Formula> {
        let mut typed = Typed::new(text, settings.purpose, settings.input);
        let known = |word: &str| {
            settings.declared.iter().chain(&settings.known).any(|name| name == word)
        };
        let word = syntax::braced_word(text)
            .filter(|word| settings.input.is_none() && !known(word));
        let has_order = settings.input.is_none()
            && typed.input == Input::Text
            && syntax::has_raised_order(text);
        if word.is_some() || has_order {
            typed.input = Input::Latex;
        }
        let arguments = settings.arguments;
        let read = |declared: &[&str], known: &[&str]| {
            let mut program = syntax::parse_typed(&typed, arguments, declared, known)?;
            if settings.log_ten {
                program.take_decadic(text);
            }
            program.notes.extend(word.map(|word| Note {
                message: format!(
                    "the braces are those of LaTeX, so `{word}` is a product; `--input text` makes it a name"
                ),
                span: None,
            }));
            program.notes.extend((has_order && word.is_none()).then(|| Note {
                message: "the braces are those of LaTeX".to_owned(),
                span: None,
            }));
            Ok([program])
        };
        self.read_programs(read, settings)?.pop().ok_or(ErrorKind::EmptyExpression.into())
    }

    /// Takes in the programs that a reader makes of the names that are variables in any case
    /// and those that are variables elsewhere.
    pub(super) fn read_programs<P: IntoIterator<Item = Program>>(
        &mut self,
        read: impl Fn(&[&str], &[&str]) -> Result<P>,
        settings: &Settings,
    ) -> Result<Vec<Formula>> {
        let assumptions = parse_assumptions(&settings.assume)?;
        if settings.domain == Domain::Complex {
            self.pool.take_complex();
            if settings.keeps_real {
                self.pool.keep_real();
            }
        }
        if settings.decimals {
            self.pool.write_decimals(true);
        }
        let assumed = assumptions.iter().map(|(name, _)| name.as_str());
        let declared: Vec<&str> = settings.declared.iter().map(String::as_str).collect();
        let known: Vec<&str> =
            settings.known.iter().map(String::as_str).chain(assumed).collect();
        let programs =
            self.read_set(read, [&declared, &known], &assumptions, settings)?;
        let take = |program| self.take(program, &declared, assumptions.clone(), settings);
        programs.into_iter().map(take).collect()
    }

    /// Takes in a program.
    fn take(
        &mut self,
        mut program: Program,
        declared: &[&str],
        mut assumptions: Vec<(String, Assumption)>,
        settings: &Settings,
    ) -> Result<Formula> {
        let complex = settings.domain == Domain::Complex;
        if let Some(at) =
            program.request().map(|(_, at)| at).filter(|_| !settings.may_ask)
        {
            let what = "a derivative in front of the formula".to_owned();
            return Err(Error::at(at, ErrorKind::Unsupported(what))
                .help("calcgrad diff takes it; elsewhere write the derivative out"));
        }
        if let Some(at) = program.imaginary().filter(|_| !complex) {
            let what = "the imaginary unit over the real numbers".to_owned();
            return Err(Error::at(at, ErrorKind::Unsupported(what))
                .help("add --domain complex, or give the letter another name"));
        }
        if let Some(at) = program.letter_i().filter(|_| complex) {
            let what = "the letter `i` over the complex numbers".to_owned();
            return Err(Error::at(at, ErrorKind::Unsupported(what))
                .help("it is a variable in this language; give it another name"));
        }
        self.respell(&mut program);
        for (name, assumption) in &mut assumptions {
            *name = self.spelling_beside(&program, name);
            self.pool.assume(name, *assumption);
        }
        let declared: Vec<String> =
            declared.iter().map(|name| self.spelling_beside(&program, name)).collect();
        let names: Vec<&str> = declared.iter().map(String::as_str).collect();
        let mut lowered = syntax::lower(&program, &names, &mut self.pool)?;
        self.pool.note_signs(&lowered.roots);
        if complex {
            let replacement = (self.pool.symbol("i"), self.pool.imaginary_unit());
            let roots = &lowered.roots;
            lowered.roots = self.pool.substitute(roots, &[replacement], function::apply);
        }
        self.note_differentials(&mut program, &lowered.roots, &declared);
        if settings.strict
            && let Some(note) = program.notes.first()
        {
            let kind = ErrorKind::Ambiguous(note.message.clone());
            return Err(Error { span: note.span, ..kind.into() });
        }
        if settings.explain {
            let text = print::reading(&program, Notation::Text)?;
            let message = format!("the reading is `{text}`");
            program.notes.insert(0, Note { message, span: None });
        }
        for root in &mut lowered.roots {
            *root = simplify::without_squares(&mut self.pool, *root);
        }
        self.check_limits()?;
        self.refuse_poles(&lowered.roots)?;
        let answers: Vec<Option<&str>> = syntax::outputs(&program)?
            .into_iter()
            .map(|place| program.definitions()[place].name.map(|name| program.name(name)))
            .collect();
        let (name, answers) = match &answers[..] {
            [Some(name)] => ((*name).to_owned(), Vec::new()),
            [None] => (free_name(&program).to_owned(), Vec::new()),
            many => {
                let names = many.iter().flatten().map(|name| (*name).to_owned());
                (free_name(&program).to_owned(), names.collect())
            }
        };
        Ok(Formula {
            declared,
            roots: lowered.roots,
            is_vector: lowered.is_vector,
            name,
            answers,
            notes: program.notes.clone(),
            assumptions,
            request: program.request().map_or_else(Vec::new, |(names, _)| names.to_vec()),
            program,
            domain: settings.domain,
            known: Known::default(),
        })
    }

    /// Notes `dx` where it is a variable and not a part of a known derivative.
    fn note_differentials(
        &self,
        program: &mut Program,
        roots: &[ExprId],
        declared: &[String],
    ) {
        let names = program.names().iter().filter(|name| {
            syntax::is_differential(name)
                && !declared.contains(name)
                && !program.defines(name)
        });
        let names: Vec<String> = names.cloned().collect();
        if names.is_empty() {
            return;
        }
        let variables: FxHashSet<String> = self.variables(roots).into_iter().collect();
        for name in names.iter().filter(|name| variables.contains(*name)) {
            let message = format!("`{name}` is one name, and no differential");
            program.notes.push(Note { message, span: None });
        }
    }

    /// Gives the names of a program the spelling that they have here already: `alpha` and `α`
    /// are one name.
    fn respell(&self, program: &mut Program) {
        if program.names().iter().all(|name| self.pool.spelling(name) == name) {
            return;
        }
        let all: FxHashSet<String> =
            program.names().iter().map(|name| latin(name).into_owned()).collect();
        let has_both =
            |name: &str| variant(name).is_some_and(|other| all.contains(&other));
        program.respell(|name| {
            let spelled = self.pool.spelling(name);
            let is_same = latin(spelled) == latin(name) || !has_both(name);
            (spelled != name && is_same).then(|| spelled.to_owned())
        });
    }

    /// A name that stands beside a program as it is spelled there, or else here.
    fn spelling_beside(&self, program: &Program, name: &str) -> String {
        let spelled = spelling_in(program, name);
        spelled.unwrap_or_else(|| self.pool.spelling(name)).to_owned()
    }
}
