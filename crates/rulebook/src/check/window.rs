//! Windows and validities: lengths in units that civil days can be counted in (Civil Code 202).

use super::book::{Book, at};
use crate::{Code, Diagnostic, Pointer, annex::window::Window};
use alloc::vec::Vec;
use ducha_calendar::{TimeLimit, Unit};
use ducha_core::{Label, message::Args};

/// Where a window stands.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    table: &'static str,
    item: usize,
    /// Whether it is the window of the item's cap.
    is_of_cap: bool,
}

impl Spot {
    pub(super) fn pointer(self) -> Pointer {
        let item = at(self.table, self.item);
        if self.is_of_cap { item.key("cap").key("window") } else { item.key("window") }
    }
}

/// Every window of the annex with its place.
pub(super) fn all<'a>(book: &Book<'a>) -> impl Iterator<Item = (Spot, &'a Window)> {
    fn at(table: &'static str, item: usize) -> Spot {
        Spot { table, item, is_of_cap: false }
    }
    fn in_cap(table: &'static str, item: usize) -> Spot {
        Spot { table, item, is_of_cap: true }
    }
    let annex = book.annex;
    let recurrence = annex.recurrence.iter().enumerate().map(|(i, item)| (at("recurrence", i), &item.window));
    let cap = annex.cap.iter().enumerate().map(|(i, item)| (at("cap", i), &item.window));
    let clause = annex.clause.iter().enumerate();
    let clause = clause.filter_map(|(i, item)| Some((in_cap("clause", i), &item.cap.as_ref()?.window)));
    let award = annex.award.iter().enumerate();
    let award = award.filter_map(|(i, item)| Some((in_cap("award", i), &item.cap.as_ref()?.window)));
    let tally = annex.tally.iter().enumerate().map(|(i, item)| (at("tally", i), &item.window));
    let index = annex.index.iter().enumerate().map(|(i, item)| (at("index", i), &item.window));
    let ranking = annex.ranking.iter().enumerate().map(|(i, item)| (at("ranking", i), &item.window));
    recurrence.chain(cap).chain(clause).chain(award).chain(tally).chain(index).chain(ranking)
}

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    for (spot, window) in all(book) {
        match window {
            Window::Named(_) => {}
            Window::Rolling(rolling) => civil(spot.pointer().key("rolling"), rolling.rolling, out),
            Window::Cycle(cycle) => civil(spot.pointer().key("cycle"), cycle.cycle, out),
        }
    }
    for (i, clause) in book.annex.clause.iter().enumerate() {
        if let Some(warning) = &clause.warning {
            civil(at("clause", i).key("warning").key("validity"), warning.validity, out);
        }
    }
    for (i, tally) in book.annex.tally.iter().enumerate() {
        for (j, age) in tally.ages.iter().enumerate() {
            civil(at("tally", i).key("ages").item(j).key("up_to"), age.up_to, out);
        }
    }
}

/// A length that neither hours nor a calendar of working days can change.
pub(super) fn civil(pointer: Pointer, length: TimeLimit, out: &mut Vec<Diagnostic>) {
    if matches!(length.unit(), Unit::Hours | Unit::WorkingHours | Unit::WorkingDays) {
        let unit = Label::new(
            length.unit().name(ducha_calendar::Lang::Zh),
            length.unit().name(ducha_calendar::Lang::En),
        );
        out.push(Diagnostic::new(Code::LengthUnit, pointer, Args::none().with("unit", &unit)));
    }
}
