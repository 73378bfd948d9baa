//! Columns say what a batch says, of rules of all kinds: random worlds with findings as columns and all other records beside
//! them; and the general way says of plain rules what their tables say.

use crate::{
    findings::{Row, SUBJECTS, rows},
    generator::{Without, config, worlds},
    given::{Given, NamedRows},
    rules::rules,
};
use chrono::Datelike;
use ducha_core::{Id, Matter, Record, RecordId};
use ducha_rulebook::{Rulebook, Source};
use ducha_scoring::{
    Request,
    engine::{Coded, Columns, ColumnsError, Question, ScoredColumns, Scorer, Tell, Way},
};
use proptest::prelude::*;

/// Holds what columns say, with the records beside them, against what a batch says of all records.
pub(crate) fn same_as_the_batch(
    scorer: &Scorer,
    asked: &Question<'_>,
    given: &Given,
    named: NamedRows,
) -> Result<(), TestCaseError> {
    given.lend(scorer, named, |columns| holds(scorer, columns, asked, given))
}

fn holds(
    scorer: &Scorer,
    columns: &Columns<'_>,
    asked: &Question<'_>,
    given: &Given,
) -> Result<(), TestCaseError> {
    let fail = |error: &dyn core::fmt::Display| TestCaseError::fail(error.to_string());
    let beside = Question { records: &given.beside, ..asked.clone() };
    let told = scorer.assess_columns_with(columns, &beside, Tell::Everything).map_err(|e| fail(&e))?;
    let records = given.records();
    let question = Question { records: &records, ..asked.clone() };
    let batch = scorer.assess(&question).map_err(|error| fail(&error))?.numbers();

    let Way::General(general) = &told.way else { return Err(TestCaseError::fail("not everything")) };
    prop_assert_eq!(general.as_of, batch.as_of);
    prop_assert_eq!(general.official, batch.official);
    prop_assert_eq!(&general.subjects, &batch.subjects);
    prop_assert_eq!(&general.tallies, &batch.tallies);
    prop_assert_eq!(&general.indexes, &batch.indexes);
    prop_assert_eq!(&general.standings, &batch.standings);
    prop_assert_eq!(&general.consequences, &batch.consequences);
    prop_assert_eq!(&general.rankings, &batch.rankings);
    prop_assert_eq!(general.account.given, batch.account.given);
    for (ours, theirs) in general.account.rows.iter().zip(&batch.account.rows) {
        prop_assert_eq!((ours.index, &ours.id, ours.fate), (theirs.index, &theirs.id, theirs.fate));
        prop_assert_eq!(ours.reason.step, theirs.reason.step);
        // The code of an unknown clause is a number here.
        if ours.reason.step != ducha_core::Step::RowClauseUnknown {
            prop_assert_eq!(&ours.reason, &theirs.reason);
        }
    }
    let told_of: Vec<_> = told.unscored.iter().map(|one| (Some(one.row), one.fate, one.reason)).collect();
    let theirs: Vec<_> =
        batch.account.rows.iter().map(|one| (one.index, one.fate, one.reason.step)).collect();
    prop_assert_eq!(told_of, theirs);

    let entries = &general.entries;
    prop_assert_eq!(entries.row.len(), batch.entries.len());
    let table = scorer.table(columns, &told);
    let amount = |units: i64| ducha_core::Points::of_scaled(units, told.places).unwrap();
    let mut deductions = vec![ducha_core::Points::ZERO; given.findings.len()];
    for (at, entry) in batch.entries.iter().enumerate() {
        let row = entries.row[at] as usize;
        prop_assert_eq!(&records[row].id, &entry.record);
        prop_assert_eq!(entries.kind[at], entry.kind);
        prop_assert_eq!(&table.subjects[entries.subject[at] as usize], &entry.subject);
        prop_assert_eq!(entries.day[at], entry.day.num_days_from_ce());
        prop_assert_eq!(amount(entries.points[at]), entry.points);
        let money = Some(entries.money[at]).filter(|money| *money != Columns::NOT_GIVEN);
        prop_assert_eq!(money.map(|money| amount(money).cast()), entry.money.as_ref().map(|m| m.amount));
        if entry.kind == ducha_scoring::assessment::EntryKind::Deduction && row < deductions.len() {
            deductions[row] = entry.points;
        }
    }
    for (row, points) in deductions.iter().enumerate() {
        prop_assert_eq!(told.deduction(row).unwrap().points(), *points, "row {}", row);
    }

    // The table tells the same cells.
    prop_assert_eq!(table.tallies.value.len(), batch.tallies.len());
    for (at, one) in batch.tallies.iter().enumerate() {
        prop_assert_eq!(&table.tallies.names[table.tallies.of[at] as usize], &one.tally);
        prop_assert_eq!(&table.subjects[table.tallies.subject[at] as usize], &one.subject);
        prop_assert_eq!(&table.windows[table.tallies.window[at] as usize], &one.window);
        prop_assert_eq!(table.tallies.value[at].ok(), one.value.value().copied());
    }
    prop_assert_eq!(table.indexes.value.len(), batch.indexes.len());
    for (at, one) in batch.indexes.iter().enumerate() {
        prop_assert_eq!(&table.indexes.names[table.indexes.of[at] as usize], &one.index);
        prop_assert_eq!(table.indexes.value[at].ok(), one.value.value().copied());
    }
    prop_assert_eq!(table.ladders.value.len(), batch.standings.len());
    for (at, one) in batch.standings.iter().enumerate() {
        prop_assert_eq!(&table.ladders.names[table.ladders.of[at] as usize], &one.ladder);
        prop_assert_eq!(&table.windows[table.ladders.window[at] as usize], &one.window);
        let tier = table.ladders.value[at].ok().map(|tier| &table.tiers[tier as usize]);
        prop_assert_eq!(tier, one.tier.value());
    }
    Ok(())
}

/// The question of a request, in several forms.
fn question<'a>(request: &Request<'a>, form: u8) -> Question<'a> {
    let mut asked = Question::from(request);
    match form {
        0 => asked.as_of = None,
        1 => asked.known_on = "2026-10-13".parse().ok(),
        2 | 3 => asked.organisation = None,
        _ => {}
    }
    asked
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases * 4, ..config() })]

    #[test]
    fn columns_say_what_a_batch_says(world in worlds(Without::default()), form in 0..8_u8, turned in any::<bool>()) {
        let scorer = Scorer::compile(&world.books).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let asked = question(&world.request(), form);
        let given = Given::of(&world.records, turned);
        same_as_the_batch(&scorer, &asked, &given, NamedRows::ByIds)?;
    }

    #[test]
    fn rows_without_ids_follow_their_ranks(world in worlds(Without::default()), form in 0..8_u8, turned in any::<bool>()) {
        let scorer = Scorer::compile(&world.books).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let asked = question(&world.request(), form);
        // Without ids no row comes twice.
        let given = Given::of(&world.records, turned).once().renamed();
        same_as_the_batch(&scorer, &asked, &given, NamedRows::ByRanks)?;
    }

    #[test]
    fn the_general_way_says_of_plain_rules_what_their_tables_say(text in rules(), rows in rows()) {
        let book = Rulebook::read(&Source::new("rules.toml", text)).unwrap();
        let scorer = Scorer::compile(&[book]).unwrap();
        for ids in [false, true] {
            let told = |tell| both_ways(&scorer, &rows, ids, tell);
            let ((plain, table), (general, other)) = (told(Tell::Numbers), told(Tell::Everything));
            prop_assert!(plain.dense().is_some() && general.general().is_some());
            prop_assert_eq!(&plain.points, &general.points);
            prop_assert_eq!(&plain.unscored, &general.unscored);
            prop_assert_eq!(&table, &other);
        }
    }
}

/// The rows by one of the ways, with ids or with ranks, and their table.
fn both_ways(
    scorer: &Scorer,
    rows: &[Row],
    ids: bool,
    tell: Tell,
) -> (ScoredColumns, ducha_scoring::engine::Table) {
    let subject: Vec<u32> = rows.iter().map(|row| row.subject).collect();
    let clause: Vec<u32> = rows.iter().map(|row| scorer.clause(&row.code()).unwrap_or(77)).collect();
    let day: Vec<i32> = rows.iter().map(|row| row.date().num_days_from_ce()).collect();
    let time: Vec<i64> =
        rows.iter().map(|row| [Columns::NOT_GIVEN, 0, 1_000][row.number as usize % 3]).collect();
    let rank: Vec<u32> = rows.iter().map(|row| row.number).collect();
    let texts: Vec<String> = rows.iter().map(|row| format!("F{:04}", row.number)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let quantity: Vec<i64> = rows.iter().map(|row| row.tenths).collect();
    let points: Vec<i64> = rows.iter().map(|row| row.chosen.unwrap_or(Columns::NOT_GIVEN)).collect();
    let columns = Columns {
        subjects: SUBJECTS,
        subject: &subject,
        clause: &clause,
        day: &day,
        time: Some(&time),
        rank: Some(&rank[..]).filter(|_| !ids),
        id: Some(&texts[..]).filter(|_| ids),
        quantity: Some(&quantity),
        quantity_places: 1,
        points: Some(&points),
        points_places: 1,
        ..Columns::default()
    };
    let scored = scorer.assess_columns_with(&columns, &Question::default(), tell).unwrap();
    let table = scorer.table(&columns, &scored);
    (scored, table)
}

/// A rulebook of one flat price, and a scorer of it.
fn tiny() -> Scorer {
    let text = "format = 1\n[rulebook]\nid = \"tiny\"\nversion = \"1\"\ntitle = { zh = \"示例\", en = \"Example\" }\nstatus = \"draft\"\nfrom = 2026-01-01\npoint_step = 1\ncalendar = \"every_day\"\n[[clause]]\nid = \"C-1\"\nname = { zh = \"垃圾\", en = \"refuse\" }\naspect = \"conduct\"\nprice = { shape = \"flat\", points = 2 }\n[[tally]]\nid = \"month\"\nname = { zh = \"月\", en = \"month\" }\nkind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"any\"]\nwindow = \"month\"\n";
    Scorer::compile(&[Rulebook::read(&Source::new("tiny.toml", text)).unwrap()]).unwrap()
}

const OCTOBER: i32 = 739_890;

#[test]
fn what_the_tables_cannot_tell_goes_the_general_way_and_is_said() {
    let scorer = tiny();
    let rows = Columns {
        subjects: 1,
        subject: &[0, 0],
        clause: &[0, 0],
        day: &[OCTOBER, OCTOBER],
        ..Columns::default()
    };
    let is_plain = |columns: &Columns<'_>| scorer.assess_columns(columns).unwrap().dense().is_some();
    assert!(is_plain(&rows));
    assert!(is_plain(&Columns { id: Some(&["b", "a"]), ..rows }));
    assert!(!is_plain(&Columns { id: Some(&["a", "a"]), ..rows }));
    assert!(is_plain(&Columns { recorded_on: Some(&[OCTOBER, Columns::NO_DAY]), ..rows }));
    assert!(!is_plain(&Columns { recorded_on: Some(&[OCTOBER, OCTOBER - 1]), ..rows }));
    let reasons = |codes| Some(Coded { codes, names: &["seen", " "] });
    assert!(is_plain(&Columns { reason: reasons(&[0, 0]), ..rows }));
    assert!(!is_plain(&Columns { reason: reasons(&[0, 1]), ..rows }));
    assert!(!is_plain(&Columns { reason: reasons(&[0, Columns::NO_CODE]), ..rows }));
    let inspections = [Id::new("I-1").unwrap()];
    assert!(!is_plain(&Columns { inspection: Some(Coded { codes: &[0, 0], names: &inspections }), ..rows }));
    let takes: [RecordId; 1] = [Id::new("row-0000000000").unwrap()];
    let codes = [Columns::NO_CODE, 0];
    let taken = Columns { revokes: Some(Coded { codes: &codes, names: &takes }), ..rows };
    let told = scorer.assess_columns(&taken).unwrap();
    assert_eq!((told.points[0], told.unscored[0].row), (0, 0));
    assert_eq!(told.unscored[0].fate, ducha_scoring::assessment::Fate::Revoked);
    let as_of = Question { as_of: "2026-10-31".parse().ok(), ..Question::default() };
    assert!(scorer.assess_columns_with(&rows, &as_of, Tell::Numbers).unwrap().general().is_some());
}

#[test]
fn what_is_wrong_with_columns_is_said() {
    let scorer = tiny();
    let rows = Columns {
        subjects: 2,
        subject: &[0, 1],
        clause: &[0, 0],
        day: &[OCTOBER, OCTOBER],
        ..Columns::default()
    };
    let wrong = |columns: Columns<'_>| scorer.assess_columns(&columns).unwrap_err();
    let everything = |columns: Columns<'_>| {
        scorer.assess_columns_with(&columns, &Question::default(), Tell::Everything).unwrap_err()
    };
    assert_eq!(wrong(Columns { day: &[OCTOBER], ..rows }), ColumnsError::Length);
    assert_eq!(wrong(Columns { decided_on: Some(&[]), ..rows }), ColumnsError::Length);
    let none: [RecordId; 0] = [];
    assert_eq!(
        wrong(Columns { supersedes: Some(Coded { codes: &[], names: &none }), ..rows }),
        ColumnsError::Length
    );
    assert_eq!(wrong(Columns { quantity_places: 5, ..rows }), ColumnsError::TooFine);
    assert_eq!(wrong(Columns { money_places: 13, ..rows }), ColumnsError::TooFine);
    assert_eq!(wrong(Columns { id: Some(&["a", "b c"]), ..rows }), ColumnsError::Id { row: 1 });
    assert_eq!(wrong(Columns { time: Some(&[0, -1]), ..rows }), ColumnsError::Time { row: 1 });
    assert_eq!(
        wrong(Columns { time: Some(&[86_400_000_000_000, 0]), ..rows }),
        ColumnsError::Time { row: 0 }
    );
    assert_eq!(
        wrong(Columns { id: Some(&["a", "b"]), rank: Some(&[0, 1]), ..rows }),
        ColumnsError::TwoOrders
    );
    let twice = [Id::new("S").unwrap(), Id::new("S").unwrap()];
    assert_eq!(wrong(Columns { names: Some(&twice), ..rows }), ColumnsError::NamedTwice);
    assert_eq!(wrong(Columns { names: Some(&twice[..1]), ..rows }), ColumnsError::Length);
    let far = Columns { subject: &[0, 2], ..rows };
    assert_eq!(
        (wrong(far), everything(far)),
        (ColumnsError::Subject { row: 1 }, ColumnsError::Subject { row: 1 })
    );
    let never = Columns { day: &[i32::MAX, OCTOBER], ..rows };
    assert_eq!(
        (wrong(never), everything(never)),
        (ColumnsError::Day { row: 0 }, ColumnsError::Day { row: 0 })
    );
    let nameless = Coded { codes: &[0, 1], names: &[Id::new("I-1").unwrap()] };
    assert_eq!(wrong(Columns { inspection: Some(nameless), ..rows }), ColumnsError::Code { row: 1 });
    let record: Record = serde_json::from_str(
        r#"{"type":"inspection","id":"I","subject":"S","occurred_on":"2026-10-12","inspection":"I-1"}"#,
    )
    .unwrap();
    assert!(matches!(record.matter, Matter::Inspection(_)));
    let beside = scorer.assess_columns_with(&rows, &Question::new(&[record]), Tell::Numbers);
    assert_eq!(beside.unwrap_err(), ColumnsError::Nameless);
}
