//! Ladders: exactly one tier for every value, in order from the mildest to the gravest.

use super::{
    bands,
    book::{Book, at},
    index::subjects,
    keys,
    reach::Reaches,
};
use crate::{
    Code, Diagnostic, Pointer,
    annex::{
        ladder::{Condition, Judged, Ladder, LadderKind, MeasureOf, Select},
        tally::Measure,
        window::{NamedWindow, Window},
    },
    bound::Bounded as _,
};
use alloc::vec::Vec;
use core::cmp::Ordering;
use ducha_core::{LadderId, SubjectKindId, TierId, message::Args};

pub(super) fn check(book: &Book<'_>, reaches: &mut Reaches, out: &mut Vec<Diagnostic>) {
    for (i, ladder) in book.annex.ladder.iter().enumerate() {
        let table = at("ladder", i);
        if let Some(on) = &ladder.on {
            measure(book, &table.key("on"), on, &ladder.subjects, out);
        }
        if let Some(domain) = &ladder.domain {
            keys::ordered(out, &table.key("domain"), ("min", domain.min), ("max", domain.max));
            keys::positive(out, &table.key("domain"), "step", domain.step);
        }
        let endless = (ladder.judged == Some(Judged::WindowEnd)).then(|| endless(book, ladder)).flatten();
        if let Some(window) = endless {
            let args = Args::none().with("window", window);
            out.push(Diagnostic::new(Code::NeverJudged, table.key("judged"), args));
        }
        otherwise(ladder, &table, out);
        match ladder.select {
            Select::Band => by_band(book, ladder, &table, reaches, out),
            Select::WorstMatching => by_conditions(ladder, &table, out),
        }
    }
}

/// A value names a tally or an index, and whoever is judged by it has it.
pub(super) fn measure(
    book: &Book<'_>,
    pointer: &Pointer,
    on: &MeasureOf,
    judged: &[SubjectKindId],
    out: &mut Vec<Diagnostic>,
) {
    keys::exactly_one(out, pointer, &[("tally", on.tally.is_some()), ("index", on.index.is_some())]);
    if let Some((i, tally)) = on.tally.as_ref().and_then(|id| book.tally(id)) {
        subjects(&pointer.key("tally"), judged, &tally.subjects, &at("tally", i), out);
    }
    if let Some((i, index)) = on.index.as_ref().and_then(|id| book.index(id)) {
        subjects(&pointer.key("index"), judged, &index.subjects, &at("index", i), out);
    }
}

/// The window of a value, with its place.
pub(super) fn window_of<'a>(book: &Book<'a>, on: &MeasureOf) -> Option<(Pointer, &'a Window)> {
    if let Some((i, tally)) = on.tally.as_ref().and_then(|id| book.tally(id)) {
        return Some((at("tally", i).key("window"), &tally.window));
    }
    let (i, index) = on.index.as_ref().and_then(|id| book.index(id))?;
    Some((at("index", i).key("window"), &index.window))
}

/// The kind of the ladder's window, if it never ends.
pub(super) fn endless(book: &Book<'_>, ladder: &Ladder) -> Option<&'static str> {
    let of_condition = |condition: &Condition| {
        let tally =
            condition.tally.as_ref().or(condition.largest_of.as_ref()).or(condition.count_of.as_ref());
        window_of(book, &MeasureOf { tally: tally.cloned(), index: condition.index.clone() })
    };
    let own = ladder.on.as_ref().and_then(|on| window_of(book, on));
    let (_, window) =
        own.or_else(|| ladder.tier.iter().flat_map(|tier| &tier.when).find_map(of_condition))?;
    match window {
        Window::Rolling(_) => Some("rolling"),
        Window::Named(NamedWindow::Ever) => Some("ever"),
        Window::Named(_) | Window::Cycle(_) => None,
    }
}

/// A ladder and a tier are named together, and the tier is one of the ladder's.
pub(super) fn tier_of(
    book: &Book<'_>,
    table: &Pointer,
    ladder: Option<&LadderId>,
    tier: Option<&TierId>,
    out: &mut Vec<Diagnostic>,
) {
    match (ladder, tier) {
        (None, None) => {}
        (None, Some(_)) => keys::needed(out, table, "ladder", "tier"),
        (Some(_), None) => keys::needed(out, table, "tier", "ladder"),
        (Some(id), Some(tier)) => {
            let Some((_, ladder)) = book.ladder(id) else { return };
            if !ladder.tier.iter().any(|one| one.id == *tier) {
                let args = Args::none().with("tier", tier).with("ladder", id);
                out.push(Diagnostic::new(Code::TierElsewhere, table.key("tier"), args));
            }
        }
    }
}

fn otherwise(ladder: &Ladder, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let mut seen = false;
    for (j, tier) in ladder.tier.iter().enumerate().filter(|(_, tier)| tier.otherwise) {
        if seen || tier.is_bounded() || !tier.when.is_empty() {
            out.push(Diagnostic::new(
                Code::OtherwiseMisused,
                table.key("tier").item(j).key("otherwise"),
                Args::none(),
            ));
        }
        seen = true;
    }
}

fn by_band(
    book: &Book<'_>,
    ladder: &Ladder,
    table: &Pointer,
    reaches: &mut Reaches,
    out: &mut Vec<Diagnostic>,
) {
    let tiers = table.key("tier");
    let mut bands = Vec::new();
    let mut sound = true;
    for (j, tier) in ladder.tier.iter().enumerate() {
        if !tier.when.is_empty() {
            keys::idle(out, &tiers.item(j), "when", "select = \"band\"");
        }
        if tier.otherwise {
            continue;
        }
        if !tier.is_bounded() && ladder.tier.len() > 1 {
            keys::needed(out, &tiers.item(j), "at_least", "select = \"band\"");
            sound = false;
        } else if let Some(band) = bands::read(tiers.item(j), tier, out) {
            bands.push(band);
        } else {
            sound = false;
        }
    }
    let Some(on) = &ladder.on else {
        keys::needed(out, table, "on", "select = \"band\"");
        return;
    };
    order(book, ladder, on, &bands, out);
    // A malformed band would show as a hole as well.
    if sound && !bands.is_empty() {
        let reach = reaches.of(book, on).declared(ladder.domain.as_ref());
        bands::prove(&bands, &reach, ladder.tier.iter().any(|tier| tier.otherwise), out);
        bands::unreachable(&bands, &[reach], out);
    }
}

/// Tiers run in one direction along the value, and in the right one where the value says which it is.
fn order(book: &Book<'_>, ladder: &Ladder, on: &MeasureOf, bands: &[bands::Band], out: &mut Vec<Diagnostic>) {
    let tally = on.tally.as_ref().and_then(|id| book.tally(id)).map(|(_, tally)| tally);
    let graver = match (ladder.kind, tally) {
        (LadderKind::Reward, _) | (_, None) => None,
        (_, Some(tally)) if tally.measure != Measure::Points => None,
        // Of full marks, less is worse; of added deductions, more is.
        (_, Some(tally)) if tally.full_marks.is_some() => Some(Ordering::Greater),
        _ => Some(Ordering::Less),
    };
    let mut direction = graver;
    for (earlier, later) in bands.iter().zip(bands.iter().skip(1)) {
        let step = earlier.interval.along(&later.interval);
        if step == Ordering::Equal || direction.is_none_or(|direction| direction == step) {
            direction = direction.or(Some(step).filter(|step| *step != Ordering::Equal));
            continue;
        }
        let args = Args::none()
            .with("earlier", alloc::format!("{}", earlier.interval))
            .with("later", alloc::format!("{}", later.interval));
        out.push(Diagnostic::new(Code::TiersOutOfOrder, later.table.clone(), args));
        return;
    }
}

fn by_conditions(ladder: &Ladder, table: &Pointer, out: &mut Vec<Diagnostic>) {
    let when = "select = \"worst_matching\"";
    for (j, tier) in ladder.tier.iter().enumerate() {
        let item = table.key("tier").item(j);
        let keys = ["at_least", "more_than", "at_most", "less_than"];
        for (key, _) in keys.into_iter().zip(tier.bounds()).filter(|(_, bound)| bound.is_some()) {
            keys::idle(out, &item, key, when);
        }
        if tier.when.is_empty() && !tier.otherwise {
            keys::needed(out, &item, "when", when);
        }
    }
    if ladder.domain.is_some() && ladder.on.is_none() {
        keys::idle(out, table, "domain", "on = –");
    }
}
