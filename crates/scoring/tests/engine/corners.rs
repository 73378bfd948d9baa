//! Corners that random worlds hardly reach: each is a small world in which one rule alone decides, asked as of several days.
//!
//! The desk holds the engine against the reference whenever it is asked; the value beside it says which of them is right.

use crate::desk::{Desk, clause, flat, head, ladder, notice, table, tally};
use serde_json::json;

const YEAR: &str = "{ rolling = \"12 months\", last_day = \"excluded\" }";

/// The organisation of the desk, with a line for `u`.
fn with_a_line(mut desk: Desk) -> Desk {
    let subjects = desk.organisation.subjects().map(|subject| {
        let mut value = serde_json::to_value(subject).unwrap();
        if subject.id.as_str() == "u" {
            value["line"] = json!("cleaning");
        }
        serde_json::from_value::<ducha_core::Subject>(value).unwrap()
    });
    desk.organisation = ducha_core::Organisation::new(subjects.collect::<Vec<_>>()).unwrap();
    desk
}

/// What is found after a later version has retired a tally does not count in it any more, though its window goes on.
#[test]
fn a_tally_that_is_retired_counts_nothing_that_comes_later() {
    let (change, rules) = ("2026-10-15", flat("F", "2"));
    let first = [
        head("1", "2024-01-01", Some(change)),
        rules.clone(),
        tally("year", "window = \"year\""),
        tally("rolling", &format!("window = {YEAR}")),
        tally("month", "window = \"month\""),
    ];
    let second = [head("2", change, None), rules, tally("month", "window = \"month\"")];
    let desk = Desk::new(&[first.concat(), second.concat()])
        .found("A", "2026-10-12", "F")
        .found("B", "2026-10-15", "F")
        .found("C", "2026-12-01", "F");
    for day in ["2026-10-14", "2026-10-15", "2026-10-31", "2026-12-31"] {
        let seen = desk.as_of(day);
        assert_eq!(seen.tally("u", "year", "2026"), "2", "as of {day}");
        // A rolling window is as of a day, and on that day nobody has the tally.
        let rolling = if day < change { "2" } else { "none" };
        assert_eq!(seen.tally("u", "rolling", ""), rolling, "as of {day}");
    }
    assert_eq!(desk.as_of("2026-12-31").tally("u", "month", "2026-12"), "2");
}

/// What passes on after a window's end stays in the window where it was; what passes on within it goes along.
#[test]
fn a_succession_after_a_windows_end_leaves_the_window_as_it_is() {
    let passes = |on: &str| {
        let to = json!({ "id": "S", "type": "fact", "subject": "u", "occurred_on": on, "fact": "succeeded_by", "other": "v" });
        Desk::of(&[
            flat("F", "2"),
            tally("month", "window = \"month\"\ninherit = true"),
            tally("ever", "window = \"ever\"\ninherit = true"),
        ])
        .found("A", "2026-10-12", "F")
        .row(to)
        .found("B", "2026-11-20", "F")
    };
    let of = |desk: &Desk, tally: &str, window: &str| {
        let seen = desk.as_of("2026-11-30");
        (seen.tally("u", tally, window), seen.tally("v", tally, window))
    };
    let later = passes("2026-11-05");
    assert_eq!(of(&later, "month", "2026-10"), ("2".into(), "0".into()));
    assert_eq!(of(&later, "month", "2026-11"), ("2".into(), "0".into()));
    assert_eq!(of(&later, "ever", ""), ("2".into(), "2".into()));
    assert_eq!(of(&passes("2026-10-31"), "month", "2026-10"), ("0".into(), "2".into()));
}

/// A rating of a section, or of another line than the subject's own, speaks of a part and not of the whole.
#[test]
fn a_rating_of_a_part_is_not_one_of_the_whole() {
    let n = "name = { zh = \"词\", en = \"word\" }";
    let words = format!(
        "[[line]]\nid = \"cleaning\"\n{n}\n[[line]]\nid = \"meals\"\n{n}\n[[section]]\nid = \"S1\"\n{n}\nline = \"cleaning\"\n[[source]]\nid = \"users\"\n{n}\nkind = \"user\"\nfull_marks = 100\n"
    );
    let index = table(
        "index",
        "users",
        "subjects = [\"unit\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{ rating = \"users\", rounding = { mode = \"half_up\", to = 0.01 } }]",
    );
    let rating = |id: &str, subject: &str, score: &str, part: &str, of: &str| {
        let mut row = json!({ "id": id, "type": "rating", "subject": subject, "occurred_on": "2026-10-12", "source": "users", "score": score });
        if !part.is_empty() {
            row[part] = json!(of);
        }
        row
    };
    let of_u = |desk: Desk| {
        let seen = desk.as_of("2026-10-31");
        let index = seen.0.indexes.iter().find(|index| index.subject.as_str() == "u").unwrap();
        index.value.value().map(ToString::to_string)
    };
    let whole = || {
        with_a_line(Desk::of(&[
            flat("F", "2"),
            tally("month", "window = \"month\""),
            words.clone(),
            index.clone(),
        ]))
        .row(rating("A", "u", "80", "", ""))
    };
    assert_eq!(of_u(whole()).as_deref(), Some("80"));
    assert_eq!(of_u(whole().row(rating("B", "u", "20", "section", "S1"))).as_deref(), Some("80"));
    assert_eq!(of_u(whole().row(rating("B", "u", "20", "line", "meals"))).as_deref(), Some("80"));
    assert_eq!(of_u(whole().row(rating("B", "u", "20", "line", "cleaning"))).as_deref(), Some("50"));
    // A subject without a line has no line of its own.
    let of_v = whole().row(rating("B", "v", "20", "line", "cleaning"));
    let seen = of_v.as_of("2026-10-31");
    let index = seen.0.indexes.iter().find(|index| index.subject.as_str() == "v").unwrap();
    assert!(index.value.value().is_none());
}

/// A clause that is not in force on any day of the window is not attainable in it.
#[test]
fn a_clause_is_attainable_where_it_is_in_force_within_the_window() {
    let worth = |id: &str, keys: &str| {
        clause(id, &format!("worth = 10\nprice = {{ shape = \"flat\", points = 5 }}\n{keys}"))
    };
    let index = table(
        "index",
        "rate",
        "subjects = [\"unit\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{ tally = \"month\" }]\nnormalise = { to = 100, rounding = { mode = \"half_up\", to = 0.01 } }",
    );
    let desk = Desk::of(&[
        worth("F", ""),
        worth("OVER", "until = 2026-10-01"),
        worth("ENDS", "until = 2026-10-02"),
        worth("BEGINS", "from = 2026-10-31"),
        worth("LATER", "from = 2026-11-01"),
        tally("month", "window = \"month\""),
        index,
    ])
    .found("A", "2026-10-12", "F");
    let rate = |month: &str| {
        let seen = desk.as_of("2026-12-31");
        let mut asked = desk.request();
        asked.period = Some(ducha_core::Period::parse(month).unwrap());
        crate::same::same_as_the_reference(&asked).unwrap();
        let of = |index: &&ducha_scoring::assessment::IndexStanding| {
            index.subject.as_str() == "u" && index.window.text() == month
        };
        let index = seen.0.indexes.iter().find(of).unwrap();
        index.value.value().map(ToString::to_string)
    };
    // 25 of 30: one that ends on the 1st and one that begins on the 31st are in force within October.
    assert_eq!(rate("2026-10").as_deref(), Some("83.33"));
}

/// What a clearing has used counts for no other: the training of the first does not clear the second.
#[test]
fn a_second_clearing_asks_for_its_facts_anew() {
    let told = |id: &str, day: &str, fact: &str, about: Option<&str>| {
        let mut row = json!({ "id": id, "type": "fact", "subject": "u", "occurred_on": day, "fact": fact });
        if let Some(about) = about {
            row["refers_to"] = json!(about);
        }
        row
    };
    for asks in ["", "ladder = \"points\", tier = \"six\", "] {
        let balance = table(
            "tally",
            "balance",
            &format!(
                "kind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"unit\", \"person\"]\nwindow = \"ever\"\nclear = [{{ {asks}facts = [\"training_passed\"], all_settled_by = \"fine_paid\" }}]"
            ),
        );
        let bands = [("under", "less_than = 6"), ("six", "at_least = 6")];
        let desk = Desk::of(&[
            flat("F", "6"),
            balance,
            ladder("points", "penalty", "balance", "", &bands),
            flat("G", "3"),
        ])
        .found("A", "2026-03-01", "F")
        .row(told("T1", "2026-03-05", "training_passed", None))
        .row(told("P1", "2026-03-10", "fine_paid", Some("A")))
        .found("B", "2026-05-01", "F")
        .row(told("P2", "2026-05-10", "fine_paid", Some("B")));
        let held = |desk: &Desk, day: &str| desk.as_of(day).tally("u", "balance", "");
        assert_eq!(held(&desk, "2026-03-09"), "6");
        assert_eq!(held(&desk, "2026-03-10"), "0");
        assert_eq!(held(&desk, "2026-05-31"), "6", "{asks}");
        let desk = desk.row(told("T2", "2026-06-01", "training_passed", None));
        assert_eq!(held(&desk, "2026-05-31"), "6");
        assert_eq!(held(&desk, "2026-06-30"), "0");
        // Nor does a tier that was reached before the last clearing.
        let desk = desk
            .found("C", "2026-08-01", "G")
            .row(told("P3", "2026-08-10", "fine_paid", Some("C")))
            .row(told("T3", "2026-08-11", "training_passed", None));
        let left = if asks.is_empty() { "0" } else { "3" };
        assert_eq!(held(&desk, "2026-08-31"), left, "{asks}");
    }
}

/// What the end of a window brings has no record: a balance of such consequences, a tier of that balance, what it brings, and a
/// tally of that are told alike; and facts that settle them name the consequence.
#[test]
fn consequences_of_windows_ends_add_up_to_others() {
    let counts = |id: &str, kind: &str, what: &str, window: &str, keys: &str| {
        table(
            "tally",
            id,
            &format!(
                "kind = \"{kind}\"\nmeasure = \"consequences\"\nsubjects = [\"unit\", \"person\"]\nwindow = {window}\nconsequences = [\"{what}\"]\n{keys}"
            ),
        )
    };
    let grades = [("good", "less_than = 2"), ("poor", "at_least = 2, consequences = [\"told\"]")];
    let strikes = [("few", "less_than = 1"), ("many", "at_least = 1, consequences = [\"banned\"]")];
    let sums = [("none", "less_than = 1"), ("some", "at_least = 1, consequences = [\"listed\"]")];
    let cleared = "clear = [{ facts = [\"fine_paid\"], all_settled_by = \"fine_paid\" }]";
    for (window, keys) in [
        (YEAR, ""),
        (YEAR, cleared),
        ("{ cycle = \"12 months\", anchor = \"hired\" }", "carry = { unless = \"fine_paid\" }"),
        ("\"ever\"", cleared),
    ] {
        let desk = Desk::of(&[
            flat("F", "2"),
            notice("told"),
            notice("banned"),
            notice("listed"),
            tally("month", "window = \"month\""),
            ladder("grade", "grade", "month", "", &grades),
            counts("strikes", "balance", "told", window, keys),
            ladder("strikes", "penalty", "strikes", "", &strikes),
            counts("bans", "sum", "banned", YEAR, ""),
            ladder("bans", "penalty", "bans", "", &sums),
            counts("banned", "balance", "banned", window, keys),
        ])
        .on("p", "A", "2025-10-12", "F")
        .on("p", "B", "2025-11-12", "F")
        .on("p", "C", "2026-02-12", "F")
        .row(json!({ "id": "P", "type": "fact", "subject": "p", "occurred_on": "2025-12-01", "fact": "fine_paid", "refers_to": "told" }))
        .row(json!({ "id": "Q", "type": "fact", "subject": "v", "occurred_on": "2025-10-31", "fact": "fine_paid", "refers_to": "told" }))
        .row(json!({ "id": "R", "type": "fact", "subject": "p", "occurred_on": "2026-02-28", "fact": "fine_paid", "refers_to": "banned" }));
        for day in
            ["2025-10-31", "2025-11-30", "2025-12-01", "2025-12-31", "2026-01-01", "2026-02-28", "2026-12-31"]
        {
            desk.as_of(day);
        }
        let seen = desk.as_of("2025-10-31");
        assert_eq!(seen.tally("p", "strikes", ""), "1", "{window} {keys}");
        assert_eq!(seen.fired("p", "banned"), ["2025-10-31"], "{window} {keys}");
        assert_eq!(seen.tally("p", "bans", ""), "1", "{window} {keys}");
    }
}
