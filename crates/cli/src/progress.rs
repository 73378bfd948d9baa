//! What is going on, told on a terminal while long work lasts.

use std::io::{IsTerminal, Write};

/// So many rows pass before progress is told, and between two tellings.
const STRIDE: usize = 20_000;

/// Tells progress on standard error, if that is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    told: bool,
}

impl Progress {
    /// Progress for this run.
    pub(crate) fn new() -> Self {
        Self { told: std::io::stderr().is_terminal() }
    }

    /// Tells what is going on, every so many rows.
    pub(crate) fn now(&self, rows: usize, say: impl FnOnce() -> String) {
        if self.told && rows >= STRIDE && rows.is_multiple_of(STRIDE) {
            self.line(&say());
        }
    }

    /// Tells that a long step begins, if there are many rows.
    pub(crate) fn step(&self, rows: usize, say: impl FnOnce() -> String) {
        if self.told && rows >= STRIDE {
            self.line(&say());
        }
    }

    /// Wipes the line.
    pub(crate) fn end(&self) {
        self.line("");
    }

    fn line(&self, text: &str) {
        if self.told {
            // Progress that cannot be shown is no reason to stop.
            _ = write!(std::io::stderr(), "\r\x1b[2K{text}");
        }
    }
}
