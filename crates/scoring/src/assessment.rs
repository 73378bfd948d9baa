//! What comes out: the assessment, and every part that it is made of.
//!
//! All decimals are strings in JSON; every part that a number came from carries its derivation.

use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    AwardId, ClauseId, ConsequenceId, Derivation, FactId, IndexId, InspectionId, Label, LadderId, LineId,
    Money, Need, Period, Points, RankingId, RecordId, RulebookId, SectionId, SubjectId, TallyId, TierId,
    message::Args,
};
use ducha_rulebook::annex::{
    consequence::{ConsequenceKind, Role, Sanction},
    identity::Status,
    ladder::LadderKind,
    money::{Direction, Nature},
};
use serde::{Deserialize, Serialize};

/// The version of the assessment's JSON form.
pub const ASSESSMENT_FORMAT: u32 = 1;

/// Everything that follows from rulebooks and records for one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment<D = Derivation> {
    /// The version of this form: [`ASSESSMENT_FORMAT`].
    pub format: u32,
    /// Which engine reckoned it.
    pub engine: Engine,
    /// The rulebooks that were in hand, by the day from which they are in force.
    pub rulebooks: Vec<RulebookUsed>,
    /// Whether every version that was used had been adopted (art. 26).
    pub official: bool,
    /// The assessed period; nothing where all windows that the records touch are assessed.
    pub period: Option<Period>,
    /// The report day; what happens later is out of scope.
    pub as_of: NaiveDate,
    /// What was known on this day only; nothing for everything in hand.
    pub known_on: Option<NaiveDate>,
    /// The first day from which the input is complete; nothing where it is complete from the beginning.
    pub complete_from: Option<NaiveDate>,
    /// What became of every row.
    pub account: Account,
    /// Who is on the roster.
    pub subjects: Vec<SubjectLine>,
    /// What each record cost or earned.
    pub entries: Vec<Entry<D>>,
    /// What was accumulated.
    pub tallies: Vec<TallyStanding<D>>,
    /// Composite scores.
    pub indexes: Vec<IndexStanding<D>>,
    /// Tiers.
    pub standings: Vec<Standing<D>>,
    /// What follows.
    pub consequences: Vec<Fired<D>>,
    /// Rankings.
    pub rankings: Vec<RankingStanding>,
}

/// Which engine reckoned an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// `compiled`: the engine's numbers, with the specification's derivations; `reference`: the specification itself.
    pub name: String,
    /// The version of this crate.
    pub version: String,
}

/// A rulebook in hand, by its digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulebookUsed {
    /// Its id.
    pub id: RulebookId,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: Label,
    /// Whether it binds.
    pub status: Status,
    /// The first day in force.
    pub from: NaiveDate,
    /// The first day no longer in force.
    pub until: Option<NaiveDate>,
    /// Its working-day calendar.
    pub calendar: String,
    /// Its currency.
    pub currency: Option<String>,
    /// Digest of its meaning, and of its text.
    pub digest: Digests,
}

/// The two digests of a rulebook, as hexadecimal SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digests {
    /// Of its meaning: the same for the same rules, whatever the layout.
    pub meaning: String,
    /// Of its full text.
    pub text: String,
}

/// What became of the rows: `given` is the sum of the others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Rows given.
    pub given: usize,
    /// Rows that took effect (findings, measurements, facts, revocations …).
    pub scored: usize,
    /// Rows that were revoked.
    pub revoked: usize,
    /// Rows in whose place others stand.
    pub superseded: usize,
    /// Rows that repeat another to the letter.
    pub duplicate: usize,
    /// Rows recorded after the day of knowledge.
    pub not_yet_known: usize,
    /// Rows of acts outside the days that are looked at.
    pub out_of_scope: usize,
    /// Rows refused.
    pub refused: usize,
    /// Each row that was not scored, with the reason.
    pub rows: Vec<UnscoredRow>,
}

/// What became of a row that was not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Revoked by a later record.
    Revoked,
    /// Superseded by a later record.
    Superseded,
    /// Equal to another row.
    Duplicate,
    /// Not known yet on the day of knowledge.
    NotYetKnown,
    /// Outside the days that are looked at.
    OutOfScope,
    /// Refused.
    Refused,
}

/// A row that was not scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnscoredRow {
    /// Its position in the input, from 0; nothing where its line is told, which says the same to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// Its id, as far as there is one.
    pub id: Option<RecordId>,
    /// What became of it.
    pub fate: Fate,
    /// Why.
    pub reason: Need,
    /// Its line in the input file; filled in by whoever read the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// A subject on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectLine {
    /// Its id.
    pub id: SubjectId,
    /// Its name; the id where no organisation was given.
    pub name: Label,
    /// Its kind; nothing where no organisation was given.
    pub kind: Option<ducha_core::SubjectKindId>,
    /// Its service line.
    pub line: Option<LineId>,
    /// What it belongs to on the report day.
    pub parent: Option<SubjectId>,
}

/// What kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EntryKind {
    /// The deduction of a finding.
    Deduction,
    /// More for the same finding, because it was not rectified.
    Unrectified,
    /// An award, or the bonus of an indicator.
    Award,
    /// A share of another's deduction.
    Share,
    /// A leader's own liability for what became overdue (art. 15).
    Accountability,
}

/// What one record cost or earned one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<D = Derivation> {
    /// Its number, in canonical order from 0.
    pub number: usize,
    /// What kind.
    pub kind: EntryKind,
    /// The record.
    pub record: RecordId,
    /// Whose.
    pub subject: SubjectId,
    /// The clause, for deductions.
    pub clause: Option<ClauseId>,
    /// The award, for awards.
    pub award: Option<AwardId>,
    /// The inspection in which it was found.
    pub inspection: Option<InspectionId>,
    /// The section of the clause.
    pub section: Option<SectionId>,
    /// The service line of the clause.
    pub line: Option<LineId>,
    /// The day that dates it.
    pub day: NaiveDate,
    /// The day of the record, for tallies that are dated by it.
    pub recorded_on: NaiveDate,
    /// The day of the decision, where there is one.
    pub decided_on: Option<NaiveDate>,
    /// The version that priced it.
    pub version: String,
    /// Points: of a deduction what is deducted, of an award what is awarded. Never negative.
    pub points: Points,
    /// Money of a dual tariff.
    pub money: Option<EntryMoney>,
    /// The latest day for rectification, where the clause names a limit (art. 15).
    pub rectify_by: Option<Due<D>>,
    /// How it came about.
    pub derivation: D,
}

/// Money of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryMoney {
    /// How much.
    pub amount: Money,
    /// What it is in law.
    pub nature: Nature,
}

/// The last day of a time limit, or why it cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due<D = Derivation> {
    /// The last day; nothing where the calendar does not know it.
    pub on: Option<NaiveDate>,
    /// The time of day at which a limit in hours ends on that day, +08:00; nothing where it ends with the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<chrono::NaiveTime>,
    /// Whether it leans on days that next year's notice may still change.
    pub provisional: bool,
    /// How it was reckoned, or what is missing.
    pub derivation: D,
}

/// The window in which something was accumulated or judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum WindowOf {
    /// Civil days: a month, a year, a term, a cycle.
    Days {
        /// The days.
        period: Period,
    },
    /// One inspection.
    Inspection {
        /// Which one; `# ` and the record where a finding stands alone.
        inspection: String,
        /// Its day.
        day: NaiveDate,
    },
    /// A rolling window as of a day.
    Rolling {
        /// The day.
        as_of: NaiveDate,
    },
    /// All of history up to a day.
    Ever {
        /// The day.
        as_of: NaiveDate,
    },
}

/// A value, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome<T> {
    /// It is this.
    Determined(T),
    /// It cannot be known; this is missing.
    Undetermined(Need),
}

impl<T> Outcome<T> {
    /// The value, if determined.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Determined(value) => Some(value),
            Self::Undetermined(_) => None,
        }
    }
}

/// What a tally holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TallyStanding<D = Derivation> {
    /// The tally.
    pub tally: TallyId,
    /// Whose.
    pub subject: SubjectId,
    /// Over which window.
    pub window: WindowOf,
    /// Its value.
    pub value: Outcome<Points>,
    /// What was deducted (or added up) before awards, floor and ceiling.
    pub deducted: Points,
    /// What was awarded.
    pub awarded: Points,
    /// Whether the window is still open on the report day.
    pub provisional: bool,
    /// The version that judges it.
    pub version: String,
    /// Which points leave a rolling window, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaving: Vec<Leaving>,
    /// How it came about.
    pub derivation: D,
}

/// Points that leave a rolling window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// The first day on which they no longer count.
    pub on: NaiveDate,
    /// Of which record.
    pub record: RecordId,
    /// How many.
    pub points: Points,
}

/// A composite score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexStanding<D = Derivation> {
    /// The index.
    pub index: IndexId,
    /// Whose.
    pub subject: SubjectId,
    /// Over which window.
    pub window: WindowOf,
    /// Its value.
    pub value: Outcome<Points>,
    /// Whether the window is still open on the report day.
    pub provisional: bool,
    /// The version that judges it.
    pub version: String,
    /// How it came about.
    pub derivation: D,
}

/// The tier that a subject stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing<D = Derivation> {
    /// The ladder.
    pub ladder: LadderId,
    /// What it is for.
    pub kind: LadderKind,
    /// Whose.
    pub subject: SubjectId,
    /// In which window.
    pub window: WindowOf,
    /// The tier on the report day (or at the window's end).
    pub tier: Outcome<TierId>,
    /// The gravest tier that was reached in the window; nothing where judged at its end.
    pub peak: Option<Peak>,
    /// Whether the window is still open on the report day.
    pub provisional: bool,
    /// The version that judges it.
    pub version: String,
    /// How far it is to the tiers beside it.
    pub distance: Distance,
    /// How it came about.
    pub derivation: D,
}

/// The gravest tier reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peak {
    /// The tier.
    pub tier: TierId,
    /// The first day on which it was reached.
    pub on: NaiveDate,
}

/// How many points separate a value from the neighbouring tiers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distance {
    /// To the next graver tier.
    pub graver: Option<Step>,
    /// To the next milder tier.
    pub milder: Option<Step>,
}

/// The way to a neighbouring tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The tier.
    pub tier: TierId,
    /// How many points.
    pub points: Points,
    /// Whether exactly so many suffice; otherwise it takes more than these.
    pub suffices: bool,
}

/// A consequence that fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fired<D = Derivation> {
    /// A stable id, made of what caused it, subject, tier and window or day.
    pub id: String,
    /// The consequence.
    pub consequence: ConsequenceId,
    /// Its name.
    pub name: Label,
    /// What kind of act.
    pub kind: ConsequenceKind,
    /// Which sanction.
    pub sanction: Option<Sanction>,
    /// On whom.
    pub subject: SubjectId,
    /// Why.
    pub cause: Cause,
    /// The day on which it fired.
    pub on: NaiveDate,
    /// Whether next year's holiday notice may still change it: its time limit, or an entry that it rests on.
    pub provisional: bool,
    /// Who proposes.
    pub proposed_by: Option<Role>,
    /// Who decides.
    pub decided_by: Role,
    /// Who carries it out.
    pub executed_by: Option<Role>,
    /// Until when.
    pub due: Option<Due<D>>,
    /// Its money.
    pub money: Option<FiredMoney<D>>,
    /// How long or how much.
    pub extent: Option<FiredExtent<D>>,
    /// How long it lasts, in the rulebook's words.
    pub lasts: Option<String>,
    /// Notices to issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Label>,
    /// Facts that the law asks for and that are not on record: without them it must not be decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<FactId>,
    /// How it came about.
    pub derivation: D,
}

/// Why a consequence fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Cause {
    /// A tier was reached.
    Tier {
        /// The ladder.
        ladder: LadderId,
        /// The tier.
        tier: TierId,
        /// In which window.
        window: WindowOf,
    },
    /// A finding alone.
    Finding {
        /// Which one.
        record: RecordId,
        /// Under which clause.
        clause: ClauseId,
    },
    /// A place in a ranking.
    Ranking {
        /// The ranking.
        ranking: RankingId,
        /// In which window.
        window: WindowOf,
    },
}

/// The money of a fired consequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiredMoney<D = Derivation> {
    /// How much; undetermined where a fact such as the wage is not on record.
    pub amount: Outcome<Money>,
    /// What it is in law.
    pub nature: Nature,
    /// Which way it goes.
    pub direction: Direction,
    /// How it came about.
    pub derivation: D,
}

/// The extent of a fired consequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiredExtent<D = Derivation> {
    /// How much.
    pub amount: Points,
    /// Its unit.
    pub unit: Label,
    /// How it came about.
    pub derivation: D,
}

/// A ranking in one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingStanding {
    /// The ranking.
    pub ranking: RankingId,
    /// In which window.
    pub window: WindowOf,
    /// The places, first to last; equals share a place.
    pub places: Vec<RankingPlace>,
    /// Who could not be ranked, and why.
    pub unranked: Vec<Unranked>,
    /// Whether the window is still open on the report day.
    pub provisional: bool,
}

/// A place in a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingPlace {
    /// The rank, from 1.
    pub rank: u32,
    /// Who.
    pub subject: SubjectId,
    /// By which value.
    pub value: Points,
}

/// Who could not be ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unranked {
    /// Who.
    pub subject: SubjectId,
    /// Why.
    pub reason: Need,
}

/// A need with its arguments.
#[must_use]
pub(crate) const fn need(step: ducha_core::Step, args: Args) -> Need {
    Need { step, args }
}
