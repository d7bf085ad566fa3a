//! A matrix expression with its declarations, and its derivatives.

use super::form::{FormId, Forms, Op, Scope};
use super::language::{self, Reading};
use super::print::{self, Code};
use super::render::Renderer;
use super::scalar::{Pass, Scalars};
use super::shape::{Shape, SizeId};
use super::tensor::{TensorId, Tensors};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::function::Language;
use crate::syntax::{Program, nearest};
use std::rc::Rc;

/// The longest answer, in names, numbers and operators.
const MAX_COST: u32 = 1_000_000;
/// The highest order of a derivative.
pub(super) const MAX_ORDER: u32 = 4;

/// How much is spent on multiplying an answer out, to see whether that is shorter.
const EXPANSION: u64 = 20_000;

/// Which axis of a Jacobian belongs to the variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A gradient has the shape of its variable; that of a vector by a vector is the
    /// transposed Jacobian.
    #[default]
    Denominator,
    /// Rows belong to the function; a gradient is transposed.
    Numerator,
}

impl Layout {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Denominator => "denominator",
            Self::Numerator => "numerator",
        }
    }
}

/// What a derivative is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A matrix expression.
    Form(FormId),
    /// A tensor of more than two axes, in index notation.
    Indexed {
        /// The entries.
        text: String,
        /// The entries in LaTeX.
        latex: String,
        /// The names of the indices: those of the function, then those of the variable.
        indices: Vec<String>,
        /// How many of them belong to the function.
        own: usize,
    },
}

/// A derivative with what is known of it.
#[derive(Clone, Debug)]
pub struct Derivative {
    /// The variables, in the order in which it was differentiated in them.
    pub wrt: Vec<String>,
    /// The derivative.
    pub answer: Answer,
    /// The sizes of its axes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// Whether it was compared with differences of what was typed.
    pub checked: bool,
    /// Whether matrices are stacked into columns.
    pub is_stacked: bool,
}

impl Derivative {
    /// The order.
    pub fn order(&self) -> u32 {
        self.wrt.len() as u32
    }
}

/// A program over matrices that was read.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(super) forms: Forms,
    pub(super) scope: Scope,
    pub(super) tensors: Tensors,
    pub(super) scalars: Scalars,
    pub(super) main: FormId,
    pub(super) name: Option<String>,
    pub(super) program: Rc<Program>,
    /// What is worth knowing about how it was read.
    pub notes: Vec<Note>,
}

impl Problem {
    /// Reads a program with its declarations, as `given A[m,n], w[n]; norm(A*w)^2`.
    ///
    /// # Errors
    /// What is not a program, shapes that do not fit.
    pub fn read(text: &str) -> Result<Self> {
        Self::read_in(text, Scope::default())
    }

    /// Reads a formula of scalars with its variables; they may be more than one declares.
    ///
    /// # Errors
    /// As [`Problem::read`].
    pub fn of_scalars(variables: &[String], text: &str) -> Result<Self> {
        // A declaration has a name also where the formula has none.
        let names = match variables {
            [] => "x".to_owned(),
            names => names.join(", "),
        };
        let scope = Scope { is_of_scalars: true, ..Scope::default() };
        Self::read_in(&format!("given {names}\n{text}"), scope)
    }

    fn read_in(text: &str, mut scope: Scope) -> Result<Self> {
        let mut forms = Forms::default();
        let Reading { main, name, notes, program } =
            language::parse(text, &mut forms, &mut scope)?;
        let (tensors, scalars) = (Tensors::default(), Scalars::default());
        let program = Rc::new(program);
        Ok(Self { forms, scope, tensors, scalars, main, name, program, notes })
    }

    /// The program as it was read, before anything is said of its shapes.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The name of what is differentiated: `f` when it has none.
    pub fn function(&self) -> &str {
        self.name.as_deref().unwrap_or("f")
    }

    /// The text of what is differentiated.
    pub fn text(&self) -> String {
        print::text(self.main, &self.forms, &self.scope)
    }

    /// What is differentiated, in LaTeX.
    pub fn latex(&self) -> String {
        print::latex(self.main, &self.forms, &self.scope)
    }

    /// The shape of what is differentiated.
    pub fn shape(&self) -> Shape {
        self.forms.shape(self.main)
    }

    /// The names that it depends on, in the order of the declarations.
    pub fn variables(&self) -> Vec<String> {
        self.variables_of(&[self.main])
    }

    /// The names that forms depend on, in the order of the declarations.
    pub(super) fn variables_of(&self, roots: &[FormId]) -> Vec<String> {
        let mut used = vec![false; self.scope.variables.len()];
        for root in roots {
            let bodies = self.scope.definitions.iter().zip(self.needed_by(*root));
            let bodies = bodies.filter(|(_, needed)| *needed).map(|(d, _)| d.body);
            for id in bodies.chain([*root]).flat_map(|root| self.forms.below(root)) {
                if let Op::Variable(place) = self.forms.op(id) {
                    used[usize::from(*place)] = true;
                }
            }
        }
        let names = self.scope.variables.iter().zip(used);
        names.filter(|(_, used)| *used).map(|(v, _)| v.name.clone()).collect()
    }

    /// Which definitions the function depends on.
    pub(super) fn needed(&self) -> Vec<bool> {
        self.needed_by(self.main)
    }

    /// Which definitions a form depends on.
    pub(super) fn needed_by(&self, root: FormId) -> Vec<bool> {
        let mut needed = vec![false; self.scope.definitions.len()];
        let mark = |root: FormId, needed: &mut Vec<bool>| {
            for id in self.forms.below(root) {
                if let Op::Definition(place) = self.forms.op(id) {
                    needed[usize::from(*place)] = true;
                }
            }
        };
        mark(root, &mut needed);
        for place in (0..needed.len()).rev() {
            if needed[place] {
                mark(self.scope.definitions[place].body, &mut needed);
            }
        }
        needed
    }

    /// The handle of a declared or defined name, or of an entry of one.
    pub(super) fn target(&mut self, name: &str) -> Result<FormId> {
        if name.contains('[') {
            return self.entry_target(name);
        }
        if let Some(place) = self.scope.variable(name) {
            let shape = self.scope.variables[usize::from(place)].shape;
            return Ok(self.forms.intern(Op::Variable(place), shape));
        }
        if let Some(place) = self.scope.definition(name) {
            let body = self.scope.definitions[usize::from(place)].body;
            let shape = self.forms.shape(body);
            return Ok(self.forms.intern(Op::Definition(place), shape));
        }
        Err(self.unknown(name))
    }

    /// The error for a name that is not declared.
    pub(super) fn unknown(&self, name: &str) -> Error {
        let variables = self.scope.variables.iter().map(|v| v.name.as_str());
        let known =
            variables.chain(self.scope.definitions.iter().map(|d| d.name.as_str()));
        let what = format!("`{name}` is not declared");
        let error = Error::from(ErrorKind::InvalidDeclaration(what));
        match nearest(name, known) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => {
                let names: Vec<String> =
                    self.variables().iter().map(|n| format!("`{n}`")).collect();
                let names = names.join(", ");
                error.help(format!("the formula has {names}"))
            }
        }
    }

    /// An entry as `x[i]` or `A[1,2]` in which is differentiated.
    fn entry_target(&mut self, text: &str) -> Result<FormId> {
        let id = language::read_more(text, &mut self.forms, &mut self.scope)
            .map_err(|error| Error { span: None, ..error })?;
        if let Op::Entry(of, _) = self.forms.op(id) {
            match self.forms.op(*of) {
                Op::Definition(_) => return Ok(id),
                Op::Variable(place) => {
                    let variable = &self.scope.variables[usize::from(*place)];
                    if !variable.structure.is_tied() {
                        return Ok(id);
                    }
                    let what = format!(
                        "entries of `{}` depend on each other; derivatives in one of them are \
                         not supported",
                        variable.name
                    );
                    return Err(ErrorKind::Unsupported(what).into());
                }
                _ => {}
            }
        }
        let what = format!("`{text}` is no entry of a declared name");
        Err(Error::from(ErrorKind::InvalidRequest(what))
            .help("differentiate in `x`, `x[i]`, `A` or `A[i,j]`"))
    }

    /// The sizes of a form: none for a scalar, one for a column, two for a matrix or a row.
    pub(super) fn sizes_of(&self, form: FormId) -> Vec<String> {
        let sizes = match self.forms.shape(form) {
            shape if shape.is_scalar() => Vec::new(),
            Shape { rows, cols: SizeId::ONE } => vec![rows],
            Shape { rows, cols } => vec![rows, cols],
        };
        sizes.into_iter().map(|size| self.scope.sizes.text(size)).collect()
    }

    /// The shortest matrix expression that is found for a tensor, transposed on demand.
    pub(super) fn shortest(
        &mut self,
        tensor: TensorId,
        is_turned: bool,
    ) -> Result<FormId> {
        self.scalars.begin();
        let mut best: Option<FormId> = None;
        let mut ways = vec![tensor];
        for least in [2, 0] {
            let flat = self
                .tensors
                .attempt(EXPANSION, |tensors| tensors.multiply_out(tensor, least));
            ways.extend(flat);
        }
        let expanded =
            self.tensors.attempt(EXPANSION, |tensors| tensors.expand(tensor, false));
        ways.extend(expanded);
        ways.dedup();
        for tensor in ways {
            let mut renderer =
                Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
            let Some(mut form) = renderer.render(tensor) else { continue };
            if is_turned {
                form = renderer.transpose(form);
            }
            form = self.with_short_scalars(form);
            // A leading minus is no reason to multiply out.
            let better = best.is_none_or(|known| {
                self.forms.cost(form).saturating_add(1) < self.forms.cost(known)
            });
            if better {
                best = Some(form);
            }
        }
        let best = best.ok_or_else(|| {
            let what = "this derivative is no product of matrices".to_owned();
            Error::from(ErrorKind::Unsupported(what))
                .help("with `--components n=2,m=3` it is found entry by entry")
        })?;
        if self.forms.cost(best) > MAX_COST {
            return Err(ErrorKind::OutputTooLong { limit: MAX_COST.into() }.into());
        }
        Ok(best)
    }

    /// A form with its scalars simplified.
    pub(super) fn with_short_scalars(&mut self, form: FormId) -> FormId {
        self.pass().simplified(form)
    }

    /// A derivative, or that by the rules for scalars where it is no longer.
    pub(super) fn by_scalar_rules(
        &mut self,
        found: FormId,
        target: FormId,
        order: u32,
    ) -> FormId {
        let main = self.main;
        self.pass().derivative(main, target, order, found).unwrap_or(found)
    }

    fn pass(&mut self) -> Pass<'_> {
        let (scalars, tensors) = (&mut self.scalars, &mut self.tensors);
        Pass::new(scalars, tensors, &mut self.forms, &self.scope)
    }

    /// An answer as it is read back from its text.
    ///
    /// # Errors
    /// A text that is too long to be read, or that is read as something else.
    pub(super) fn read_back(
        &mut self,
        form: FormId,
        of: &str,
        variable: &str,
    ) -> Result<FormId> {
        let text = print::text(form, &self.forms, &self.scope);
        let shape = self.forms.shape(form);
        let names = self.names_in(form);
        match language::read_with(&text, &names, &mut self.forms, &mut self.scope) {
            Ok(again) if self.forms.shape(again) == shape => Ok(again),
            Err(error) if error.kind.is_limit() => {
                Err(Error::from(error.kind).help("the answer is too long to be checked"))
            }
            // The inverse of a zero of one row and one column.
            Err(Error { kind: ErrorKind::DivisionByZero, .. }) => {
                Err(ErrorKind::DivisionByZero.into())
            }
            _ => Err(Error::from(ErrorKind::SelfCheck {
                of: of.to_owned(),
                variable: variable.to_owned(),
                point: format!("its own text `{text}`"),
            })),
        }
    }

    /// The names that stand in a form.
    fn names_in(&self, form: FormId) -> Vec<String> {
        let below = self.forms.below(form);
        let name = |id: &FormId| match self.forms.op(*id) {
            Op::Variable(place) => Some(&self.scope.variables[usize::from(*place)].name),
            Op::Definition(at) => Some(&self.scope.definitions[usize::from(*at)].name),
            _ => None,
        };
        below.iter().filter_map(name).cloned().collect()
    }

    /// An answer in text.
    pub fn answer_text(&self, answer: &Answer) -> String {
        match answer {
            Answer::Form(id) => print::text(*id, &self.forms, &self.scope),
            Answer::Indexed { text, .. } => text.clone(),
        }
    }

    /// The indices of an answer that is written entry by entry, in text and in LaTeX.
    pub fn entry(&self, answer: &Answer) -> Option<(String, String)> {
        match answer {
            Answer::Indexed { indices, .. } => {
                Some((indices.join(","), indices.concat()))
            }
            Answer::Form(_) => None,
        }
    }

    /// An answer in LaTeX.
    pub fn answer_latex(&self, answer: &Answer) -> String {
        match answer {
            Answer::Form(id) => print::latex(*id, &self.forms, &self.scope),
            Answer::Indexed { latex, .. } => latex.clone(),
        }
    }

    /// An answer as code, which runs where the variables have values.
    ///
    /// # Errors
    /// What the language cannot say, answers of more than two axes among it.
    pub fn answer_code(&self, answer: &Answer, language: Language) -> Result<Code> {
        match answer {
            Answer::Form(id) => {
                print::code((*id, self.main), &self.forms, &self.scope, language)
            }
            Answer::Indexed { .. } => {
                let what =
                    "this derivative has more than two axes, which is no expression";
                let what = format!("{what} in {}", language.name());
                Err(Error::from(ErrorKind::Unsupported(what))
                    .help("with `--vec`, matrices are stacked into columns"))
            }
        }
    }

    /// What is differentiated, as an answer.
    pub fn formula(&self) -> Answer {
        Answer::Form(self.main)
    }

    /// A name in LaTeX, bold for vectors and matrices.
    pub fn name_latex(&self, name: &str) -> String {
        let shape = match (self.scope.variable(name), self.scope.definition(name)) {
            (Some(place), _) => self.scope.variables[usize::from(place)].shape,
            (_, Some(place)) => {
                self.forms.shape(self.scope.definitions[usize::from(place)].body)
            }
            _ => self.shape(),
        };
        print::name_latex(name, shape)
    }

    /// A name or an entry in LaTeX, as that in which is differentiated.
    pub fn variable_latex(&mut self, name: &str) -> String {
        match self.target(name) {
            Ok(id) => print::latex(id, &self.forms, &self.scope),
            Err(_) => self.name_latex(name),
        }
    }

    /// The names that the program defines and the function depends on, the last first.
    pub fn intermediates(&self) -> Vec<String> {
        let all = self.scope.definitions.iter().zip(self.needed()).rev();
        all.filter(|(_, needed)| *needed).map(|(d, _)| d.name.clone()).collect()
    }
}
