//! Caps (§4.5).

use crate::{
    YEAR, again,
    desk::{Desk, clause, flat, head, table},
    month,
};
use serde_json::json;

#[test]
fn capped_after_doubling_unless_declared() {
    let rules = |order: &str| {
        [
            again(YEAR, ""),
            clause(
                "F",
                &format!(
                    "price = {{ shape = \"flat\", points = 4 }}\nrecurrence = \"again\"\ncap = {{ max = 5, window = \"day\", order = \"{order}\" }}"
                ),
            ),
            month(),
        ]
    };
    let second = |order| {
        Desk::of(&rules(order))
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-13", "F")
            .as_of("2026-10-31")
            .points("u", "B")
    };
    assert_eq!(second("after_factors"), ["5"]);
    assert_eq!(second("before_factors"), ["8"]);
}

#[test]
fn a_clause_and_a_cap_of_one_name_are_two() {
    let seen = Desk::of(&[
        clause("X", "price = { shape = \"flat\", points = 4 }\ncap = { max = 4, window = \"month\", order = \"after_factors\" }"),
        flat("Y", "3"),
        table("cap", "X", "scope = { clauses = [\"Y\"] }\nmax = 3\nwindow = \"month\"\norder = \"after_factors\""),
        month(),
    ])
    .found("A", "2026-10-12", "X")
    .found("B", "2026-10-12", "Y")
    .as_of("2026-10-31");
    assert_eq!(
        (seen.points("u", "A"), seen.points("u", "B")),
        (vec!["4".to_string()], vec!["3".to_string()])
    );
}

#[test]
fn a_finding_in_no_term_does_not_spoil_one_in_a_term() {
    let term = "[[rulebook.term]]\nid = \"autumn\"\nname = { zh = \"秋\", en = \"autumn\" }\nfrom = 2026-09-01\nuntil = 2027-01-20\n";
    let text = format!(
        "{}{term}{}{}",
        head("1", "2024-01-01", None),
        clause(
            "F",
            "price = { shape = \"flat\", points = 2 }\ncap = { max = 3, window = \"term\", order = \"after_factors\" }"
        ),
        month()
    );
    let seen = Desk::new(&[text])
        .found("A", "2026-08-15", "F")
        .found("B", "2026-10-12", "F")
        .found("C", "2026-10-13", "F")
        .as_of("2026-10-31");
    assert_eq!(
        (seen.points("u", "B"), seen.points("u", "C")),
        (vec!["2".to_string()], vec!["1".to_string()])
    );
    // Between terms no window of the cap lies: the act is scored all the same, and not trimmed (semantics §4.5).
    assert_eq!(seen.points("u", "A"), ["2"]);
}

#[test]
fn of_an_item_that_is_lost_nothing_is_left_for_the_next_finding() {
    let item = |keys: &str| {
        clause(
            "F",
            &format!(
                "worth = 10\nprice = {{ shape = \"severity\", levels = [{{ id = \"low\", name = {{ zh = \"低\", en = \"low\" }}, points = 2 }}, {{ id = \"high\", name = {{ zh = \"高\", en = \"high\" }}, points = 4 }}] }}\nveto = [{{ effect = \"lose_item\", severity = \"high\" }}]\n{keys}"
            ),
        )
    };
    let found = |id: &str, severity: &str, inspection: &str| json!({ "id": id, "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "F", "severity": severity, "inspection": inspection });
    let points = |keys: &str| {
        let seen = Desk::of(&[item(keys), month()])
            .row(found("A", "low", "I1"))
            .row(found("B", "high", "I1"))
            .row(found("C", "low", "I1"))
            .row(found("D", "low", "I2"))
            .as_of("2026-10-31");
        (["A", "B", "C", "D"].map(|id| seen.points("u", id).concat()), seen.tally("u", "score", "2026-10"))
    };
    // The item is lost in its inspection; another inspection is another item.
    assert_eq!(points(""), (["2", "8", "0", "2"].map(String::from), "88".into()));
    // With a cap, in the cap's window.
    let cap = "cap = { max = 10, window = \"month\", order = \"after_factors\" }";
    assert_eq!(points(cap), (["2", "8", "0", "0"].map(String::from), "90".into()));
}

#[test]
fn an_exact_share_of_a_unit_is_reckoned_with_exactly() {
    let points = |quantity: &str, each: &str| {
        let seen = Desk::of(&[
            clause("F", &format!("unit = {{ name = {{ zh = \"米\", en = \"metre\" }}, whole = false }}\nprice = {{ shape = \"per_unit\", points = {each}, per = 8, part = \"exact\" }}")),
            month(),
        ])
        .row(json!({ "id": "A", "type": "finding", "subject": "u", "occurred_on": "2026-10-12", "clause": "F", "quantity": quantity }))
        .as_of("2026-10-31");
        seen.points("u", "A").concat()
    };
    // By metres at so many points each eight; where a share could have no end, `check` refuses the rule (RB137).
    assert_eq!(points("1", "1.5"), "0.1875");
    assert_eq!(points("4", "1.5"), "0.75");
}
