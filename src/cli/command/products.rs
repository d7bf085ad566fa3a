//! Products of matrices of derivatives with vectors: `--along` and `--across`.

use super::super::parts::{BOTH, Writer};
use super::super::reading::Reading;
use super::super::report::{Report, Written};
use calcgrad::kernel::ExprId;
use calcgrad::print::Notation;
use calcgrad::session::{Engine, Point, Product, Settings};
use calcgrad::{Error, ErrorKind, Result};

/// On which side of the matrix the vector stands, and how it was typed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Beside<'a> {
    /// A column behind it.
    Along(&'a str),
    /// A row before it.
    Across(&'a str),
}

/// Reads a vector as `[3, 4]`.
///
/// # Errors
/// What cannot be read.
pub(super) fn vector(
    engine: &mut Engine,
    text: &str,
    settings: &Settings,
) -> Result<Vec<ExprId>> {
    let found = engine.read(text, settings).map_err(|error| {
        let what = format!("the vector `{text}` cannot be read: {error}");
        Error { help: error.help, ..ErrorKind::InvalidPoint(what).into() }
    })?;
    Ok(found.roots)
}

/// The report of a product of a matrix of derivatives of an order, at a point where there is
/// one.
///
/// # Errors
/// A point at which a derivative does not exist.
pub(super) fn report(
    engine: &mut Engine,
    found: &Reading,
    order: usize,
    (matrix, beside, mut product): (Written, Beside, Product),
    (point, is_shared): (&Point, bool),
) -> Result<Report> {
    let Reading { formula, wrt, .. } = found;
    if !point.is_empty() {
        for component in 0..formula.roots.len() {
            for (i, first) in wrt.iter().enumerate() {
                let others = if order == 2 { &wrt[i..] } else { &wrt[i..=i] };
                for second in others {
                    let names = [first.clone(), second.clone()];
                    engine.must_exist_at(
                        formula,
                        component,
                        &names[2 - order..],
                        point,
                    )?;
                }
            }
        }
        product.values = engine.in_parts_at(&product, point)?;
        product.parts.clear();
    }
    let mut report = Report::on(engine, found, order, point, product.checked)?;
    let label = Written::from_fn(|notation| {
        let matrix = matrix.get(notation);
        match (beside, notation) {
            (Beside::Along(_), Notation::Text) => format!("{matrix}*v"),
            (Beside::Along(_), Notation::Latex) => format!("{matrix} v"),
            (Beside::Across(_), Notation::Text) => format!("u'*{matrix}"),
            (Beside::Across(_), Notation::Latex) => format!("u^{{\\top}} {matrix}"),
        }
    });
    let is_shared = is_shared && point.is_empty();
    let writer = Writer::new(engine, &product.values, &product.parts, is_shared, BOTH);
    report.answer("product", label, writer.value(&product.values, true)?);
    writer.define(&mut report)?;
    Ok(report)
}
