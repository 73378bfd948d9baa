//! The answer of the engine: numbers alone, with trees on demand.

use super::{
    dossier::{Dossier, NO_MONEY, NONE, Posting},
    judge::{Apart, Judged, joined, judged_of},
    scale::Scaled,
};
use crate::{
    assessment::{
        ASSESSMENT_FORMAT, Account, Assessment, Engine, Entry, EntryKind, EntryMoney, Fired, IndexStanding,
        RankingStanding, Standing, SubjectLine, TallyStanding,
    },
    consequence::Firing,
    draft::{line_of, section_of},
    evaluate::{Evaluation, used_rulebook},
    versions::Version,
};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Label, Matter, Money, SubjectId};
use ducha_rulebook::annex::identity::Status;

/// Everything that follows from a question, as numbers. How a number came about is told on demand: [`Scored::explain`].
pub struct Scored<'a> {
    pub(super) dossier: Dossier<'a>,
    account: Account,
    judged: Judged<'a>,
    rankings: Vec<RankingStanding>,
}

/// What an answer tells without its records.
pub(super) struct Parts {
    pub(super) account: Account,
    pub(super) tallies: Vec<TallyStanding<()>>,
    pub(super) indexes: Vec<IndexStanding<()>>,
    pub(super) standings: Vec<Standing<()>>,
    pub(super) consequences: Vec<Fired<()>>,
    pub(super) rankings: Vec<RankingStanding>,
}

impl<'a> Scored<'a> {
    /// Judges what admission and fold have left.
    pub(super) fn new(dossier: Dossier<'a>, account: Account) -> Self {
        let everyone: Vec<u32> = dossier.people.in_order().collect();
        let apart = judged_of(&dossier, &everyone);
        Self::joined(dossier, account, [apart])
    }

    /// Puts together what was judged of the subjects by themselves, in their order.
    pub(super) fn joined(
        dossier: Dossier<'a>,
        account: Account,
        apart: impl IntoIterator<Item = Apart<'a>>,
    ) -> Self {
        let judged = joined(&dossier, apart);
        let rankings = judged.rankings();
        Self { dossier, account, judged, rankings }
    }

    /// What became of every row.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// The report day.
    #[must_use]
    pub const fn as_of(&self) -> NaiveDate {
        self.dossier.as_of
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.dossier.of.iter().map(|of| of.postings.len()).sum()
    }

    /// What each record cost or earned, in order.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<()>> {
        self.postings().into_iter().filter_map(|posting| self.dossier.entry(posting)).collect()
    }

    /// The entries in order, as they are reckoned with.
    pub(super) fn postings(&self) -> Vec<&Posting> {
        let mut all: Vec<&Posting> = self.dossier.of.iter().flat_map(|of| &of.postings).collect();
        all.sort_by_key(|posting| posting.number);
        all
    }

    /// What each record cost or earned one subject, in order.
    pub(super) fn entries_of(&self, subject: u32) -> Vec<Entry<()>> {
        self.dossier.postings_of(subject).iter().filter_map(|posting| self.dossier.entry(posting)).collect()
    }

    /// What was accumulated, by subject, tally and window.
    #[must_use]
    pub fn tallies(&self) -> &[TallyStanding<()>] {
        &self.judged.tallies
    }

    /// Composite scores, by subject, index and window.
    #[must_use]
    pub fn indexes(&self) -> &[IndexStanding<()>] {
        &self.judged.indexes
    }

    /// Tiers, by subject, ladder and window.
    #[must_use]
    pub fn standings(&self) -> &[Standing<()>] {
        &self.judged.standings
    }

    /// What follows, by day, subject and id.
    #[must_use]
    pub fn consequences(&self) -> &[Fired<()>] {
        &self.judged.consequences
    }

    /// Rankings.
    #[must_use]
    pub fn rankings(&self) -> &[RankingStanding] {
        &self.rankings
    }

    /// The assessment without trees. The digests of the rulebooks are told here, not reckoned with every answer.
    // semantics §0
    #[must_use]
    pub fn numbers(&self) -> Assessment<()> {
        Assessment {
            entries: self.entries(),
            tallies: self.judged.tallies.clone(),
            indexes: self.judged.indexes.clone(),
            standings: self.judged.standings.clone(),
            consequences: self.judged.consequences.clone(),
            ..self.head()
        }
    }

    /// What an assessment tells beside the numbers of subjects.
    pub(super) fn head(&self) -> Assessment<()> {
        let dossier = &self.dossier;
        Assessment {
            format: ASSESSMENT_FORMAT,
            engine: Engine { name: "compiled".into(), version: env!("CARGO_PKG_VERSION").into() },
            rulebooks: dossier.versions.iter().map(used_rulebook).collect(),
            official: self.is_official(),
            period: dossier.asked.period,
            as_of: dossier.as_of,
            known_on: dossier.asked.known_on,
            complete_from: dossier.asked.complete_from,
            account: self.account.clone(),
            subjects: self.roster(),
            entries: Vec::new(),
            tallies: Vec::new(),
            indexes: Vec::new(),
            standings: Vec::new(),
            consequences: Vec::new(),
            rankings: self.rankings.clone(),
        }
    }

    /// Whether every version that was used had been adopted (art. 26), and the kinds of subjects are known where rules ask.
    // semantics §15
    #[must_use]
    pub fn is_official(&self) -> bool {
        let dossier = &self.dossier;
        let mut priced = BTreeSet::new();
        for of in &dossier.of {
            priced.extend(of.postings.iter().map(|posting| posting.version));
        }
        let judged: BTreeSet<&str> = self.judged.tallies.iter().map(|tally| tally.version.as_str()).collect();
        let used = |version: &Version<'_>| {
            judged.contains(version.name())
                || priced.iter().any(|number| {
                    let other = dossier.versions.iter().nth(*number as usize);
                    other.is_some_and(|other| other.name() == version.name())
                })
        };
        let mut kinds = dossier.versions.iter().flat_map(|v| v.annex.tally.iter().flat_map(|t| &t.subjects));
        let first = kinds.next();
        let kinds_known = dossier.asked.organisation.is_some() || kinds.all(|kind| Some(kind) == first);
        kinds_known
            && dossier.versions.iter().next().is_some()
            && dossier.versions.iter().filter(used).all(|v| v.annex.rulebook.status == Status::Adopted)
    }

    /// Who is on the roster.
    pub(super) fn roster(&self) -> Vec<SubjectLine> {
        self.dossier.people.in_order().filter_map(|subject| self.line(subject)).collect()
    }

    /// What is told without its records.
    pub(super) fn into_parts(self) -> Parts {
        let Judged { tallies, indexes, standings, consequences, .. } = self.judged;
        Parts { account: self.account, tallies, indexes, standings, consequences, rankings: self.rankings }
    }

    fn line(&self, number: u32) -> Option<SubjectLine> {
        let people = &self.dossier.people;
        let id = people.id(number)?;
        let subject = people.subject(number);
        Some(SubjectLine {
            id: id.clone(),
            name: subject.map_or_else(|| Label::same(id.as_str()), |subject| subject.name.clone()),
            kind: subject.map(|subject| subject.kind.clone()),
            line: subject.and_then(|subject| subject.line.clone()),
            parent: people.organisation.and_then(|o| o.parent_on(id, self.dossier.as_of)).cloned(),
        })
    }

    /// What places in rankings bring upon a subject, with the reference's reasons.
    pub(super) fn firings_by_place(&self, id: &SubjectId) -> Vec<Firing<'a>> {
        let all = self.judged.placings.iter().flat_map(|placing| {
            Evaluation::ranking_firings(placing.version, placing.ranking, &placing.standing)
        });
        all.filter(|(subject, _)| subject == id).map(|(_, firing)| firing).collect()
    }
}

impl Dossier<'_> {
    /// The entry as the assessment shows it.
    pub(super) fn entry(&self, posting: &Posting) -> Option<Entry<()>> {
        let dossier = self;
        let one = dossier.live(posting.live)?;
        let version = dossier.versions.iter().nth(posting.version as usize)?;
        let clause = version.annex.clause.get(posting.clause as usize);
        let of_finding = posting.kind != EntryKind::Accountability;
        let finding = match &one.record.matter {
            Matter::Finding(finding) if of_finding => Some(finding),
            _ => None,
        };
        let scale = dossier.scorer.scale;
        let decimal = |value: i64| Scaled { value, places: scale }.points();
        let nature = clause.and_then(|clause| clause.money.as_ref()).map(|tariff| tariff.nature);
        let money: Option<Money> = (posting.money != NO_MONEY).then(|| decimal(posting.money).cast());
        let limit = clause
            .filter(|_| posting.kind == EntryKind::Deduction)
            .and_then(|clause| clause.rectify.as_ref());
        let limit = limit.and_then(|id| version.limit(id));
        Some(Entry {
            number: posting.number as usize,
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
