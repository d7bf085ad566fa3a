//! Signals that ask a long run to end: it answers what it has read, and a second one does not
//! wait for that.

use super::exit::Exit;
use std::sync::atomic::{AtomicI32, Ordering};

/// The first signal that came; 0 before.
static CAUGHT: AtomicI32 = AtomicI32::new(0);

/// Calls something at the first TERM or INT; a second one ends the process at once.
#[cfg(unix)]
pub(crate) fn listen(stop: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    // Without a thread for it, signals do what they do anywhere.
    let _ = std::thread::Builder::new().spawn(move || {
        let mut signals = signals.forever();
        if let Some(signal) = signals.next() {
            CAUGHT.store(signal, Ordering::SeqCst);
            stop();
        }
        if let Some(signal) = signals.next() {
            std::process::exit(128 + signal);
        }
    });
}

/// There are no such signals here.
#[cfg(not(unix))]
pub(crate) fn listen(_: impl Fn() + Send + 'static) {}

/// How a run that a signal ended says so.
pub(crate) fn caught() -> Option<Exit> {
    match CAUGHT.load(Ordering::SeqCst) {
        0 => None,
        signal => Some(Exit::Signal(signal as u8)),
    }
}
