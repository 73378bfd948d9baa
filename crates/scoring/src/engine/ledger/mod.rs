//! The incremental way in: records come one by one, also late and also taken back, and the answer is always that of a batch.
//!
//! What a record costs depends on the records before it only as far as windows reach. So entries are kept unit by unit, and
//! a record that comes or goes is followed through the entries after it until no window sees it any more. Where that cannot
//! be followed, a unit is reckoned whole: where facts bear on it, where an item can be lost whole, where shares fall on
//! others. Where a rule looks across all subjects, and where a row that its price refuses would have taken another back,
//! everything is reckoned anew.
//!
//! | module | what it holds |
//! |---|---|
//! | `rules` | how far units look back, and which facts bear on entries |
//! | `index` | rows by their ids, and who names them |
//! | `state` | what became of each row, and the entries by unit |
//! | `build` | all records at once |
//! | `plan`, `reckon` | what one more record would do, told without doing it |
//! | `commit` | a plan carried out |
//! | `total` | running totals |
//! | `view`, `layout` | the ledger as it stands or with one more record, laid out for judging |
//! | `answer`, `subject`, `preview`, `restate`, `save` | what is asked of a ledger |

mod answer;
mod build;
mod commit;
mod index;
mod layout;
mod plan;
mod preview;
mod reckon;
mod restate;
mod rules;
mod save;
mod state;
mod subject;
mod total;
mod view;

pub use preview::Prospect;
pub use save::{KeptBy, LedgerState, LoadError};
pub use subject::OfSubject;

use self::{plan::Planner, reckon::Stop, rules::Rules, state::State};
use super::{compile::Scorer, dossier::NONE};
use crate::assessment::Fate;
use alloc::{sync::Arc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Organisation, Record, RecordId, SubjectId};

/// Records that come one by one, with everything that follows from them.
///
/// The answer is that of [`Scorer::assess`] to the question about all records so far, whatever the order in which they came:
/// the position of a record is the order of its coming. A record is never edited or removed; a later one revokes or
/// supersedes it.
///
/// ```
/// use ducha_core::Record;
/// use ducha_rulebook::{Rulebook, Source};
/// use ducha_scoring::engine::{Ledger, Scorer};
/// use std::sync::Arc;
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
/// name = { zh = "当月得分", en = "score of the month" }
/// kind = "sum"
/// measure = "points"
/// subjects = ["department"]
/// window = "month"
/// full_marks = 100
/// "#;
/// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
/// let mut ledger = Ledger::new(Arc::new(Scorer::compile(&[book])?), None);
/// let record: Record = serde_json::from_str(
///     r#"{"type":"finding","id":"F1","subject":"canteen","occurred_on":"2026-10-12","clause":"C-1"}"#,
/// )?;
/// let day = record.occurred_on;
/// ledger.add(record)?;
/// let total = |ledger: &Ledger| ledger.total(&"canteen".parse().unwrap(), &"month".parse().unwrap(), day);
/// assert_eq!(total(&ledger), Some(98.into()));
/// ledger.revoke(&"F1".parse()?, "V1".parse()?, day)?;
/// assert_eq!(total(&ledger), Some(100.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ledger {
    scorer: Arc<Scorer>,
    organisation: Option<Arc<Organisation>>,
    rules: Arc<Rules>,
    records: Vec<Record>,
    state: State,
}

/// What became of a record that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// Its position, from 0.
    pub row: usize,
    /// Why it does not take effect; nothing where it does.
    pub fate: Option<Fate>,
    /// How many entries were reckoned for it: its own, and others that saw it. All, where everything was reckoned anew.
    pub reckoned: usize,
}

/// Why a record was not added. The ledger is as before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// 64 bits don't hold what comes of a record, or it is finer than the scorer's scale.
    #[error(
        "row {row}: 64 bits at {places} decimal places do not hold what it costs; the reference evaluator may still tell"
    )]
    HeadRoom {
        /// The position of the record, from 0.
        row: usize,
        /// How many places the scorer has.
        places: u32,
    },
    /// More records than can be numbered.
    #[error("there are more records than can be numbered; begin another ledger")]
    TooMany,
    /// A record that is to be revoked is not there.
    #[error("there is no record `{0}` to take back")]
    Unknown(RecordId),
    /// The record takes no other's place.
    #[error("the record `{0}` does not say which record it supersedes")]
    SupersedesNothing(RecordId),
}

impl Scorer {
    fn no_head_room(&self, row: u32) -> LedgerError {
        LedgerError::HeadRoom { row: row as usize, places: self.scale() }
    }
}

impl Ledger {
    /// An empty ledger. Without an organisation, the subjects of the records are taken as they come.
    #[must_use]
    pub fn new(scorer: Arc<Scorer>, organisation: Option<Organisation>) -> Self {
        let rules = Arc::new(Rules::of(&scorer));
        let organisation = organisation.map(Arc::new);
        // INVARIANT: nothing is refused where there are no records.
        let state = State::build(&scorer, &rules, organisation.as_deref(), &[]).unwrap_or_default();
        Self { scorer, organisation, rules, records: Vec::new(), state }
    }

    /// A ledger of these records, reckoned at once: far quicker than one by one.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn with_records(
        scorer: Arc<Scorer>,
        organisation: Option<Organisation>,
        records: Vec<Record>,
    ) -> Result<Self, LedgerError> {
        let rules = Arc::new(Rules::of(&scorer));
        let organisation = organisation.map(Arc::new);
        let state = State::build(&scorer, &rules, organisation.as_deref(), &records)?;
        Ok(Self { scorer, organisation, rules, records, state })
    }

    /// The records in the order of their coming.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The rules.
    #[must_use]
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Who is assessed.
    #[must_use]
    pub fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_deref()
    }

    /// Adds a record, also one of a day long past. What is wrong with it is told in the account, as a batch does.
    ///
    /// # Errors
    /// [`LedgerError`]; the ledger is as before.
    pub fn add(&mut self, record: Record) -> Result<Added, LedgerError> {
        let row = self.next_row()?;
        let planned = self.planner(&record, row).plan();
        match planned {
            Ok(plan) => {
                let reckoned = plan.chains.iter().map(|redone| redone.reckoned).sum();
                self.records.push(record);
                self.state.carry_out(plan, &self.records);
                Ok(self.added(row, reckoned))
            }
            Err(Stop::HeadRoom(row)) => Err(self.scorer.no_head_room(row)),
            Err(Stop::Anew) => {
                self.add_all([record])?;
                let reckoned = self.state.chains.iter().map(|chain| chain.drafts.len()).sum();
                Ok(self.added(row, reckoned))
            }
        }
    }

    /// Adds many records, and reckons everything anew, once.
    ///
    /// # Errors
    /// [`LedgerError`]; the ledger is as before.
    pub fn add_all(&mut self, records: impl IntoIterator<Item = Record>) -> Result<(), LedgerError> {
        let before = self.records.len();
        self.records.extend(records);
        match State::build(&self.scorer, &self.rules, self.organisation.as_deref(), &self.records) {
            Ok(state) => {
                self.state = state;
                Ok(())
            }
            Err(error) => {
                self.records.truncate(before);
                Err(error)
            }
        }
    }

    /// Revokes a record: adds one that does so, of that id and day.
    ///
    /// # Errors
    /// [`LedgerError`]; the ledger is as before.
    pub fn revoke(&mut self, id: &RecordId, by: RecordId, on: NaiveDate) -> Result<Added, LedgerError> {
        let record = self.state.index.row(&self.records, id).and_then(|row| self.records.get(row as usize));
        let record = record.ok_or_else(|| LedgerError::Unknown(id.clone()))?;
        let revocation = Record {
            id: by,
            subject: record.subject.clone(),
            occurred_on: on,
            occurred_at: None,
            recorded_on: None,
            revokes: Some(id.clone()),
            supersedes: None,
            note: None,
            evidence: Vec::new(),
            matter: Matter::Revocation,
        };
        self.add(revocation)
    }

    /// Adds a record that stands in the place of another.
    ///
    /// # Errors
    /// [`LedgerError`]; the ledger is as before.
    pub fn supersede(&mut self, record: Record) -> Result<Added, LedgerError> {
        match &record.supersedes {
            None => Err(LedgerError::SupersedesNothing(record.id)),
            Some(id) if self.state.index.row(&self.records, id).is_none() => {
                Err(LedgerError::Unknown(id.clone()))
            }
            Some(_) => self.add(record),
        }
    }

    fn next_row(&self) -> Result<u32, LedgerError> {
        let row = u32::try_from(self.records.len()).ok().filter(|row| *row < u32::MAX >> 1);
        row.ok_or(LedgerError::TooMany)
    }

    fn planner<'p>(&'p self, record: &'p Record, row: u32) -> Planner<'p> {
        Planner {
            scorer: &self.scorer,
            rules: &self.rules,
            organisation: self.organisation.as_deref(),
            records: &self.records,
            state: &self.state,
            record,
            row,
        }
    }

    fn added(&self, row: u32, reckoned: usize) -> Added {
        let fate = self.state.rows.get(row as usize).map(|row| row.mark).and_then(|mark| match mark {
            state::Mark::Live => None,
            state::Mark::Duplicate => Some(Fate::Duplicate),
            state::Mark::Conflict | state::Mark::Struck => Some(Fate::Refused),
            state::Mark::Taken(fate) => Some(fate),
            state::Mark::Told => self.state.told.get(&row).map(|(fate, _)| *fate),
        });
        Added { row: row as usize, fate, reckoned }
    }

    fn number(&self, subject: &SubjectId) -> Option<u32> {
        self.state.directory.number(subject)
    }
}
