//! `calcgrad serve`: the page and its answers, for a browser on this machine alone.
//!
//! What listens is bound to the loopback addresses. A request is read within limits of size and
//! of time (`head.rs`, `limited.rs`), must be one that the page itself would send (`gate.rs`),
//! and is answered by a file of the table (`files.rs`) or, as a line of `batch` is, by
//! `request::respond`. Nothing is written anywhere.

mod crowd;
mod files;
mod gate;
mod head;
mod limited;
mod reply;

use super::exit::Exit;
use super::output::Output;
use super::{diagnostic, guard, object, request, signals, theme};
use calcgrad::{Error, ErrorKind, Result};
use clap::Args;
use crowd::Crowd;
use gate::{Gate, Wanted};
use limited::Limited;
use rayon::{ThreadPool, ThreadPoolBuilder};
use reply::Reply;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};
use std::time::Duration;

/// Where the page is unless another port is asked for.
const PORT: u16 = 8017;
/// The stack of a thread that answers, as in `batch`.
const STACK: usize = 8 << 20;
/// How many answers are worked on at a time, at least: a long one does not hold up the others.
const WORKERS: usize = 4;
/// How long an answer is waited for. Work is counted, but not all of that on a picture; what is
/// given up goes on to its end.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long it is waited after a connection could not be taken.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1; 0 chooses a free one
    #[arg(long, default_value_t = PORT, value_name = "N")]
    port: u16,
}

/// What all connections share.
struct Server {
    gate: Gate,
    pool: ThreadPool,
}

/// Serves the page until a signal ends it; the address is printed first.
pub(crate) fn run(serve: &Serve, output: &mut Output) -> Exit {
    theme::never();
    match serve_on(serve.port, output) {
        Ok(()) => signals::caught().unwrap_or(Exit::Done),
        Err(error) => {
            diagnostic::error("", &error);
            Exit::from(&error.kind)
        }
    }
}

fn serve_on(port: u16, output: &mut Output) -> Result<()> {
    let (listeners, port) = listen(port)?;
    let failed = |what: String| Error::from(ErrorKind::InvalidRequest(what));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = ThreadPoolBuilder::new().num_threads(cores.max(WORKERS)).stack_size(STACK);
    let pool = pool.build().map_err(|error| failed(error.to_string()))?;
    let server = Arc::new(Server { gate: Gate::new(port), pool });
    let crowd = Arc::<Crowd>::default();
    let (stop, stopped) = channel();
    signals::listen(move || {
        let _ = stop.send(());
    });
    for listener in listeners {
        let (server, crowd) = (Arc::clone(&server), Arc::clone(&crowd));
        let accept = move || accept(&listener, &server, &crowd);
        let spawned = std::thread::Builder::new().spawn(accept);
        spawned.map_err(|error| failed(error.to_string()))?;
    }
    output.line(&format!("http://127.0.0.1:{port}/"));
    output.flush();
    // Nobody would know where the page is.
    if output.is_closed() {
        return Ok(());
    }
    diagnostic::remark("the page is at this address of this machine; Ctrl-C ends it");
    // Where there are no signals, this waits for ever, as it should.
    let _ = stopped.recv();
    Ok(())
}

/// Listens on 127.0.0.1, and on the same port of ::1 where there is one.
fn listen(port: u16) -> Result<(Vec<TcpListener>, u16)> {
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let is_taken = error.kind() == io::ErrorKind::AddrInUse;
        let what = match is_taken {
            true => format!("port {port} is in use"),
            false => format!("port {port} of 127.0.0.1: {error}"),
        };
        let error = Error::from(ErrorKind::InvalidRequest(what));
        match is_taken {
            true => {
                error.help("name another one with --port; 0 chooses one that is free")
            }
            false => error,
        }
    })?;
    let port = first.local_addr().map_or(port, |address| address.port());
    let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
    Ok((std::iter::once(first).chain(second).collect(), port))
}

/// Takes connections, each on a thread of its own, as many as there is room for.
fn accept(listener: &TcpListener, server: &Arc<Server>, crowd: &Arc<Crowd>) {
    loop {
        match listener.accept() {
            Ok((stream, from)) if is_own(from) => {
                let Some(place) = crowd.enter(&stream) else { continue };
                let server = Arc::clone(server);
                let work = move || {
                    // What fails here fails for one connection only.
                    let _ = guard::guarded(|| {
                        server.converse(stream, &place);
                        Ok(())
                    });
                };
                let _ = std::thread::Builder::new().spawn(work);
            }
            Ok(_) => {}
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}

/// Whether somebody on this machine asks.
fn is_own(from: SocketAddr) -> bool {
    from.ip().is_loopback()
}

impl Server {
    /// Reads one request, answers it and closes the connection.
    fn converse(&self, stream: TcpStream, place: &crowd::Place) {
        let mut stream = Limited::new(stream);
        let (found, is_head) = match head::read(&mut stream) {
            Ok(head) => {
                let is_head = head.method == "HEAD";
                (self.answer(&mut stream, &head, place), is_head)
            }
            Err(reply) => (reply, false),
        };
        if let Some(reply) = found {
            stream.again();
            let _ = reply.write(&mut stream, is_head);
        }
        stream.close();
    }

    /// What is said to a request; `None` where nobody is left to hear it.
    fn answer(
        &self,
        stream: &mut Limited,
        head: &head::Head,
        place: &crowd::Place,
    ) -> Option<Reply> {
        match self.gate.wanted(head) {
            Err(reply) => Some(reply),
            Ok(Wanted::File(file)) => Some(Reply::file(file, head.get("if-none-match"))),
            Ok(Wanted::Answer(length)) => match head::body(stream, head, length) {
                Ok(body) => {
                    place.is_served();
                    self.work(stream, body)
                }
                Err(reply) => reply,
            },
        }
    }

    /// The record of a request.
    fn work(&self, stream: &Limited, body: Vec<u8>) -> Option<Reply> {
        let (answer, answered) = sync_channel(1);
        let waits = stream.watch();
        self.pool.spawn_fifo(move || {
            // Who went away while others were answered wants nothing any more.
            if waits.is_none_or(|watch| watch.is_there()) {
                let found =
                    guard::guarded(|| Ok(request::respond(1, object::read(&body))));
                let _ = answer.send(found.ok());
            }
        });
        match answered.recv_timeout(PATIENCE) {
            Ok(Some(record)) => Some(Reply::record(record)),
            Ok(None) => Some(Reply::refusal(500)),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Some(Reply::refusal(503)),
            Err(_) => None,
        }
    }
}
