//! A connection on which reading and writing end after a time, however slowly it goes.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How long a request may come in, and an answer go out.
const WHOLE: Duration = Duration::from_secs(10);
/// How long and how much is read of what nobody asked for, so that an answer is not lost with it.
const REST: (Duration, usize) = (Duration::from_millis(200), 4 << 20);

/// A connection with a time at which it ends.
pub(super) struct Limited {
    stream: TcpStream,
    end: Instant,
}

/// Somebody who waits for an answer.
pub(super) struct Watch(TcpStream);

impl Limited {
    /// A connection that begins now.
    pub(super) fn new(stream: TcpStream) -> Self {
        let _ = stream.set_nodelay(true);
        Self { stream, end: Instant::now() + WHOLE }
    }

    /// Begins anew, with an answer after the request.
    pub(super) fn again(&mut self) {
        self.end = Instant::now() + WHOLE;
    }

    /// A look at whether somebody still waits; `None` where that cannot be seen.
    pub(super) fn watch(&self) -> Option<Watch> {
        self.stream.try_clone().ok().map(Watch)
    }

    /// What is left of the time.
    fn left(&self) -> Result<Duration> {
        let left = self.end.saturating_duration_since(Instant::now());
        match left.is_zero() {
            true => Err(Error::from(ErrorKind::TimedOut)),
            false => Ok(left),
        }
    }

    /// Closes it. What still comes in is thrown away first, as a connection that is closed before
    /// all was read takes the answer with it.
    pub(super) fn close(mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        self.end = Instant::now() + REST.0;
        let (mut thrown, mut piece) = (0, [0; 4096]);
        while let Ok(count) = self.read(&mut piece) {
            thrown += count;
            if count == 0 || thrown > REST.1 {
                break;
            }
        }
    }
}

impl Read for Limited {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(bytes)
    }
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        self.stream.flush()
    }
}

impl Watch {
    /// Whether the other side has not closed the connection.
    pub(super) fn is_there(&self) -> bool {
        // Nothing else reads while an answer is worked on.
        if self.0.set_nonblocking(true).is_err() {
            return true;
        }
        let seen = self.0.peek(&mut [0]);
        let _ = self.0.set_nonblocking(false);
        match seen {
            Ok(count) => count > 0,
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        }
    }
}
