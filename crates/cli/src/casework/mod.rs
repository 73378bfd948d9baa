//! `ducha case`, `due`, `tick`, `draw`: casework over a journal.

mod cases;
mod desk;
mod draw;
mod owed;

use crate::args::{CaseCommand, DrawCommand};
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Step};
use ducha::core::Lang;

pub(crate) use owed::{due, tick};

/// Runs a command on one case or on all of them.
pub(crate) fn case(asked: &CaseCommand, lang: Lang, pen: Pen) -> Step<Outcome> {
    match asked {
        CaseCommand::Open(open) => cases::open(open, lang, pen),
        CaseCommand::Act(act) => cases::act(act, lang, pen),
        CaseCommand::Show(show) => cases::show(show, lang, pen),
        CaseCommand::List(list) => cases::list(list, lang, pen),
        CaseCommand::History(history) => cases::history(history, lang, pen),
    }
}

/// Runs a command on published draws.
pub(crate) fn draw(asked: &DrawCommand, lang: Lang) -> Step<Outcome> {
    match asked {
        DrawCommand::Verify { file } => draw::verify(file, lang),
    }
}
