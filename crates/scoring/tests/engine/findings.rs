//! Random findings, as columns and as records.

use chrono::NaiveDate;
use ducha_core::Record;
use proptest::prelude::*;

/// How many subjects there are.
pub(crate) const SUBJECTS: u32 = 3;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) number: u32,
    pub(crate) subject: u32,
    pub(crate) clause: u32,
    pub(crate) day: u32,
    /// The quantity, in tenths.
    pub(crate) tenths: i64,
    /// What was chosen, in tenths of a point.
    pub(crate) chosen: Option<i64>,
}

impl Row {
    pub(crate) fn code(&self) -> String {
        format!("C{}", self.clause)
    }

    pub(crate) fn date(&self) -> NaiveDate {
        // Two days before the rulebook is in force.
        "2023-12-30".parse::<NaiveDate>().unwrap() + chrono::Days::new(u64::from(self.day))
    }

    pub(crate) fn record(&self) -> Record {
        let tenths = |tenths: i64| {
            format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
        };
        let mut json = serde_json::json!({
            "type": "finding",
            "id": format!("F{:04}", self.number),
            "subject": format!("S{}", self.subject),
            "occurred_on": self.date(),
            "clause": self.code(),
            "quantity": tenths(self.tenths),
            "reason": "as seen",
        });
        if let Some(chosen) = self.chosen {
            json["points"] = tenths(chosen).into();
        }
        serde_json::from_value(json).unwrap()
    }
}

fn row() -> impl Strategy<Value = Row> {
    let quantity = prop_oneof![6 => (1..6_i64).prop_map(|n| n * 10), 2 => 1..40_i64, 1 => -10..1_i64];
    let chosen = prop_oneof![2 => Just(None), 4 => (0..60_i64).prop_map(Some)];
    // Days lie close together, so that things recur; some lie far apart, over leap days and ends of months.
    let day = prop_oneof![5 => 30..75_u32, 2 => 0..430_u32];
    (0..SUBJECTS, 0..7_u32, day, quantity, chosen).prop_map(|(subject, clause, day, tenths, chosen)| Row {
        number: 0,
        subject,
        clause,
        day,
        tenths,
        chosen,
    })
}

/// Findings, each subject among them at least once, numbered in a random order.
pub(crate) fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(row(), 1..60).prop_map(|mut rows| {
        for subject in 0..SUBJECTS {
            let first = rows[0].clone();
            rows.push(Row { subject, ..first });
        }
        for (number, row) in (0..).zip(&mut rows) {
            row.number = number * 7919 % 1000;
        }
        rows
    })
}
