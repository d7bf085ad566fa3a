//! `calcgrad batch`: JSON Lines or points in, JSON Lines out, in the order given.

use super::super::exit::Exit;
use super::super::files::Batch;
use super::super::output::Output;
use super::super::{diagnostic, object, request, signals};
use super::crew;
use super::lines::{Line, Lines};
use super::points::Points;
use calcgrad::Result;
use clap::ValueEnum;
use std::io::IsTerminal;

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
    let what = match batch.expr {
        Some(_) => "a table of points",
        None => "requests, one a line,",
    };
    let mut lines = Lines::open(batch.file.as_deref().unwrap_or("-"), what)?;
    batch.bulk.begin(output);
    signals::listen(lines.feed().stopper());
    // On a terminal, the records themselves show how far it has come.
    let is_shown = batch.file.is_some() && !std::io::stdout().is_terminal();
    let bar = batch.bulk.bar(is_shown, lines.feed().size());
    let reading = bar.clone();
    let mut count = batch.bulk.skip;
    let show = |record: String, output: &mut Output| {
        count += 1;
        batch.bulk.tell(&bar, count, "answered");
        output.line(&record);
    };
    let mut left_out = batch.bulk.skip;
    let done = match &batch.expr {
        None => {
            let next = move || {
                reading.set_position(lines.position());
                while left_out > 0 && lines.next_full()?.is_some() {
                    left_out -= 1;
                }
                lines.next_full()
            };
            let work = |line: Line| {
                request::respond(line.number, line.bytes.and_then(|b| object::read(&b)))
            };
            crew::answer(next, work, output, show)
        }
        Some(expr) => {
            let at_kinks = batch.at_kinks.and_then(|kink| kink.to_possible_value());
            let at_kinks = at_kinks.map(|kink| kink.get_name().to_owned());
            let command = batch.command.as_deref();
            let how = (at_kinks, batch.floats);
            let opened = Points::open(&mut lines, expr, command, how)?;
            let Some((table, points)) = opened else { return Ok(()) };
            let next = move || {
                reading.set_position(lines.position());
                while left_out > 0 && table.next(&mut lines)?.is_some() {
                    left_out -= 1;
                }
                table.next(&mut lines)
            };
            crew::answer(next, move |row| points.respond(row), output, show)
        }
    };
    bar.finish_and_clear();
    done
}
