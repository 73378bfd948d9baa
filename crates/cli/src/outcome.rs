//! How a run ends: what is printed, what is told on the side, and the exit status.

use crate::visible;
use std::fmt::Display;

/// What a run says, and with which status it ends.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The result, for standard output.
    pub(crate) output: String,
    /// What is told beside it, for standard error.
    pub(crate) beside: String,
    /// The exit status.
    pub(crate) status: Status,
}

/// The exit status of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Status {
    /// 0: done; refused rows are reported.
    #[default]
    Done,
    /// 1: mistakes in the rules or the organisation, or refused rows under `--strict`.
    Mistakes,
    /// 2: wrong use: unknown options, files that cannot be read.
    WrongUse,
}

impl Status {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Mistakes => 1,
            Self::WrongUse => 2,
        }
    }
}

impl Outcome {
    /// A result.
    pub(crate) fn done(output: impl Into<String>) -> Self {
        Self { output: output.into(), ..Self::default() }
    }

    /// Mistakes in what was given.
    pub(crate) fn mistakes(beside: impl Into<String>) -> Self {
        Self { beside: beside.into(), status: Status::Mistakes, ..Self::default() }
    }

    /// Wrong use, with what to do instead.
    pub(crate) fn wrong_use(message: impl Display) -> Self {
        let message = message.to_string();
        Self {
            beside: format!("ducha: {}\n", visible::line(&message)),
            status: Status::WrongUse,
            ..Self::default()
        }
    }
}

/// A step that ends the run when it fails.
pub(crate) type Step<T> = Result<T, Outcome>;
