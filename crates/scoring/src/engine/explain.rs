//! Explanation on demand: the trees of one subject, written by the specification itself over the records that it depends on.
//!
//! The engine reckons numbers; how a number came about is asked afterwards. The reference evaluator is then given the
//! records that can bear on the subject, and nothing else, and each of its trees is held against the engine's number. So an
//! explanation is also a second opinion: it is either in agreement, or an error that names the first number that differs.

use super::{
    dossier::{Dossier, Live},
    scored::Scored,
};
use crate::{
    admit::Admitted,
    assessment::{Assessment, Entry, Fired, IndexStanding, Standing, TallyStanding},
    evaluate::Evaluation,
    fold::Fold,
    roster::Roster,
    versions::Version,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};
use ducha_core::{Derivation, Matter, Step, SubjectId, Value, message::Args, record::standard_fact};
use ducha_rulebook::annex::index::Over;

/// Everything about one subject, each number with its derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What each record cost or earned.
    pub entries: Vec<Entry>,
    /// What was accumulated.
    pub tallies: Vec<TallyStanding>,
    /// Composite scores.
    pub indexes: Vec<IndexStanding>,
    /// Tiers.
    pub standings: Vec<Standing>,
    /// What follows.
    pub consequences: Vec<Fired>,
}

/// Why there is no explanation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// Nobody of that id is assessed.
    #[error("nobody called `{0}` is assessed")]
    Unknown(SubjectId),
    /// The specification says another number than the engine. This is a defect of one of them, never of the input.
    #[error(
        "the engine and the specification disagree about {0}; please report it with the rulebook and the records"
    )]
    Disagrees(String),
}

/// What bears on a subject.
struct Bearing {
    /// The subjects of which everything counts.
    whole: BTreeSet<u32>,
    /// The records, by their places, in canonical order.
    records: BTreeSet<u32>,
}

impl<'a> Scored<'a> {
    /// How every number of a subject came about. The cost grows with what bears on the subject, not with what does not.
    ///
    /// # Errors
    /// [`ExplainError`].
    // semantics §19
    pub fn explain(&self, subject: &SubjectId) -> Result<Explanation, ExplainError> {
        let number =
            self.dossier.people.number(subject).ok_or_else(|| ExplainError::Unknown(subject.clone()))?;
        let mut explained = self.explained(&[number])?;
        explained.remove(&number).ok_or_else(|| ExplainError::Unknown(subject.clone()))
    }

    /// The whole assessment with every derivation: what [`crate::assess`] gives.
    ///
    /// # Errors
    /// [`ExplainError::Disagrees`].
    pub fn assessment(&self) -> Result<Assessment, ExplainError> {
        let everyone: Vec<u32> = self.dossier.people.in_order().collect();
        let mut explained = self.explained(&everyone)?;
        let mut all = Explanation {
            entries: Vec::new(),
            tallies: Vec::new(),
            indexes: Vec::new(),
            standings: Vec::new(),
            consequences: Vec::new(),
        };
        for subject in &everyone {
            let Some(mut one) = explained.remove(subject) else { continue };
            all.entries.append(&mut one.entries);
            all.tallies.append(&mut one.tallies);
            all.indexes.append(&mut one.indexes);
            all.standings.append(&mut one.standings);
            all.consequences.append(&mut one.consequences);
        }
        all.entries.sort_by_key(|entry| entry.number);
        all.consequences.sort_by(|a, b| (a.on, &a.subject).cmp(&(b.on, &b.subject)));
        Ok(self.assessment_with(all))
    }

    /// The assessment of one subject alone, with every derivation; the account and the subjects are those of all.
    ///
    /// # Errors
    /// [`ExplainError`].
    pub fn assessment_of(&self, subject: &SubjectId) -> Result<Assessment, ExplainError> {
        Ok(self.assessment_with(self.explain(subject)?))
    }

    fn assessment_with(&self, explained: Explanation) -> Assessment {
        let Explanation { entries, tallies, indexes, standings, consequences } = explained;
        let head = self.head();
        Assessment {
            format: head.format,
            engine: head.engine,
            rulebooks: head.rulebooks,
            official: head.official,
            period: head.period,
            as_of: head.as_of,
            known_on: head.known_on,
            complete_from: head.complete_from,
            account: head.account,
            subjects: head.subjects,
            entries,
            tallies,
            indexes,
            standings,
            consequences,
            rankings: head.rankings,
        }
    }

    /// The explanations of some subjects, by their numbers.
    fn explained(&self, subjects: &[u32]) -> Result<BTreeMap<u32, Explanation>, ExplainError> {
        let dossier = &self.dossier;
        let bearing = Bearing::of(dossier, subjects);
        let books = &dossier.scorer.books;
        let asked = super::question::Question { records: &[], ..dossier.asked.clone() };
        let request = asked.request(books);
        let roster = Roster::new(&request);
        let fold = Fold { request: &request, versions: &dossier.versions, roster: &roster };
        let versions: Vec<Version<'a>> = dossier.versions.iter().collect();
        let admitted: Vec<Admitted<'a>> = bearing
            .records
            .iter()
            .filter_map(|place| dossier.live(*place))
            .filter_map(|one| {
                let version = versions.get(one.version as usize).copied()?;
                Some(Admitted { index: one.index as usize, record: one.record, version })
            })
            .collect();
        let (entries, _) = fold.entries(&admitted);
        let evaluation = Evaluation::among(&fold, &admitted, &entries, dossier.as_of, &dossier.days);
        let mut explained = BTreeMap::new();
        for subject in subjects {
            let Some(id) = dossier.people.id(*subject) else { continue };
            let one = self.explained_one(id, &evaluation)?;
            explained.insert(*subject, one);
        }
        drop(evaluation);
        for entry in entries {
            let subject = dossier.people.number(&entry.subject);
            if let Some(one) = subject.and_then(|subject| explained.get_mut(&subject)) {
                one.entries.push(entry);
            }
        }
        for (subject, one) in &mut explained {
            self.agree_on_entries(*subject, &mut one.entries)?;
        }
        Ok(explained)
    }

    /// Gives the entries of a subject their numbers among all, and holds them against the engine's.
    fn agree_on_entries(&self, subject: u32, entries: &mut [Entry]) -> Result<(), ExplainError> {
        for (entry, posting) in entries.iter_mut().zip(self.dossier.postings_of(subject)) {
            entry.number = posting.number as usize;
        }
        let id = self.dossier.people.id(subject);
        same(entries, &self.entries_of(subject), |_| true, |one| &mut one.derivation, Entry::number_alone)
            .map_err(|_| {
                ExplainError::Disagrees(alloc::format!(
                    "the entries of `{}`",
                    id.map_or("", |id| id.as_str())
                ))
            })
    }

    /// The trees of one subject beside those of its entries, each held against the engine's number.
    fn explained_one(
        &self,
        id: &SubjectId,
        evaluation: &Evaluation<'_, 'a>,
    ) -> Result<Explanation, ExplainError> {
        let ids = [id.clone()];
        let (mut tallies, mut indexes) = evaluation.values(&ids);
        let mut standings = evaluation.standings(&ids);
        let mut firings = evaluation.firings(id);
        firings.extend(self.firings_by_place(id));
        let firings = firings.into_iter().map(|firing| (id.clone(), firing)).collect();
        let mut consequences = evaluation.consequences(firings);
        let of = |subject: &SubjectId| subject == id;
        same(
            &mut tallies,
            self.tallies(),
            |t| of(&t.subject),
            |t| &mut t.derivation,
            TallyStanding::number_alone,
        )
        .map_err(|at| disagrees(&tallies.get(at).map(|t| t.tally.to_string()), id))?;
        same(
            &mut indexes,
            self.indexes(),
            |i| of(&i.subject),
            |i| &mut i.derivation,
            IndexStanding::number_alone,
        )
        .map_err(|at| disagrees(&indexes.get(at).map(|i| i.index.to_string()), id))?;
        same(
            &mut standings,
            self.standings(),
            |s| of(&s.subject),
            |s| &mut s.derivation,
            Standing::number_alone,
        )
        .map_err(|at| disagrees(&standings.get(at).map(|s| s.ladder.to_string()), id))?;
        same(
            &mut consequences,
            self.consequences(),
            |f| of(&f.subject),
            |f| &mut f.derivation,
            Fired::number_alone,
        )
        .map_err(|at| disagrees(&consequences.get(at).map(|f| f.id.clone()), id))?;
        Ok(Explanation { entries: Vec::new(), tallies, indexes, standings, consequences })
    }
}
fn disagrees(what: &Option<String>, of: &SubjectId) -> ExplainError {
    let what = what.as_deref().unwrap_or("what there is");
    ExplainError::Disagrees(alloc::format!("{what} of `{of}`"))
}

/// Holds what was explained against the engine's numbers; the place of the first that differs.
fn same<T: Clone, N: PartialEq>(
    explained: &mut [T],
    numbers: &[N],
    mine: impl Fn(&N) -> bool,
    tree: impl Fn(&mut T) -> &mut Derivation,
    alone: impl Fn(T) -> N,
) -> Result<(), usize> {
    let mut numbers = numbers.iter().filter(|number| mine(number));
    for (at, one) in explained.iter_mut().enumerate() {
        // What is compared has no tree; it is laid aside, not copied.
        let aside = Derivation::new(Step::AddedUp, Args::none(), Value::None);
        let aside = core::mem::replace(tree(one), aside);
        let agrees = numbers.next() == Some(&alone(one.clone()));
        *tree(one) = aside;
        if !agrees {
            return Err(at);
        }
    }
    if numbers.next().is_some() { Err(explained.len()) } else { Ok(()) }
}

impl Bearing {
    /// What bears on some subjects: their records and those of whom they inherit from or consist of; the records of which they
    /// bear a share; facts about any of these; and what is told of everybody.
    fn of(dossier: &Dossier<'_>, subjects: &[u32]) -> Self {
        let annexes = || dossier.versions.iter().map(|version| version.annex);
        let inherits = annexes().flat_map(|annex| &annex.tally).any(|tally| tally.inherit);
        let members = annexes().flat_map(|annex| &annex.index).any(|index| index.over == Some(Over::Members));
        let mut bearing = Self { whole: subjects.iter().copied().collect(), records: BTreeSet::new() };
        let mut open: Vec<u32> = subjects.to_vec();
        while let Some(next) = open.pop() {
            let mut more: Vec<u32> = Vec::new();
            if inherits {
                // Whoever passed anything on: the days of all of them are looked at (semantics §9.6).
                more.extend(dossier.successions.iter().map(|(_, from, _)| *from));
            }
            if members {
                more.extend(dossier.people.members_ever(next));
            }
            open.extend(more.into_iter().filter(|one| bearing.whole.insert(*one)));
        }
        if dossier.is_one_unit() {
            bearing.records = (0_u32..).zip(&dossier.live).map(|(place, _)| place).collect();
            return bearing;
        }
        // Whose records are reckoned: of what falls on others, those whose it was.
        let mut owners: BTreeSet<u32> = bearing.whole.clone();
        for subject in &bearing.whole {
            for posting in dossier.postings_of(*subject) {
                let about = dossier.about_of(posting.live);
                let places = core::iter::once(posting.live).chain(about);
                owners.extend(places.filter_map(|place| dossier.live(place)).map(|one| one.subject));
            }
        }
        for owner in owners {
            for place in dossier.of(owner).into_iter().flat_map(|of| &of.live) {
                bearing.records.insert(*place);
                bearing.records.extend(dossier.facts_about(*place));
            }
        }
        let general = |one: &Live<'_>| match &one.record.matter {
            Matter::Fact(fact) => {
                fact.fact.as_str() == standard_fact::MINIMUM_WAGE
                    || fact.fact.as_str() == standard_fact::SUCCEEDED_BY
            }
            _ => false,
        };
        // What the end of a window brought is settled by a fact about the consequence.
        let consequences: BTreeSet<&str> =
            annexes().flat_map(|annex| &annex.consequence).map(|one| one.id.as_str()).collect();
        let settles = |one: &Live<'_>| match &one.record.matter {
            Matter::Fact(fact) => {
                fact.refers_to.as_ref().is_some_and(|id| consequences.contains(id.as_str()))
            }
            _ => false,
        };
        let bears = |one: &Live<'_>| general(one) || settles(one);
        let facts = dossier.facts.iter().filter(|place| dossier.live(**place).is_some_and(bears));
        bearing.records.extend(facts);
        bearing
    }
}
