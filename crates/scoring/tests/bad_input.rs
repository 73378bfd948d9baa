//! Bad input: each wrong row is refused with its reason, the others are scored, and every row is accounted for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking"
)]

mod desk;
#[path = "engine/same.rs"]
mod same;

use desk::{Desk, clause, flat, table, tally};
use serde_json::{Value, json};

fn desk() -> Desk {
    Desk::of(&[
        table("source", "users", "kind = \"user\"\nfull_marks = 100"),
        table("source", "office", "kind = \"office\""),
        flat("FLAT", "2"),
        clause(
            "WHOLE",
            "unit = { name = { zh = \"处\", en = \"place\" }, whole = true }\nprice = { shape = \"per_unit\", points = 1 }",
        ),
        clause("RANGE", "price = { shape = \"range\", min = 1, max = 5 }"),
        clause(
            "LEVEL",
            "price = { shape = \"severity\", levels = [{ id = \"slight\", name = { zh = \"轻\", en = \"slight\" }, points = 1 }] }",
        ),
        clause(
            "RATE",
            "price = { shape = \"rate\", target = 95, better = \"higher\", step = 1, points = 1, part = \"up\" }",
        ),
        clause("SOURCE", "price = { shape = \"by_source\", prices = [{ source = \"users\", points = 3 }] }"),
        clause("PERSON", "applies_to = [\"person\"]\nprice = { shape = \"flat\", points = 1 }"),
        clause("LATE", "from = 2026-11-01\nprice = { shape = \"flat\", points = 1 }"),
        clause(
            "MONEY",
            "price = { shape = \"flat\", points = 1 }\nmoney = { nature = \"contract_penalty\", price = { shape = \"range\", min = 10, max = 50, step = 10 } }",
        ),
        table("award", "PRIZE", "stacking = \"cumulative\"\npoints = 2\napplies_to = [\"person\"]"),
        table("award", "GIFT", "stacking = \"cumulative\"\nmin = 1\nmax = 3"),
        table(
            "award",
            "CUP",
            "stacking = \"highest\"\nlevels = [{ id = \"city\", name = { zh = \"市\", en = \"city\" }, points = 3 }]",
        ),
        tally("score", "window = \"month\"\nfull_marks = 100\nawards = [\"PRIZE\", \"GIFT\", \"CUP\"]"),
    ])
}

/// A finding with other or more keys.
fn finding(keys: Value) -> Value {
    with(json!({ "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "FLAT" }), keys)
}

fn row(kind: &str, keys: Value) -> Value {
    with(json!({ "type": kind, "subject": "u", "occurred_on": "2026-10-12" }), keys)
}

fn with(mut row: Value, keys: Value) -> Value {
    for (key, value) in keys.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

/// Every reason for which a row is refused, with a row that it is for.
fn refused() -> Vec<(&'static str, Value)> {
    vec![
        ("row.clause_unknown", finding(json!({ "clause": "NONE" }))),
        ("row.clause_missing", row("finding", json!({}))),
        ("row.subject_unknown", finding(json!({ "subject": "nobody" }))),
        ("row.subject_absent", finding(json!({ "subject": "late", "occurred_on": "2026-10-09" }))),
        ("row.subject_absent", finding(json!({ "subject": "late", "occurred_on": "2026-12-01" }))),
        ("row.outside_versions", finding(json!({ "occurred_on": "2023-12-31" }))),
        ("row.recorded_before", finding(json!({ "recorded_on": "2026-10-11" }))),
        ("row.source_unknown", finding(json!({ "source": "nobody" }))),
        ("row.quantity_not_positive", finding(json!({ "quantity": "-1" }))),
        ("row.quantity_not_positive", finding(json!({ "quantity": "0" }))),
        ("row.quantity_not_whole", finding(json!({ "clause": "WHOLE", "quantity": "1.5" }))),
        ("row.points_missing", finding(json!({ "clause": "RANGE", "reason": "seen" }))),
        ("row.points_beyond", finding(json!({ "clause": "RANGE", "reason": "seen", "points": "5.5" }))),
        ("row.points_beyond", finding(json!({ "clause": "RANGE", "reason": "seen", "points": "0.5" }))),
        ("row.points_off_step", finding(json!({ "clause": "RANGE", "reason": "seen", "points": "1.3" }))),
        ("row.reason_missing", finding(json!({ "clause": "RANGE", "points": "2" }))),
        ("row.reason_missing", finding(json!({ "clause": "RANGE", "points": "2", "reason": "  " }))),
        ("row.points_fixed", finding(json!({ "points": "3" }))),
        ("row.level_unknown", finding(json!({ "clause": "LEVEL", "severity": "grave" }))),
        ("row.level_missing", finding(json!({ "clause": "LEVEL" }))),
        ("row.source_missing", finding(json!({ "clause": "SOURCE" }))),
        ("row.source_has_no_price", finding(json!({ "clause": "SOURCE", "source": "office" }))),
        ("row.clause_not_applicable", finding(json!({ "clause": "PERSON" }))),
        ("row.clause_not_in_force", finding(json!({ "clause": "LATE" }))),
        ("row.needs_measurement", finding(json!({ "clause": "RATE" }))),
        ("row.money_missing", finding(json!({ "clause": "MONEY" }))),
        ("row.money_beyond", finding(json!({ "clause": "MONEY", "money": "60" }))),
        ("row.money_beyond", finding(json!({ "clause": "MONEY", "money": "15" }))),
        ("row.not_an_indicator", row("measurement", json!({ "clause": "FLAT", "value": "90" }))),
        ("row.measurement_unclear", row("measurement", json!({ "clause": "RATE" }))),
        (
            "row.measurement_unclear",
            row("measurement", json!({ "clause": "RATE", "numerator": "1", "denominator": "0" })),
        ),
        (
            "row.measurement_unclear",
            row("measurement", json!({ "clause": "RATE", "numerator": "-1", "denominator": "2" })),
        ),
        (
            "row.ratio_needs_scale",
            row("measurement", json!({ "clause": "RATE", "numerator": "1", "denominator": "2" })),
        ),
        ("row.rating_beyond", row("rating", json!({ "source": "users", "score": "101" }))),
        ("row.rating_beyond", row("rating", json!({ "source": "users", "score": "-1" }))),
        ("row.award_unknown", row("commendation", json!({ "award": "NONE" }))),
        ("row.award_not_applicable", row("commendation", json!({ "award": "PRIZE" }))),
        ("row.award_points_missing", row("commendation", json!({ "award": "GIFT" }))),
        ("row.award_points_beyond", row("commendation", json!({ "award": "GIFT", "points": "4" }))),
        ("row.award_level_unknown", row("commendation", json!({ "award": "CUP", "level": "world" }))),
        ("row.award_level_missing", row("commendation", json!({ "award": "CUP" }))),
        (
            "row.award_quantity",
            row("commendation", json!({ "award": "GIFT", "points": "2", "quantity": "0" })),
        ),
        ("row.fact_unknown", row("fact", json!({ "fact": "moon_full" }))),
        ("row.clause_unknown", row("inspection", json!({ "inspection": "I1", "not_applicable": ["NONE"] }))),
        ("row.target_unknown", row("revocation", json!({ "revokes": "nothing" }))),
        ("row.target_unknown", row("revocation", json!({ "revokes": "BAD" }))),
        ("row.revokes_nothing", row("revocation", json!({}))),
        ("row.target_unknown", finding(json!({ "supersedes": "nothing" }))),
        (
            "need.overflow",
            finding(
                json!({ "clause": "WHOLE", "quantity": "79228162514264337593543950335", "source": "office" }),
            ),
        ),
    ]
}

#[test]
fn each_wrong_row_is_refused_for_its_reason_and_the_others_are_scored() {
    for (reason, wrong) in refused() {
        if reason == "need.overflow" {
            continue;
        }
        let wrong = with(wrong, json!({ "id": "BAD" }));
        let seen = desk().found("GOOD", "2026-10-12", "FLAT").row(wrong.clone()).as_of("2026-12-31");
        assert_eq!(seen.reason("BAD"), reason, "{wrong}");
        assert_eq!(seen.tally("u", "score", "2026-10"), "98", "{wrong}");
        let account = &seen.0.account;
        assert_eq!((account.given, account.scored, account.refused), (2, 1, 1), "{wrong}");
        assert_eq!(account.rows[0].index, Some(1));
    }
}

#[test]
fn every_reason_is_told_in_both_languages_with_its_facts() {
    for (_, wrong) in refused() {
        let seen = desk().row(with(wrong, json!({ "id": "BAD" }))).as_of("2026-10-31");
        for row in &seen.0.account.rows {
            for lang in [ducha_core::Lang::Zh, ducha_core::Lang::En] {
                let text = row.reason.text(lang);
                assert!(!text.contains('{') && !text.contains('}'), "{text}");
            }
        }
    }
}

#[test]
fn what_is_missing_is_called_missing_and_says_what_there_is() {
    for (wrong, zh, en) in [
        (
            finding(json!({ "clause": "LEVEL" })),
            "条款 LEVEL 按程度扣分，未填程度（可用：slight）",
            "the severity is missing: clause LEVEL is priced by it (it has: slight)",
        ),
        (
            finding(json!({ "clause": "SOURCE" })),
            "条款 SOURCE 按来源定价，未填来源（可用：users）",
            "the source is missing: clause SOURCE is priced by it (it has: users)",
        ),
        (
            row("commendation", json!({ "award": "CUP" })),
            "奖励 CUP 按级别给分，未填级别（可用：city）",
            "the level is missing: award CUP is priced by it (it has: city)",
        ),
        (row("finding", json!({})), "没有写明条款", "no clause is named"),
    ] {
        let seen = desk().row(with(wrong, json!({ "id": "BAD" }))).as_of("2026-10-31");
        let reason = &seen.0.account.rows[0].reason;
        assert_eq!(
            (reason.text(ducha_core::Lang::Zh).as_str(), reason.text(ducha_core::Lang::En).as_str()),
            (zh, en)
        );
    }
}

#[test]
fn rows_of_one_id_count_once_if_equal_and_not_at_all_if_not() {
    let twice = desk().found("A", "2026-10-12", "FLAT").found("A", "2026-10-12", "FLAT").as_of("2026-10-31");
    assert_eq!(
        (twice.reason("A").as_str(), twice.tally("u", "score", "2026-10").as_str()),
        ("row.duplicate", "98")
    );
    let other = desk().found("A", "2026-10-12", "FLAT").found("A", "2026-10-13", "FLAT").found(
        "B",
        "2026-10-13",
        "FLAT",
    );
    let other = other.as_of("2026-10-31");
    assert_eq!(other.reason("A"), "row.conflict row.conflict");
    assert_eq!(other.tally("u", "score", "2026-10"), "98");
}

#[test]
fn an_act_after_the_report_day_is_out_of_scope() {
    let seen = desk().found("A", "2026-10-12", "FLAT").as_of("2026-10-11");
    assert_eq!((seen.reason("A").as_str(), seen.0.account.out_of_scope), ("row.after_report", 1));
}

#[test]
fn what_is_refused_takes_nothing_back() {
    // The correction is wrong, so what it was to correct still stands.
    let wrong = finding(json!({ "id": "NEW", "quantity": "-1", "supersedes": "OLD" }));
    let seen = desk().found("OLD", "2026-10-12", "FLAT").row(wrong).as_of("2026-10-31");
    assert_eq!((seen.reason("NEW").as_str(), seen.reason("OLD").as_str()), ("row.quantity_not_positive", ""));
    assert_eq!(seen.tally("u", "score", "2026-10"), "98");
    // Of two targets one is unknown: the row is refused, and the other target stands.
    let wrong = finding(json!({ "id": "NEW", "revokes": "OLD", "supersedes": "nothing" }));
    let seen = desk().found("OLD", "2026-10-12", "FLAT").row(wrong).as_of("2026-10-31");
    assert_eq!((seen.reason("NEW").as_str(), seen.reason("OLD").as_str()), ("row.target_unknown", ""));
}

#[test]
fn a_revoked_revocation_does_nothing_whatever_the_ids() {
    for (first, second) in [("A", "Z"), ("Z", "A")] {
        let seen = desk()
            .found("F", "2026-10-12", "FLAT")
            .row(row("revocation", json!({ "id": first, "revokes": "F" })))
            .row(row("revocation", json!({ "id": second, "revokes": first })))
            .as_of("2026-10-31");
        assert_eq!(
            (seen.reason("F").as_str(), seen.reason(first).as_str()),
            ("", "row.revoked"),
            "{first} {second}"
        );
        assert_eq!(seen.tally("u", "score", "2026-10"), "98");
    }
}
