//! Where a subject stands, and what fires (§9).

use crate::{
    BALANCE, POINTS, ask, assess, book, clause, day, finding, fired, joined, ladder, organisation, tally,
    team, tier, value, version,
};
use ducha_core::Subject;

#[test]
fn s9_6_a_first_fall_from_full_marks_is_a_crossing() {
    let rules = clause("C-1", 30, "")
        + &tally(
            "t",
            &format!(
                "{POINTS}window = {{ rolling = \"12 months\", last_day = \"excluded\" }}\nfull_marks = 100\nfloor = 0"
            ),
        )
        + r#"
[[consequence]]
id = "talk"
name = { zh = "约谈", en = "interview" }
kind = "interview"
decided_by = "office"
[[ladder]]
id = "l"
name = { zh = "等级", en = "grade" }
kind = "grade"
subjects = ["team"]
select = "band"
on = { tally = "t" }
tier = [
  { id = "good", name = { zh = "好", en = "good" }, at_least = 90 },
  { id = "poor", name = { zh = "差", en = "poor" }, less_than = 90, consequences = ["talk"] },
]
"#;
    let books = [book(&rules)];
    let records = [finding("F1", "a", "2026-10-05", "C-1")];
    assert_eq!(fired(&assess(&ask(&books, &records, "2026-10-31"))), ["talk@a/l.poor:2026-10-05"]);
}

#[test]
fn s9_6_nothing_fires_for_a_month_before_the_subject_was_there() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{POINTS}window = \"month\"\nfull_marks = 10"))
        + &ladder("l", "tally = \"t\"", 5, "").replace("penalty", "reward");
    let books = [book(&rules)];
    let records = [finding("F1", "b", "2026-09-05", "C-1"), finding("F2", "b", "2026-10-05", "C-1")];
    let organisation = organisation([team("a", r#","from":"2026-10-01""#), team("b", "")]);
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    let of_a: Vec<_> = fired(&assess(&request)).into_iter().filter(|id| id.contains("@a/")).collect();
    assert_eq!(of_a, ["warn-l@a/l.l-some:2026-10"]);
}

#[test]
fn s9_3_one_condition_that_fails_decides_whatever_is_unknown() {
    let rules = clause("C-1", 3, "")
        + &tally("m", &format!("{POINTS}window = \"month\""))
        + &tally("y", &format!("{POINTS}window = \"year\""))
        + &joined("{ tally = \"m\", at_least = 4 }, { tally = \"y\", at_least = 5 }");
    let books = [book(&rules)];
    let mut records = vec![finding("F1", "a", "2026-10-05", "C-1")];
    for expected in ["fine", "undetermined"] {
        let mut request = ask(&books, &records, "2026-10-31");
        request.complete_from = Some(day("2026-09-01"));
        assert_eq!(tier(&assess(&request), "l", ""), expected);
        records.push(finding("F2", "a", "2026-10-06", "C-1"));
    }
}

#[test]
fn s9_4_a_window_before_any_version_or_before_the_subject_is_a_gap() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{POINTS}window = \"month\"\nfull_marks = 10"))
        + &ladder("g", "tally = \"t\"", 9, "").replace("penalty", "grade")
        + &joined("{ ladder = \"g\", tier = \"g-some\", windows = 3, out_of = 3, gaps = \"break\" }");
    let records = [finding("F1", "b", "2026-10-05", "C-1")];
    let young = organisation([team("a", r#","from":"2026-09-01""#), team("b", "")]);
    let old = organisation([team("a", ""), team("b", "")]);
    for (from, who, expected) in
        [("2026-09-01", &old, "fine"), ("2020-01-01", &young, "fine"), ("2020-01-01", &old, "bad")]
    {
        let books = [version("1", from, &rules)];
        let mut request = ask(&books, &records, "2026-10-31");
        request.organisation = Some(who);
        assert_eq!(tier(&assess(&request), "l", "2026-10"), expected, "rules from {from}");
    }
}

#[test]
fn s9_5_the_worst_tier_needs_no_value() {
    let rules = clause("C-1", 3, "veto = [{ effect = \"worst_tier\", ladder = \"l\" }]")
        + &tally("t", &format!("{POINTS}window = \"year\""))
        + &ladder("l", "tally = \"t\"", 5, "");
    let books = [book(&rules)];
    let records = [finding("F1", "a", "2026-10-05", "C-1")];
    let mut request = ask(&books, &records, "2026-10-31");
    request.complete_from = Some(day("2026-09-01"));
    let assessment = assess(&request);
    assert_eq!(value(&assessment, "t", "a", ""), "undetermined");
    assert_eq!(tier(&assessment, "l", ""), "l-some");
}

#[test]
fn s9_7_a_veto_leaves_no_distance() {
    let rules = |veto: &str| {
        clause("C-1", 1, veto)
            + &tally("t", &format!("{POINTS}window = \"year\""))
            + "[[ladder]]\nid = \"l\"\nname = { zh = \"等级\", en = \"ladder\" }\nkind = \"penalty\"\nsubjects = [\"team\"]\nselect = \"band\"\non = { tally = \"t\" }\ntier = [\n  { id = \"l0\", name = { zh = \"零\", en = \"zero\" }, less_than = 5 },\n  { id = \"l1\", name = { zh = \"一\", en = \"one\" }, at_least = 5, less_than = 9 },\n  { id = \"l2\", name = { zh = \"二\", en = \"two\" }, at_least = 9 },\n]\n"
    };
    let records = [finding("F1", "a", "2026-10-05", "C-1")];
    let distance = |veto: &str| {
        let books = [book(&rules(veto))];
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assessment.standings[0].distance.graver.as_ref().map(|way| way.points.to_string())
    };
    assert_eq!(distance("").as_deref(), Some("4"));
    assert_eq!(distance("veto = [{ effect = \"down\", ladder = \"l\", tiers = 1 }]"), None);
}

#[test]
fn s9_6_the_first_fall_of_an_index_is_a_crossing_on_a_members_day() {
    let rules = clause("C-1", 30, "")
        + &tally("t", &format!("{POINTS}window = \"month\"\nfull_marks = 100\nfloor = 0"))
        + r#"
[[index]]
id = "i"
name = { zh = "最低", en = "least" }
subjects = ["unit"]
window = "month"
aggregate = "min"
over = "members"
of = [{ tally = "t" }]
[[consequence]]
id = "talk"
name = { zh = "约谈", en = "interview" }
kind = "interview"
decided_by = "office"
[[ladder]]
id = "l"
name = { zh = "等级", en = "grade" }
kind = "grade"
subjects = ["unit"]
select = "band"
judged = "each_record"
on = { index = "i" }
domain = { min = 0, max = 100 }
tier = [
  { id = "good", name = { zh = "好", en = "good" }, at_least = 90 },
  { id = "poor", name = { zh = "差", en = "poor" }, less_than = 90, consequences = ["talk"] },
]
"#;
    let books = [book(&rules)];
    let unit = serde_json::from_str::<Subject>(r#"{"id":"u","kind":"unit","name":{"zh":"部","en":"unit"}}"#);
    let organisation = organisation([team("a", r#","parent":[{"of":"u"}]"#), unit.expect("a subject")]);
    let records = [finding("F1", "a", "2026-10-05", "C-1")];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    assert_eq!(fired(&assess(&request)), ["talk@u/l.poor:2026-10-05"]);
}

#[test]
fn s9_5_a_veto_crosses_on_a_balance_too() {
    let rules = clause("C-1", 1, "")
        + &clause("C-2", 1, "veto = [{ effect = \"worst_tier\", ladder = \"l\" }]")
        + &tally("t", BALANCE)
        + &ladder("l", "tally = \"t\"", 12, "");
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        finding("F2", "a", "2026-10-06", "C-2"),
        finding("F3", "a", "2026-10-07", "C-1"),
    ];
    assert_eq!(fired(&assess(&ask(&books, &records, "2026-10-31"))), ["warn-l@a/l.l-some:2026-10-06"]);
}
