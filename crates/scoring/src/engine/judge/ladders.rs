//! Ladders, ready to be asked: what each is about, over which windows, on which days it is judged (semantics §9.1, §9.6).
//!
//! All of that is told by the rules alone, so it is found once, however many subjects stand on the ladder.

use super::tier::tier_of_value;
use crate::versions::{Version, Versions};
use alloc::vec::Vec;
use ducha_core::{IndexId, LadderId, TallyId};
use ducha_rulebook::annex::{
    index::Index,
    ladder::{Condition, Judged, Ladder, Select},
    tally::{Tally, TallyKind},
    window::{NamedWindow, Window},
};

/// What a ladder's value is accumulated in.
#[derive(Clone, Copy)]
pub(super) enum Measured<'a> {
    Tally(&'a Tally),
    Index(&'a Index),
}

/// A ladder of one version.
#[derive(Clone, Copy)]
pub(super) struct Rungs<'a> {
    pub(super) version: Version<'a>,
    pub(super) ladder: &'a Ladder,
    /// Its place among the ids of [`Ladders`].
    pub(super) number: u32,
    /// Its own measure, or that of its first condition.
    pub(super) measured: Option<Measured<'a>>,
    /// The windows in which it is judged.
    pub(super) window: Option<&'a Window>,
    pub(super) judged: Judged,
    /// The tier that holds before anything happened: that of full marks, or of nothing added up; of an index the mildest.
    pub(super) start: usize,
}

/// The ladders of all versions.
pub(super) struct Ladders<'a> {
    /// By the order of their ids; of each the versions that have it, in order.
    by_id: Vec<(&'a LadderId, Vec<Rungs<'a>>)>,
}

impl<'a> Ladders<'a> {
    pub(super) fn new(versions: &Versions<'a>) -> Self {
        let mut ids: Vec<&'a LadderId> =
            versions.iter().flat_map(|v| &v.annex.ladder).map(|ladder| &ladder.id).collect();
        ids.sort_unstable();
        ids.dedup();
        let rungs = |(number, id): (u32, &'a LadderId)| {
            let of = versions.iter().filter_map(|v| v.ladder(id).map(|ladder| (v, ladder)));
            (id, of.map(|(version, ladder)| Rungs::new(version, ladder, number)).collect())
        };
        Self { by_id: (0_u32..).zip(ids).map(rungs).collect() }
    }

    /// The ladders with their numbers, in the order of their ids.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &[Rungs<'a>])> {
        (0_u32..).zip(self.by_id.iter().map(|(_, rungs)| rungs.as_slice()))
    }

    /// A ladder of that number, in each version that has it.
    pub(super) fn numbered(&self, number: u32) -> &[Rungs<'a>] {
        self.by_id.get(number as usize).map(|(_, rungs)| rungs.as_slice()).unwrap_or_default()
    }

    /// A ladder of a version, by its id.
    pub(super) fn find(&self, version: Version<'a>, id: &LadderId) -> Option<Rungs<'a>> {
        let at = self.by_id.binary_search_by(|(known, _)| (*known).cmp(id)).ok()?;
        let (_, rungs) = self.by_id.get(at)?;
        rungs.iter().find(|rungs| rungs.version.number == version.number).copied()
    }
}

impl<'a> Rungs<'a> {
    fn new(version: Version<'a>, ladder: &'a Ladder, number: u32) -> Self {
        let measured = measured(version, ladder);
        let window = measured.map(|measured| match measured {
            Measured::Tally(tally) => &tally.window,
            Measured::Index(index) => &index.window,
        });
        Self {
            version,
            ladder,
            number,
            measured,
            window,
            judged: judged(ladder, measured, window),
            start: start(ladder, measured),
        }
    }
}

// semantics §9.1
fn measured<'a>(version: Version<'a>, ladder: &'a Ladder) -> Option<Measured<'a>> {
    let of = |tally: Option<&TallyId>, index: Option<&IndexId>| {
        let tally = tally.and_then(|id| version.tally(id)).map(Measured::Tally);
        tally.or_else(|| index.and_then(|id| version.index(id)).map(Measured::Index))
    };
    let of_ladder =
        |ladder: &'a Ladder| ladder.on.as_ref().and_then(|on| of(on.tally.as_ref(), on.index.as_ref()));
    let of_condition = |condition: &'a Condition| {
        let tally =
            condition.tally.as_ref().or(condition.largest_of.as_ref()).or(condition.count_of.as_ref());
        of(tally, condition.index.as_ref()).or_else(|| {
            let other = condition.ladder.as_ref().and_then(|id| version.ladder(id))?;
            (other.id != ladder.id).then(|| of_ladder(other)).flatten()
        })
    };
    of_ladder(ladder).or_else(|| ladder.tier.iter().flat_map(|tier| &tier.when).find_map(of_condition))
}

/// On which days the ladder is judged.
// semantics §9.6
fn judged(ladder: &Ladder, measured: Option<Measured<'_>>, window: Option<&Window>) -> Judged {
    // An inspection is one event: it is judged once, on its day.
    if window == Some(&Window::Named(NamedWindow::Inspection)) {
        return Judged::WindowEnd;
    }
    let goes_on = matches!(window, Some(Window::Rolling(_) | Window::Named(NamedWindow::Ever)));
    let by_nature = match measured {
        Some(Measured::Tally(tally)) => {
            goes_on || tally.kind == TallyKind::Balance || matches!(tally.window, Window::Cycle(_))
        }
        _ => goes_on,
    };
    ladder.judged.unwrap_or(if by_nature { Judged::EachRecord } else { Judged::WindowEnd })
}

fn start(ladder: &Ladder, measured: Option<Measured<'_>>) -> usize {
    match (ladder.select, measured) {
        (Select::Band, Some(Measured::Tally(tally))) => {
            tier_of_value(ladder, tally.full_marks.unwrap_or_default()).unwrap_or(0)
        }
        (Select::Band, _) => 0,
        (Select::WorstMatching, _) => ladder.tier.iter().position(|tier| tier.otherwise).unwrap_or(0),
    }
}
