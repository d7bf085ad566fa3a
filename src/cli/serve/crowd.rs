//! How many connections there are at a time, and which of them must go when others wait.

use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many connections there are at most.
const ROOM: usize = 64;
/// How long a request may come in before it has to make room for those that wait.
const SLOW: Duration = Duration::from_secs(1);
/// How long it is waited before it is looked again who is slow.
const LOOK: Duration = Duration::from_millis(50);

/// The connections that are there.
#[derive(Default)]
pub(super) struct Crowd {
    guests: Mutex<Guests>,
    left: Condvar,
}

#[derive(Default)]
struct Guests {
    number: u64,
    list: Vec<Guest>,
}

struct Guest {
    number: u64,
    stream: TcpStream,
    since: Instant,
    /// Whether its request is there, so that the wait is not its own.
    is_served: bool,
}

/// A connection's place, which is free again when it is dropped.
pub(super) struct Place {
    crowd: Arc<Crowd>,
    number: u64,
}

impl Crowd {
    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a place. When there is none, the one that has been slow for longest is cut off.
    /// `None` when the connection is broken already.
    pub(super) fn enter(self: &Arc<Self>, stream: &TcpStream) -> Option<Place> {
        let stream = stream.try_clone().ok()?;
        let mut guests = self.guests();
        while guests.list.len() >= ROOM {
            let is_slow = |one: &Guest| !one.is_served && one.since.elapsed() >= SLOW;
            match guests.list.iter().position(is_slow) {
                Some(slow) => {
                    let _ = guests.list.remove(slow).stream.shutdown(Shutdown::Both);
                }
                None => {
                    let waited = self.left.wait_timeout(guests, LOOK);
                    guests = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
        guests.number += 1;
        let number = guests.number;
        let since = Instant::now();
        guests.list.push(Guest { number, stream, since, is_served: false });
        drop(guests);
        Some(Place { crowd: Arc::clone(self), number })
    }
}

impl Place {
    /// Says that the request has come in.
    pub(super) fn is_served(&self) {
        let mut guests = self.crowd.guests();
        let own = guests.list.iter_mut().find(|guest| guest.number == self.number);
        if let Some(own) = own {
            own.is_served = true;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut guests = self.crowd.guests();
        guests.list.retain(|guest| guest.number != self.number);
        drop(guests);
        self.crowd.left.notify_all();
    }
}
