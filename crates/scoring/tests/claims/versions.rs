//! Versions (§2).

use crate::{
    YEAR, again,
    desk::{Desk, clause, flat, head, ladder, table, tally},
    month,
};

/// Two versions, the second from 2026-10-16.
fn versions(first: &[String], second: &[String]) -> Desk {
    Desk::new(&[
        format!("{}{}", head("1", "2024-01-01", Some("2026-10-16")), first.concat()),
        format!("{}{}", head("2", "2026-10-16", None), second.concat()),
    ])
}

#[test]
fn window_spanning_two_versions_is_judged_by_the_one_in_force_on_its_last_day() {
    let grade = |bound: &str| {
        ladder(
            "grade",
            "grade",
            "score",
            "",
            &[("good", &format!("at_least = {bound}")), ("poor", &format!("less_than = {bound}"))],
        )
    };
    let capped = |max: &str| {
        clause(
            "F",
            &format!(
                "price = {{ shape = \"flat\", points = 3 }}\ncap = {{ max = {max}, window = \"month\", order = \"after_factors\" }}"
            ),
        )
    };
    let seen = versions(&[capped("9"), month(), grade("90")], &[capped("4"), month(), grade("97")])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-10-13", "F")
        .found("C", "2026-10-20", "F")
        .found("D", "2026-09-01", "F")
        .found("E", "2026-09-02", "F")
        .as_of("2026-10-31");
    let points: Vec<_> = ["A", "B", "C", "D", "E"].iter().map(|id| seen.points("u", id).concat()).collect();
    assert_eq!(points, ["3", "1", "0", "3", "3"]);
    assert_eq!(
        (seen.tally("u", "score", "2026-10"), seen.tier("u", "grade", "2026-10")),
        ("96".into(), "poor".into())
    );
    assert_eq!(
        (seen.tally("u", "score", "2026-09"), seen.tier("u", "grade", "2026-09")),
        ("94".into(), "good".into())
    );
}

#[test]
fn a_row_of_windows_judges_each_by_its_own_version() {
    let rules = |bound: &str| {
        let row = table(
            "ladder",
            "row",
            "kind = \"penalty\"\nsubjects = [\"unit\"]\nselect = \"worst_matching\"\ntier = [{ id = \"free\", name = { zh = \"无\", en = \"free\" }, otherwise = true }, { id = \"twice\", name = { zh = \"两\", en = \"twice\" }, when = [{ ladder = \"grade\", tier = \"poor\", windows = 2, out_of = 2, gaps = \"break\" }] }]",
        );
        [
            flat("F", "3"),
            month(),
            ladder(
                "grade",
                "grade",
                "score",
                "",
                &[("good", &format!("at_least = {bound}")), ("poor", &format!("less_than = {bound}"))],
            ),
            row,
        ]
    };
    // 97 is good by the first version, poor by the second: September was good.
    let seen = versions(&rules("90"), &rules("98"))
        .found("A", "2026-09-12", "F")
        .found("B", "2026-10-20", "F")
        .as_of("2026-10-31");
    assert_eq!(
        (seen.tier("u", "grade", "2026-09"), seen.tier("u", "grade", "2026-10")),
        ("good".into(), "poor".into())
    );
    assert_eq!(seen.tier("u", "row", "2026-10"), "free");
}

#[test]
fn renamed_clause_counts_in_scope_through_replaces() {
    let first = [
        again(YEAR, ""),
        clause("OLD", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
        flat("X", "1"),
        tally("part", "window = \"month\"\nscope = { clauses = [\"OLD\"] }"),
    ];
    let second = [
        again(YEAR, ""),
        clause(
            "NEW",
            "price = { shape = \"flat\", points = 3 }\nrecurrence = \"again\"\nreplaces = [\"OLD\"]",
        ),
        flat("X", "1"),
        tally("part", "window = \"month\"\nscope = { clauses = [\"NEW\"] }"),
    ];
    let seen = versions(&first, &second)
        .found("A", "2026-10-12", "OLD")
        .found("B", "2026-10-20", "NEW")
        .found("C", "2026-10-21", "X")
        .as_of("2026-10-31");
    assert_eq!(seen.points("u", "B"), ["6"], "the renamed clause recurs");
    assert_eq!(seen.tally("u", "part", "2026-10"), "8");
}

#[test]
fn retired_tally_closes_with_its_version() {
    let seen =
        versions(&[flat("F", "2"), month(), tally("gone", "window = \"month\"")], &[flat("F", "2"), month()])
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-20", "F")
            .as_of("2026-11-30");
    assert_eq!(seen.tally("u", "gone", "2026-10"), "2");
    assert_eq!(seen.tally("u", "score", "2026-10"), "96");
    assert_eq!(seen.tally("u", "gone", "2026-11"), "none");
}

#[test]
fn transition_close_leaves_old_entries_out() {
    let points = |window: &str| tally("points", &format!("window = {window}"));
    let rule = "[[transition]]\ntally = \"points\"\nrule = \"close\"\n".to_string();
    let carry = rule.replace("close", "carry");
    let with = |rule: String| {
        versions(&[flat("F", "2"), points("\"month\"")], &[flat("F", "2"), points("\"quarter\""), rule])
            .found("A", "2026-10-12", "F")
            .found("B", "2026-10-20", "F")
            .as_of("2026-12-31")
    };
    assert_eq!(with(rule).tally("u", "points", "2026-Q4"), "2");
    assert_eq!(with(carry).tally("u", "points", "2026-Q4"), "4");
}

#[test]
fn a_clause_is_followed_through_all_its_names() {
    let old = |clauses: &str| {
        format!("scope = {{ clauses = [\"{clauses}\"] }}\nwindow = \"year\"\nfull_marks = 100")
    };
    let book = |version: &str, from: &str, until: Option<&str>, tables: &[String]| {
        format!("{}{}", head(version, from, until), tables.concat())
    };
    let renamed = |id: &str, before: &str| {
        clause(id, &format!("replaces = [\"{before}\"]\nprice = {{ shape = \"flat\", points = 2 }}"))
    };
    // Read together they would be refused (RB197: each version lists all earlier names); read one by one they are followed.
    let texts = [
        book("1", "2026-01-01", Some("2026-04-01"), &[flat("A", "2"), tally("year", &old("A"))]),
        book("2", "2026-04-01", Some("2026-07-01"), &[renamed("B", "A"), tally("year", &old("B"))]),
        book("3", "2026-07-01", None, &[renamed("C", "B"), tally("year", &old("C"))]),
    ];
    let mut desk = Desk::of(&[flat("A", "2")]);
    let read = |text: &String| {
        ducha_rulebook::Rulebook::read(&ducha_rulebook::Source::new("one.toml", text.clone()))
    };
    desk.books = texts.iter().map(|text| read(text).unwrap()).collect();
    let seen = desk
        .found("X", "2026-02-01", "A")
        .found("Y", "2026-05-01", "B")
        .found("Z", "2026-08-01", "C")
        .as_of("2026-12-31");
    assert_eq!(seen.tally("u", "year", "2026"), "94");
}
