//! A ledger says what a batch over its records says, whatever the order in which they came: over random worlds.

use crate::generator::{Without, World, config, worlds};
use ducha_core::{Organisation, Record, SubjectId};
use ducha_scoring::{
    Assessment, Entry, Request, WindowOf,
    engine::{Ledger, LedgerState, Question, Scorer},
    preview,
};
use proptest::prelude::*;
use std::sync::Arc;

fn fail(error: &dyn core::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// The batch's answer to the same question.
fn batch(scorer: &Scorer, question: &Question<'_>) -> Result<Assessment<()>, TestCaseError> {
    Ok(scorer.assess(question).map_err(|error| fail(&error))?.numbers())
}

fn same(ledger: &Assessment<()>, batch: &Assessment<()>, step: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(&ledger.account, &batch.account, "account after {} records", step);
    for (ours, theirs) in ledger.entries.iter().zip(&batch.entries) {
        prop_assert_eq!(ours, theirs, "entry after {} records", step);
    }
    prop_assert_eq!(ledger.entries.len(), batch.entries.len(), "entries after {} records", step);
    prop_assert!(ledger == batch, "something else differs after {step} records");
    Ok(())
}

/// Running totals are the values of the tallies.
fn totals_hold(ledger: &Ledger, said: &Assessment<()>) -> Result<usize, TestCaseError> {
    let mut told = 0;
    for standing in &said.tallies {
        let WindowOf::Days { period } = &standing.window else { continue };
        let Some(total) = ledger.total(&standing.subject, &standing.tally, period.last_day()) else {
            continue;
        };
        prop_assert_eq!(Some(&total), standing.value.value(), "{:?}", standing);
        told += 1;
    }
    Ok(told)
}

/// What is told of a subject by itself is what is told of it among all.
fn subjects_hold(ledger: &Ledger, said: &Assessment<()>) -> Result<(), TestCaseError> {
    for line in &said.subjects {
        let own = ledger.subject(&line.id).unwrap();
        let entries: Vec<_> = said.entries.iter().filter(|entry| entry.subject == line.id).cloned().collect();
        prop_assert_eq!(own.entries.len(), entries.len(), "entries of {}", line.id);
        for (ours, theirs) in own.entries.iter().zip(entries) {
            let number = theirs.number;
            prop_assert_eq!(&Entry { number, ..ours.clone() }, &theirs);
        }
        let of = |subject: &SubjectId| *subject == line.id;
        let tallies: Vec<_> = said.tallies.iter().filter(|one| of(&one.subject)).cloned().collect();
        prop_assert_eq!(own.tallies, tallies, "tallies of {}", line.id);
        let indexes: Vec<_> = said.indexes.iter().filter(|one| of(&one.subject)).cloned().collect();
        prop_assert_eq!(own.indexes, indexes, "indexes of {}", line.id);
        let standings: Vec<_> = said.standings.iter().filter(|one| of(&one.subject)).cloned().collect();
        prop_assert_eq!(own.standings, standings, "standings of {}", line.id);
    }
    Ok(())
}

/// What a preview says is what the reference says, and leaves no trace.
fn previews(
    ledger: &Ledger,
    world: &World,
    organisation: Option<&Organisation>,
    next: &Record,
    choice: u8,
) -> Result<(), TestCaseError> {
    let before = format!("{ledger:?}");
    let prospect = ledger.preview(next).map_err(|error| fail(&error))?;
    let request = Request { organisation, ..Request::new(&world.books, ledger.records()) };
    let said = preview(&request, next);
    prop_assert_eq!(&prospect.not_scored, &said.not_scored, "why it is not scored");
    prop_assert_eq!(&prospect.entries, &said.changes.entries, "what would change");
    // Everything that would change: as the records come, of a period, as the world asks, as known on a day.
    let asked = match choice % 4 {
        0 => request,
        1 => Request { period: world.period, ..request },
        2 => Request {
            as_of: Some(world.as_of),
            period: world.period,
            complete_from: world.complete_from,
            ..request
        },
        _ => Request {
            known_on: Some(world.as_of).filter(|_| choice.is_multiple_of(3)),
            complete_from: world.complete_from,
            ..request
        },
    };
    let said = preview(&asked, next).numbers();
    let told = ledger.preview_in(next, &Question::from(&asked)).map_err(|error| fail(&error))?;
    prop_assert_eq!(&told.not_scored, &said.not_scored, "why it is not scored");
    prop_assert_eq!(&told.entries, &said.entries, "its own entries");
    let (ours, theirs) = (&told.changes, &said.changes);
    prop_assert_eq!(&ours.entries, &theirs.entries, "entries would change");
    prop_assert_eq!(&ours.tallies, &theirs.tallies, "tallies would change");
    prop_assert_eq!(&ours.indexes, &theirs.indexes, "indexes would change");
    prop_assert_eq!(&ours.standings, &theirs.standings, "standings would change");
    prop_assert_eq!(&ours.rankings, &theirs.rankings, "places would change");
    prop_assert_eq!(&ours.fired, &theirs.fired, "consequences would fire");
    prop_assert_eq!(&ours.withdrawn, &theirs.withdrawn, "consequences would be withdrawn");
    prop_assert_eq!(&ours.changed, &theirs.changed, "consequences would change");
    prop_assert_eq!(&told, &said, "something else would change");
    prop_assert_eq!(before, format!("{ledger:?}"), "a preview leaves a trace");
    Ok(())
}

fn follows(world: &World, order: &[u16], steps: &[u8]) -> Result<(), TestCaseError> {
    let scorer = Arc::new(Scorer::compile(&world.books).map_err(|error| fail(&error))?);
    let organisation = (steps.first().copied().unwrap_or(0) % 4 != 3).then(|| world.organisation.clone());
    let mut records = world.records.clone();
    for (at, turn) in order.iter().enumerate().take(records.len()) {
        let other = usize::from(*turn) % records.len();
        records.swap(at, other);
    }
    let begin = usize::from(steps.get(1).copied().unwrap_or(0)) % (records.len() + 1) / 2;
    let later = records.split_off(begin);
    let mut ledger = Ledger::with_records(Arc::clone(&scorer), organisation.clone(), records)
        .map_err(|error| fail(&error))?;
    let question = |ledger: &Ledger| ledger.records().to_vec();
    for (step, record) in later.into_iter().enumerate() {
        let choice = steps.get(step + 2).copied().unwrap_or(0);
        if choice % 4 == 1 {
            previews(&ledger, world, organisation.as_ref(), &record, choice / 4)?;
        }
        if choice % 8 == 2 {
            let saved = serde_json::to_string(&ledger.state()).unwrap();
            let state: LedgerState<'_> = serde_json::from_str(&saved).unwrap();
            ledger = Ledger::load(Arc::clone(&scorer), organisation.clone(), state)
                .map_err(|error| fail(&error))?;
        }
        ledger.add(record).map_err(|error| fail(&error))?;
        let records = question(&ledger);
        let all = Question { organisation: organisation.as_ref(), ..Question::new(&records) };
        let said = batch(&scorer, &all)?;
        same(&ledger.scored().numbers(), &said, records.len())?;
        totals_hold(&ledger, &said)?;
        if choice % 4 == 2 {
            subjects_hold(&ledger, &said)?;
        }
        if choice % 4 == 3 {
            let asked = Question {
                as_of: Some(world.as_of),
                period: world.period,
                complete_from: world.complete_from,
                ..all
            };
            let answer = ledger.assess(&asked).map_err(|error| fail(&error))?;
            same(&answer.numbers(), &batch(&scorer, &asked)?, records.len())?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_ledger_says_what_a_batch_says(
        world in worlds(Without::default()),
        order in prop::collection::vec(any::<u16>(), 22),
        steps in prop::collection::vec(any::<u8>(), 26),
    ) {
        follows(&world, &order, &steps)?;
    }

    /// Where nothing connects subjects, units are followed entry by entry.
    #[test]
    fn a_ledger_without_connections_says_what_a_batch_says(
        world in worlds(Without { connections: true, versions: true }),
        order in prop::collection::vec(any::<u16>(), 22),
        steps in prop::collection::vec(any::<u8>(), 26),
    ) {
        follows(&world, &order, &steps)?;
    }
}
