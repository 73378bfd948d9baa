//! The compiled engine says what the reference evaluator says, to the last digit: over random worlds, over the rulebooks of
//! the repository; and columns and streams say it too.
//!
//! `PROPTEST_CASES=20000 cargo test --release -p ducha-scoring --test engine` looks harder.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod bent;
mod books;
mod columns;
mod corners;
#[path = "../desk/mod.rs"]
mod desk;
mod findings;
mod followed;
mod foretold;
#[allow(dead_code, reason = "the laws use more of it")]
#[path = "../laws/generator/mod.rs"]
mod generator;
mod given;
mod rules;
mod same;
mod worlds;

use chrono::Datelike;
use ducha_core::row::FindingRow;
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{
    Outcome, Request, WindowOf, assess,
    engine::{Columns, Dense, Question, ScoredColumns, Scorer},
};
use findings::{Row, SUBJECTS, rows};
use proptest::prelude::*;
use rules::rules;

/// The rows as columns: quantities in tenths, points in tenths.
fn scored(scorer: &Scorer, rows: &[Row], rank: bool) -> ScoredColumns {
    let subject: Vec<u32> = rows.iter().map(|row| row.subject).collect();
    let clause: Vec<u32> = rows.iter().map(|row| scorer.clause(&row.code()).unwrap_or(u32::MAX)).collect();
    let day: Vec<i32> = rows.iter().map(|row| row.date().num_days_from_ce()).collect();
    let ranks: Vec<u32> = rows.iter().map(|row| row.number).collect();
    let quantity: Vec<i64> = rows.iter().map(|row| row.tenths).collect();
    let points: Vec<i64> = rows.iter().map(|row| row.chosen.unwrap_or(Columns::NOT_GIVEN)).collect();
    let columns = Columns {
        subjects: SUBJECTS,
        subject: &subject,
        clause: &clause,
        day: &day,
        rank: rank.then_some(&ranks),
        quantity: Some(&quantity),
        quantity_places: 1,
        points: Some(&points),
        points_places: 1,
        ..Columns::default()
    };
    scorer.assess_columns(&columns).unwrap()
}

/// The tallies and ladders of plain rules.
fn dense(scored: &ScoredColumns) -> &Dense {
    scored.dense().expect("plain rules")
}

/// Holds what the engine says of the rows against the reference.
fn equal(text: &str, rows: &[Row]) -> Result<(), TestCaseError> {
    let book = Rulebook::read(&Source::new("rules.toml", text));
    let book = book.map_err(|report| TestCaseError::fail(format!("{:?}\n{text}", report.diagnostics)))?;
    let scorer =
        Scorer::compile(core::slice::from_ref(&book)).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let records: Vec<_> = rows.iter().map(Row::record).collect();
    let assessment = assess(&Request::new(core::slice::from_ref(&book), &records));
    let fast = scored(&scorer, rows, true);

    let refused: Vec<_> = fast.unscored.iter().map(|refused| (refused.row, refused.reason)).collect();
    let said: Vec<_> =
        assessment.account.rows.iter().map(|row| (row.index.unwrap(), row.reason.step)).collect();
    prop_assert_eq!(refused, said, "refused\n{}", text);

    for entry in &assessment.entries {
        let row = records.iter().position(|record| record.id == entry.record).unwrap();
        let points = fast.deduction(row).unwrap().points();
        prop_assert_eq!(points, entry.points, "{} {:?}\n{}", entry.record, rows[row], text);
    }
    let mut cells = 0;
    for standing in &assessment.tallies {
        let column = dense(&fast).tallies.iter().find(|column| column.tally == standing.tally).unwrap();
        let WindowOf::Days { period } = &standing.window else { panic!("{:?}", standing.window) };
        let window = column.windows.iter().position(|window| window == period);
        prop_assert!(window.is_some(), "{:?} has no {:?}\n{}", column.windows, period, text);
        let subject: usize = standing.subject.as_str().trim_start_matches('S').parse().unwrap();
        let at = window.unwrap() * SUBJECTS as usize + subject;
        let value = ducha_scoring::engine::Scaled { value: column.values[at], places: fast.places }.points();
        prop_assert_eq!(Some(&value), standing.value.value(), "{:?}\n{}", standing.window, text);
        for (ladder, column) in book.annex().ladder.iter().zip(&dense(&fast).ladders) {
            if dense(&fast).tallies[column.tally].tally != standing.tally {
                continue;
            }
            let same = |s: &&ducha_scoring::Standing| {
                s.ladder == ladder.id && s.subject == standing.subject && s.window == standing.window
            };
            let said = assessment.standings.iter().find(same).unwrap();
            match (&said.tier, column.tiers[at]) {
                (Outcome::Determined(tier), Ok(place)) => {
                    prop_assert_eq!(tier, &ladder.tier[place as usize].id);
                }
                (Outcome::Undetermined(need), Err(reason)) => prop_assert_eq!(need.step, reason),
                (said, told) => prop_assert!(false, "{said:?} {told:?}\n{text}"),
            }
            cells += 1;
        }
    }
    prop_assert_eq!(cells, assessment.standings.len(), "standings\n{}", text);

    // The order in which rows come changes nothing: the rank column tells.
    let backwards: Vec<Row> = rows.iter().rev().cloned().collect();
    let mut turned = scored(&scorer, &backwards, true);
    turned.points.reverse();
    prop_assert_eq!(&turned.points, &fast.points);
    prop_assert_eq!(&turned.way, &fast.way);
    Ok(())
}

/// Holds what a stream of the rows says against what their columns say.
fn streamed(text: &str, rows: &[Row]) -> Result<(), TestCaseError> {
    let book = Rulebook::read(&Source::new("rules.toml", text)).unwrap();
    let scorer = Scorer::compile(&[book]).unwrap();
    let mut records: Vec<_> = rows.iter().map(Row::record).collect();
    records.sort_by(|a, b| a.canonical_key().cmp(&b.canonical_key()));
    let mut stream = scorer.stream().unwrap();
    for record in &records {
        stream.push(&FindingRow::of(record).unwrap()).map_err(|e| TestCaseError::fail(e.to_string()))?;
    }
    let seen = stream.finish().map_err(|e| TestCaseError::fail(e.to_string()))?;
    let batch = scorer.assess(&Question::new(&records)).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert_eq!(seen.rows, records.len() as u64);
    let refused: Vec<_> = seen.refused.iter().map(|one| (one.row as usize, one.reason)).collect();
    let said: Vec<_> = batch.account().rows.iter().map(|row| (row.index.unwrap(), row.reason.step)).collect();
    prop_assert_eq!(refused, said, "refused\n{}", text);
    let columns = scored(&scorer, rows, true);
    for (streamed, column) in seen.tallies.iter().zip(&dense(&columns).tallies) {
        prop_assert_eq!(&streamed.windows, &column.windows);
        for (at, id) in seen.subjects.iter().enumerate() {
            let subject: usize = id.trim_start_matches('S').parse().unwrap();
            for window in 0..column.windows.len() {
                let theirs = column.values[window * SUBJECTS as usize + subject];
                prop_assert_eq!(streamed.values[window * seen.subjects.len() + at], theirs);
            }
        }
    }
    for (streamed, column) in seen.ladders.iter().zip(&dense(&columns).ladders) {
        for (at, id) in seen.subjects.iter().enumerate() {
            let subject: usize = id.trim_start_matches('S').parse().unwrap();
            for window in 0..seen.tallies[column.tally].windows.len() {
                let theirs = column.tiers[window * SUBJECTS as usize + subject];
                prop_assert_eq!(streamed.tiers[window * seen.subjects.len() + at], theirs);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn columns_equal_the_reference(text in rules(), rows in rows()) {
        equal(&text, &rows)?;
    }

    #[test]
    fn a_stream_says_what_columns_and_batch_say(text in rules(), rows in rows()) {
        streamed(&text, &rows)?;
    }
}
