//! Which records take effect, and what each costs (§0–§6, §16).

use crate::{
    POINTS, TERMS, ask, assess, book, clause, day, entry_points, fact, fate, finding, ladder, organisation,
    record, tally, team, value, version,
};
use ducha_core::Subject;
use ducha_scoring::Request;

#[test]
fn s3_3_a_revoked_supersession_does_nothing_whatever_the_order_of_ids() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    for revocation in ["A0", "Z9"] {
        let mut successor = finding("M5", "a", "2026-10-05", "C-1");
        successor.supersedes = "F1".parse().ok();
        let mut back = record(r#"{"type":"revocation","id":"R","subject":"a","occurred_on":"2026-10-05"}"#);
        back.id = revocation.parse().expect("an id");
        back.revokes = "M5".parse().ok();
        let records = [finding("F1", "a", "2026-10-05", "C-1"), successor, back];
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assert_eq!(fate(&assessment, "M5"), "Revoked", "{revocation}");
        assert_eq!(fate(&assessment, "F1"), "scored", "{revocation}");
        assert_eq!(value(&assessment, "t", "a", ""), "3", "{revocation}");
    }
}

#[test]
fn s3_3_rows_that_take_each_other_back_are_decided_from_the_latest() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let mut early = finding("F1", "a", "2026-10-05", "C-1");
    early.supersedes = "F2".parse().ok();
    let mut late = finding("F2", "a", "2026-10-06", "C-1");
    late.supersedes = "F1".parse().ok();
    for records in [[early.clone(), late.clone()], [late, early]] {
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assert_eq!(
            (fate(&assessment, "F1"), fate(&assessment, "F2")),
            ("Superseded".into(), "scored".into())
        );
    }
}

#[test]
fn s3_3_a_successor_that_is_refused_leaves_the_first_standing() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let successor = record(
        r#"{"type":"finding","id":"F2","subject":"a","occurred_on":"2026-10-05","clause":"C-1","quantity":"-1","supersedes":"F1"}"#,
    );
    let records = [finding("F1", "a", "2026-10-05", "C-1"), successor];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(fate(&assessment, "F2"), "Refused");
    assert_eq!(fate(&assessment, "F1"), "scored");
    assert_eq!(value(&assessment, "t", "a", ""), "3");
    assert_eq!(assessment.account.given, 2);
    assert_eq!(assessment.account.scored, 1);
}

#[test]
fn s0_what_is_not_known_yet_does_not_move_the_report_day() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let records = [finding("F1", "a", "2026-10-05", "C-1"), finding("F2", "a", "2026-11-20", "C-1")];
    let mut request = Request::new(&books, &records);
    request.known_on = Some(day("2026-10-31"));
    assert_eq!(assess(&request).as_of, day("2026-10-05"));
}

#[test]
fn s3_4_facts_are_told_of_those_who_have_left_findings_are_not() {
    let books = [book(&(clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\""))))];
    let organisation = organisation([team("a", r#","until":"2026-10-15""#)]);
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-15", "fine_paid", r#","refers_to":"F1""#),
        finding("F2", "a", "2026-10-15", "C-1"),
    ];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    let assessment = assess(&request);
    assert_eq!(fate(&assessment, "X1"), "scored");
    assert_eq!(fate(&assessment, "F2"), "Refused");
}

#[test]
fn s6_4_what_lies_between_terms_is_scored_uncapped_and_repeats_nothing() {
    let rules = TERMS.to_owned()
        + "[[recurrence]]\nid = \"twice\"\ncounts = \"findings\"\nkey = [\"subject\", \"clause\"]\nwindow = \"term\"\nfactors = [1, 2]\n"
        + &clause(
            "C-1",
            3,
            "recurrence = \"twice\"\ncap = { max = 4, window = \"term\", order = \"before_factors\" }",
        )
        + &tally("t", &format!("{POINTS}window = \"ever\""));
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-08-10", "C-1"),
        finding("F2", "a", "2026-08-11", "C-1"),
        finding("F3", "a", "2026-09-10", "C-1"),
        finding("F4", "a", "2026-09-11", "C-1"),
    ];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    let points: Vec<_> =
        ["F1", "F2", "F3", "F4"].iter().flat_map(|id| entry_points(&assessment, id)).collect();
    // In the term: 3, then what the cap of 4 leaves, doubled.
    assert_eq!(points, ["3", "3", "3", "2"]);
}

#[test]
fn s5_a_decided_fact_counts_only_if_it_is_admitted() {
    let rules = "[[recurrence]]\nid = \"twice\"\ncounts = \"decided\"\nkey = [\"subject\", \"clause\"]\nwindow = \"year\"\nfactors = [1, 2]\n".to_owned()
        + &clause("C-1", 3, "recurrence = \"twice\"")
        + &tally("t", &format!("{POINTS}window = \"year\"\ndated_by = \"decided_on\""));
    let books = [book(&rules)];
    let mut back = record(r#"{"type":"revocation","id":"R","subject":"a","occurred_on":"2026-10-09"}"#);
    back.revokes = "X1".parse().ok();
    let mut records = vec![
        finding("F1", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-06", "decided", r#","refers_to":"F1""#),
        finding("F2", "a", "2026-10-08", "C-1"),
    ];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(entry_points(&assessment, "F2"), ["6"]);
    // The day of decision dates the entry, also where a fact tells it.
    assert_eq!(value(&assessment, "t", "a", ""), "3");
    records.push(back);
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(entry_points(&assessment, "F2"), ["3"]);
    assert_eq!(value(&assessment, "t", "a", ""), "0");
}

#[test]
fn s5_a_month_is_not_over_before_its_last_finding() {
    let rules = "[[recurrence]]\nid = \"twice\"\ncounts = \"findings\"\nkey = [\"subject\", \"clause\"]\nwindow = \"year\"\nfactors = [1, 2]\nreset = [{ ladder = \"l\", tier = \"l-some\" }]\n".to_owned()
        + &clause("C-1", 3, "recurrence = \"twice\"")
        + &tally("t", &format!("{POINTS}window = \"month\""))
        + &ladder("l", "tally = \"t\"", 3, "");
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        finding("F2", "a", "2026-10-31", "C-1"),
        finding("F3", "a", "2026-11-01", "C-1"),
    ];
    let assessment = assess(&ask(&books, &records, "2026-11-30"));
    assert_eq!(entry_points(&assessment, "F2"), ["6"], "October was still open");
    assert_eq!(entry_points(&assessment, "F3"), ["3"], "October's end reset the count");
}

#[test]
fn s16_a_leader_is_not_charged_for_a_day_that_has_not_come() {
    let rules = clause("C-1", 3, "")
        + &clause("L-1", 2, "")
        + "[[accountability]]\nid = \"overdue\"\nfact = \"overdue\"\nclause = \"L-1\"\nto = \"leader\"\n"
        + &tally("d", &format!("{POINTS}window = \"day\""));
    let books = [book(&rules)];
    let boss =
        serde_json::from_str::<Subject>(r#"{"id":"boss","kind":"team","name":{"zh":"长","en":"boss"}}"#)
            .expect("a subject");
    let organisation = organisation([team("a", r#","leader":[{"person":"boss"}]"#), boss]);
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-09", "overdue", r#","refers_to":"F1","due_on":"2026-11-30""#),
    ];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    let assessment = assess(&request);
    // What fell on the leader stands in a window of his own, though no record is about him.
    assert_eq!(value(&assessment, "d", "boss", "2026-10-09"), "2");
}

#[test]
fn s4_3_a_warning_that_was_served_is_one() {
    let rules = clause("C-1", 3, "warning = { validity = \"1 month\", last_day = \"excluded\" }")
        + &tally("t", &format!("{POINTS}window = \"year\""));
    let books = [book(&rules)];
    let served = |on: &str, more: &str| fact("X1", "a", on, "warning_served", more);
    let first = finding("F1", "a", "2026-08-05", "C-1");
    let second = finding("F2", "a", "2026-10-05", "C-1");
    for (warning, points) in [
        (served("2026-09-05", ""), "0"),
        (served("2026-09-06", ""), "3"),
        (served("2026-09-06", r#","refers_to":"F1""#), "3"),
        (served("2026-09-06", r#","refers_to":"F9""#), "0"),
        (served("2026-10-06", ""), "0"),
    ] {
        let records = [first.clone(), warning, second.clone()];
        assert_eq!(entry_points(&assess(&ask(&books, &records, "2026-10-31")), "F2"), [points]);
    }
}

#[test]
fn s16_the_day_it_became_overdue_decides_the_price() {
    let rules = |points: u32| {
        clause("C-1", 3, "")
            + &clause("L-1", points, "")
            + "[[accountability]]\nid = \"late\"\nfact = \"overdue\"\nclause = \"L-1\"\nto = \"leader\"\n"
            + &tally("t", &format!("{POINTS}window = \"month\""))
    };
    let books = [version("1", "2026-01-01", &rules(2)), version("2", "2026-10-15", &rules(5))];
    let organisation = organisation([team("a", r#","leader":[{"person":"boss"}]"#), team("boss", "")]);
    let records = [
        finding("F1", "a", "2026-10-01", "C-1"),
        fact("X1", "a", "2026-10-20", "overdue", r#","refers_to":"F1","due_on":"2026-10-09""#),
    ];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    assert_eq!(entry_points(&assess(&request), "X1"), ["2"]);
}
