//! `calcgrad graph`.

use super::super::args::{Common, FormName, KinkName};
use super::super::report::{Report, Value, Written};
use super::Task;
use calcgrad::print::{self, Notation};
use calcgrad::session::{ChainRule, Engine, GraphNode};
use calcgrad::{Error, ErrorKind, Result};
use clap::Args;
use serde_json::{Map, Value as Json, json};
use std::fmt::Write;

#[derive(Args, Debug)]
pub(crate) struct Graph {
    #[command(flatten)]
    common: Common,
    /// The variables, as x,y [default: all, in natural order]
    #[arg(short, long, value_name = "NAMES")]
    wrt: Vec<String>,
    /// What a local derivative is at a kink, where it does not exist
    #[arg(long, value_enum, value_name = "VALUE")]
    at_kinks: Option<KinkName>,
    /// Write the graph in the language of Graphviz
    #[arg(long)]
    dot: bool,
}

impl Task for Graph {
    fn common(&self) -> &Common {
        &self.common
    }

    fn run(&self, engine: &mut Engine, text: &str) -> Result<Report> {
        let (beside, found) = self.common.read(engine, text, &self.wrt)?;
        found.formula.one_answer()?;
        let form = self.common.form(FormName::Auto);
        let rule = engine.chain_rule(&found.formula, &found.wrt, form)?;
        let Some(rule) = rule else {
            let what = "the graph of a formula without names in between".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("name the steps, as in `f = u^2*y; u = x + y`"));
        };
        let kink = self.at_kinks.map(KinkName::kink);
        let nodes = engine.computational_graph(&rule, &beside.point, kink)?;
        let graph = Drawing { engine, rule: &rule, nodes: &nodes };
        let mut report = Report::new(found.notes);
        report.checked = Some(rule.checked);
        if self.dot {
            let dot = graph.dot()?;
            let dot = Written { text: dot.clone(), latex: dot };
            report.answer("dot", Written::default(), Value::One(dot));
        } else {
            let (table, tail) = (graph.table()?, Written::default());
            let object = ("graph", graph.object()?);
            report.answer_with(object, Written::default(), table, tail);
        }
        if !beside.point.is_empty() {
            let pairs = beside.point.iter().map(|(n, v)| (n.clone(), json!(v)));
            report.field("at", pairs.collect::<Map<_, _>>().into());
        }
        Ok(report)
    }
}

/// A graph with what it is written with.
struct Drawing<'e> {
    engine: &'e Engine,
    rule: &'e ChainRule,
    nodes: &'e [GraphNode],
}

impl Drawing<'_> {
    fn table(&self) -> Result<Written> {
        let (rule, pool) = (self.rule, &self.engine.pool);
        let output = &rule.nodes[rule.outputs[0]].name;
        let head = ["node", "expression", "value", "local gradients"];
        let mut head: Vec<Written> = head.into_iter().map(Written::words).collect();
        head.push(Written {
            text: format!("gradient of {output}"),
            latex: format!(
                "\\text{{gradient of }} {}",
                print::name(output, Notation::Latex)
            ),
        });
        let mut rows = Vec::with_capacity(self.nodes.len());
        for node in self.nodes {
            let body = match node.body {
                Some(body) => Written::new(&rule.pool, body)?,
                None => Written::default(),
            };
            let mut locals = Written::default();
            for (place, value) in &node.locals {
                let value = Written::new(pool, *value)?;
                for (notation, out, value) in [
                    (Notation::Text, &mut locals.text, &value.text),
                    (Notation::Latex, &mut locals.latex, &value.latex),
                ] {
                    let label = rule.local_label(&rule.locals[*place], notation);
                    let comma = if out.is_empty() { "" } else { ", " };
                    let _ = write!(out, "{comma}{label} = {value}");
                }
            }
            rows.push(vec![
                Written::from_fn(|notation| print::name(&node.name, notation)),
                body,
                Written::new(pool, node.value)?,
                locals,
                Written::new(pool, node.gradient)?,
            ]);
        }
        Ok(Written::from_fn(|notation| {
            let cells = |row: &Vec<Written>| -> Vec<String> {
                row.iter().map(|cell| cell.get(notation).to_owned()).collect()
            };
            let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
            print::table(&cells(&head), &rows, notation).join("\n")
        }))
    }

    /// The nodes in JSON.
    fn object(&self) -> Result<Json> {
        let pool = &self.engine.pool;
        let text = |id| print::write(pool, id, Notation::Text);
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for node in self.nodes {
            let mut locals = Vec::with_capacity(node.locals.len());
            for (place, value) in &node.locals {
                let wrt = &self.rule.locals[*place].wrt;
                locals.push(json!({ "wrt": wrt, "value": text(*value)? }));
            }
            let mut object = json!({ "name": node.name, "value": text(node.value)?, "locals": locals });
            if let Some(body) = node.body {
                object["text"] = self.rule.write(body, Notation::Text)?.into();
            }
            object["gradient"] = text(node.gradient)?.into();
            nodes.push(object);
        }
        Ok(nodes.into())
    }

    /// The graph in the language of Graphviz: values and gradients in the nodes, local
    /// gradients on the edges.
    fn dot(&self) -> Result<String> {
        let pool = &self.engine.pool;
        let text = |id| print::write(pool, id, Notation::Text);
        let output = &self.rule.nodes[self.rule.outputs[0]].name;
        let mut out = String::from("digraph {\n  rankdir=LR;\n");
        for node in self.nodes {
            let name = &node.name;
            let body = match node.body {
                Some(body) => {
                    format!("{name} = {}", self.rule.write(body, Notation::Text)?)
                }
                None => name.clone(),
            };
            let (value, gradient) = (text(node.value)?, text(node.gradient)?);
            let _ = writeln!(
                out,
                "  \"{name}\" [label=\"{body}\\nvalue {value}\\ngradient of {output} {gradient}\"];"
            );
            for (place, value) in &node.locals {
                let wrt = &self.rule.locals[*place].wrt;
                let value = text(*value)?;
                let _ = writeln!(out, "  \"{wrt}\" -> \"{name}\" [label=\"{value}\"];");
            }
        }
        out.push('}');
        Ok(out)
    }
}
