//! How the casework runs: keys that need one another, and numbers that make no sense (arts. 4, 15, 21, 23).

use super::{book::Book, keys, window};
use crate::{
    Annex, Code, Diagnostic, Pointer,
    annex::{procedure::Planning, window::NamedWindow},
};
use alloc::vec::Vec;
use core::iter;
use ducha_core::{LimitId, Quantity, message::Args};

pub(super) fn check(book: &Book<'_>, out: &mut Vec<Diagnostic>) {
    let annex = book.annex;
    let table = |name: &str| Pointer::root().key(name);
    if let Some(inspection) = &annex.inspection {
        let table = table("inspection");
        keys::at_least_one(out, &table, "inspectors", Some(inspection.inspectors));
        if let Some(length) = inspection.cooling_off {
            window::civil(table.key("cooling_off"), length, out);
        }
    }
    if let Some(rectification) = &annex.rectification {
        let (count, most) = (rectification.extensions, rectification.extend_at_most.is_some());
        together(out, &table("rectification"), ("extensions", count > 0), ("extend_at_most", most));
    }
    if let Some(survey) = &annex.survey {
        keys::at_least_one(out, &table("survey"), "fewest_answers", survey.fewest_answers);
    }
    if let Some(planning) = &annex.planning {
        plan(&table("planning"), planning, out);
    }
}

/// How many inspections are planned: in windows that end, and with all that an increase needs (art. 23).
fn plan(table: &Pointer, planning: &Planning, out: &mut Vec<Diagnostic>) {
    if matches!(planning.every, NamedWindow::Ever | NamedWindow::Inspection) {
        let args = Args::none().with("every", planning.every.word());
        out.push(Diagnostic::new(Code::PlanWithoutWindow, table.key("every"), args).article(23));
    }
    for (key, value) in [
        ("key_extra", planning.key_extra),
        ("per_problems", planning.per_problems),
        ("extra", planning.extra),
        ("at_most", planning.at_most),
    ] {
        keys::at_least_one(out, table, key, value);
    }
    let classes = ("key_classes", !planning.key_classes.is_empty());
    together(out, table, classes, ("key_extra", planning.key_extra.is_some()));
    let problems = ("per_problems", planning.per_problems.is_some());
    together(out, table, problems, ("extra", planning.extra.is_some()));
    together(out, table, problems, ("look_back", planning.look_back.is_some()));
    if let Some(length) = planning.look_back {
        window::civil(table.key("look_back"), length, out);
    }
    keys::ordered(
        out,
        table,
        ("base", Some(number(planning.base))),
        ("at_most", planning.at_most.map(number)),
    );
    keys::percent(out, table, "unannounced_percent", planning.unannounced_percent.map(number));
}

/// The time limits by which the casework runs.
pub(super) fn limits(annex: &Annex) -> impl Iterator<Item = &LimitId> {
    let inspection = annex.inspection.iter().filter_map(|table| table.report_within.as_ref());
    let complaint = annex.complaint.iter().flat_map(|table| {
        let may_be = [&table.acknowledge_within, &table.assess_within, &table.reopen_within];
        [&table.opinion_within, &table.feedback_within].into_iter().chain(may_be.into_iter().flatten())
    });
    let rectification =
        annex.rectification.iter().flat_map(|table| iter::once(&table.within).chain(&table.reinspect_within));
    let sanction = annex.sanction.iter().flat_map(|table| {
        [&table.decide_within, &table.notify_within, &table.execute_within].into_iter().flatten()
    });
    let publication =
        annex.publication.iter().flat_map(|table| [&table.objections_within, &table.publish_within]);
    let survey = annex.survey.iter().filter_map(|table| table.open_for.as_ref());
    inspection.chain(complaint).chain(rectification).chain(sanction).chain(publication).chain(survey)
}

fn number(value: u32) -> Quantity {
    Quantity::from(value)
}

/// Two keys that mean nothing without one another.
fn together(
    out: &mut Vec<Diagnostic>,
    table: &Pointer,
    (first, has_first): (&'static str, bool),
    (second, has_second): (&'static str, bool),
) {
    match (has_first, has_second) {
        (true, false) => keys::needed(out, table, second, first),
        (false, true) => keys::needed(out, table, first, second),
        _ => {}
    }
}
