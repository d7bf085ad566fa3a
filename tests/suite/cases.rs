//! Runs the blocks of `cases/<topic>/*.calc`: expected answers, the law that text is input,
//! slopes by finite differences, and a snapshot of text and LaTeX for each file.

use super::blocks::{self, Block, Command, Expected};
use super::numeric::{self, Typed, Verdict};
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{
    Derivatives, Engine, Form, Formula, Partial, Settings, parse_point,
};
use std::fmt::Write;
use std::path::Path;

/// At how many points a derivative must agree with slopes.
const ENOUGH: usize = 2;

/// A block with its answer.
struct Run<'b> {
    block: &'b Block,
    engine: Engine,
    formula: Formula,
    variables: Vec<String>,
    settings: Settings,
    answer: Derivatives,
}

/// What is wrong with a block, in words.
type Checked<T = ()> = Result<T, String>;

impl<'b> Run<'b> {
    fn new(block: &'b Block) -> Checked<Self> {
        let mut engine = Engine::default();
        let mut declared = match &block.command {
            Command::Diff { wrt, .. } => wrt.clone(),
            Command::Mixed(sequence) => sequence.clone(),
            Command::Eval(_) => Vec::new(),
        };
        let point = match &block.command {
            Command::Eval(at) => parse_point(at).map_err(|error| error.to_string())?,
            _ => Vec::new(),
        };
        declared.extend(point.iter().map(|(name, _)| name.clone()));
        let settings =
            Settings { declared, assume: block.given.clone(), ..Settings::default() };
        let formula = engine.read(&block.text, &settings).map_err(|e| e.to_string())?;
        let variables = engine.variables(&formula.roots);
        let answer = match &block.command {
            Command::Diff { wrt, order } => {
                let wrt = if wrt.is_empty() { &variables } else { wrt };
                engine.partials(&formula, wrt, *order, Form::Auto)
            }
            Command::Mixed(sequence) => engine.mixed(&formula, sequence, Form::Auto),
            Command::Eval(_) => {
                engine.at_point(&formula.roots, &point).map(|values| Derivatives {
                    partials: vec![Partial { wrt: Vec::new(), values }],
                    checked: true,
                    breaks: Vec::new(),
                })
            }
        };
        let answer = answer.map_err(|error| error.to_string())?;
        Ok(Self { block, engine, formula, variables, settings, answer })
    }

    fn write(&self, id: ExprId, notation: Notation) -> String {
        print::write(&self.engine.pool, id, notation).expect("an answer can be written")
    }

    fn row(&self, partial: &Partial, notation: Notation) -> String {
        let texts: Vec<String> =
            partial.values.iter().map(|id| self.write(*id, notation)).collect();
        match &texts[..] {
            [one] if !self.formula.is_vector => one.clone(),
            many => print::vector(many, notation),
        }
    }

    /// Lines marked `=` and `~`.
    fn check_expected(&self) -> Checked {
        let expected = &self.block.expected;
        let count = self.answer.partials.len();
        if !expected.is_empty() && expected.len() != count {
            return Err(format!("{} answers are expected, not {count}", expected.len()));
        }
        for (partial, expected) in self.answer.partials.iter().zip(expected) {
            let found = self.row(partial, Notation::Text);
            match expected {
                Expected::Exact(text) if *text == found => {}
                Expected::Exact(text) => {
                    return Err(format!("expected `{text}`, found `{found}`"));
                }
                Expected::Equivalent(text) => {
                    self.check_equivalent(text, partial.values[0])?;
                }
            }
        }
        Ok(())
    }

    fn check_equivalent(&self, expected: &str, found: ExprId) -> Checked {
        let a = Typed::new(expected, &self.declared());
        let b = Typed::of(&self.engine.pool, &[found]);
        let found = self.write(found, Notation::Text);
        let mut names = a.variables().to_vec();
        names
            .extend(b.variables().iter().filter(|n| !a.variables().contains(n)).cloned());
        let mut agreed = 0;
        for at in numeric::points(&names, &self.integers()) {
            let (x, y) = (a.value(0, &at), b.value(0, &at));
            if x.is_finite() && y.is_finite() {
                let near = (x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1e-3);
                if !near {
                    return Err(format!("{expected} is {x}, {found} is {y} at {at:?}"));
                }
                agreed += 1;
            }
        }
        if agreed < ENOUGH {
            return Err(format!("{expected} and {found} were not compared"));
        }
        Ok(())
    }

    /// All names are variables when an answer is read again.
    fn declared(&self) -> Vec<String> {
        let mut declared = self.settings.declared.clone();
        declared.extend(self.variables.iter().cloned());
        declared
    }

    fn integers(&self) -> Vec<&'b str> {
        let parts = self.block.given.split(',').map(str::trim);
        parts.filter_map(|part| part.strip_suffix(" integer")).collect()
    }

    /// What is printed is read as the same handle.
    fn check_text_is_input(&mut self) -> Checked {
        let roots = self.formula.roots.clone();
        let answers = self.answer.partials.iter().flat_map(|p| p.values.clone());
        let ids: Vec<ExprId> = roots.into_iter().chain(answers).collect();
        let settings = Settings { declared: self.declared(), ..self.settings.clone() };
        for id in ids {
            let text = self.write(id, Notation::Text);
            let again = self.engine.read(&text, &settings);
            let again = again.map_err(|error| format!("`{text}`: {error}"))?.roots[0];
            if again != id {
                let back = self.write(again, Notation::Text);
                return Err(format!("`{text}` is read as `{back}`"));
            }
        }
        Ok(())
    }

    /// Each derivative is the slope of the one before it.
    fn check_slopes(&mut self) -> Checked {
        let block = self.block;
        if block.unchecked || matches!(block.command, Command::Eval(_)) {
            return Ok(());
        }
        if !self.answer.checked {
            return Err("the answer was not checked".to_owned());
        }
        for partial in self.answer.partials.clone() {
            let Some((last, before)) = partial.wrt.split_last() else { continue };
            let below = if before.is_empty() {
                Typed::new(&block.text, &self.declared())
            } else {
                let found = self.engine.mixed(&self.formula, before, Form::Auto);
                let found = found.map_err(|error| error.to_string())?;
                Typed::of(&self.engine.pool, &found.partials[0].values)
            };
            for (component, id) in partial.values.iter().enumerate() {
                self.check_slope(&below, component, last, *id)?;
            }
        }
        Ok(())
    }

    fn check_slope(
        &self,
        f: &Typed,
        component: usize,
        variable: &str,
        found: ExprId,
    ) -> Checked {
        let d = Typed::of(&self.engine.pool, &[found]);
        let found = self.write(found, Notation::Text);
        let mut names = self.variables.clone();
        if !names.iter().any(|known| known == variable) {
            names.push(variable.to_owned());
        }
        let mut agreed = 0;
        for at in numeric::points(&names, &self.integers()) {
            let moved = |x: f64| {
                let mut at = at.clone();
                let place = at.iter().position(|(known, _)| known == variable);
                at[place.expect("a variable")].1 = x;
                f.value(component, &at)
            };
            let here = at.iter().find(|(known, _)| known == variable);
            let here = here.expect("a variable").1;
            match numeric::compare(moved, here, d.value(0, &at)) {
                Verdict::Agree => agreed += 1,
                Verdict::Unclear => {}
                Verdict::Differ(slope) => {
                    let value = d.value(0, &at);
                    return Err(format!("{found} is {value} at {at:?}, slope {slope}"));
                }
            }
        }
        if agreed < ENOUGH {
            return Err(format!("{found} was compared at {agreed} points"));
        }
        Ok(())
    }

    /// The block in a snapshot: the input, then each answer in text and in LaTeX.
    fn render(&self, out: &mut String) {
        let block = self.block;
        let _ = writeln!(out, "--- {}", block.name);
        for line in block.text.lines() {
            let _ = writeln!(out, "    {line}");
        }
        for note in &self.formula.notes {
            let _ = writeln!(out, "note: {}", note.message);
        }
        let several = self.variables.len() > 1 || self.answer.partials.len() > 1;
        for partial in &self.answer.partials {
            let wrt: Vec<&str> = partial.wrt.iter().map(String::as_str).collect();
            for notation in [Notation::Text, Notation::Latex] {
                let label = if wrt.is_empty() {
                    self.formula.name.clone()
                } else {
                    print::partial_label(&self.formula.name, &wrt, several, notation)
                };
                let _ = writeln!(out, "{label} = {}", self.row(partial, notation));
            }
        }
        for condition in &self.answer.breaks {
            let text = self.write(*condition, Notation::Text);
            let _ = writeln!(out, "no derivative where {text}");
        }
        out.push('\n');
    }
}

/// The formulas and answers of a file in LaTeX, each component of a vector on its own.
pub(crate) fn latex(path: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks::read(path) {
        let Ok(run) = Run::new(&block) else { continue };
        found.extend(run.formula.roots.iter().map(|id| run.write(*id, Notation::Latex)));
        let values = run.answer.partials.iter().flat_map(|partial| &partial.values);
        found.extend(values.map(|id| run.write(*id, Notation::Latex)));
    }
    found
}

fn check_block(block: &Block, rendered: &mut String) -> Checked {
    let mut run = Run::new(block)?;
    run.render(rendered);
    run.check_expected()?;
    run.check_text_is_input()?;
    run.check_slopes()
}

fn check_file(topic: &str, path: &Path) {
    let mut rendered = String::new();
    let mut failures = Vec::new();
    for block in blocks::read(path) {
        if let Err(what) = check_block(&block, &mut rendered) {
            failures.push(format!("{}: {what}", block.name));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", path.display(), failures.join("\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../../snapshots/{topic}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.set_omit_expression(true);
    let name = path.file_name().expect("a name").to_string_lossy();
    settings.bind(|| insta::assert_snapshot!(&*name, rendered));
}

/// One test for each topic, so that they run side by side.
macro_rules! topics {
    ($($topic:ident)*) => {$(
        #[test]
        fn $topic() {
            insta::glob!("../cases", concat!(stringify!($topic), "/*.calc"), |path| {
                check_file(stringify!($topic), path);
            });
        }
    )*};
}

topics! { notes rules forms textbook parsing programs piecewise abstracts learning special higher }
