//! Engines that answer one question after the other, each thread with its own.

use calcgrad::session::Engine;
use calcgrad::{Error, ErrorKind};
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Engines with more nodes are given up, so that a long formula does not hold its memory.
const KEPT: usize = 1 << 17;

thread_local! {
    static ENGINE: Cell<Option<Engine>> = const { Cell::new(None) };
    /// Where the last panic of this thread was.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps panics from writing; they are exceptions, which say where they were.
pub(crate) fn quiet() {
    std::panic::set_hook(Box::new(|panic| {
        PLACE.set(panic.location().map(|at| format!("{}:{}", at.file(), at.line())));
    }));
}

/// Does something with an empty engine. A panic is an error and gives the engine up.
///
/// # Errors
/// Those of what is done, a limit, and [`ErrorKind::Internal`].
pub(crate) fn with_engine<T, E: From<Error>>(
    work: impl FnOnce(&mut Engine) -> Result<T, E>,
) -> Result<T, E> {
    let mut engine = ENGINE.take().unwrap_or_default();
    engine.clear();
    let (engine, found) = guarded::<_, E>(move || {
        let found = work(&mut engine)
            .and_then(|found| engine.within_allowance(found).map_err(E::from));
        Ok((engine, found))
    })?;
    if engine.pool.len() <= KEPT {
        ENGINE.set(Some(engine));
    }
    found
}

/// Does something; a panic is an error.
///
/// # Errors
/// Those of what is done, and [`ErrorKind::Internal`].
pub(crate) fn guarded<T, E: From<Error>>(
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(defect(&*panic).into()))
}

fn defect(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    let place = PLACE.take().map_or(String::new(), |place| format!(" ({place})"));
    Error::from(ErrorKind::Internal(format!("{text}{place}")))
        .help("this is a mistake of calcgrad; please report it with what was asked")
}
