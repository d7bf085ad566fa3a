//! A guard around what may have a defect: a panic becomes an error like any other.

use calcgrad::session::Engine;
use calcgrad::simplify::{Effort, Preference};
use calcgrad::{Error, ErrorKind, Result};
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

/// Engines with more nodes are not kept for the next request, so that one long formula does
/// not hold its memory for the whole of a batch.
const KEPT: usize = 1 << 17;

thread_local! {
    /// Each worker has an engine of its own and keeps its memory.
    static ENGINE: Cell<Option<Engine>> = const { Cell::new(None) };
    /// Where the last panic of this thread was.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps panics from writing; they are errors, which are shown as such.
pub(crate) fn quiet() {
    set_hook(Box::new(note_place));
}

/// Tells of each panic, where one ends everything.
#[cfg(target_family = "wasm")]
pub(crate) fn tell(tell: impl Fn(&Error) + Send + Sync + 'static) {
    set_hook(Box::new(move |panic| {
        note_place(panic);
        tell(&defect(panic.payload()));
    }));
}

fn note_place(panic: &PanicHookInfo<'_>) {
    PLACE.set(panic.location().map(|at| format!("{}:{}", at.file(), at.line())));
}

/// Does something; a panic is an error.
///
/// # Errors
/// Those of what is done, and [`ErrorKind::Internal`].
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(defect(&*panic)))
}

/// Does something with an empty engine, which is given up with what it holds when there is a
/// panic.
///
/// # Errors
/// As [`guarded`].
pub(crate) fn with_engine<T>(work: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
    let mut engine = ENGINE.take().unwrap_or_default();
    engine.clear();
    engine.set_effort(Effort::default());
    engine.prefer(Preference::default());
    let found = guarded(move || {
        let found = work(&mut engine).and_then(|found| engine.within_allowance(found));
        Ok((engine, found))
    });
    let (engine, found) = found?;
    if engine.pool.len() <= KEPT {
        ENGINE.set(Some(engine));
    }
    found
}

fn defect(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    let place = PLACE.take().map_or(String::new(), |place| format!(" ({place})"));
    let error = Error::from(ErrorKind::Internal(format!("{text}{place}")));
    error.help("this is a mistake of calcgrad; please report it with what was asked")
}

#[cfg(test)]
mod tests {
    use super::{guarded, with_engine};
    use calcgrad::ErrorKind;
    use calcgrad::session::Engine;

    #[test]
    fn a_panic_is_an_error_and_the_next_request_lives() {
        let list: Vec<u8> = Vec::new();
        let error = guarded(|| Ok(list[list.len()])).unwrap_err();
        assert_eq!(error.kind.id(), "internal");
        assert!(error.to_string().contains("index out of bounds"), "{error}");
        let half_done = with_engine(|engine| -> calcgrad::Result<()> {
            engine.pool.symbol("x");
            Err(ErrorKind::Undefined(list[0].to_string()).into())
        });
        assert_eq!(half_done.unwrap_err().kind.id(), "internal");
        let empty = Engine::default().pool.len();
        assert_eq!(with_engine(|engine| Ok(engine.pool.len())), Ok(empty));
    }

    #[test]
    fn an_error_stays_what_it_is() {
        let error = guarded::<()>(|| Err(ErrorKind::DivisionByZero.into()));
        assert_eq!(error.unwrap_err().kind, ErrorKind::DivisionByZero);
    }
}
