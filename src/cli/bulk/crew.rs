//! Work on all cores, handed over in the order of the input, and never later than it could be.

use super::super::output::Output;
use super::super::{guard, signals};
use super::lines::Line;
use calcgrad::{ErrorKind, Result};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The stack of a worker.
const STACK: usize = 8 << 20;
/// How many bytes of questions and answers are held at a time, and what each counts for
/// besides its own.
const HELD: usize = 1 << 23;
const EACH: usize = HELD >> 7;

/// How often it is seen whether a signal came while an answer is waited for.
const PAUSE: Duration = Duration::from_millis(50);

/// How many threads work; 0 is one for each core.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// Has so many threads work from now on.
pub(crate) fn employ(threads: Option<usize>) {
    THREADS.store(threads.unwrap_or(0), Ordering::Relaxed);
}

/// What counts by its bytes.
pub(crate) trait Weigh {
    /// How many there are, about.
    fn weight(&self) -> usize;
}

impl Weigh for Line {
    fn weight(&self) -> usize {
        self.bytes.as_ref().map_or(0, Vec::len)
    }
}

impl Weigh for String {
    fn weight(&self) -> usize {
        self.len()
    }
}

/// What comes next: an answer that is being worked on, or the end.
enum Step<R> {
    Answer(Receiver<R>, usize),
    End(Result<()>),
}

/// Answers questions on all cores and shows the answers in order.
///
/// A question is only asked for when there is room, so memory does not grow with the input.
/// Before anything is waited for, the output is flushed: who waits for an answer gets it.
///
/// # Errors
/// What ended the questions.
pub(crate) fn answer<Q, R>(
    mut next: impl FnMut() -> Result<Option<Q>> + Send + 'static,
    work: impl Fn(Q) -> R + Send + Sync + 'static,
    output: &mut Output,
    mut show: impl FnMut(R, &mut Output),
) -> Result<()>
where
    Q: Weigh + Send + 'static,
    R: Weigh + Send + 'static,
{
    let refused = |error: String| ErrorKind::InvalidRequest(error);
    let threads = THREADS.load(Ordering::Relaxed);
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(|error| refused(error.to_string()))?;
    let (steps, coming) = channel();
    let (load, work) = (Arc::<Load>::default(), Arc::new(work));
    let held = Arc::clone(&load);
    let ask = move || {
        loop {
            let question = match next() {
                Ok(Some(question)) => question,
                Ok(None) => break steps.send(Step::End(Ok(()))),
                Err(error) => break steps.send(Step::End(Err(error))),
            };
            let weight = EACH + question.weight();
            held.enter(weight);
            let (answer, answered) = sync_channel(1);
            let (work, held) = (Arc::clone(&work), Arc::clone(&held));
            pool.spawn_fifo(move || {
                // What is done guards itself; a panic besides is an answer that does not come.
                if let Ok(found) = guard::guarded(|| Ok(work(question))) {
                    held.add(found.weight());
                    // Nobody listens once the output is closed.
                    let _ = answer.send(found);
                }
            });
            let step = steps.send(Step::Answer(answered, weight));
            if step.is_err() {
                break step;
            }
        }
    };
    let ask = std::thread::Builder::new().spawn(ask);
    ask.map_err(|error| refused(error.to_string()))?;
    while let Some(step) = wait(&coming, output) {
        let (answered, weight) = match step {
            Step::Answer(answered, weight) => (answered, weight),
            Step::End(end) => return end,
        };
        let Some(found) = wait(&answered, output) else { break };
        let weight = weight + found.weight();
        show(found, output);
        load.leave(weight);
        if output.is_closed() {
            return Ok(());
        }
    }
    match signals::caught() {
        // What is not done a moment after the signal is given up.
        Some(_) => Ok(()),
        None => Err(ErrorKind::Internal("an answer was lost".to_owned()).into()),
    }
}

/// What comes from another thread; what is written is handed over before it is waited for.
/// `None` when nothing comes, or not soon enough after a signal.
fn wait<T>(from: &Receiver<T>, output: &mut Output) -> Option<T> {
    from.try_recv().ok().or_else(|| {
        output.flush();
        loop {
            match from.recv_timeout(PAUSE) {
                Ok(found) => break Some(found),
                Err(RecvTimeoutError::Timeout) if !signals::is_long_ago() => {}
                Err(_) => break None,
            }
        }
    })
}

/// How many bytes are held.
#[derive(Default)]
struct Load {
    bytes: Mutex<usize>,
    left: Condvar,
}

impl Load {
    fn bytes(&self) -> MutexGuard<'_, usize> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room; something that is larger than all room goes alone.
    fn enter(&self, weight: usize) {
        let full = |bytes: &mut usize| *bytes > 0 && *bytes + weight > HELD;
        let bytes = self.left.wait_while(self.bytes(), full);
        *bytes.unwrap_or_else(PoisonError::into_inner) += weight;
    }

    fn add(&self, weight: usize) {
        *self.bytes() += weight;
    }

    fn leave(&self, weight: usize) {
        *self.bytes() -= weight;
        self.left.notify_one();
    }
}
