//! Input that a thread of its own reads, so that a signal can end it while nothing comes.

use super::super::input;
use super::super::unzipped::Unzipped;
use calcgrad::{ErrorKind, Result};
use std::fs::File;
use std::io::{BufRead, Error, ErrorKind as Failure, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How much is read at once: what was read is answered after a signal, so it is little.
const PIECE: usize = 1 << 13;

/// What comes from the thread that reads, or wakes the one that waits for it.
enum Event {
    Bytes(Vec<u8>),
    Failed(Error),
    End,
    Stop,
}

/// What both threads know.
#[derive(Default)]
struct Shared {
    /// Whether nothing more is to be read.
    stop: AtomicBool,
    /// How many pieces were read and not taken.
    ahead: AtomicUsize,
}

/// A file or standard input.
pub(crate) struct Feed {
    name: String,
    size: Option<u64>,
    events: Receiver<Event>,
    wake: SyncSender<Event>,
    shared: Arc<Shared>,
    piece: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Feed {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub(crate) fn open(path: &str) -> Result<Self> {
        if path == "-" {
            return Self::of("standard input", None, std::io::stdin());
        }
        let file = File::open(path).map_err(|error| input::unread(path, &error))?;
        let is_zipped = path.ends_with(".gz");
        let size = file.metadata().ok().map(|found| found.len());
        let size = size.filter(|_| !is_zipped);
        Self::of(path, size.filter(|size| *size > 0), file)
    }

    /// Begins to read.
    fn of(
        name: &str,
        size: Option<u64>,
        reader: impl Read + Send + 'static,
    ) -> Result<Self> {
        let (wake, events) = sync_channel(1);
        let shared = Arc::<Shared>::default();
        let (sender, known) = (wake.clone(), Arc::clone(&shared));
        let refused = |error| ErrorKind::InvalidRequest(format!("{name}: {error}"));
        std::thread::Builder::new()
            .spawn(move || read_on(Unzipped::new(reader), &sender, &known))
            .map_err(refused)?;
        let name = name.to_owned();
        let (piece, at, ended) = (Vec::new(), 0, false);
        Ok(Self { name, size, events, wake, shared, piece, at, ended })
    }

    /// What the input is called.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The bytes of a file, where that is known.
    pub(crate) fn size(&self) -> Option<u64> {
        self.size
    }

    /// What ends the input after what has been read so far, from any thread and at any time.
    pub(crate) fn stopper(&self) -> impl Fn() + Send + 'static {
        let (wake, shared) = (self.wake.clone(), Arc::clone(&self.shared));
        move || {
            shared.stop.store(true, Ordering::SeqCst);
            // A full channel has a piece in it, and nobody who waits.
            let _ = wake.try_send(Event::Stop);
        }
    }

    /// Whether the input was ended before its end.
    pub(crate) fn was_stopped(&self) -> bool {
        self.shared.stop.load(Ordering::SeqCst)
    }
}

/// Reads until there is nothing more or nobody listens.
fn read_on(mut reader: impl Read, events: &SyncSender<Event>, shared: &Shared) {
    while !shared.stop.load(Ordering::SeqCst) {
        let mut piece = vec![0; PIECE];
        let event = match reader.read(&mut piece) {
            Ok(0) => Event::End,
            Ok(read) => {
                piece.truncate(read);
                Event::Bytes(piece)
            }
            Err(error) if error.kind() == Failure::Interrupted => continue,
            Err(error) => Event::Failed(error),
        };
        let is_last = !matches!(event, Event::Bytes(_));
        shared.ahead.fetch_add(1, Ordering::SeqCst);
        if events.send(event).is_err() || is_last {
            return;
        }
    }
}

impl Read for Feed {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Feed {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.at == self.piece.len() && !self.ended {
            if self.was_stopped() && self.shared.ahead.load(Ordering::SeqCst) == 0 {
                self.ended = true;
                break;
            }
            let event = self.events.recv().unwrap_or(Event::End);
            if !matches!(event, Event::Stop) {
                self.shared.ahead.fetch_sub(1, Ordering::SeqCst);
            }
            match event {
                Event::Bytes(piece) => (self.piece, self.at) = (piece, 0),
                Event::Stop => {}
                Event::End => self.ended = true,
                Event::Failed(error) => {
                    self.ended = true;
                    return Err(error);
                }
            }
        }
        Ok(&self.piece[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::Feed;
    use std::error::Error;
    use std::io::Read;

    /// Gives one piece, then waits until it is dropped with the process.
    struct Endless(bool);

    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                loop {
                    std::thread::park();
                }
            }
            into[..3].copy_from_slice(b"a\nb");
            Ok(3)
        }
    }

    #[test]
    fn what_was_read_comes_before_the_stop() -> Result<(), Box<dyn Error>> {
        let mut feed = Feed::of("a test", None, Endless(false))?;
        let mut first = [0; 1];
        feed.read_exact(&mut first)?;
        feed.stopper()();
        let mut rest = String::new();
        feed.read_to_string(&mut rest)?;
        assert_eq!((first, rest.as_str()), (*b"a", "\nb"));
        assert!(feed.was_stopped());
        Ok(())
    }

    #[test]
    fn a_failure_comes_after_what_was_read() -> Result<(), Box<dyn Error>> {
        struct Broken(bool);
        impl Read for Broken {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(std::io::Error::other("the disk is gone"));
                }
                into[0] = b'a';
                Ok(1)
            }
        }
        let mut feed = Feed::of("a test", None, Broken(false))?;
        let mut text = String::new();
        let error = feed.read_to_string(&mut text).unwrap_err();
        assert_eq!(error.to_string(), "the disk is gone");
        assert_eq!(feed.read(&mut [0])?, 0);
        Ok(())
    }
}
