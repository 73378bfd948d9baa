//! Time limits and the escalation chain (art. 15).

use super::book::{Book, at};
use crate::{
    Code, Diagnostic,
    annex::{consequence::Role, window::NamedWindow},
};
use alloc::vec::Vec;
use ducha_calendar::{Roll, Unit};
use ducha_core::{Label, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (i, limit) in book.annex.limit.iter().enumerate() {
        let by_hour = matches!(limit.length.unit(), Unit::Hours | Unit::WorkingHours);
        if by_hour && limit.roll != Roll::None {
            out.push(
                Diagnostic::new(Code::HoursRoll, at("limit", i).key("roll"), Args::none())
                    .edit(at("limit", i).key("roll"), "\"none\""),
            );
        }
    }
    for (i, filing) in book.annex.filing.iter().enumerate() {
        if matches!(filing.every, NamedWindow::Ever | NamedWindow::Inspection) {
            let args = Args::none().with("every", filing.every.word());
            out.push(Diagnostic::new(Code::FilingNeverDue, at("filing", i).key("every"), args).article(5));
        }
    }
    for (i, escalation) in book.annex.escalation.iter().enumerate() {
        let levels = at("escalation", i).key("level");
        let pairs = escalation.level.iter().zip(escalation.level.iter().skip(1));
        for (j, (lower, upper)) in pairs.enumerate() {
            if rank(upper.answers) > rank(lower.answers) || rank(upper.answers).is_none() {
                continue;
            }
            let args = Args::none().with("lower", lower.answers.word()).with("upper", upper.answers.word());
            let what = Label::new("前一级", "the level before");
            out.push(
                Diagnostic::new(Code::EscalationOrder, levels.item(j.saturating_add(1)).key("answers"), args)
                    .related(levels.item(j).key("answers"), what)
                    .article(15),
            );
        }
    }
}

/// How high a role stands in the chain of responsibility; nothing for those outside it.
const fn rank(role: Role) -> Option<u8> {
    match role {
        Role::Employee => Some(0),
        Role::Inspector => Some(1),
        Role::TeamLeader => Some(2),
        Role::DepartmentHead => Some(3),
        Role::Office => Some(4),
        Role::GeneralManager => Some(5),
        Role::LeadingGroup => Some(6),
        Role::OfficeMeeting => Some(7),
        Role::Personnel | Role::Finance | Role::Client | Role::Authority => None,
    }
}
