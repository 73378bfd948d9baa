//! What comes of columns.

use super::ColumnsError;
use crate::{
    assessment::{
        Account, EntryKind, Fate, Fired, IndexStanding, RankingStanding, Standing, SubjectLine, TallyStanding,
    },
    engine::{
        scale::Scaled,
        span::{Day, day_of},
    },
};
use alloc::{boxed::Box, vec::Vec};
use chrono::NaiveDate;
use core::ops::Range;
use ducha_core::{LadderId, Period, Step, SubjectId, TallyId};

/// What comes of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredColumns {
    /// How many places all whole numbers here have.
    pub places: u32,
    /// What each row's own deduction is, in the order of the input; 0 where it was not scored.
    pub points: Vec<i64>,
    /// What was not scored, by row; records beside the columns follow the rows.
    pub unscored: Vec<UnscoredCell>,
    /// Which way was gone, and what it tells of subjects.
    pub way: Way,
}

impl ScoredColumns {
    /// What a row cost.
    #[must_use]
    pub fn deduction(&self, row: usize) -> Option<Scaled> {
        self.points.get(row).map(|value| Scaled { value: *value, places: self.places })
    }

    /// The tallies and ladders of plain rules; nothing where the general way was gone.
    #[must_use]
    pub const fn dense(&self) -> Option<&Dense> {
        match &self.way {
            Way::Plain(dense) => Some(dense),
            Way::General(_) => None,
        }
    }

    /// What a batch tells; nothing where the way of plain rules was gone.
    #[must_use]
    pub fn general(&self) -> Option<&General> {
        match &self.way {
            Way::Plain(_) => None,
            Way::General(general) => Some(general),
        }
    }
}

/// A row that was not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnscoredCell {
    /// The row, from 0.
    pub row: usize,
    /// What became of it.
    pub fate: Fate,
    /// Why, as the reference evaluator says it.
    pub reason: Step,
}

impl UnscoredCell {
    pub(in crate::engine) const fn refused(row: usize, reason: Step) -> Self {
        Self { row, fate: Fate::Refused, reason }
    }

    /// Refuses all rows of a day; where it is no day at all, the columns.
    #[cold]
    pub(in crate::engine) fn refuse_day(
        rows: Range<usize>,
        day: Day,
        reason: Step,
        unscored: &mut Vec<Self>,
    ) -> Result<(), ColumnsError> {
        if day_of(day).is_none() {
            return Err(ColumnsError::Day { row: rows.start });
        }
        unscored.extend(rows.map(|row| Self::refused(row, reason)));
        Ok(())
    }
}

/// Which way columns went. [`Scorer::table`](super::super::Scorer::table) shows both alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Through the tables of plain rules, which tell tallies and ladders, and nothing else.
    Plain(Dense),
    /// As a batch, which tells everything.
    General(Box<General>),
}

/// The tallies and ladders of plain rules: for every subject, also those without a row, in every window that a row touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dense {
    /// The tallies, in the order of the rulebook.
    pub tallies: Vec<TallyColumn>,
    /// The ladders, in the order of the rulebook.
    pub ladders: Vec<LadderColumn>,
}

/// A tally of every subject in every window that a finding touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyColumn {
    /// The tally.
    pub tally: TallyId,
    /// The windows, in order.
    pub windows: Vec<Period>,
    /// The values: window by window, and in each subject by subject.
    pub values: Vec<i64>,
}

/// Where a subject stands in a window: the place of the tier from the mildest on, or why none can be told.
pub type TierCell = Result<u32, Step>;

/// A ladder for every subject in every window of its tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderColumn {
    /// The ladder.
    pub ladder: LadderId,
    /// Its tally, by its place in [`Dense::tallies`].
    pub tally: usize,
    /// The tiers: window by window, and in each subject by subject.
    pub tiers: Vec<TierCell>,
}

/// Everything that a batch tells, numbers alone. Rows and records beside them are told by their places; trees by
/// [`Scorer::records_of`](super::super::Scorer::records_of) and [`Scored::explain`](super::super::Scored::explain).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct General {
    /// The report day.
    pub as_of: NaiveDate,
    /// Whether every version that was used had been adopted (art. 26).
    pub official: bool,
    /// What became of every row, with the reasons in full.
    pub account: Account,
    /// Who is on the roster.
    pub subjects: Vec<SubjectLine>,
    /// Those on the roster who are not among the subjects of the columns: their numbers follow, in this order.
    pub others: Vec<SubjectId>,
    /// What each row or record cost or earned.
    pub entries: EntryColumns,
    /// What was accumulated, by subject, tally and window.
    pub tallies: Vec<TallyStanding<()>>,
    /// Composite scores, by subject, index and window.
    pub indexes: Vec<IndexStanding<()>>,
    /// Tiers, by subject, ladder and window.
    pub standings: Vec<Standing<()>>,
    /// What follows, by day, subject and id.
    pub consequences: Vec<Fired<()>>,
    /// Rankings.
    pub rankings: Vec<RankingStanding>,
}

/// What rows and records cost or earned, as columns, in the order of entries. A row may have several: shares of others,
/// more because it was not rectified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryColumns {
    /// The row, or the record beside them.
    pub row: Vec<u32>,
    /// What kind of entry.
    pub kind: Vec<EntryKind>,
    /// Whose, by the number of the subject in the columns, or among [`General::others`] after them.
    pub subject: Vec<u32>,
    /// The day that dates it.
    pub day: Vec<i32>,
    /// Points, at [`ScoredColumns::places`].
    pub points: Vec<i64>,
    /// Money of a dual tariff, at [`ScoredColumns::places`]; [`Columns::NOT_GIVEN`](super::Columns::NOT_GIVEN) where there
    /// is none.
    pub money: Vec<i64>,
}
