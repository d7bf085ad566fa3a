//! A picture as data.

use super::super::super::report::Report;
use calcgrad::plot::{
    Axis, Band, Break, Caption, Curve, Ending, Guide, Mark, Picture, Role, Sheet,
    SpacePoint, Unit,
};
use serde_json::{Map, Value, json};

/// Puts what a picture shows into a report.
pub(super) fn fill(picture: &Picture, report: &mut Report) {
    let axis = |axis: &Axis| {
        let unit = if axis.unit == Unit::Pi { "pi" } else { "1" };
        json!({ "name": axis.name, "low": axis.low, "high": axis.high, "unit": unit })
    };
    report.field("x", axis(&picture.x));
    report.field("y", axis(&picture.y));
    let list = |list: Vec<Value>| Value::Array(list);
    report.field("curves", list(picture.curves.iter().map(curve).collect()));
    report.field("lines", list(picture.guides.iter().map(guide).collect()));
    report.field("marks", list(picture.marks.iter().map(mark).collect()));
    if let Some(ground) = &picture.ground {
        let band = |band: &Band| json!({ "level": band.level, "borders": band.borders, "lines": band.lines });
        report.field("bands", list(ground.bands.iter().map(band).collect()));
        report.field("arrows", json!(ground.arrows));
    }
    if let Some(space) = &picture.space {
        report.field("z", axis(&space.z));
        let sheet = |sheet: &Sheet| {
            let mut object = caption(&sheet.caption);
            object.insert("tiles".into(), json!(sheet.tiles));
            object.into()
        };
        report.field("surfaces", list(space.sheets.iter().map(sheet).collect()));
        report.field("ways", json!(space.ways));
        let point = |(at, role, own): &(SpacePoint, Role, Option<Caption>)| {
            let mut object = own.as_ref().map(caption).unwrap_or_default();
            object.insert("kind".into(), role.id().into());
            object.insert("at".into(), json!(at));
            object.into()
        };
        report.field("points", list(space.points.iter().map(point).collect()));
    }
}

fn caption(caption: &Caption) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("text".into(), caption.text.as_str().into());
    object.insert("latex".into(), caption.latex.as_str().into());
    object
}

fn curve(curve: &Curve) -> Value {
    let mut object = caption(&curve.caption);
    let pieces: Vec<Value> = curve.pieces.iter().map(|piece| json!(piece)).collect();
    object.insert("pieces".into(), pieces.into());
    let breaks: Vec<Value> = curve.breaks.iter().map(gap).collect();
    object.insert("breaks".into(), breaks.into());
    if !curve.left_out.is_empty() {
        object.insert("left_out".into(), json!(curve.left_out));
    }
    object.into()
}

fn gap(own: &Break) -> Value {
    let side = |side: Ending| match side {
        Ending::Limit(y) => json!(y),
        Ending::Up => json!("oo"),
        Ending::Down => json!("-oo"),
        Ending::Outside => json!("undefined"),
        Ending::Open => Value::Null,
    };
    json!({
        "kind": own.gap.id(),
        "x": own.x,
        "at": caption(&own.at),
        "left": side(own.sides[0]),
        "right": side(own.sides[1]),
        "value": own.value,
    })
}

fn guide(guide: &Guide) -> Value {
    let (kind, words) = match guide {
        Guide::Vertical(_, words) => ("vertical", words),
        Guide::Line { slope: 0.0, caption, .. } => ("horizontal", caption),
        Guide::Line { caption, .. } => ("slant", caption),
    };
    let mut object = caption(words);
    object.insert("kind".into(), kind.into());
    match guide {
        Guide::Vertical(x, _) => object.insert("x".into(), json!(x)),
        Guide::Line { slope, level, .. } => {
            object.insert("slope".into(), json!(slope));
            object.insert("level".into(), json!(level))
        }
    };
    object.into()
}

fn mark(mark: &Mark) -> Value {
    let mut object = mark.caption.as_ref().map(caption).unwrap_or_default();
    object.insert("kind".into(), mark.role.id().into());
    object.insert("x".into(), json!(mark.at.0));
    object.insert("y".into(), json!(mark.at.1));
    object.into()
}
