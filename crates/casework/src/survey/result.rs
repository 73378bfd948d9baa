//! What a survey yields: results for each question, and records.

use super::{Question, Survey};
use crate::found::{numbered, plain};
use alloc::{collections::BTreeMap, format, vec, vec::Vec};
use ducha_core::{
    ArithmeticError, EntryId, Matter, Points, Quantity, Record, SourceId,
    record::{Evidence, EvidenceKind, Finding, Measurement, Rating},
};
use serde::{Deserialize, Serialize};

/// What a question yielded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Enough answered.
    Enough {
        /// The rating, where the question yields one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rating: Option<Points>,
        /// How many were reached, where the question measures a clause.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reached: Option<u32>,
    },
    /// Too few answered: there is no result.
    TooFew {
        /// How many it takes.
        fewest: u32,
    },
}

/// What a question yielded, of how many answers, from which source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionResult {
    /// The question.
    pub question: EntryId,
    /// How many answered it.
    pub answers: u32,
    /// Which of the rulebook's sources its records name.
    pub source: SourceId,
    /// What it yielded.
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl Question {
    /// What the question yields when its choices were taken so often.
    pub(super) fn result(
        &self,
        counts: Option<&BTreeMap<EntryId, u32>>,
        source: &SourceId,
        fewest: u32,
    ) -> Result<QuestionResult, ArithmeticError> {
        let taken = |choice: &EntryId| counts.and_then(|counts| counts.get(choice)).copied().unwrap_or(0);
        let mut answers = 0_u32;
        let mut reached = 0_u32;
        let mut worth = Points::ZERO;
        for choice in &self.choices {
            let times = taken(&choice.id);
            answers = answers.checked_add(times).ok_or(ArithmeticError::Overflow)?;
            if choice.reached {
                reached = reached.checked_add(times).ok_or(ArithmeticError::Overflow)?;
            }
            worth = worth.plus(choice.points.times(Quantity::from(times))?)?;
        }
        let outcome = if answers < fewest {
            Outcome::TooFew { fewest }
        } else {
            let mean = |of: &super::RatingOf| worth.over(Quantity::from(answers), of.rounding);
            Outcome::Enough {
                rating: self.rating.as_ref().map(mean).transpose()?,
                reached: self.measures.as_ref().map(|_| reached),
            }
        };
        Ok(QuestionResult { question: self.id.clone(), answers, source: source.clone(), outcome })
    }
}

impl Survey {
    /// What it yields once it is evaluated: ratings and measurements of the day on which it closed, and what was found.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let (Some(closed), Some((results, evaluated))) = (&self.closed, &self.evaluated) else {
            return Vec::new();
        };
        let (survey, unit) = (&self.opening.survey, &self.opening.unit);
        let stamp = crate::party::Stamp { recorded: evaluated.recorded, ..closed.clone() };
        let sheets = Evidence { kind: EvidenceKind::Questionnaire, reference: survey.as_str().into() };
        let mut records = Vec::new();
        for ((number, question), result) in (1_u32..).zip(&self.opening.questions).zip(results) {
            let Outcome::Enough { rating, reached } = &result.outcome else { continue };
            let rating = rating.zip(question.rating.as_ref()).map(|(score, of)| {
                let (section, line) = (of.section.clone(), of.line.clone());
                (
                    format!("-R{number}"),
                    Matter::Rating(Rating { source: result.source.clone(), score, section, line }),
                )
            });
            let measurement = reached.zip(question.measures.as_ref()).map(|(reached, clause)| {
                let measured = Measurement {
                    clause: clause.clone(),
                    value: None,
                    numerator: Some(Quantity::from(reached)),
                    denominator: Some(Quantity::from(result.answers)),
                    source: Some(result.source.clone()),
                };
                (format!("-M{number}"), Matter::Measurement(measured))
            });
            let yielded = rating.into_iter().chain(measurement).filter_map(|(suffix, matter)| {
                let id = numbered(survey.as_str(), &suffix)?;
                Some(Record { evidence: vec![sheets.clone()], ..plain(id, unit, &stamp, matter) })
            });
            records.extend(yielded);
        }
        let found = (1_u32..).zip(&self.found).filter_map(|(number, (found, stamp))| {
            let finding = Finding {
                method: Some(self.opening.reach.method()),
                source: results.first().map(|result| result.source.clone()),
                ..found.finding(stamp)
            };
            let id = numbered(survey.as_str(), &format!("-F{number}"))?;
            Some(found.record(id, unit, stamp, finding))
        });
        records.extend(found);
        records
    }
}
