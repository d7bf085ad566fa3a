//! What is seen in a picture, in words, for who does not see it.

use super::graph::Graph;
use crate::plot::{
    Band, Break, Caption, Curve, Gap, Guide, Mark, Picture, Role, SpacePoint, number,
};
use crate::print;

/// More of a kind are counted and not listed.
const LISTED: usize = 6;

/// What is seen of functions.
pub(super) fn functions(picture: &Picture, graphs: &[Graph]) -> String {
    let mut sentences = vec![seen(picture)];
    for (curve, graph) in picture.curves.iter().zip(graphs) {
        let name = graph.name.replace('\'', "′");
        sentences.extend(broken(curve, &name, &picture.x.name));
    }
    sentences.extend(marked(&picture.marks));
    sentences.extend(guided(&picture.guides));
    sentences.extend(picture.notes.iter().map(|note| sentence(note)));
    sentences.join(" ")
}

/// A note as a sentence.
fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str().replace('-', "−"))
}

/// What is seen of a curve that an equation describes.
pub(super) fn level(picture: &Picture) -> String {
    let mut sentences = vec![seen(picture)];
    let is_empty = picture.curves.first().is_some_and(|curve| curve.pieces.is_empty());
    if is_empty && picture.marks.is_empty() && picture.notes.is_empty() {
        sentences.push("There are no points of the curve here.".to_owned());
    }
    for (role, one, many) in [
        (Role::Hole, "a hole", "holes"),
        (Role::Isolated, "an isolated point", "isolated points"),
    ] {
        let own = picture.marks.iter().filter(|mark| mark.role == role);
        let points: Vec<String> =
            own.filter_map(|mark| Some(mark.caption.as_ref()?.unicode())).collect();
        match &points[..] {
            [] => {}
            [point] => sentences.push(format!("The curve has {one} at {point}.")),
            all => {
                let shown = all[..all.len().min(LISTED)].join(", ");
                let more = match all.len().saturating_sub(LISTED) {
                    0 => String::new(),
                    n => format!(" and {n} more"),
                };
                sentences.push(format!("The curve has {many} at {shown}{more}."));
            }
        }
    }
    sentences.extend(marked(&picture.marks));
    sentences.extend(picture.notes.iter().map(|note| sentence(note)));
    sentences.join(" ")
}

/// What is seen of a function of two variables from above.
pub(super) fn plane(picture: &Picture) -> String {
    let mut sentences = vec![seen(picture)];
    if let Some(ground) = &picture.ground {
        let levels: Vec<&Band> =
            ground.bands.iter().filter(|band| band.level.is_some()).collect();
        if let [first, .., last] = levels[..] {
            let (low, high) = (&first.label, &last.label);
            sentences
                .push(format!("Bands of colour between values from {low} to {high}."));
        }
        if !ground.arrows.is_empty() {
            sentences.push("Arrows show the gradient.".to_owned());
        }
    }
    sentences.extend(marked(&picture.marks));
    for curve in &picture.curves {
        sentences.push(format!("A {}.", curve.caption.unicode()));
    }
    sentences.join(" ")
}

/// What is seen in space.
pub(super) fn space(picture: &Picture) -> String {
    let mut sentences = vec![seen(picture)];
    if let Some(space) = &picture.space {
        let [low, high] = ends(space.z.low, space.z.high);
        sentences.push(format!("Heights from {low} to {high}."));
        let mark = |(at, role, caption): &(SpacePoint, Role, Option<Caption>)| Mark {
            at: (at[0], at[1]),
            role: *role,
            ink: 0,
            caption: caption.clone(),
        };
        let marks: Vec<Mark> = space.points.iter().map(mark).collect();
        sentences.extend(marked(&marks));
    }
    sentences.join(" ")
}

fn seen(picture: &Picture) -> String {
    let part = |name: &str, low: f64, high: f64| {
        let [low, high] = ends(low, high);
        format!("{name} from {low} to {high}")
    };
    let (x, y) = (&picture.x, &picture.y);
    let title = &picture.title;
    let across = part(&x.name, x.low, x.high);
    format!("{title} for {across}, {}.", part(&y.name, y.low, y.high))
}

/// Two ends with as many digits as tell where they are between each other.
fn ends(low: f64, high: f64) -> [String; 2] {
    const USUAL: usize = 3;
    const MOST: usize = 15;
    // What the last digit may be off at an end.
    let off = |digits: usize| 10f64.powi(1 - digits as i32) * low.abs().max(high.abs());
    let is_enough = |digits: &usize| off(*digits) <= 0.1 * (high - low);
    let digits = (USUAL..MOST).find(is_enough).unwrap_or(MOST);
    [low, high].map(|end| print::unicode(&number(end, digits)))
}

fn broken(curve: &Curve, name: &str, variable: &str) -> Vec<String> {
    let kinds = [
        (Gap::Pole, "pole"),
        (Gap::Hole, "hole"),
        (Gap::Jump, "jump"),
        (Gap::End, "end of the domain"),
        (Gap::Alone, "isolated point"),
        (Gap::Swing, "point without a limit"),
    ];
    let mut found = Vec::new();
    for (gap, word) in kinds {
        let own: Vec<&Break> = curve.breaks.iter().filter(|one| one.gap == gap).collect();
        if own.is_empty() {
            continue;
        }
        let places: Vec<String> = own.iter().map(|one| one.at.unicode()).collect();
        let words = match (gap, own.len()) {
            (_, 1) => word.to_owned(),
            (Gap::End, _) => "ends of the domain".to_owned(),
            (Gap::Swing, _) => "points without a limit".to_owned(),
            _ => format!("{word}s"),
        };
        let article = match (own.len(), gap) {
            (1, Gap::End | Gap::Alone) => "an ",
            (1, _) => "a ",
            _ => "",
        };
        found
            .push(format!("{name} has {article}{words} at {}.", list(variable, &places)));
    }
    found
}

/// `x = 1, 2 and 3`.
fn list(name: &str, places: &[String]) -> String {
    let all = match places {
        [] => return String::new(),
        [one] => one.clone(),
        _ if places.len() > LISTED => {
            let rest = places.len() - LISTED;
            let places_word = if rest == 1 { "place" } else { "places" };
            format!("{} and {rest} more {places_word}", places[..LISTED].join(", "))
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    format!("{name} = {all}")
}

fn marked(marks: &[Mark]) -> Vec<String> {
    let kinds = [
        (Role::Minimum, "A minimum", "Minima"),
        (Role::Maximum, "A maximum", "Maxima"),
        (Role::Saddle, "A saddle", "Saddles"),
        (Role::Inflection, "A point of inflection", "Points of inflection"),
        (Role::Critical, "A critical point", "Critical points"),
        (
            Role::Contact,
            "A tangent or a polynomial touches",
            "Tangents or polynomials touch",
        ),
    ];
    let mut found = Vec::new();
    for (role, one, many) in kinds {
        let own = marks.iter().filter(|mark| mark.role == role);
        let points: Vec<String> = own
            .filter_map(|mark| {
                // A caption may say the word, too.
                let words = mark.caption.as_ref()?.unicode();
                let point = words.strip_prefix(role.id()).map(str::trim_start);
                Some(point.unwrap_or(&words).to_owned())
            })
            .collect();
        match &points[..] {
            [] => {}
            [point] => found.push(format!("{one} at {point}.")),
            _ => {
                let shown = &points[..points.len().min(LISTED)];
                let more = match points.len() - shown.len() {
                    0 => String::new(),
                    n => format!(" and {n} more"),
                };
                found.push(format!("{many} at {}{more}.", shown.join(", ")));
            }
        }
    }
    found
}

fn guided(guides: &[Guide]) -> Vec<String> {
    let lines = guides.iter().filter_map(|guide| match guide {
        Guide::Line { caption, .. } => Some(caption.unicode()),
        Guide::Vertical(..) => None,
    });
    let lines: Vec<String> = lines.collect();
    match &lines[..] {
        [] => Vec::new(),
        [one] => vec![format!("It comes near to the line {one} far out.")],
        _ => vec![format!("It comes near to the lines {} far out.", lines.join(" and "))],
    }
}
