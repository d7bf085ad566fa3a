//! Signals that ask a long run to end: it answers what it has read, as far as that is soon done,
//! and a second one does not wait for that.

use super::exit::Exit;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long what is being answered is waited for.
const GRACE: Duration = Duration::from_secs(2);

/// The first signal that came, and when.
static CAUGHT: OnceLock<(i32, Instant)> = OnceLock::new();

/// Calls something at the first TERM, INT, HUP or QUIT; a second one ends the process at once.
/// What the process was started to ignore, as HUP under `nohup`, it ignores.
#[cfg(unix)]
pub(crate) fn listen(stop: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let ignored = ignored();
    let heard = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
    let heard = heard.into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heard) else {
        return;
    };
    // Without a thread for it, signals do what they do anywhere.
    let _ = std::thread::Builder::new().spawn(move || {
        let mut signals = signals.forever();
        if let Some(signal) = signals.next() {
            let _ = CAUGHT.set((signal, Instant::now()));
            stop();
        }
        if let Some(signal) = signals.next() {
            std::process::exit(128 + signal);
        }
    });
}

/// The signals that are ignored, a bit for each; none where the system does not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// There are no such signals here.
#[cfg(not(unix))]
pub(crate) fn listen(_: impl Fn() + Send + 'static) {}

/// Whether a signal came longer ago than what runs is waited for.
pub(crate) fn is_long_ago() -> bool {
    CAUGHT.get().is_some_and(|(_, at)| at.elapsed() > GRACE)
}

/// How a run that a signal ended says so.
pub(crate) fn caught() -> Option<Exit> {
    CAUGHT.get().map(|(signal, _)| Exit::Signal(*signal as u8))
}
