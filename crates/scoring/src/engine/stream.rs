//! Findings one by one, in canonical order: the way of large files, in memory that grows with the state and not with the file.
//!
//! It is a way of reading, not one more way in: it takes plain rules and plain findings alone ([`Part`](super::Part) lists
//! what is not plain), names the first rule that is not, and stops at a row that is not, so that the caller can ask
//! [`Scorer::assess`] or [`Scorer::assess_columns`] instead, which take everything. What it says is what a batch says.

use super::{
    clause::Stop,
    codes::{Codes, hash},
    columns::{Columns, ColumnsError, LadderColumn, TallyColumn},
    compile::{CompileError, Scorer},
    plain::Plain,
    run::{Run, Scales},
    scale::{QUANTITY_PLACES, at_scale},
    span::{Day, number_of},
};
use alloc::{string::String, vec, vec::Vec};
use chrono::{NaiveDate, NaiveTime, Timelike};
use ducha_core::{Step, row::FindingRow};

/// Findings on their way through plain rules, one by one in canonical order.
///
/// ```
/// use chrono::NaiveDate;
/// use ducha_core::row::FindingRow;
/// use ducha_rulebook::{Rulebook, Source};
/// use ducha_scoring::engine::Scorer;
/// let text = r#"
/// format = 1
/// [rulebook]
/// id = "tiny"
/// version = "1"
/// title = { zh = "示例", en = "Example" }
/// status = "draft"
/// from = 2026-01-01
/// point_step = 1
/// calendar = "cn"
/// [[clause]]
/// id = "C-1"
/// name = { zh = "垃圾未清", en = "refuse not cleared" }
/// aspect = "service_quality"
/// price = { shape = "flat", points = 2 }
/// [[tally]]
/// id = "month"
/// name = { zh = "当月扣分", en = "deductions of the month" }
/// kind = "sum"
/// measure = "points"
/// subjects = ["department"]
/// window = "month"
/// "#;
/// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
/// let scorer = Scorer::compile(&[book])?;
/// let mut stream = scorer.stream()?;
/// let day = NaiveDate::from_ymd_opt(2026, 10, 12).unwrap();
/// stream.push(&FindingRow::new("F-1", "canteen", day, "C-1"))?;
/// stream.push(&FindingRow::new("F-2", "canteen", day, "C-1"))?;
/// let seen = stream.finish()?;
/// assert_eq!((seen.subjects[0].as_str(), seen.value(0, 0, 0).map(|v| v.points().to_string())), ("canteen", Some("4".into())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stream<'s> {
    rules: &'s Plain,
    codes: &'s Codes,
    run: Run<'s>,
    subjects: Codes,
    ids: Seen,
    /// The moment and id of the row before.
    before: Option<(NaiveDate, u64)>,
    /// The rows of the day at hand.
    today: Today,
    rows: u64,
    refused: Vec<RefusedAt>,
}

/// A finding that was refused, by its number in the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedAt {
    /// Its number, from 0.
    pub row: u64,
    /// Why, as the reference evaluator says it.
    pub reason: Step,
}

/// Why a stream stops. Nothing is lost: the same rows can be given to [`Scorer::assess`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StreamStop {
    /// The row comes before the one before it in canonical order (day, time, id).
    #[error("the row is not in the order of days, times and ids; only a batch takes rows in any order")]
    Order,
    /// The row tells more than a plain finding: a source, an inspection, what it takes back …
    #[error("the row tells more than a plain finding does; only a batch takes it")]
    NotPlain,
    /// An id that was there before.
    #[error("the row's id was there before; only a batch compares the two")]
    Twice,
    /// 64 bits don't hold what comes of it.
    #[error("64 bits do not hold what comes of the row")]
    HeadRoom,
    /// Too many rows or subjects.
    #[error("too many rows or subjects")]
    TooMany,
}

/// What came of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streamed {
    /// How many places all whole numbers here have.
    pub places: u32,
    /// How many rows there were.
    pub rows: u64,
    /// The subjects, as they came.
    pub subjects: Vec<String>,
    /// The rows that were refused, in order.
    pub refused: Vec<RefusedAt>,
    /// The tallies, in the order of the rulebook.
    pub tallies: Vec<TallyColumn>,
    /// The ladders, in the order of the rulebook.
    pub ladders: Vec<LadderColumn>,
}

impl Streamed {
    /// What a tally holds, by its place, that of the window and that of the subject.
    #[must_use]
    pub fn value(&self, tally: usize, window: usize, subject: usize) -> Option<super::Scaled> {
        let at = window.checked_mul(self.subjects.len())?.checked_add(subject)?;
        let value = self.tallies.get(tally)?.values.get(at).filter(|_| subject < self.subjects.len())?;
        Some(super::Scaled { value: *value, places: self.places })
    }
}

/// The ids that came by. While they ascend, none can come twice and none is looked up.
#[derive(Default)]
struct Seen {
    texts: Vec<u8>,
    ends: Vec<u32>,
    /// Open addressing, once an id did not ascend.
    places: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl Seen {
    fn text(&self, number: u32) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let at = number as usize;
        let begin = at.checked_sub(1).map_or(0, end);
        self.texts.get(begin..end(at)).unwrap_or_default()
    }

    /// Notes an id; whether it was new, or nothing where there are too many.
    fn note(&mut self, id: &str) -> Option<bool> {
        let count = u32::try_from(self.ends.len()).ok().filter(|count| *count < EMPTY >> 1)?;
        let ascends = count.checked_sub(1).is_none_or(|last| self.text(last) < id.as_bytes());
        if self.places.is_empty() && !ascends {
            self.index(count);
        }
        if !self.places.is_empty() {
            if (count as usize).saturating_add(1).saturating_mul(2) > self.places.len() {
                self.index(count);
            }
            let at = self.place(id);
            if self.places.get(at).is_some_and(|place| *place != EMPTY) {
                return Some(false);
            }
            *self.places.get_mut(at)? = count;
        }
        self.texts.extend_from_slice(id.as_bytes());
        self.ends.push(u32::try_from(self.texts.len()).ok()?);
        Some(true)
    }

    fn index(&mut self, count: u32) {
        let size = (count as usize).saturating_add(1).saturating_mul(4).next_power_of_two();
        self.places = vec![EMPTY; size];
        for number in 0..count {
            let text = core::str::from_utf8(self.text(number)).unwrap_or_default();
            let at = self.place(text);
            if let Some(place) = self.places.get_mut(at) {
                *place = number;
            }
        }
    }

    // INVARIANT: at most half of the places are taken.
    fn place(&self, id: &str) -> usize {
        let mask = self.places.len().saturating_sub(1);
        let mut at = hash(id) & mask;
        while let Some(number) = self.places.get(at).copied().filter(|number| *number != EMPTY) {
            if self.text(number) == id.as_bytes() {
                break;
            }
            at = at.wrapping_add(1) & mask;
        }
        at
    }
}

/// The rows of one day as columns.
#[derive(Default)]
struct Today {
    subject: Vec<u32>,
    clause: Vec<u32>,
    day: Vec<Day>,
    quantity: Vec<i64>,
    points: Vec<i64>,
    /// The number of each row in the stream.
    row: Vec<u64>,
    costs: Vec<i64>,
}

impl Today {
    fn clear(&mut self) {
        self.subject.clear();
        self.clause.clear();
        self.day.clear();
        self.quantity.clear();
        self.points.clear();
        self.row.clear();
        self.costs.clear();
    }
}

impl Scorer {
    /// A stream of findings in canonical order, of plain rules alone.
    ///
    /// # Errors
    /// [`CompileError::NotCompiled`] names the first rule that is not plain. Batches, ledgers and columns take all rules.
    pub fn stream(&self) -> Result<Stream<'_>, CompileError> {
        let rules = self.plain.as_ref().map_err(Clone::clone)?;
        let too_many = |_| CompileError::TooFine { id: String::new() };
        Ok(Stream {
            rules,
            codes: &self.codes,
            run: Run::new(rules, 64).map_err(too_many)?,
            subjects: Codes::default(),
            ids: Seen::default(),
            before: None,
            today: Today::default(),
            rows: 0,
            refused: Vec::new(),
        })
    }
}

impl Stream<'_> {
    /// Takes the next finding.
    ///
    /// # Errors
    /// [`StreamStop`]; what was taken before is not changed by it.
    // semantics §3, §4
    pub fn push(&mut self, finding: &FindingRow<'_>) -> Result<(), StreamStop> {
        if !is_plain(finding) {
            return Err(StreamStop::NotPlain);
        }
        let moment = (finding.occurred_on, finding.occurred_at.map_or(u64::MAX, nanoseconds));
        if let Some(before) = self.before {
            let last = u32::try_from(self.ids.ends.len()).ok().and_then(|count| count.checked_sub(1));
            let last = last.map(|last| self.ids.text(last)).unwrap_or_default();
            if (before, last) >= (moment, finding.id.as_bytes()) {
                // The same moment and id is a row that came twice.
                let twice = before == moment && last == finding.id.as_bytes();
                return Err(if twice { StreamStop::Twice } else { StreamStop::Order });
            }
        }
        if self.before.is_some_and(|(day, _)| day != finding.occurred_on) {
            self.close_day()?;
        }
        if !self.ids.note(finding.id).ok_or(StreamStop::TooMany)? {
            return Err(StreamStop::Twice);
        }
        self.before = Some(moment);
        let row = self.rows;
        self.rows = self.rows.checked_add(1).ok_or(StreamStop::TooMany)?;
        // Whoever has a record is a subject, also where it is refused.
        let subject = self.subject(finding.subject)?;
        if let Err(reason) = self.take(finding, subject, row) {
            match reason {
                Stop::HeadRoom => return Err(StreamStop::HeadRoom),
                Stop::Refused(reason) => self.refused.push(RefusedAt { row, reason }),
            }
        }
        Ok(())
    }

    /// How many findings came by.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// What came of all of them.
    ///
    /// # Errors
    /// [`StreamStop`].
    pub fn finish(mut self) -> Result<Streamed, StreamStop> {
        self.close_day()?;
        let count = u32::try_from(self.subjects.len()).map_err(|_| StreamStop::TooMany)?;
        self.run.resize(count).map_err(stop_of)?;
        let columns = self.run.finish(0).map_err(stop_of)?;
        self.refused.sort_unstable_by_key(|refused| refused.row);
        Ok(Streamed {
            places: self.rules.scale,
            rows: self.rows,
            subjects: self.subjects.into_texts(),
            refused: self.refused,
            tallies: columns.tallies,
            ladders: columns.ladders,
        })
    }

    fn subject(&mut self, id: &str) -> Result<u32, StreamStop> {
        if let Some(number) = self.subjects.number(id) {
            return Ok(number);
        }
        self.subjects.add(id);
        let count = u32::try_from(self.subjects.len()).map_err(|_| StreamStop::TooMany)?;
        if count as usize > self.run.subjects() {
            self.run.resize(count.saturating_mul(2)).map_err(stop_of)?;
        }
        Ok(count.saturating_sub(1))
    }

    /// Puts the finding among those of the day, if nothing speaks against it before it is priced.
    fn take(&mut self, finding: &FindingRow<'_>, subject: u32, row: u64) -> Result<(), Stop> {
        let day = finding.occurred_on;
        if finding.recorded_on.is_some_and(|recorded| recorded < day) {
            return Err(Stop::Refused(Step::RowRecordedBefore));
        }
        let number = number_of(day);
        let (from, until) = self.rules.in_force;
        if number < from || until <= number {
            return Err(Stop::Refused(Step::RowOutsideVersions));
        }
        let code = self.codes.number(finding.clause).ok_or(Stop::Refused(Step::RowClauseUnknown))?;
        let clause = self.rules.clauses.get(code as usize).ok_or(Stop::Refused(Step::RowClauseUnknown))?;
        let quantity = match finding.quantity {
            None => super::clause::ONE_QUANTITY,
            Some(quantity) => at_scale(quantity, QUANTITY_PLACES).ok_or(Stop::HeadRoom)?,
        };
        let points = match finding.points {
            None => Columns::NOT_GIVEN,
            Some(points) => at_scale(points, self.rules.scale).ok_or(Stop::HeadRoom)?,
        };
        // A column has no words; here the reason for a choice is asked for, as everywhere.
        if clause.is_chosen() {
            clause.price(quantity, Some(points).filter(|points| *points != Columns::NOT_GIVEN))?;
            if finding.reason.is_none_or(|reason| reason.trim().is_empty()) {
                return Err(Stop::Refused(Step::RowReasonMissing));
            }
        }
        self.today.subject.push(subject);
        self.today.clause.push(code);
        self.today.day.push(number);
        self.today.quantity.push(quantity);
        self.today.points.push(points);
        self.today.row.push(row);
        Ok(())
    }

    /// Reckons the rows of the day at hand.
    fn close_day(&mut self) -> Result<(), StreamStop> {
        let today = &mut self.today;
        let columns = Columns {
            subjects: u32::try_from(self.run.subjects()).map_err(|_| StreamStop::TooMany)?,
            subject: &today.subject,
            clause: &today.clause,
            day: &today.day,
            quantity: Some(&today.quantity),
            quantity_places: QUANTITY_PLACES,
            points: Some(&today.points),
            points_places: self.rules.scale,
            ..Columns::default()
        };
        let scales = Scales::of(&columns, self.rules.scale).ok_or(StreamStop::HeadRoom)?;
        today.costs.resize(columns.day.len(), 0);
        let mut refused = Vec::new();
        self.run.day(&columns, scales, 0, columns.day, &mut today.costs, &mut refused).map_err(stop_of)?;
        let rows = &today.row;
        self.refused.extend(
            refused
                .into_iter()
                .filter_map(|one| Some(RefusedAt { row: rows.get(one.row).copied()?, reason: one.reason })),
        );
        today.clear();
        Ok(())
    }
}

/// Whether the row tells nothing that plain rules, as tables, do not read.
pub(super) const fn is_plain(finding: &FindingRow<'_>) -> bool {
    finding.revokes.is_none()
        && finding.supersedes.is_none()
        && finding.severity.is_none()
        && finding.inspection.is_none()
        && finding.source.is_none()
}

fn nanoseconds(time: NaiveTime) -> u64 {
    u64::from(time.num_seconds_from_midnight())
        .saturating_mul(1_000_000_000)
        .saturating_add(u64::from(time.nanosecond()))
}

const fn stop_of(error: ColumnsError) -> StreamStop {
    match error {
        ColumnsError::HeadRoom { .. } => StreamStop::HeadRoom,
        _ => StreamStop::TooMany,
    }
}
