//! Why an entry has no points, read off the derivations (semantics §11).

use crate::assessment::{Assessment, Entry};
use ducha_core::{Derivation, Lang, Points, RecordId, Step};

impl Entry {
    /// The step that left nothing of its points: a price of 0, or the first adjustment to 0. Nothing where there are points.
    ///
    /// It is read off the derivation, so it is the reason for which the entry has 0 points (semantics §11).
    #[must_use]
    pub fn zeroed_by(&self) -> Option<&Derivation> {
        if !self.points.is_zero() {
            return None;
        }
        let mut step = self.derivation.uses.first()?;
        while let Some(before) = step.uses.iter().find(|before| before.points() == Some(Points::ZERO)) {
            step = before;
        }
        Some(step)
    }
}

impl Assessment {
    /// Whether a tier or a tally of the assessment was decided by a veto of this record.
    #[must_use]
    pub fn is_veto(&self, record: &RecordId) -> bool {
        let names_it = |step: &Derivation| {
            let named = match step.step {
                Step::VetoDown | Step::VetoWorst => step.args.get("records"),
                Step::VetoLoseAll => step.args.get("record"),
                _ => None,
            };
            let text = named.map(|records| records.text(Lang::En));
            text.is_some_and(|records| records.split(", ").any(|id| id == record.as_str()))
        };
        let tiers = self.standings.iter().map(|standing| &standing.derivation);
        tiers.chain(self.tallies.iter().map(|tally| &tally.derivation)).any(|d| d.walk().any(names_it))
    }
}
