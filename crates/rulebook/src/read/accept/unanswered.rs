//! Missing keys that stand for a question which only the rules' author can answer: each has a code that asks it.

use crate::diagnostic::Code;

/// The code for a table that lacks a key, where the lack leaves a question of the regulation open.
pub(super) fn code(table: &str, key: &str) -> Option<Code> {
    Some(match (table, key) {
        ("ClauseCap" | "Cap", "order") => Code::CapWithoutOrder,
        ("Recurrence", "key") => Code::RecurrenceWithoutKey,
        ("Recurrence", "window") => Code::RecurrenceWithoutWindow,
        ("Rolling" | "Warning" | "AgeStep", "last_day") => Code::PeriodWithoutLastDay,
        ("Share", "rounding") => Code::ShareWithoutRounding,
        ("Share", "on_double") => Code::ShareWithoutOnDouble,
        ("Normalise" | "scaled" | "percent" | "dead_zone", "rounding") => Code::DivisionWithoutRounding,
        _ => return None,
    })
}
