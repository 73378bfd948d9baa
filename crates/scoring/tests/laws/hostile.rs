//! No record can make the evaluator panic or lose a row.

use crate::{
    account::complete,
    generator::{Tape, Without, config, organisation::SUBJECTS, worlds},
};
use ducha_core::{Lang, Record};
use ducha_scoring::{assess, preview};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAYS: [&str; 10] = [
    "2026-10-12",
    "2026-10-13",
    "2024-02-29",
    "-262143-01-01",
    "+262142-12-31",
    "0000-01-01",
    "9999-12-31",
    "2026-10-31",
    "2027-01-01",
    "1582-10-04",
];
const NUMBERS: [&str; 12] = [
    "1",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0",
    "-1",
    "0.0000000000000000000000000001",
    "7922816251426433759354395033.5",
    "2",
    "0.5",
    "100000000000000",
    "3",
    "-0.5",
];
const IDS: [&str; 8] = ["R0", "R1", "R2", "R3", "I1", "C1", "R4", "~"];

fn record(bytes: &[u8], at: usize) -> Record {
    let tape = &mut Tape::new(bytes);
    let number = |tape: &mut Tape<'_>| json!(tape.pick(&NUMBERS));
    let mut value = json!({
        "id": if tape.one_in(3) { tape.pick(&IDS).to_owned() } else { format!("R{at}") },
        "subject": tape.pick(&["d1", "e1", "e2", "g", "d2", "nobody"]),
        "occurred_on": tape.pick(&DAYS),
    });
    for (key, of) in [("recorded_on", 5), ("occurred_at", 5), ("revokes", 4), ("supersedes", 5)] {
        if tape.one_in(of) {
            value[key] = match key {
                "recorded_on" => json!(tape.pick(&DAYS)),
                "occurred_at" => json!("23:59:59"),
                _ => json!(tape.pick(&IDS)),
            };
        }
    }
    let clause = json!(format!("C{}", tape.below(9)));
    let mut put = |key: &str, what: Value| value[key] = what;
    match tape.below(7) {
        0 | 1 => {
            put("type", json!("finding"));
            put("clause", clause);
            for key in ["quantity", "points", "money"] {
                if tape.one_in(2) {
                    put(key, number(tape));
                }
            }
            put("reason", json!("x"));
            put("severity", json!(tape.pick(&["slight", "grave", "z"])));
            put("source", json!(tape.pick(&["office", "own", "users", "z"])));
            if tape.one_in(2) {
                put("inspection", json!(tape.pick(&IDS)));
                put("corrected_on", json!(tape.pick(&DAYS)));
                put("decided_on", json!(tape.pick(&DAYS)));
            }
        }
        2 => {
            put("type", json!("measurement"));
            put("clause", json!("C7"));
            for key in ["value", "numerator", "denominator"] {
                if tape.one_in(2) {
                    put(key, number(tape));
                }
            }
        }
        3 => {
            put("type", json!("rating"));
            put("source", json!("users"));
            put("score", number(tape));
        }
        4 => {
            put("type", json!("inspection"));
            put("inspection", json!(tape.pick(&IDS)));
            put("not_applicable", json!([clause]));
            put("weight", number(tape));
        }
        5 => {
            put("type", json!("commendation"));
            put("award", json!(tape.pick(&["A1", "A2", "A3"])));
            put("level", json!("city"));
            put("quantity", number(tape));
            put("points", number(tape));
        }
        _ => {
            put("type", json!("fact"));
            let kinds = [
                "not_rectified",
                "overdue",
                "training_passed",
                "wage",
                "succeeded_by",
                "decided",
                "minimum_wage",
            ];
            put("fact", json!(tape.pick(&kinds)));
            put("value", number(tape));
            put("refers_to", json!(tape.pick(&IDS)));
            put("other", json!(tape.pick(&SUBJECTS)));
            put("due_on", json!(tape.pick(&DAYS)));
        }
    }
    serde_json::from_value(value).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_records_make_it_panic_or_lose_a_row(
        world in worlds(Without::default()),
        tapes in prop::collection::vec(prop::array::uniform24(any::<u8>()), 0..14),
        as_of in prop::sample::select(vec![None, Some("2026-12-31"), Some("+262142-12-31"), Some("-262143-01-01")]),
        organised in any::<bool>(),
    ) {
        let records: Vec<Record> = tapes.iter().enumerate().map(|(at, tape)| record(tape, at)).collect();
        let mut request = world.request();
        request.records = &records;
        request.as_of = as_of.map(|day| day.parse().unwrap());
        if !organised {
            request.organisation = None;
        }
        let assessment = assess(&request);
        complete(&records, &assessment)?;
        for entry in &assessment.entries {
            for lang in [Lang::Zh, Lang::En] {
                prop_assert!(!entry.derivation.text(lang).is_empty());
            }
        }
        if let Some((last, before)) = records.split_last() {
            request.records = before;
            let shown = preview(&request, last);
            let other = before.iter().any(|r| r.id == last.id);
            prop_assert!(other || shown.entries.iter().all(|e| e.record == last.id));
        }
    }
}

#[test]
fn a_circle_of_revocations_and_successions_is_told_and_ends() {
    let texts = crate::generator::rulebook::texts(&mut Tape::new(&[]), Without::default());
    let books = crate::generator::read(&texts).unwrap();
    let organisation = crate::generator::organisation::organisation(&mut Tape::new(&[]));
    let rows = [
        json!({ "id": "A", "subject": "d1", "occurred_on": "2026-10-12", "type": "revocation", "revokes": "B" }),
        json!({ "id": "B", "subject": "d1", "occurred_on": "2026-10-12", "type": "revocation", "revokes": "C" }),
        json!({ "id": "C", "subject": "d1", "occurred_on": "2026-10-12", "type": "revocation", "revokes": "A" }),
        json!({ "id": "S", "subject": "d1", "occurred_on": "2026-10-12", "type": "revocation", "revokes": "S" }),
        json!({ "id": "X", "subject": "d1", "occurred_on": "2026-10-12", "type": "fact", "fact": "succeeded_by", "other": "d2" }),
        json!({ "id": "Y", "subject": "d2", "occurred_on": "2026-10-12", "type": "fact", "fact": "succeeded_by", "other": "d1" }),
        json!({ "id": "Z", "subject": "d2", "occurred_on": "2026-10-12", "type": "fact", "fact": "succeeded_by", "other": "d2" }),
    ];
    let records: Vec<Record> = rows.into_iter().map(|row| serde_json::from_value(row).unwrap()).collect();
    let mut request = ducha_scoring::Request::new(&books, &records);
    request.organisation = Some(&organisation);
    let assessment = assess(&request);
    complete(&records, &assessment).unwrap();
    let told: Vec<_> = assessment.account.rows.iter().map(|r| r.id.as_ref().unwrap().to_string()).collect();
    assert!(told.contains(&"S".to_owned()), "{told:?}");
}
