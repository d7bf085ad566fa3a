//! A formula that has been read, with what was said beside it.

use super::engine::Engine;
use super::point::eval::Point;
use super::point::placed::ForEach;
use crate::check::Domain;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{Assumption, ExprId, is_same_name, variant};
use crate::syntax::{self, Program};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The names of formulas that have none, the usual one first.
const NAMES: [&str; 8] = ["f", "y", "z", "F", "G", "H", "Y", "Z"];

/// What is said about a formula besides the formula.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Names that are variables even where they are names of functions or constants.
    pub declared: Vec<String>,
    /// Names that are variables in a formula beside it, and here too unless it defines them.
    pub known: Vec<String>,
    /// Assumptions about variables, as typed.
    pub assume: String,
    /// Values that are put in for names before everything else, as typed: `a=3, b=pi/2`.
    pub set: String,
    /// Make an error of what people read in two ways.
    pub strict: bool,
    /// Over which numbers roots and logarithms are taken.
    pub domain: Domain,
    /// Whether variables are real over the complex numbers too.
    pub keeps_real: bool,
    /// The notation in which formulas are typed; `None`: it is found out.
    pub input: Option<syntax::Input>,
    /// Where arguments of functions without brackets end.
    pub arguments: syntax::Arguments,
    /// Whether `log` is the logarithm to the base 10.
    pub log_ten: bool,
    /// Whether numbers are written with decimals, where those end.
    pub decimals: bool,
    /// Whether a note says how the formula was read, with all brackets.
    pub explain: bool,
    /// Whether a derivative may stand in front of the formula: it is asked for.
    pub may_ask: bool,
    /// What formulas are read for.
    pub purpose: syntax::Purpose,
}

impl Settings {
    /// The notation of a text: what is said, or else what is found out.
    pub fn input_of(&self, text: &str) -> syntax::Input {
        self.input.unwrap_or_else(|| syntax::input_of(text))
    }

    /// The same for the parts of an answer, in its notation, where that is not calcgrad's own.
    pub(super) fn within(&self, text: &str) -> Self {
        let found = Some(syntax::input_of(text));
        let found = found.filter(|input| *input != syntax::Input::Text);
        let purpose = syntax::Purpose::Answer;
        Self { input: self.input.or(found), purpose, ..self.clone() }
    }

    /// Whether formulas are typed in a language of code.
    pub(super) fn is_code(&self) -> bool {
        self.input.and_then(syntax::Input::language).is_some()
    }
}

/// A formula that has been read into an engine.
#[derive(Clone, Debug)]
pub struct Formula {
    pub(super) program: Program,
    pub(super) declared: Vec<String>,
    /// Its components: one, or those of a vector.
    pub roots: Vec<ExprId>,
    /// Whether it is a vector.
    pub is_vector: bool,
    /// Its name: that of its definition, else `f`, or another letter where `f` is a name in it.
    pub name: String,
    /// The names of its components, where several definitions are answers; else empty.
    pub answers: Vec<String>,
    /// How it was read, where people read it in two ways.
    pub notes: Vec<Note>,
    pub(super) assumptions: Vec<(String, Assumption)>,
    /// Over which numbers it is meant.
    pub domain: Domain,
    /// The variables of a derivative that stands in front of it, `\frac{d}{dx}`, one after
    /// the other; mostly none.
    pub request: Vec<String>,
    pub(super) known: Known,
}

/// What was found out of a formula, so that each of many variables does not look again. A copy
/// of the formula, which may be changed, knows nothing.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Which components are smooth at the first point at which that was asked.
    pub(super) smooth: OnceLock<(Point, Vec<bool>)>,
    /// Whether its domain may have points that stand alone.
    pub(super) may_be_alone: OnceLock<bool>,
    /// Which components have a value at the first point at which that was asked.
    pub(super) defined: OnceLock<(Point, ForEach<()>)>,
    /// Which components are plain, and which of these have no cut.
    pub(super) plain: OnceLock<ForEach<[bool; 2]>>,
}

impl Clone for Known {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The name of a formula that has none: the first that is no name in it.
pub(super) fn free_name(program: &Program) -> &'static str {
    let is_free = |name: &&&str| !program.names().iter().any(|known| known == **name);
    NAMES.iter().find(is_free).copied().unwrap_or(NAMES[0])
}

/// A name as it is spelled in a program, if it stands there in another spelling.
pub(super) fn spelling_in<'p>(program: &'p Program, name: &str) -> Option<&'p str> {
    if name.is_ascii() && program.is_ascii() && variant(name).is_none() {
        return None;
    }
    program.find_name(name)
}

impl Formula {
    /// The same formula with a name for each of its operations, as the nodes of a
    /// computational graph; `None` where it has names in it already, or cannot be taken apart.
    pub fn stepwise(&self) -> Option<Self> {
        let program = self.program.stepwise()?;
        Some(Self { program, ..self.clone() })
    }

    /// What a component is called: `f`, or `f2` where there are several.
    pub fn component_name(&self, component: usize) -> String {
        match self.is_vector {
            true => format!("{}{}", self.name, component + 1),
            false => self.name.clone(),
        }
    }

    /// The definitions in what was typed that another formula does not have, each on a line.
    pub fn other_definitions(&self, text: &str, other: &Self) -> String {
        let mut lines = Vec::new();
        for definition in self.program.definitions() {
            let name = definition.name.map(|id| self.program.name(id));
            if name
                .is_some_and(|name| !other.defines(name) && !other.defines_function(name))
            {
                let (start, end) =
                    (definition.span.start as usize, definition.span.end as usize);
                lines.push(text.get(start..end).unwrap_or_default());
            }
        }
        lines.join("\n")
    }

    /// The definitions of one value each, in the order in which they stand, written out.
    ///
    /// # Errors
    /// A limit.
    pub fn definitions(&self, engine: &mut Engine) -> Result<Vec<(String, ExprId)>> {
        let declared: Vec<&str> = self.declared.iter().map(String::as_str).collect();
        let lowered = syntax::lower(&self.program, &declared, &mut engine.pool)?;
        let is_answer = |name: &String| *name == self.name || self.answers.contains(name);
        let all = lowered.definitions.into_iter();
        Ok(all.filter(|(name, _)| !is_answer(name)).collect())
    }

    /// Lets derivatives of abstract functions be written with the names that the program gives
    /// to their arguments, `∂²f/∂x²` and not `∂²f/∂1²(s*t, s/t)`.
    ///
    /// # Errors
    /// A limit.
    pub fn name_arguments(&self, engine: &mut Engine) -> Result<()> {
        if self.program.definitions().len() < 2 || self.abstract_functions().is_empty() {
            return Ok(());
        }
        let mut names = Vec::new();
        for (name, value) in self.definitions(engine)? {
            names.push((value, name));
            // What is simplified as a whole changes its parts too.
            names.push((engine.simplify(value)?, names[names.len() - 1].1.clone()));
        }
        engine.pool.name_arguments(names);
        Ok(())
    }

    /// Whether a note says that a definition is not needed.
    pub fn is_unused(note: &Note) -> bool {
        note.message.contains(syntax::UNUSED)
    }

    /// A variable in which a constant may be differentiated: the first that is no name in it.
    pub fn any_variable(&self) -> String {
        let is_free = |name: &&&str| !self.has_name(name);
        ["x", "t", "y", "z", "u"].iter().find(is_free).copied().unwrap_or("x").to_owned()
    }

    /// Whether what was typed is a program that gives names values.
    pub fn defines_all(&self) -> bool {
        self.program.definitions().iter().any(|d| d.name.is_some())
            && self.program.definitions().len() > 1
    }

    /// Whether a name stands in what was typed.
    pub fn has_name(&self, name: &str) -> bool {
        self.program.find_name(name).is_some()
    }

    /// Whether what was typed has a function of its own of this name.
    pub fn defines_function(&self, name: &str) -> bool {
        let mut own =
            self.program.definitions().iter().filter(|d| !d.parameters.is_empty());
        own.any(|d| d.name.is_some_and(|id| is_same_name(self.program.name(id), name)))
    }

    /// The abstract functions that stand in what was typed.
    pub fn abstract_functions(&self) -> Vec<&str> {
        self.program.abstract_functions()
    }

    /// A name that was typed beside the formula as it is spelled in it: `α` for `alpha`.
    pub fn spelling(&self, name: &str) -> String {
        spelling_in(&self.program, name).unwrap_or(name).to_owned()
    }

    /// Names that were typed beside the formula as they are spelled in it.
    pub(super) fn spelled<'n>(&self, names: &'n [String]) -> Cow<'n, [String]> {
        if names
            .iter()
            .all(|name| spelling_in(&self.program, name).is_none_or(|n| n == name))
        {
            return Cow::Borrowed(names);
        }
        Cow::Owned(names.iter().map(|name| self.spelling(name)).collect())
    }

    /// Refuses several answers where one is needed.
    ///
    /// # Errors
    /// A program with several definitions that no other uses.
    pub fn one_answer(&self) -> Result<()> {
        if self.answers.is_empty() {
            return Ok(());
        }
        let what = format!(
            "the program has {} answers: `{}`",
            self.answers.len(),
            self.answers.join("`, `")
        );
        Err(Error::from(ErrorKind::WrongDimension(what)).help(format!(
            "end the program with the name of the one that is meant, as `; {}`",
            self.answers[0]
        )))
    }

    /// What was typed.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Whether the program says what a name is.
    pub fn defines(&self, name: &str) -> bool {
        self.program.defines(name)
    }

    /// The names that were declared to be variables.
    pub(super) fn declared(&self) -> &[String] {
        &self.declared
    }

    /// What is assumed of variables.
    pub(super) fn assumptions(&self) -> &[(String, Assumption)] {
        &self.assumptions
    }
}
