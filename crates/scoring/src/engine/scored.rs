//! The answer of the engine: numbers alone, with trees on demand.

use super::dossier::{Dossier, NO_MONEY, NONE, Posting, Visit};
use crate::{
    assessment::{Account, Entry, EntryKind, EntryMoney},
    draft::{line_of, section_of},
};
use ducha_core::{Matter, Money};

/// Everything that follows from a question, as numbers. How a number came about is told on demand.
pub struct Scored<'a> {
    pub(super) dossier: Dossier<'a>,
    account: Account,
}

impl<'a> Scored<'a> {
    pub(super) fn new(dossier: Dossier<'a>, account: Account) -> Self {
        Self { dossier, account }
    }

    /// What became of every row.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What each record cost or earned, in order.
    #[must_use]
    pub fn entries(&self) -> alloc::vec::Vec<Entry<()>> {
        let mut all: alloc::vec::Vec<&Posting> = self.dossier.of.iter().flat_map(|of| &of.postings).collect();
        all.sort_by_key(|posting| posting.key());
        all.into_iter().enumerate().filter_map(|(number, posting)| self.entry(number, posting)).collect()
    }

    fn entry(&self, number: usize, posting: &Posting) -> Option<Entry<()>> {
        let dossier = &self.dossier;
        let one = dossier.live(posting.live)?;
        let version = dossier.versions.iter().nth(posting.version as usize)?;
        let clause = version.annex.clause.get(posting.clause as usize);
        let of_finding = posting.kind != EntryKind::Accountability;
        let finding = match &one.record.matter {
            Matter::Finding(finding) if of_finding => Some(finding),
            _ => None,
        };
        let scale = dossier.scorer.scale;
        let decimal = |value: i64| super::scale::Scaled { value, places: scale }.points();
        let nature = clause.and_then(|clause| clause.money.as_ref()).map(|tariff| tariff.nature);
        let money: Option<Money> = (posting.money != NO_MONEY).then(|| decimal(posting.money).cast());
        let limit = clause
            .filter(|_| posting.kind == EntryKind::Deduction)
            .and_then(|clause| clause.rectify.as_ref());
        let limit = limit.and_then(|id| version.limit(id));
        Some(Entry {
            number,
            kind: posting.kind,
            record: one.record.id.clone(),
            subject: dossier.people.id(posting.subject)?.clone(),
            clause: clause.map(|clause| clause.id.clone()),
            award: (posting.award != NONE)
                .then(|| version.annex.award.get(posting.award as usize).map(|award| award.id.clone()))
                .flatten(),
            inspection: finding.and_then(|finding| finding.inspection.clone()),
            section: clause.and_then(section_of).cloned(),
            line: clause.and_then(|clause| line_of(version, clause)).cloned(),
            day: posting.day,
            recorded_on: one.record.known_on(),
            decided_on: posting.decided_on,
            version: version.name().into(),
            points: decimal(posting.points),
            money: money.zip(nature).map(|(amount, nature)| EntryMoney { amount, nature }),
            rectify_by: limit.map(|limit| {
                crate::due::due(version, limit, (one.record.occurred_on, one.record.occurred_at))
                    .number_alone()
            }),
            derivation: (),
        })
    }
}

impl Visit {
    /// The inspection's name; of what stands alone, that of its record.
    pub(super) fn text(self, dossier: &Dossier<'_>) -> alloc::string::String {
        match self {
            Self::Named(number) => dossier
                .inspections
                .get(number as usize)
                .map_or_else(alloc::string::String::new, |name| (*name).into()),
            Self::Alone(row) => dossier
                .asked
                .records
                .get(row as usize)
                .map_or_else(alloc::string::String::new, |record| crate::window::visit(None, &record.id)),
        }
    }
}
