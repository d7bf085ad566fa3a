//! `calcgrad graph`.
//!
//! What is shown is one [`Picture`] of nodes and edges; each form of output is a file that
//! reads it.

mod dot;
mod mermaid;
mod object;
mod picture;
#[cfg(feature = "plot")]
mod svg;
mod table;
mod tikz;

use super::super::args::{Common, FormName, KinkName};
use super::super::flags::joined;
use super::super::format::Format;
use super::super::matrix;
use super::super::parts::{BOTH, Writer};
use super::super::report::{Report, Value, Written};
use super::Task;
#[cfg(feature = "plot")]
use super::plot::ThemeName;
use calcgrad::kernel::ExprId;
#[cfg(feature = "plot")]
use calcgrad::plot::Theme;
use calcgrad::session::{Engine, GraphNode, NamedParts};
use calcgrad::{Error, ErrorKind, Note, Result};
use clap::Args;
use picture::Picture;
use serde_json::json;

/// The digits of a value that is drawn.
const DRAWN_DIGITS: usize = 6;
/// Those of one in a table.
const DIGITS: usize = 15;
/// What a value costs a reader at most that is written out in a table.
const LONG: u32 = 1000;

#[derive(Args, Debug)]
pub(crate) struct Graph {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// Give all gradients in the names of the program; without a point they always are
    #[arg(long)]
    symbolic: bool,
    /// What a local derivative is at a kink, where it does not exist
    #[arg(long, value_enum, value_name = "VALUE")]
    at_kinks: Option<KinkName>,
    /// Write the graph in the language of Graphviz
    #[arg(long, conflicts_with_all = ["mermaid", "tikz"])]
    dot: bool,
    /// Write the graph in the language of Mermaid
    #[arg(long, conflicts_with = "tikz")]
    mermaid: bool,
    /// Write the graph as a picture of TikZ, for LaTeX
    #[arg(long)]
    tikz: bool,
    /// The colours of --format svg: those of the page, dark on white, or light on black
    #[cfg(feature = "plot")]
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
}

impl Task for Graph {
    fn common(&self) -> &Common {
        &self.common
    }

    fn has_matrices(&self) -> bool {
        true
    }

    fn matrices(&self, source: &str, format: Format) -> Result<Report> {
        if !format.is_picture() {
            format.refuse_code()?;
        }
        self.of_matrices(source)
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let (beside, mut found) = self.common.read(engine, text, &self.wrt)?;
        found.formula.one_answer()?;
        if found.formula.is_vector {
            let what = "the graph of a vector".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("end the program with the name of one component"));
        }
        let form = self.common.form(FormName::Auto);
        let mut rule = engine.chain_rule(&found.formula, &found.wrt, form)?;
        if rule.is_none()
            && let Some(stepwise) = found.formula.stepwise()
        {
            rule = engine.chain_rule(&stepwise, &found.wrt, form)?;
            found.formula = stepwise;
        }
        let Some(mut rule) = rule else {
            let what = "the graph of a formula of one operation".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("a graph has steps between, as `f = u^2*y; u = x + y`"));
        };
        let point = &beside.point;
        let kink = self.at_kinks.map(KinkName::kink);
        if kink.is_some() && point.is_empty() {
            let what = "`--at-kinks` has no meaning without a point".to_owned();
            return Err(Error::from(ErrorKind::InvalidRequest(what))
                .help("--at gives values to the variables, as `--at x=0,y=1`"));
        }
        let names = match self.symbolic || point.is_empty() {
            true => Some(engine.symbolic_graph(&found.formula, &mut rule, form)?),
            false => None,
        };
        let values = match point.is_empty() {
            true => None,
            false => Some(engine.computational_graph(&rule, point, kink)?),
        };
        let mut report = Report::new(found.notes);
        let is_checked = names.as_ref().is_none_or(|names| names.checked);
        report.checked = Some(rule.checked && is_checked);
        if let Some(names) = &names {
            let named = names.nodes.iter().find(|node| node.is_named);
            report.notes.extend(named.map(|node| {
                long(&rule.total_label(&node.gradient, calcgrad::print::Notation::Text))
            }));
        }
        if point.is_empty() {
            report.breaks = engine.written_breaks(&rule.breaks)?;
        }
        let (names, values) = (names.as_ref(), values.as_deref());
        let is_drawn = self.common.format() == Format::Svg;
        // A part has no name that the program gave.
        for node in &rule.nodes {
            engine.pool.symbol(&node.name);
        }
        let digits = match is_drawn {
            true => Some(DRAWN_DIGITS),
            false => is_long(engine, values.unwrap_or_default()).then_some(DIGITS),
        };
        let is_alone = self.dot || self.mermaid || self.tikz || digits.is_some();
        let writer = match is_alone {
            true => Writer::over(engine, None),
            false => Writer::new(
                engine,
                &shown_values(values.unwrap_or_default()),
                &NamedParts::new(),
                false,
                BOTH,
            ),
        };
        let shown = (values, &writer);
        let picture = Picture::of_program(engine, &rule, names, shown, digits)?;
        self.show(&picture, &mut report)?;
        writer.define(&mut report)?;
        if !point.is_empty() {
            let pairs = point.iter().map(|(n, v)| (n.clone(), json!(v)));
            report.field("at", serde_json::Map::from_iter(pairs).into());
        }
        Ok(report)
    }
}

impl Graph {
    /// The graph of a program over matrices.
    fn of_matrices(&self, source: &str) -> Result<Report> {
        let refused = [
            (!self.common.at.is_empty(), "--at"),
            (!self.common.set.is_empty(), "--set"),
            (self.at_kinks.is_some(), "--at-kinks"),
        ];
        if let Some((_, flag)) = refused.iter().find(|(is_given, _)| *is_given) {
            let what = format!("`{flag}` has no meaning for matrix expressions");
            return Err(Error::from(ErrorKind::InvalidRequest(what))
                .help("with --components the graph is that of the entries"));
        }
        let names = (source, &self.common.assume[..]);
        let (problem, graph) = matrix::graph(names, joined(&self.wrt).as_deref())?;
        let mut report = Report::new(problem.notes.clone());
        report.checked = Some(graph.checked);
        let picture = Picture::of_matrices(&problem, &graph);
        report.notes.extend(graph.named.as_deref().map(long));
        self.show(&picture, &mut report)?;
        Ok(report)
    }

    /// Puts a picture into a report, as it was asked for.
    fn show(&self, picture: &Picture, report: &mut Report) -> Result<()> {
        let has_signs = self.common.format() == Format::Unicode;
        if self.common.format() == Format::Svg {
            return self.draw(picture, report);
        }
        #[cfg(feature = "plot")]
        if self.theme.is_some() {
            let what = "`--theme` has no meaning without `--format svg`".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let (language, drawing) = match (self.dot, self.mermaid, self.tikz) {
            (true, ..) => ("dot", dot::write(picture, has_signs)),
            (_, true, _) => ("mermaid", mermaid::write(picture, has_signs)),
            (.., true) => ("tikz", tikz::write(picture)),
            _ => {
                let object = ("graph", object::write(picture));
                let (table, tail) = (table::write(picture), Written::default());
                report.answer_with(object, Written::default(), table, tail);
                return Ok(());
            }
        };
        if self.dot {
            report.field(language, json!({ "text": drawing, "latex": drawing }));
            report.push(Written::default(), Value::Drawing(drawing));
        } else {
            report.answer(language, Written::default(), Value::Drawing(drawing));
        }
        Ok(())
    }
}

impl Graph {
    /// Puts a picture into a report that is drawn.
    #[cfg(feature = "plot")]
    fn draw(&self, picture: &Picture, report: &mut Report) -> Result<()> {
        if self.dot || self.mermaid || self.tikz {
            let what = "`--format svg` beside another language of graphs".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let drawing =
            svg::write(picture, self.theme.map_or(Theme::Auto, ThemeName::theme))?;
        report.field("svg", drawing.as_str().into());
        report.push(Written::default(), Value::Drawing(drawing));
        Ok(())
    }

    /// Says that there are no pictures.
    #[cfg(not(feature = "plot"))]
    fn draw(&self, _: &Picture, _: &mut Report) -> Result<()> {
        let what = "pictures, which are not part of this calcgrad".to_owned();
        Err(Error::from(ErrorKind::Unsupported(what))
            .help("build it with `--features plot`"))
    }
}

/// The values of a graph: of nodes, local gradients and gradients.
fn shown_values(nodes: &[GraphNode]) -> Vec<ExprId> {
    let mut found = Vec::new();
    for node in nodes {
        found.extend([node.value, node.gradient]);
        found.extend(node.locals.iter().map(|(_, local)| *local));
    }
    found
}

/// Whether values are so long, written out, that names for their parts help nobody.
fn is_long(engine: &Engine, nodes: &[GraphNode]) -> bool {
    let shown = shown_values(nodes);
    // What has variables has no decimals.
    shown.iter().all(|id| engine.pool.is_constant(*id))
        && shown.iter().any(|id| engine.pool.cost(*id) > LONG)
}

/// Says that gradients go by their names.
fn long(label: &str) -> Note {
    let message =
        format!("a gradient that is long goes by its name in others, as `{label}`");
    Note { message, span: None }
}
