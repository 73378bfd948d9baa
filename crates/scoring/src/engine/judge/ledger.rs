//! What a tally adds up of one subject: its entries that count, by day, summed up from the first on.
//!
//! Windows are then runs of days, found by binary search, and a sum is the difference of two sums.

use super::{Judge, Known, window::Win, window::off_the_calendar};
use crate::{
    assessment::EntryKind,
    engine::{
        dossier::{NO_MONEY, Posting, Visit},
        scale::power,
    },
    versions::Version,
};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use core::{
    cell::{OnceCell, RefCell},
    ops::Range,
};
use ducha_core::{Matter, Points, SourceId, Step, message::Args};
use ducha_rulebook::annex::{
    clause::{Clause, Veto, VetoEffect},
    duty::TransitionRule,
    tally::{DatedBy, Measure, Tally},
    vocabulary::Scope,
    window::Window,
};
use rust_decimal::Decimal;

/// What of a tally is the same for all subjects.
pub(super) struct Rules<'a> {
    /// By the numbers of the versions that price, and the places of their clauses: whether a clause is in the scope, the
    /// source aside.
    clauses: Vec<Vec<bool>>,
    /// The sources that the scope lists; all where it lists none.
    sources: &'a [SourceId],
    /// By versions and the places of their awards: which the tally lists.
    awards: Vec<Vec<bool>>,
    bonuses: bool,
    /// Entries before this day were closed by a transition.
    closed: Option<NaiveDate>,
    /// Whether a later version lacks the tally.
    retires: bool,
    /// By versions and the places of their clauses: whether a finding may take the whole tally. Empty where none may.
    pub(super) vetoes: Vec<Vec<bool>>,
    /// The clauses of the tally's own version that are attainable points, by their places.
    pub(super) attainable: Vec<u32>,
}

/// An entry that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) date: NaiveDate,
    /// Its place among the entries of its subject.
    pub(super) posting: u32,
    /// At the scorer's scale.
    pub(super) points: i64,
    pub(super) is_award: bool,
}

/// The entries of a subject that a tally counts.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By date, and then in the order of entries.
    pub(super) rows: Vec<Row>,
    /// What the rows before each place deduct; one more than there are rows.
    deducted: Vec<i128>,
    /// The places of rows that are awards.
    awards: Vec<u32>,
    /// By inspections, and then in order: the places of rows; laid out when an inspection is asked for.
    visits: OnceCell<Vec<(Visit, u32)>>,
}

/// Which part of a ledger lies in a window.
pub(super) enum Reach {
    /// The rows from one place to another.
    Run(Range<usize>),
    /// These rows.
    Rows(Vec<u32>),
}

/// What a version means by each clause of another, where it means anything.
type Meant<'a> = Rc<[Option<&'a Clause>]>;

/// What was laid out before, by the place of a tally in the rules.
#[derive(Default)]
pub(super) struct Ledgers<'a> {
    rules: RefCell<BTreeMap<usize, Rc<Rules<'a>>>>,
    of: RefCell<BTreeMap<(usize, u32), Rc<Ledger>>>,
    /// By the versions that judge and price: which clause of the one is meant by each of the other.
    meant: RefCell<BTreeMap<(usize, usize), Meant<'a>>>,
}

/// Where a tally stands in the rules: it stays there as long as they do.
pub(super) fn place_of<T>(rule: &T) -> usize {
    core::ptr::from_ref(rule).addr()
}

impl<'a> Judge<'_, 'a> {
    /// What of a tally is the same for all subjects.
    pub(super) fn rules(&self, version: Version<'a>, tally: &'a Tally) -> Rc<Rules<'a>> {
        if let Some(known) = self.ledgers.rules.borrow().get(&place_of(tally)) {
            return Rc::clone(known);
        }
        let versions = || self.dossier.versions.iter();
        let clauses = versions().map(|pricing| self.in_scope(version, tally.scope.as_ref(), pricing));
        let listed = |v: Version<'a>| v.annex.award.iter().map(|a| tally.awards.contains(&a.id)).collect();
        let takes =
            |veto: &Veto| veto.effect == VetoEffect::LoseAll && veto.tally.as_ref() == Some(&tally.id);
        let vetoes = |v: Version<'a>| v.annex.clause.iter().map(|c| c.veto.iter().any(takes)).collect();
        let vetoes: Vec<Vec<bool>> = versions().map(vetoes).collect();
        let closes = |v: &Version<'a>| {
            let mut transitions = v.annex.transition.iter();
            transitions.any(|t| t.tally == tally.id && t.rule == TransitionRule::Close)
        };
        let closed = versions().filter(|v| v.number <= version.number).filter(closes);
        let clauses: Vec<Vec<bool>> = clauses.collect();
        let sources = tally.scope.as_ref().map(|scope| scope.sources.as_slice()).unwrap_or_default();
        let own = clauses.get(version.number).map(Vec::as_slice).unwrap_or_default();
        // Of a clause by itself there is no source.
        let own = (0_u32..).zip(own).filter(|(_, is)| **is && sources.is_empty());
        let rules = Rc::new(Rules {
            attainable: own.map(|(place, _)| place).collect(),
            clauses,
            sources,
            awards: versions().map(listed).collect(),
            bonuses: tally.bonuses.unwrap_or(tally.full_marks.is_some()),
            closed: closed.map(|v| v.annex.rulebook.from).max(),
            retires: versions().any(|v| v.number > version.number && v.tally(&tally.id).is_none()),
            vetoes: if vetoes.iter().flatten().any(|is| *is) { vetoes } else { Vec::new() },
        });
        self.ledgers.rules.borrow_mut().insert(place_of(tally), Rc::clone(&rules));
        rules
    }

    /// By the places of a version's clauses: whether a scope of the judging one takes them in, their source aside.
    // semantics §7.1
    fn in_scope(&self, judge: Version<'a>, scope: Option<&Scope>, pricing: Version<'a>) -> Vec<bool> {
        let clauses = &pricing.annex.clause;
        let Some(scope) = scope else { return clauses.iter().map(|_| true).collect() };
        let meant = self.meant(judge, pricing);
        let takes_in = |(clause, meant): (&'a Clause, &Option<&'a Clause>)| {
            let (means, of) = meant.map_or((clause, pricing), |meant| (meant, judge));
            let section = || means.section.as_ref();
            let line = || {
                let of_section = || of.annex.section.iter().find(|s| Some(&s.id) == section())?.line.as_ref();
                means.line.as_ref().or_else(of_section)
            };
            let named = || scope.clauses.contains(&clause.id) || scope.clauses.contains(&means.id);
            (scope.clauses.is_empty() || named())
                && (scope.sections.is_empty() || section().is_some_and(|id| scope.sections.contains(id)))
                && (scope.lines.is_empty() || line().is_some_and(|id| scope.lines.contains(id)))
                && (scope.aspects.is_empty() || scope.aspects.contains(&means.aspect))
                && scope.criticality.is_none_or(|grade| means.criticality == Some(grade))
        };
        clauses.iter().zip(meant.iter()).map(takes_in).collect()
    }

    /// What a version means by each clause of another.
    // semantics §2
    fn meant(&self, judge: Version<'a>, pricing: Version<'a>) -> Meant<'a> {
        let key = (judge.number, pricing.number);
        if let Some(known) = self.ledgers.meant.borrow().get(&key) {
            return Rc::clone(known);
        }
        let own: BTreeMap<_, _> =
            judge.annex.clause.iter().rev().map(|clause| (&clause.id, clause)).collect();
        let meant =
            |clause: &'a Clause| own.get(&clause.id).copied().or_else(|| judge.clause_meant(&clause.id));
        let meant: Meant<'a> = pricing.annex.clause.iter().map(meant).collect();
        self.ledgers.meant.borrow_mut().insert(key, Rc::clone(&meant));
        meant
    }

    /// The entries of a subject that a tally counts, in whatever window.
    pub(super) fn ledger(&self, version: Version<'a>, tally: &'a Tally, subject: u32) -> Rc<Ledger> {
        let key = (place_of(tally), subject);
        if let Some(known) = self.ledgers.of.borrow().get(&key) {
            return Rc::clone(known);
        }
        let rules = self.rules(version, tally);
        let postings = self.dossier.postings_of(subject);
        let row = |(place, posting): (u32, &Posting)| {
            let date = self.date(tally, posting)?;
            let (points, is_award) = self.counts(version, tally, &rules, posting)?;
            Some(Row { date, posting: place, points, is_award })
        };
        let mut rows: Vec<Row> = (0_u32..).zip(postings).filter_map(row).collect();
        if tally.dated_by.is_some() {
            rows.sort_by_key(|row| (row.date, row.posting));
        }
        let ledger = Rc::new(Ledger::summed(rows));
        self.ledgers.of.borrow_mut().insert(key, Rc::clone(&ledger));
        ledger
    }

    /// The day that dates an entry in a tally.
    pub(super) fn date(&self, tally: &Tally, posting: &Posting) -> Option<NaiveDate> {
        match tally.dated_by {
            None | Some(DatedBy::OccurredOn) => Some(posting.day),
            Some(DatedBy::RecordedOn) => self.dossier.live(posting.live).map(|live| live.record.known_on()),
            Some(DatedBy::DecidedOn) => posting.decided_on,
        }
    }

    /// What an entry counts in a tally, at the scorer's scale, and whether as an award; nothing where it doesn't count.
    // semantics §7.1
    fn counts(
        &self,
        version: Version<'a>,
        tally: &Tally,
        rules: &Rules<'a>,
        posting: &Posting,
    ) -> Option<(i64, bool)> {
        let of = |table: &[Vec<bool>], place: u32| {
            let of = table.get(posting.version as usize).and_then(|of| of.get(place as usize));
            of.copied().unwrap_or(false)
        };
        let is_award = posting.kind == EntryKind::Award;
        let listed = if posting.award != crate::engine::dossier::NONE {
            of(&rules.awards, posting.award)
        } else if is_award && !rules.bonuses {
            false
        } else {
            tally.scope.is_none() || of(&rules.clauses, posting.clause) && self.is_from(rules, posting)
        };
        let day = posting.day;
        if !listed || rules.closed.is_some_and(|closed| day < closed) {
            return None;
        }
        // A later version without the tally has retired it (semantics §2).
        let retired = |v: Version<'a>| v.number > version.number && v.tally(&tally.id).is_none();
        if rules.retires && self.dossier.versions.in_force(day).is_some_and(retired) {
            return None;
        }
        match tally.measure {
            Measure::Points => Some((posting.points, is_award)),
            Measure::Money if !is_award => {
                Some((if posting.money == NO_MONEY { 0 } else { posting.money }, false))
            }
            Measure::Findings if posting.kind == EntryKind::Deduction && self.dossier.is_finding(posting) => {
                power(self.dossier.scorer.scale).map(|one| (one, false))
            }
            _ => None,
        }
    }

    fn is_from(&self, rules: &Rules<'a>, posting: &Posting) -> bool {
        if rules.sources.is_empty() {
            return true;
        }
        let source = self.dossier.live(posting.live).and_then(|live| match &live.record.matter {
            Matter::Finding(finding) => finding.source.as_ref(),
            Matter::Measurement(measurement) => measurement.source.as_ref(),
            _ => None,
        });
        source.is_some_and(|source| rules.sources.contains(source))
    }

    /// Why dates cannot express when the first of these acts leaves a rolling window, if so. The later an act, the later it
    /// leaves: where one of the last day does, all do.
    pub(super) fn all_leave(
        kind: &Window,
        window: Win,
        last: NaiveDate,
        acts: impl Iterator<Item = NaiveDate>,
    ) -> Known<()> {
        let Win::Rolling { as_of } = window else { return Ok(()) };
        let last = last.min(as_of);
        if Self::leaves(kind, last).is_ok() {
            return Ok(());
        }
        let beyond = acts.filter(|act| *act <= last).find(|act| Self::leaves(kind, *act).is_err());
        beyond.map_or(Ok(()), |act| Err(off_the_calendar(act)))
    }

    /// The rows of a ledger that lie in a window and are dated up to a day.
    pub(super) fn reach(
        kind: &Window,
        ledger: &Ledger,
        postings: &[Posting],
        window: Win,
        last: NaiveDate,
    ) -> Reach {
        if let Win::Inspection { visit, .. } = window {
            let visits = ledger.visits.get_or_init(|| ledger.by_visit(postings));
            let begin = visits.partition_point(|(of, _)| *of < visit);
            let of = visits.iter().skip(begin).take_while(|(of, _)| *of == visit);
            let in_time = |row: &u32| ledger.rows.get(*row as usize).is_some_and(|row| row.date <= last);
            return Reach::Rows(of.map(|(_, row)| *row).filter(in_time).collect());
        }
        Reach::Run(run(kind, &ledger.rows, |row| row.date, window, last))
    }

    /// Points of a number at the scorer's scale.
    pub(super) fn points(&self, scaled: impl Into<i128>) -> Known<Points> {
        let exact = Decimal::try_from_i128_with_scale(scaled.into(), self.dossier.scorer.scale);
        exact.map(Points::new).map_err(|_| super::missing(Step::Overflow, Args::none()))
    }
}

/// The run of what lies in a window and is dated up to a day; it comes by date. An inspection has no run.
pub(super) fn run<T>(
    kind: &Window,
    dated: &[T],
    date: impl Fn(&T) -> NaiveDate,
    window: Win,
    last: NaiveDate,
) -> Range<usize> {
    let up_to = |last: NaiveDate| dated.partition_point(|one| date(one) <= last);
    match window {
        Win::Days { from, until } => {
            let begin = dated.partition_point(|one| date(one) < from);
            let end = dated.partition_point(|one| date(one) < until && date(one) <= last);
            begin..end.max(begin)
        }
        Win::Rolling { as_of } => {
            let gone = |one: &T| {
                let end = Judge::leaves(kind, date(one));
                end.is_ok_and(|end| end.is_some_and(|end| end <= as_of))
            };
            let begin = dated.partition_point(gone);
            begin..up_to(last.min(as_of)).max(begin)
        }
        Win::Ever { as_of } => 0..up_to(last.min(as_of)),
        Win::Inspection { .. } => 0..0,
    }
}

impl Ledger {
    fn summed(rows: Vec<Row>) -> Self {
        let mut sum = 0_i128;
        let mut deducted = Vec::with_capacity(rows.len().saturating_add(1));
        let mut awards = Vec::new();
        deducted.push(sum);
        for (place, row) in (0_u32..).zip(&rows) {
            if row.is_award {
                awards.push(place);
            } else {
                // 128 bits hold more 64-bit numbers than there are places.
                sum = sum.saturating_add(i128::from(row.points));
            }
            deducted.push(sum);
        }
        Self { rows, deducted, awards, visits: OnceCell::new() }
    }

    fn by_visit(&self, postings: &[Posting]) -> Vec<(Visit, u32)> {
        let visit = |row: &Row| postings.get(row.posting as usize).map(|posting| posting.visit);
        let mut visits: Vec<(Visit, u32)> =
            (0_u32..).zip(&self.rows).filter_map(|(place, row)| Some((visit(row)?, place))).collect();
        visits.sort_unstable();
        visits
    }

    /// What a run of rows deducts.
    pub(super) fn deducted(&self, run: &Range<usize>) -> i128 {
        let up_to = |place: usize| self.deducted.get(place).copied().unwrap_or_default();
        up_to(run.end).saturating_sub(up_to(run.start))
    }

    /// The awards in a run of rows.
    pub(super) fn awards(&self, run: &Range<usize>) -> impl Iterator<Item = &Row> {
        let begin = self.awards.partition_point(|place| (*place as usize) < run.start);
        let rest = self.awards.get(begin..).unwrap_or_default();
        let end = run.end;
        rest.iter()
            .take_while(move |place| (**place as usize) < end)
            .filter_map(|p| self.rows.get(*p as usize))
    }

    /// The rows of a reach, in order.
    pub(super) fn within<'l>(&'l self, reach: &'l Reach) -> impl Iterator<Item = &'l Row> {
        let (run, rows) = match reach {
            Reach::Run(run) => (run.clone(), [].as_slice()),
            Reach::Rows(rows) => (0..0, rows.as_slice()),
        };
        let of_run = self.rows.get(run).unwrap_or_default().iter();
        of_run.chain(rows.iter().filter_map(|place| self.rows.get(*place as usize)))
    }
}
