//! Lines out of a file or a pipe.
//!
//! Invariant: no line is lost, and each is looked at a few times at most, however many brackets
//! stay open.

use super::super::bulk::lines::Lines;
use super::super::input;
use super::line::brackets;
use calcgrad::Result;
use calcgrad::syntax::MAX_BYTES;
use std::collections::VecDeque;

/// The lines of an input that nobody types, joined while a bracket is open that is closed later.
pub(super) struct Plain {
    lines: Lines,
    /// Lines that were looked at and not used.
    ahead: VecDeque<Ahead>,
}

struct Ahead {
    text: Result<String>,
    /// Whether it is no part of a longer formula: a bracket in it is never closed.
    is_alone: bool,
}

impl Plain {
    /// Standard input.
    ///
    /// # Errors
    /// An input that cannot be read.
    pub(super) fn open() -> Result<Self> {
        let lines = Lines::open("-", "lines")?;
        Ok(Self { lines, ahead: VecDeque::new() })
    }

    /// The next line, with those in which its brackets are closed; `None` at the end. An empty
    /// line and a word about the session end what is open.
    pub(super) fn next(&mut self) -> Option<Result<String>> {
        let mut first = self.pull()?;
        loop {
            let Ok(text) = first.text else { return Some(first.text) };
            let mut open = still_open(0, &text);
            if open == 0 || first.is_alone {
                return Some(Ok(text));
            }
            let mut size = text.len();
            let mut taken = vec![text];
            while let Some(Ahead { text, is_alone }) = self.pull() {
                match text {
                    Ok(line) if !is_alone && size <= MAX_BYTES && goes_on(&line) => {
                        size += line.len() + 1;
                        open = still_open(open, &line);
                        taken.push(line);
                    }
                    text => {
                        self.ahead.push_front(Ahead { text, is_alone });
                        break;
                    }
                }
                if open == 0 {
                    return Some(Ok(taken.join("\n")));
                }
            }
            self.give_back(taken);
            first = self.pull()?;
        }
    }

    fn pull(&mut self) -> Option<Ahead> {
        let ahead = self.ahead.pop_front();
        ahead.or_else(|| {
            let text = match self.lines.next() {
                Ok(None) => return None,
                Ok(Some(line)) => {
                    line.bytes.and_then(|bytes| Ok(input::decoded(&bytes)?.to_owned()))
                }
                Err(error) => Err(error),
            };
            Some(Ahead { text, is_alone: false })
        })
    }

    /// Keeps lines for later, of which one at least has a bracket that is never closed: this
    /// and what would go on in it stand alone.
    fn give_back(&mut self, lines: Vec<String>) {
        let mut opened = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            for is_open in brackets(line) {
                match is_open {
                    true => opened.push(place),
                    false => drop(opened.pop()),
                }
            }
        }
        let mut is_alone = vec![false; lines.len()];
        for place in opened {
            is_alone[place] = true;
        }
        let (mut first, mut open) = (0, 0);
        for (place, line) in lines.iter().enumerate() {
            if is_alone[place] {
                is_alone[first..place].fill(true);
            } else {
                open = still_open(open, line);
                if open > 0 {
                    continue;
                }
            }
            (first, open) = (place + 1, 0);
        }
        is_alone[first..].fill(true);
        let lines = lines.into_iter().zip(is_alone);
        for (line, is_alone) in lines.rev() {
            self.ahead.push_front(Ahead { text: Ok(line), is_alone });
        }
    }
}

/// How many brackets are open behind a line.
fn still_open(open: usize, line: &str) -> usize {
    brackets(line).fold(open, |open, is_open| match is_open {
        true => open + 1,
        false => open.saturating_sub(1),
    })
}

/// Whether a formula may go on in a line.
fn goes_on(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with([':', '?'])
}
