//! An assessment, or what differs between two, without trees: the numbers alone, for comparing and for keeping.

use crate::{
    assessment::{
        Assessment, Due, Entry, Fired, FiredExtent, FiredMoney, IndexStanding, Standing, TallyStanding,
    },
    preview::Preview,
    restatement::Restatement,
};

impl<D> Assessment<D> {
    /// The same without derivations.
    #[must_use]
    pub fn numbers(self) -> Assessment<()> {
        Assessment {
            format: self.format,
            engine: self.engine,
            rulebooks: self.rulebooks,
            official: self.official,
            period: self.period,
            as_of: self.as_of,
            known_on: self.known_on,
            complete_from: self.complete_from,
            account: self.account,
            subjects: self.subjects,
            entries: self.entries.into_iter().map(Entry::number_alone).collect(),
            tallies: self.tallies.into_iter().map(TallyStanding::number_alone).collect(),
            indexes: self.indexes.into_iter().map(IndexStanding::number_alone).collect(),
            standings: self.standings.into_iter().map(Standing::number_alone).collect(),
            consequences: self.consequences.into_iter().map(Fired::number_alone).collect(),
            rankings: self.rankings,
        }
    }
}

impl<D> Restatement<D> {
    /// The same without derivations.
    #[must_use]
    pub fn numbers(self) -> Restatement<()> {
        Restatement {
            entries: self.entries,
            tallies: self.tallies,
            indexes: self.indexes,
            standings: self.standings,
            rankings: self.rankings,
            fired: self.fired.into_iter().map(Fired::number_alone).collect(),
            withdrawn: self.withdrawn.into_iter().map(Fired::number_alone).collect(),
            changed: self.changed,
            rulebooks: self.rulebooks,
        }
    }
}

impl<D> Preview<D> {
    /// The same without derivations.
    #[must_use]
    pub fn numbers(self) -> Preview<()> {
        Preview {
            not_scored: self.not_scored,
            entries: self.entries.into_iter().map(Entry::number_alone).collect(),
            changes: self.changes.numbers(),
        }
    }
}

impl<D> Due<D> {
    /// The day without its derivation.
    #[must_use]
    pub fn number_alone(self) -> Due<()> {
        Due { on: self.on, at: self.at, provisional: self.provisional, derivation: () }
    }
}

impl<D> Entry<D> {
    /// The entry without its derivation.
    #[must_use]
    pub fn number_alone(self) -> Entry<()> {
        Entry {
            number: self.number,
            kind: self.kind,
            record: self.record,
            subject: self.subject,
            clause: self.clause,
            award: self.award,
            inspection: self.inspection,
            section: self.section,
            line: self.line,
            day: self.day,
            recorded_on: self.recorded_on,
            decided_on: self.decided_on,
            version: self.version,
            points: self.points,
            money: self.money,
            rectify_by: self.rectify_by.map(Due::number_alone),
            derivation: (),
        }
    }
}

impl<D> TallyStanding<D> {
    /// The value without its derivation.
    #[must_use]
    pub fn number_alone(self) -> TallyStanding<()> {
        TallyStanding {
            tally: self.tally,
            subject: self.subject,
            window: self.window,
            value: self.value,
            deducted: self.deducted,
            awarded: self.awarded,
            provisional: self.provisional,
            version: self.version,
            leaving: self.leaving,
            derivation: (),
        }
    }
}

impl<D> IndexStanding<D> {
    /// The value without its derivation.
    #[must_use]
    pub fn number_alone(self) -> IndexStanding<()> {
        IndexStanding {
            index: self.index,
            subject: self.subject,
            window: self.window,
            value: self.value,
            provisional: self.provisional,
            version: self.version,
            derivation: (),
        }
    }
}

impl<D> Standing<D> {
    /// The tier without its derivation.
    #[must_use]
    pub fn number_alone(self) -> Standing<()> {
        Standing {
            ladder: self.ladder,
            kind: self.kind,
            subject: self.subject,
            window: self.window,
            tier: self.tier,
            peak: self.peak,
            provisional: self.provisional,
            version: self.version,
            distance: self.distance,
            derivation: (),
        }
    }
}

impl<D> Fired<D> {
    /// The consequence without its derivations.
    #[must_use]
    pub fn number_alone(self) -> Fired<()> {
        Fired {
            id: self.id,
            consequence: self.consequence,
            name: self.name,
            kind: self.kind,
            sanction: self.sanction,
            subject: self.subject,
            cause: self.cause,
            on: self.on,
            provisional: self.provisional,
            proposed_by: self.proposed_by,
            decided_by: self.decided_by,
            executed_by: self.executed_by,
            due: self.due.map(Due::number_alone),
            money: self.money.map(FiredMoney::number_alone),
            extent: self.extent.map(FiredExtent::number_alone),
            lasts: self.lasts,
            notices: self.notices,
            lacking: self.lacking,
            derivation: (),
        }
    }
}

impl<D> FiredMoney<D> {
    /// The sum without its derivation.
    #[must_use]
    pub fn number_alone(self) -> FiredMoney<()> {
        FiredMoney { amount: self.amount, nature: self.nature, direction: self.direction, derivation: () }
    }
}

impl<D> FiredExtent<D> {
    /// The extent without its derivation.
    #[must_use]
    pub fn number_alone(self) -> FiredExtent<()> {
        FiredExtent { amount: self.amount, unit: self.unit, derivation: () }
    }
}
