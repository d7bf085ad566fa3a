//! The requests of `calcgrad batch`, answered in WebAssembly: a second root of the command, of
//! which a page asks requests alone.
//!
//! A page writes a request where `room` says, calls `answer`, and reads the record of `length`
//! bytes at `place`. Nothing is imported. A panic is a trap; its record is there to be read
//! all the same, and the instance is of no use any more.
//!
//! Invariant: memory is written by the page between two calls only, into a buffer that is
//! handed out as a place and read again as a vector. Nothing here follows a pointer.

#![cfg(target_family = "wasm")]
#![deny(missing_docs, unreachable_pub)]

#[path = "../../../src/cli/mod.rs"]
mod cli;

use std::cell::RefCell;

thread_local! {
    /// The request that is written here, then its record.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a request of so many bytes, and says where.
// Sound: the name is that of no other symbol. So are those below.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    cli::tell_defects(keep);
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.resize(length, 0);
        buffer.as_mut_ptr()
    })
}

/// Answers the request that was written.
#[unsafe(no_mangle)]
pub extern "C" fn answer() {
    // Taken out: a request that traps leaves nothing here but what is told of the trap.
    let request = BUFFER.take();
    keep(cli::answer(&request));
}

/// Where the record is.
#[unsafe(no_mangle)]
pub extern "C" fn place() -> *const u8 {
    BUFFER.with_borrow(|buffer| buffer.as_ptr())
}

/// How many bytes the record has; none when nothing could be told.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    BUFFER.with_borrow(Vec::len)
}

/// Runs the command as a program does. A page does not call it and the linker leaves it away;
/// it is here so that the compiler tells of what neither a program nor a page uses.
pub fn run() -> std::process::ExitCode {
    cli::run()
}

fn keep(record: String) {
    BUFFER.set(record.into_bytes());
}
