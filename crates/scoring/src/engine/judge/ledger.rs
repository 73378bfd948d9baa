//! What a tally adds up of one subject: its entries that count, by day, summed up from the first on.
//!
//! Windows are then runs of days, found by binary search, and a sum is the difference of two sums.

use super::{
    Judge, Known, missing,
    scope::{Meant, Rules},
    window::{Win, off_the_calendar},
};
use crate::{
    assessment::EntryKind,
    engine::dossier::{Posting, Visit},
    versions::Version,
};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use core::{
    cell::{OnceCell, RefCell},
    ops::Range,
};
use ducha_core::{Points, Step, message::Args};
use ducha_rulebook::annex::{
    tally::{DatedBy, Tally},
    window::Window,
};
use rust_decimal::Decimal;

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

/// The entries of a subject that a tally counts. There may be very many: a row is kept as small as can be.
#[derive(Debug)]
pub(super) struct Ledger {
    /// By date, and then in the order of entries: the date, and the place among the entries of the subject.
    rows: Vec<(NaiveDate, u32)>,
    deducted: Sums,
    /// The places of rows that are awards.
    awards: Vec<u32>,
    /// By inspections, and then in order: the places of rows; laid out when an inspection is asked for.
    visits: OnceCell<Vec<(Visit, u32)>>,
}

/// What the rows before each place deduct; one more than there are rows.
#[derive(Debug)]
enum Sums {
    Narrow(Vec<i64>),
    /// Where 64 bits don't hold all of history, they may still hold what a window has.
    Wide(Vec<i128>),
}

/// Which part of a ledger lies in a window.
pub(super) enum Reach {
    /// The rows from one place to another.
    Run(Range<usize>),
    /// These rows.
    Rows(Vec<u32>),
}

/// What was laid out before, by the place of a tally in the rules.
#[derive(Default)]
pub(super) struct Ledgers<'a> {
    pub(super) rules: RefCell<BTreeMap<usize, Rc<Rules<'a>>>>,
    of: RefCell<BTreeMap<(usize, u32), Rc<Ledger>>>,
    /// By the versions that judge and price: which clause of the one is meant by each of the other.
    pub(super) meant: RefCell<BTreeMap<(usize, usize), Meant<'a>>>,
}

/// Where a tally stands in the rules: it stays there as long as they do.
pub(super) fn place_of<T>(rule: &T) -> usize {
    core::ptr::from_ref(rule).addr()
}

impl<'a> Judge<'_, 'a> {
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
        let ledger = Rc::new(Ledger::summed(&rows));
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
            let in_time = |row: &u32| ledger.rows.get(*row as usize).is_some_and(|(date, _)| *date <= last);
            return Reach::Rows(of.map(|(_, row)| *row).filter(in_time).collect());
        }
        Reach::Run(run(kind, &ledger.rows, |(date, _)| *date, window, last))
    }

    /// Points of a number at the scorer's scale.
    pub(super) fn points(&self, scaled: impl Into<i128>) -> Known<Points> {
        let exact = Decimal::try_from_i128_with_scale(scaled.into(), self.dossier.scorer.scale);
        exact.map(Points::new).map_err(|_| missing(Step::Overflow, Args::none()))
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

impl Sums {
    fn of(rows: &[Row]) -> Self {
        let points = || rows.iter().map(|row| if row.is_award { 0 } else { row.points });
        let mut narrow = Vec::with_capacity(rows.len().saturating_add(1));
        let mut sum = Some(0_i64);
        narrow.extend(sum);
        for points in points() {
            sum = sum.and_then(|sum| sum.checked_add(points));
            narrow.extend(sum);
        }
        if sum.is_some() {
            return Self::Narrow(narrow);
        }
        let mut wide = alloc::vec![0_i128];
        let mut sum = 0_i128;
        for points in points() {
            // 128 bits hold more 64-bit numbers than there are places.
            sum = sum.saturating_add(i128::from(points));
            wide.push(sum);
        }
        Self::Wide(wide)
    }

    fn before(&self, place: usize) -> i128 {
        match self {
            Self::Narrow(sums) => sums.get(place).copied().map(i128::from),
            Self::Wide(sums) => sums.get(place).copied(),
        }
        .unwrap_or_default()
    }
}

impl Ledger {
    fn summed(rows: &[Row]) -> Self {
        let awards = (0_u32..).zip(rows).filter(|(_, row)| row.is_award).map(|(place, _)| place);
        Self {
            rows: rows.iter().map(|row| (row.date, row.posting)).collect(),
            deducted: Sums::of(rows),
            awards: awards.collect(),
            visits: OnceCell::new(),
        }
    }

    fn by_visit(&self, postings: &[Posting]) -> Vec<(Visit, u32)> {
        let visit = |posting: u32| postings.get(posting as usize).map(|posting| posting.visit);
        let rows = (0_u32..).zip(&self.rows);
        let mut visits: Vec<(Visit, u32)> =
            rows.filter_map(|(place, (_, posting))| Some((visit(*posting)?, place))).collect();
        visits.sort_unstable();
        visits
    }

    /// What a run of rows deducts.
    pub(super) fn deducted(&self, run: &Range<usize>) -> i128 {
        self.deducted.before(run.end).saturating_sub(self.deducted.before(run.start))
    }

    /// The row at a place.
    fn row(&self, place: usize, postings: &[Posting]) -> Option<Row> {
        let (date, posting) = *self.rows.get(place)?;
        let award = postings.get(posting as usize).filter(|posting| posting.kind == EntryKind::Award);
        let points = match award {
            Some(award) => award.points,
            // It was 64 bits wide when it was added.
            None => i64::try_from(self.deducted(&(place..place.saturating_add(1)))).unwrap_or(i64::MAX),
        };
        Some(Row { date, posting, points, is_award: award.is_some() })
    }

    /// The awards in a run of rows.
    pub(super) fn awards(&self, run: &Range<usize>, postings: &[Posting]) -> impl Iterator<Item = Row> {
        let begin = self.awards.partition_point(|place| (*place as usize) < run.start);
        let rest = self.awards.get(begin..).unwrap_or_default();
        let end = run.end;
        let places = rest.iter().map(|place| *place as usize).take_while(move |place| *place < end);
        places.filter_map(|place| self.row(place, postings))
    }

    /// The rows of a reach, in order.
    pub(super) fn within(&self, reach: Reach, postings: &[Posting]) -> impl Iterator<Item = Row> {
        let (run, rows) = match reach {
            Reach::Run(run) => (run, Vec::new()),
            Reach::Rows(rows) => (0..0, rows),
        };
        let places = run.chain(rows.into_iter().map(|place| place as usize));
        places.filter_map(|place| self.row(place, postings))
    }
}
