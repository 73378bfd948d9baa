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

    /// Draws how much of a file was read, every so many rows: bytes read, and bytes in all.
    pub(crate) fn part(&self, rows: usize, of: impl FnOnce() -> (u64, u64)) {
        if self.told && rows >= STRIDE && rows.is_multiple_of(STRIDE) {
            let (read, all) = of();
            let percent = read.saturating_mul(100).checked_div(all).unwrap_or(0).min(100);
            let full = usize::try_from(percent.checked_div(4).unwrap_or(0)).unwrap_or(0);
            self.line(&format!(
                "[{}{}] {percent} %, {rows}",
                "#".repeat(full),
                " ".repeat(25_usize.saturating_sub(full))
            ));
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
