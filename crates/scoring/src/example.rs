//! Worked examples: a rulebook carries its own tests, and `check` runs them.

use crate::{
    assessment::{Assessment, Cause, Fate, Outcome, UnscoredRow, WindowOf},
    evaluate::assess,
    request::{DeductionShape, Request},
};
use alloc::{string::String, string::ToString, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{ConsequenceId, EntryId, Organisation, Period, Points, SubjectId, message::Args};
use ducha_rulebook::{
    Rulebook,
    annex::example::{Example, Expect},
};
use serde::{Deserialize, Serialize};

/// What came of a worked example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleOutcome {
    /// The example.
    pub example: EntryId,
    /// Its place in the file, from 0.
    pub number: usize,
    /// Whether it was declared inexpressible and not run.
    pub inexpressible: bool,
    /// What differs from what was expected; empty if everything holds.
    pub mismatches: Vec<Mismatch>,
    /// The example's records that were not scored: often the reason why something differs.
    pub unscored: Vec<UnscoredRow>,
}

/// One expectation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// The place of the expectation in the example, from 0.
    pub expectation: usize,
    /// Which key of it.
    pub key: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub actual: String,
}

/// Runs all worked examples of a rulebook. Earlier versions may be given along, for acts before this one.
#[must_use]
pub fn run_examples(
    rulebook: &Rulebook,
    earlier: &[Rulebook],
    shapes: &[(&str, &dyn DeductionShape)],
) -> Vec<ExampleOutcome> {
    let mut books: Vec<Rulebook> = earlier
        .iter()
        .filter(|b| {
            b.annex().rulebook.id == rulebook.annex().rulebook.id
                && b.annex().rulebook.from < rulebook.annex().rulebook.from
        })
        .cloned()
        .collect();
    books.push(rulebook.clone());
    let examples = rulebook.annex().example.iter().enumerate();
    examples.map(|(number, example)| run(&books, example, number, shapes)).collect()
}

fn run(
    books: &[Rulebook],
    example: &Example,
    number: usize,
    shapes: &[(&str, &dyn DeductionShape)],
) -> ExampleOutcome {
    let mut outcome = ExampleOutcome {
        example: example.id.clone(),
        number,
        inexpressible: example.inexpressible.is_some(),
        mismatches: Vec::new(),
        unscored: Vec::new(),
    };
    if outcome.inexpressible {
        return outcome;
    }
    let organisation = match example.subject.as_slice() {
        [] => None,
        subjects => match Organisation::new(subjects.iter().cloned()) {
            Ok(organisation) => Some(organisation),
            Err(errors) => {
                let actual = errors.first().map(ToString::to_string).unwrap_or_default();
                outcome.mismatches.push(Mismatch {
                    expectation: 0,
                    key: "subject".into(),
                    expected: "an organisation".into(),
                    actual,
                });
                return outcome;
            }
        },
    };
    let ask = |as_of: Option<NaiveDate>| {
        let mut request = Request::new(books, &example.record);
        request.organisation = organisation.as_ref();
        request.as_of = as_of.or(example.as_of);
        request.known_on = example.known_on;
        request.complete_from = example.complete_from;
        request.shapes = shapes.to_vec();
        assess(&request)
    };
    let whole = ask(None);
    outcome.unscored.clone_from(&whole.account.rows);
    for (expectation, expect) in example.expect.iter().enumerate() {
        let other = expect.as_of.map(|day| ask(Some(day)));
        let assessment = other.as_ref().unwrap_or(&whole);
        let asked = Asked { assessment, expect, expectation };
        outcome.mismatches.extend(asked.mismatches());
    }
    outcome
}

/// One expectation, held against an assessment.
struct Asked<'a> {
    assessment: &'a Assessment,
    expect: &'a Expect,
    expectation: usize,
}

impl Asked<'_> {
    fn mismatches(&self) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let mut hold = |key: &str, expected: String, actual: String| {
            if expected != actual {
                found.push(Mismatch { expectation: self.expectation, key: key.into(), expected, actual });
            }
        };
        let expect = self.expect;
        if expect.tally.is_some() || expect.index.is_some() {
            let actual = self.value();
            if expect.undetermined {
                hold("undetermined", "undetermined".into(), actual.clone());
            }
            if let Some(value) = expect.value {
                hold("value", value.to_string(), actual);
            }
        }
        if expect.ladder.is_some() {
            let actual = self.tier();
            if expect.undetermined && expect.tally.is_none() && expect.index.is_none() {
                hold("undetermined", "undetermined".into(), actual.clone());
            }
            if let Some(tier) = &expect.tier {
                hold("tier", tier.to_string(), actual);
            }
        }
        for id in &expect.consequences {
            let fired = if self.fired(id) { id.to_string() } else { self.all_fired() };
            hold("consequences", id.to_string(), fired);
        }
        for id in &expect.no_consequences {
            let fired = if self.fired(id) { alloc::format!("{id} fired") } else { String::new() };
            hold("no_consequences", String::new(), fired);
        }
        if let Some(id) = &expect.consequence {
            let last = self.of_subject().filter(|f| f.consequence == *id).last();
            if let Some(money) = expect.money {
                let actual = last.and_then(|f| f.money.as_ref()).map(|m| match &m.amount {
                    Outcome::Determined(amount) => amount.to_string(),
                    Outcome::Undetermined(_) => "undetermined".into(),
                });
                hold("money", money.to_string(), actual.unwrap_or_else(|| "none".into()));
            }
            if let Some(extent) = expect.extent {
                let actual = last.and_then(|f| f.extent.as_ref()).map(|e| e.amount.to_string());
                hold("extent", extent.to_string(), actual.unwrap_or_else(|| "none".into()));
            }
            if expect.undetermined {
                let actual = last.and_then(|f| f.money.as_ref()).map_or("none", |m| match m.amount {
                    Outcome::Determined(_) => "determined",
                    Outcome::Undetermined(_) => "undetermined",
                });
                hold("undetermined", "undetermined".into(), actual.into());
            }
            if last.is_none() {
                hold("consequence", id.to_string(), self.all_fired());
            }
        }
        if let Some(record) = &expect.record {
            if let Some(points) = expect.points {
                let entries = self.assessment.entries.iter().filter(|e| {
                    e.record == *record && expect.subject.as_ref().is_none_or(|s| e.subject == *s)
                });
                let sum = Points::sum(entries.map(|e| e.points))
                    .map_or_else(|e| e.to_string(), |sum| sum.to_string());
                hold("points", points.to_string(), sum);
            }
            if let Some(code) = &expect.refused {
                let row = self
                    .assessment
                    .account
                    .rows
                    .iter()
                    .find(|row| row.id.as_ref() == Some(record) && row.fate == Fate::Refused);
                let actual = row.map_or_else(
                    || "not refused".to_string(),
                    |row| row.reason.step.template().key.to_string(),
                );
                hold("refused", code.clone(), actual);
            }
        }
        if let (Some(ranking), Some(rank)) = (&expect.ranking, expect.rank) {
            let mut standings = self
                .assessment
                .rankings
                .iter()
                .filter(|r| r.ranking == *ranking && self.in_window(&r.window));
            let place = standings.next_back().and_then(|r| {
                r.places.iter().find(|p| Some(&p.subject) == expect.subject.as_ref()).map(|p| p.rank)
            });
            hold("rank", rank.to_string(), place.map_or_else(|| "none".into(), |rank| rank.to_string()));
        }
        found
    }

    fn is_subject(&self, subject: &SubjectId) -> bool {
        self.expect.subject.as_ref().is_none_or(|s| s == subject)
    }

    /// Whether a window is the one that the expectation is about: the named one, else the one that holds the report day.
    fn in_window(&self, window: &WindowOf) -> bool {
        match &self.expect.window {
            Some(text) => {
                window.text() == *text
                    || matches!((Period::parse(text), window), (Ok(asked), WindowOf::Days { period }) if asked == *period)
            }
            None => match window {
                WindowOf::Days { period } => period.contains(self.assessment.as_of),
                WindowOf::Inspection { .. } | WindowOf::Rolling { .. } | WindowOf::Ever { .. } => true,
            },
        }
    }

    fn value(&self) -> String {
        let text = |outcome: &Outcome<Points>| match outcome {
            Outcome::Determined(value) => value.to_string(),
            Outcome::Undetermined(_) => "undetermined".into(),
        };
        let mut tally = self.assessment.tallies.iter().filter(|t| {
            Some(&t.tally) == self.expect.tally.as_ref()
                && self.is_subject(&t.subject)
                && self.in_window(&t.window)
        });
        let mut index = self.assessment.indexes.iter().filter(|i| {
            Some(&i.index) == self.expect.index.as_ref()
                && self.is_subject(&i.subject)
                && self.in_window(&i.window)
        });
        let tally = tally.next_back().map(|t| text(&t.value));
        tally.or_else(|| index.next_back().map(|i| text(&i.value))).unwrap_or_else(|| "no such value".into())
    }

    fn tier(&self) -> String {
        let standings = self.assessment.standings.iter();
        let mut mine = standings.filter(|s| {
            Some(&s.ladder) == self.expect.ladder.as_ref()
                && self.is_subject(&s.subject)
                && self.in_window(&s.window)
        });
        mine.next_back().map_or_else(
            || "no such standing".into(),
            |s| match &s.tier {
                Outcome::Determined(tier) => tier.to_string(),
                Outcome::Undetermined(_) => "undetermined".into(),
            },
        )
    }

    fn of_subject(&self) -> impl Iterator<Item = &crate::assessment::Fired> {
        self.assessment.consequences.iter().filter(|f| self.is_subject(&f.subject)).filter(|f| {
            match (&self.expect.window, &f.cause) {
                (None, _) => true,
                (Some(_), Cause::Tier { window, .. } | Cause::Ranking { window, .. }) => {
                    self.in_window(window)
                }
                (Some(_), Cause::Finding { .. }) => true,
            }
        })
    }

    fn fired(&self, id: &ConsequenceId) -> bool {
        self.of_subject().any(|f| f.consequence == *id)
    }

    fn all_fired(&self) -> String {
        let all: Vec<&str> = self.of_subject().map(|f| f.consequence.as_str()).collect();
        if all.is_empty() { "nothing fired".into() } else { all.join(", ") }
    }
}

impl ExampleOutcome {
    /// Whether every expectation holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.mismatches.is_empty()
    }
}

impl Mismatch {
    /// The facts of the mismatch, for a message.
    #[must_use]
    pub fn args(&self) -> Args {
        Args::none()
            .with("key", self.key.as_str())
            .with("expected", self.expected.as_str())
            .with("actual", self.actual.as_str())
    }
}
