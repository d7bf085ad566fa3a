//! Derivatives at a point one by one, where some of them do not exist.

use super::super::exit::Exit;
use super::super::report::{Report, Value, Written};
use calcgrad::Result;
use calcgrad::kernel::ExprId;
use calcgrad::print;
use calcgrad::session::{AtPoint, Engine, Formula, Point};
use serde_json::json;

/// A derivative of a component at a point.
pub(super) struct Entry {
    component: usize,
    wrt: Vec<String>,
    found: AtPoint,
}

impl Entry {
    /// Looks for the derivative at a point.
    ///
    /// # Errors
    /// A point at which there is no value.
    pub(super) fn find(
        engine: &mut Engine,
        formula: &Formula,
        (component, wrt): (usize, &[String]),
        derivative: ExprId,
        point: &Point,
    ) -> Result<Self> {
        let found = engine.entry_at(formula, component, wrt, derivative, point)?;
        Ok(Self { component, wrt: wrt.to_vec(), found })
    }
}

/// The values of derivatives; `None` where some do not exist, which is then told of each.
///
/// # Errors
/// A limit that is no exact value.
pub(super) fn values(
    engine: &Engine,
    formula: &Formula,
    entries: Vec<Entry>,
    point: &Point,
    report: &mut Report,
) -> Result<Option<Vec<ExprId>>> {
    let is_missing = |entry: &Entry| matches!(entry.found, AtPoint::Missing(_));
    if !entries.iter().any(is_missing) {
        let values = entries
            .into_iter()
            .map(|Entry { found, wrt, .. }| found.value(&formula.name, &wrt, point));
        return values.collect::<Result<_>>().map(Some);
    }
    let mut partials = Vec::with_capacity(entries.len());
    for Entry { component, wrt, found } in entries {
        let name = formula.component_name(component);
        let names: Vec<&str> = wrt.iter().map(String::as_str).collect();
        let label = Written::from_fn(|notation| {
            print::partial_label(&name, &names, true, notation)
        });
        let written = match found {
            AtPoint::Missing(missing) => {
                let [left, right] = missing.sides();
                let mut partial = json!({
                    "of": name, "wrt": wrt, "text": null, "left": left, "right": right,
                });
                if let (Some(object), Some(reason)) =
                    (partial.as_object_mut(), missing.reason())
                {
                    object.insert("reason".to_owned(), reason.into());
                }
                partials.push(partial);
                let words = Written::words(&AtPoint::missing(&missing));
                let sentence = Written {
                    text: format!("{} {}", label.text, words.text),
                    latex: format!("{} \\ {}", label.latex, words.latex),
                };
                report.sentence(sentence, Some(Value::One(words)));
                continue;
            }
            AtPoint::Exact(id) => Written::new(&engine.pool, id)?,
            AtPoint::Decimal(text) => Written::decimal(&text),
        };
        partials.push(json!({
            "of": name, "wrt": wrt, "text": written.text, "latex": written.latex,
        }));
        report.push(label, Value::One(written));
    }
    report.field("partials", partials.into());
    report.exit = Some(Exit::Unsupported);
    Ok(None)
}
