//! Ladders as tables: bands over a tally.

use super::{
    clause::number,
    compile::{CompileError, Part, not_compiled},
    scale::at_scale,
};
use alloc::{boxed::Box, string::ToString};
use ducha_core::{LadderId, Points, Step, TierId};
use ducha_rulebook::{
    Annex,
    annex::ladder::{Judged, Ladder, MeasureOf, Select},
    bound::{Bounded, End},
};

/// The values of a tier, both ends included.
#[derive(Debug, Clone)]
struct Band {
    least: i64,
    greatest: i64,
}

/// A ladder whose tiers are bands of a tally's value.
#[derive(Debug, Clone)]
pub(super) struct LadderTable {
    pub(super) id: LadderId,
    /// Its place among the tallies.
    pub(super) tally: u32,
    bands: Box<[Band]>,
    otherwise: Option<u32>,
    pub(super) tiers: Box<[TierId]>,
}

impl LadderTable {
    /// The place of the tier that holds, or why none can be told.
    // semantics §9.2
    pub(super) fn place(&self, value: i64) -> Result<u32, Step> {
        let mut holding =
            self.bands.iter().enumerate().filter(|(_, band)| band.least <= value && value <= band.greatest);
        match (holding.next(), holding.next()) {
            (Some((place, _)), None) => Ok(number(place)),
            (Some(_), Some(_)) => Err(Step::InSeveralTiers),
            (None, _) => self.otherwise.ok_or(Step::InNoTier),
        }
    }

    /// The worst tier.
    pub(super) fn worst(&self) -> u32 {
        number(self.tiers.len().saturating_sub(1))
    }

    /// Every key of a ladder is named here, so that a new one asks whether the engine knows it.
    pub(super) fn compile(annex: &Annex, ladder: &Ladder, scale: u32) -> Result<Self, CompileError> {
        let Ladder {
            id,
            select,
            tier,
            judged,
            on,
            // Words; kinds of subjects, which columns do not tell; what vetoes that are not compiled do together.
            name: _,
            kind: _,
            subjects: _,
            domain: _,
            several_down: _,
            article: _,
            cite: _,
        } = ladder;
        let not = || not_compiled(Part::Ladder, id);
        let Some(MeasureOf { tally: Some(on), index: None }) = on else { return Err(not()) };
        if *select != Select::Band || *judged == Some(Judged::EachRecord) {
            return Err(not());
        }
        let tally = annex.tally.iter().position(|t| t.id == *on).ok_or_else(not)?;
        let fine = || CompileError::TooFine { id: id.to_string() };
        let end = |end: Option<End>, open: i64, inwards: i64| match end {
            None => Some(open),
            Some(End::Included(at)) => at_scale(Points::new(at), scale),
            Some(End::Excluded(at)) => at_scale(Points::new(at), scale)?.checked_add(inwards),
        };
        let bands = tier.iter().map(|tier| {
            let interval = tier.interval().map_err(|_| not())?;
            // The tier for whatever no other holds has no band of its own.
            if tier.otherwise {
                return Ok(Band { least: i64::MAX, greatest: i64::MIN });
            }
            let least = end(interval.lower(), i64::MIN, 1).ok_or_else(fine)?;
            let greatest = end(interval.upper(), i64::MAX, -1).ok_or_else(fine)?;
            Ok(Band { least, greatest })
        });
        Ok(Self {
            id: id.clone(),
            tally: number(tally),
            bands: bands.collect::<Result<_, CompileError>>()?,
            otherwise: tier.iter().position(|t| t.otherwise).map(number),
            tiers: tier.iter().map(|t| t.id.clone()).collect(),
        })
    }
}
