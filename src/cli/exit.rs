//! The exit status.

use calcgrad::ErrorKind;
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done.
    Done,
    /// 1: the answer differs.
    Different,
    /// 2: the input or the usage is wrong.
    Input,
    /// 3: undecided or unsupported.
    Unsupported,
    /// 4: a limit was reached.
    Limit,
    /// 5: the output could not be written.
    Output,
    /// 128 and its number: a signal ended the run.
    Signal(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0u8,
            Exit::Different => 1,
            Exit::Input => 2,
            Exit::Unsupported => 3,
            Exit::Limit => 4,
            Exit::Output => 5,
            Exit::Signal(number) => 128 + number,
        })
    }
}

impl From<&ErrorKind> for Exit {
    fn from(kind: &ErrorKind) -> Self {
        if kind.is_limit() {
            Self::Limit
        } else if kind.is_unsupported() {
            Self::Unsupported
        } else {
            Self::Input
        }
    }
}
