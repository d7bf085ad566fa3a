//! Which variables are meant, and in which order, where the order matters and nobody named
//! them.
//!
//! Invariant: usual names win, then numbered ones, then the order of appearance; what is not
//! obvious is said in a note.

use super::super::reading::Reading;
use calcgrad::calculus::{Coordinates, SYSTEMS};
use calcgrad::kernel::find_name;
use calcgrad::{Error, ErrorKind, Note, Result};

/// Takes the coordinates of a system as the variables: so many of them, or, where any number
/// will do, those that occur.
///
/// # Errors
/// A formula in Cartesian coordinates where others are asked for.
pub(super) fn coordinates(
    system: &'static Coordinates,
    needed: Option<usize>,
    found: &mut Reading,
) -> Result<()> {
    let is_flat = system == &SYSTEMS[0];
    if !is_flat {
        refuse_flat(system, found)?;
    }
    let usual = usual(system, &found.variables);
    let occurs =
        |names: &[String]| names.iter().any(|name| found.variables.contains(name));
    let wrt = match needed {
        _ if found.variables.is_empty() || occurs(&usual) => match needed {
            Some(needed) if is_flat => flat(&usual, needed, found),
            Some(_) => usual,
            None => usual.into_iter().filter(|n| found.variables.contains(n)).collect(),
        },
        // Their order makes no difference.
        None => found.variables.clone(),
        Some(needed) => match numbered(&found.variables, needed) {
            Some(family) => family,
            None => found.formula.by_appearance(&found.variables),
        },
    };
    if needed.is_none_or(|needed| needed == wrt.len())
        && let Some(message) = remark(system, needed, &wrt, &found.variables)
    {
        found.notes.push(Note { message, span: None });
    }
    found.wrt = wrt;
    Ok(())
}

/// The names of a system as the formula spells them.
fn usual(system: &Coordinates, variables: &[String]) -> Vec<String> {
    let spelt = |place: usize| {
        let mut names = system.names_of(place);
        let occurring =
            names.find_map(|usual| variables.iter().find(|name| is(name, usual)));
        occurring.cloned().unwrap_or_else(|| system.names[place].to_owned())
    };
    (0..system.names.len()).map(spelt).collect()
}

/// Whether two names are spellings of one.
fn is(name: &str, usual: &str) -> bool {
    find_name(name, &[usual]).is_some()
}

/// The names that occur in space of so many dimensions: x, y, z, then the others. A list of
/// another length is left to be refused.
fn flat(usual: &[String], needed: usize, found: &Reading) -> Vec<String> {
    let is_usual = |name: &String| usual.contains(name);
    let present: Vec<String> =
        usual.iter().filter(|name| found.variables.contains(name)).cloned().collect();
    if needed <= usual.len() {
        let first = &usual[..needed];
        let fits = present.iter().all(|name| first.contains(name));
        return if fits { first.to_vec() } else { present };
    }
    let mut others = found.formula.by_appearance(&found.variables);
    others.retain(|name| !is_usual(name));
    let start = if usual.len() + others.len() == needed { usual } else { &present[..] };
    start.iter().cloned().chain(others).collect()
}

/// Variables such as x1, x2, x3, if there are as many as are needed.
fn numbered(variables: &[String], needed: usize) -> Option<Vec<String>> {
    let stem = |name: &String| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        (stem.len() < name.len()).then(|| stem.to_owned())
    };
    variables.iter().find_map(|name| {
        let wanted = stem(name)?;
        let family =
            variables.iter().filter(|other| stem(other).as_ref() == Some(&wanted));
        let family: Vec<String> = family.cloned().collect();
        (family.len() == needed).then_some(family)
    })
}

/// Refuses x and y where the coordinates are others and none of these occurs.
fn refuse_flat(system: &Coordinates, found: &Reading) -> Result<()> {
    let flat = |name: &str| SYSTEMS[0].names.iter().any(|usual| is(name, usual));
    let has = |name: &String| {
        (0..system.names.len()).any(|place| {
            system.names_of(place).any(|usual| is(name, usual) && !flat(usual))
        })
    };
    let own = |name: &str| system.names.iter().any(|usual| is(name, usual));
    let strange: Vec<String> = found
        .variables
        .iter()
        .filter(|name| flat(name) && !own(name))
        .map(|name| format!("`{name}`"))
        .collect();
    if strange.is_empty() || found.variables.iter().any(has) {
        return Ok(());
    }
    let (name, names) = (system.name, system.names.join(", "));
    let verb = if strange.len() == 1 { "belongs" } else { "belong" };
    let what = format!(
        "{} {verb} to Cartesian coordinates, not to {name} ones",
        strange.join(", ")
    );
    Err(Error::from(ErrorKind::WrongDimension(what)).help(format!(
        "write the formula in {names}, or name its variables in this order with --wrt"
    )))
}

/// What is to be said of variables that nobody named.
fn remark(
    system: &Coordinates,
    needed: Option<usize>,
    wrt: &[String],
    variables: &[String],
) -> Option<String> {
    let is_usual = |name: &String| system.names.iter().any(|usual| is(name, usual));
    let is_all = variables.iter().all(|name| wrt.contains(name));
    let strange =
        |usual: &&str| wrt.iter().any(|name| !is_usual(name) && is(name, usual));
    let is_curved = system == &SYSTEMS[0]
        && SYSTEMS[1..].iter().any(|other| other.names.iter().any(strange));
    let is_obvious = !is_curved
        && is_all
        && (wrt.iter().all(is_usual)
            || needed.is_none_or(|needed| {
                needed == 1 || numbered(wrt, needed).is_some_and(|family| family == wrt)
            }));
    if is_obvious || wrt.is_empty() {
        return None;
    }
    let names = wrt.join(", ");
    let are = if wrt.len() == 1 { "variable is" } else { "variables are" };
    let is_renamed = || {
        let mut others = system.others.iter().copied().flatten();
        others.any(|other| wrt.iter().any(|name| is(name, other)))
    };
    let (meant, others) = match is_curved {
        true => (", as Cartesian coordinates", ", or the system with --coordinates"),
        false if is_renamed() => (system.convention, ""),
        false => ("", ""),
    };
    Some(format!("the {are} {names}{meant}; name others with --wrt{others}"))
}

/// Puts x, y, z before the others, as the components of a direction have them, and says in
/// which order the variables are.
pub(super) fn flat_first(found: &mut Reading, what: &str) {
    let is_usual = |name: &String| SYSTEMS[0].names.iter().any(|usual| is(name, usual));
    let natural = found.wrt.clone();
    found.wrt.sort_by_key(|name| !is_usual(name));
    if natural != found.wrt {
        tell(found, what);
    } else {
        tell_order(found, what);
    }
}

/// Says in which order the variables are, unless that is obvious.
pub(super) fn tell_order(found: &mut Reading, what: &str) {
    let wrt = &found.wrt;
    let is_usual = |name: &String| SYSTEMS[0].names.iter().any(|usual| is(name, usual));
    let is_obvious = wrt.iter().all(is_usual)
        || numbered(wrt, wrt.len()).is_some()
        || found.formula.by_appearance(wrt) == *wrt;
    if !is_obvious {
        tell(found, what);
    }
}

fn tell(found: &mut Reading, what: &str) {
    let names = found.wrt.join(", ");
    let message = format!("{what} belong to {names}; name another order with --wrt");
    found.notes.push(Note { message, span: None });
}
