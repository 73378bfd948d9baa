//! Bands: without holes, without overlaps, over all values that can occur.

use super::reach::Reach;
use crate::{
    Code, Diagnostic, Pointer,
    bound::{Bounded, End, Interval, IntervalError},
};
use alloc::{format, vec::Vec};
use ducha_core::{Label, message::Args};

/// A band and the table that holds it.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) table: Pointer,
    pub(super) interval: Interval,
}

impl Band {
    fn lower_key(&self) -> Pointer {
        match self.interval.lower() {
            Some(End::Included(_)) => self.table.key("at_least"),
            Some(End::Excluded(_)) => self.table.key("more_than"),
            None => self.table.clone(),
        }
    }

    fn upper_key(&self) -> Pointer {
        match self.interval.upper() {
            Some(End::Included(_)) => self.table.key("at_most"),
            Some(End::Excluded(_)) => self.table.key("less_than"),
            None => self.table.clone(),
        }
    }
}

/// The band of a table, or what is wrong with its bounds.
pub(super) fn read(table: Pointer, bounded: &impl Bounded, out: &mut Vec<Diagnostic>) -> Option<Band> {
    let (key, args, code) = match bounded.interval() {
        Ok(interval) => return Some(Band { table, interval }),
        Err(IntervalError::TwoLower) => {
            let args = Args::none().with("one", "at_least").with("other", "more_than");
            ("more_than", args, Code::TwoBounds)
        }
        Err(IntervalError::TwoUpper) => {
            let args = Args::none().with("one", "at_most").with("other", "less_than");
            ("less_than", args, Code::TwoBounds)
        }
        Err(_) => {
            let [at_least, more_than, at_most, less_than] = bounded.bounds();
            let low = at_least.or(more_than).unwrap_or_default().normalize();
            let high = at_most.or(less_than).unwrap_or_default().normalize();
            let signs =
                (if at_least.is_some() { "≥" } else { ">" }, if at_most.is_some() { "≤" } else { "<" });
            let args = Args::none().with("bounds", format!("{} {low}, {} {high}", signs.0, signs.1));
            (if at_most.is_some() { "at_most" } else { "less_than" }, args, Code::EmptyBounds)
        }
    };
    out.push(Diagnostic::new(code, table.key(key), args));
    None
}

/// Whether the bands hold every value that can occur.
pub(super) fn cover(bands: &[Band], reach: &Reach) -> bool {
    let bands = along(bands);
    let (Some(first), Some(furthest)) = (bands.first(), furthest(&bands)) else { return false };
    let is_free = |part: Option<Interval>| part.is_none_or(|part| reach.witness(&part).is_none());
    is_free(first.interval.below())
        && is_free(furthest.interval.above())
        && holes(&bands).all(|(_, _, hole)| reach.witness(&hole).is_none())
}

fn along(bands: &[Band]) -> Vec<&Band> {
    let mut bands: Vec<_> = bands.iter().collect();
    bands.sort_by(|a, b| a.interval.along(&b.interval));
    bands
}

/// The band that ends last.
fn furthest<'b>(bands: &[&'b Band]) -> Option<&'b Band> {
    bands.iter().copied().reduce(|far, band| if ends_later(band, far) { band } else { far })
}

fn ends_later(a: &Band, b: &Band) -> bool {
    // What lies above `b` is not all above `a`: then `a` ends later.
    match (a.interval.upper(), b.interval.upper()) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(a), Some(b)) => {
            a.value() > b.value() || (a.value() == b.value() && a.is_included() && !b.is_included())
        }
    }
}

/// Neighbours with what lies between: the band that reaches furthest so far, and the next one.
fn neighbours<'s, 'b>(bands: &'s [&'b Band]) -> impl Iterator<Item = (&'b Band, &'b Band)> + use<'s, 'b> {
    let mut far: Option<&'b Band> = None;
    bands.iter().copied().filter_map(move |band| {
        let before = far;
        if before.is_none_or(|before| ends_later(band, before)) {
            far = Some(band);
        }
        before.map(|before| (before, band))
    })
}

fn holes<'s, 'b>(
    bands: &'s [&'b Band],
) -> impl Iterator<Item = (&'b Band, &'b Band, Interval)> + use<'s, 'b> {
    neighbours(bands).filter_map(|(low, high)| Some((low, high, low.interval.gap_to(&high.interval)?)))
}

/// What is wrong with bands that must hold every value that can occur exactly once.
///
/// `catch_all` tells that something else holds the values that no band does.
pub(super) fn prove(bands: &[Band], reach: &Reach, catch_all: bool, out: &mut Vec<Diagnostic>) {
    let sorted = along(bands);
    let values = || Args::none().with("values", &reach.describe());
    for (low, high) in neighbours(&sorted) {
        let common = low.interval.common(&high.interval);
        let common = common.and_then(|common| common.common(&reach.within));
        if let Some((common, witness)) = common.and_then(|common| Some((common, reach.witness(&common)?))) {
            let args = values().with("region", region(&common)).with("witness", witness);
            let what = Label::new("另一档从这里开始", "the other band begins here");
            out.push(
                Diagnostic::new(Code::BandOverlap, low.upper_key(), args).related(high.lower_key(), what),
            );
        }
    }
    if catch_all {
        return;
    }
    for (low, high, hole) in holes(&sorted) {
        let possible = reach.within.common(&hole);
        if let Some((possible, witness)) = possible.and_then(|hole| Some((hole, reach.witness(&hole)?))) {
            let next = high.interval.lower().map_or(witness, End::value);
            let args = values().with("region", region(&possible)).with("witness", witness).with("next", next);
            let what = Label::new("下一档从这里开始", "the next band begins here");
            out.push(Diagnostic::new(Code::BandHole, low.upper_key(), args).related(high.lower_key(), what));
        }
    }
    let below = sorted.first().and_then(|first| Some((first.lower_key(), first.interval.below()?)));
    let above = furthest(&sorted).and_then(|last| Some((last.upper_key(), last.interval.above()?)));
    for (key, outside) in below.into_iter().chain(above) {
        let possible = reach.within.common(&outside);
        if let Some((possible, witness)) = possible.and_then(|part| Some((part, reach.witness(&part)?))) {
            let args = values().with("region", region(&possible)).with("witness", witness);
            out.push(Diagnostic::new(Code::BandUncovered, key, args));
        }
    }
}

/// Warns of bands that hold none of the values that can occur.
pub(super) fn unreachable(bands: &[Band], reaches: &[Reach], out: &mut Vec<Diagnostic>) {
    for band in bands {
        let free = reaches.iter().all(|reach| reach.witness(&band.interval).is_none());
        if let Some(reach) = reaches.first().filter(|_| free) {
            let args = Args::none().with("values", &reach.describe()).with("region", region(&band.interval));
            let args = args.with("possible", region(&reach.within));
            out.push(Diagnostic::new(Code::BandUnreachable, band.table.clone(), args));
        }
    }
}

fn region(interval: &Interval) -> alloc::string::String {
    format!("{interval}")
}
