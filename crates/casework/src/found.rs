//! Something found under a clause in the course of a case, and the record that it becomes.

use crate::{
    case::Case,
    draft::Draft,
    party::Stamp,
    refusal::{Reason, Refusal},
};
use alloc::{format, string::String, vec::Vec};
use ducha_core::{
    Article, ClauseId, Id, LevelId, MAX_ID_BYTES, Matter, Money, Points, Quantity, Record, RecordId,
    SubjectId,
    message::Args,
    record::{Evidence, Finding},
};
use serde::{Deserialize, Serialize};

/// Something found under a clause in the course of a case: what the record of it will say, without when and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// The clause.
    pub clause: ClauseId,
    /// Whom it concerns, where that is a part of the unit or one of its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// How many units of the clause; one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The points chosen, for clauses with a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The money chosen, for clauses with a range of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
    /// The severity level, for clauses with levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<LevelId>,
    /// Why these points were chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether it was corrected on the spot.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub corrected: bool,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// A remark for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Found {
    /// Something found under that clause, and nothing more said of it.
    #[must_use]
    pub const fn under(clause: ClauseId) -> Self {
        Self {
            clause,
            subject: None,
            quantity: None,
            points: None,
            money: None,
            severity: None,
            reason: None,
            place: None,
            corrected: false,
            evidence: Vec::new(),
            note: None,
        }
    }

    /// Whether the rules know the clause, and whom it concerns belongs to the unit.
    pub(crate) fn check<C: Case>(
        &self,
        unit: &SubjectId,
        draft: &Draft<'_, C>,
        article: Article,
    ) -> Result<(), Refusal> {
        known_clause(&self.clause, draft, article)?;
        let Some(subject) = &self.subject else { return Ok(()) };
        let day = draft.at().date();
        if draft.context().directory.within(subject, unit, day) {
            return Ok(());
        }
        let args = Args::none().with("day", day).with("subject", subject).with("unit", unit);
        Err(draft.refuse(Reason::NotOfUnit, article, args))
    }

    /// The finding, by whoever did what the stamp says.
    pub(crate) fn finding(&self, stamp: &Stamp) -> Finding {
        Finding {
            clause: Some(self.clause.clone()),
            quantity: self.quantity,
            points: self.points,
            money: self.money,
            severity: self.severity.clone(),
            reason: self.reason.clone(),
            place: self.place.clone(),
            inspector: stamp.by.as_ref().map(|by| by.person.clone()),
            corrected_on: self.corrected.then(|| stamp.at.date()),
            ..Finding::default()
        }
    }

    /// The record of the finding, on the day that the stamp says.
    pub(crate) fn record(&self, id: RecordId, unit: &SubjectId, stamp: &Stamp, finding: Finding) -> Record {
        Record {
            note: self.note.clone(),
            evidence: self.evidence.clone(),
            occurred_at: Some(stamp.at.time()),
            ..plain(id, self.subject.as_ref().unwrap_or(unit), stamp, Matter::Finding(finding))
        }
    }
}

/// A record of that matter and nothing more, on the day that the stamp says.
pub(crate) fn plain(id: RecordId, subject: &SubjectId, stamp: &Stamp, matter: Matter) -> Record {
    Record {
        id,
        subject: subject.clone(),
        occurred_on: stamp.at.date(),
        occurred_at: None,
        recorded_on: Some(stamp.recorded.date()),
        revokes: None,
        supersedes: None,
        note: None,
        evidence: Vec::new(),
        matter,
    }
}

/// Whether the rules know the clause.
pub(crate) fn known_clause<C: Case>(
    clause: &ClauseId,
    draft: &Draft<'_, C>,
    article: Article,
) -> Result<(), Refusal> {
    if draft.context().rules.clause.iter().any(|known| known.id == *clause) {
        return Ok(());
    }
    Err(draft.refuse(Reason::NoRule, article, Args::none().with("rule", clause)))
}

/// The bytes that stay free for what is put behind the number of a case to name its records.
const SUFFIX_BYTES: usize = 28;

/// Whether the numbers of a case's records can be made from its own.
pub(crate) fn room<K, C: Case>(id: &Id<K>, draft: &Draft<'_, C>, article: Article) -> Result<(), Refusal> {
    let most = MAX_ID_BYTES.saturating_sub(SUFFIX_BYTES);
    if id.as_str().len() <= most {
        return Ok(());
    }
    let args = Args::none().with("id", id).with("most", most);
    Err(draft.refuse(Reason::LongId, article, args))
}

/// The number of a record of that case; there always is one where there was [`room`].
pub(crate) fn numbered(case: &str, suffix: &str) -> Option<RecordId> {
    RecordId::new(format!("{case}{suffix}")).ok()
}
