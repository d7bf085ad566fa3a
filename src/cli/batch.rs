//! `calcgrad batch`: JSON Lines or points in, JSON Lines out, in the order given.

use super::args::Batch;
use super::crew::{self, Weigh};
use super::exit::Exit;
use super::lines::{Line, Lines};
use super::output::Output;
use super::points::Points;
use super::{diagnostic, object, request, signals};
use calcgrad::Result;
use clap::ValueEnum;

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

/// Answers every line or point; a bad one never stops the rest.
pub(crate) fn run(batch: &Batch, output: &mut Output) -> Exit {
    match answer(batch, output) {
        Ok(()) => signals::caught().unwrap_or(Exit::Done),
        Err(error) => {
            output.flush();
            diagnostic::error("", &error);
            Exit::from(&error.kind)
        }
    }
}

fn answer(batch: &Batch, output: &mut Output) -> Result<()> {
    let mut lines = Lines::open(batch.file.as_deref().unwrap_or("-"))?;
    signals::listen(lines.feed().stopper());
    let show = |record: String, output: &mut Output| output.line(&record);
    let Some(expr) = &batch.expr else {
        let work = |line: Line| {
            request::respond(line.number, line.bytes.and_then(|b| object::read(&b)))
        };
        return crew::answer(move || lines.next_full(), work, output, show);
    };
    let at_kinks = batch.at_kinks.and_then(|kink| kink.to_possible_value());
    let at_kinks = at_kinks.map(|kink| kink.get_name().to_owned());
    let opened = Points::open(&mut lines, expr, batch.command.as_deref(), at_kinks)?;
    let Some((table, points)) = opened else { return Ok(()) };
    crew::answer(
        move || table.next(&mut lines),
        move |row| points.respond(row),
        output,
        show,
    )
}
