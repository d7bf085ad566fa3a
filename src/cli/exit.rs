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

impl Exit {
    /// The status of the process.
    fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Different => 1,
            Self::Input => 2,
            Self::Unsupported => 3,
            Self::Limit => 4,
            Self::Output => 5,
            Self::Signal(number) => 128 + number,
        }
    }

    /// The one of two that tells more of what went wrong.
    pub(crate) fn worse(self, other: Self) -> Self {
        if other.status() > self.status() { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
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
