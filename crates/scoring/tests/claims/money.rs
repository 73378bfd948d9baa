//! Money of consequences (§18).

use crate::desk::{Desk, Seen, clause, ladder, table, tally};
use ducha_scoring::Outcome;
use serde_json::json;

fn cut() -> [String; 5] {
    [
        clause("F", "price = { shape = \"flat\", points = 30 }"),
        tally("points", "window = \"month\""),
        table(
            "consequence",
            "cut",
            "kind = \"money\"\ndecided_by = \"department_head\"\nmoney = { nature = \"performance_pay\", direction = \"withheld\", formula = { formula = \"fixed\", amount = 2000 }, guards = [{ law = { zh = \"工资支付暂行规定\", en = \"Interim provisions on wage payment\" }, section = \"16\", max_percent = 20, of = \"wage\", keep_at_least = \"minimum_wage\", rounding = { mode = \"down\", to = 0.01 } }] }",
        ),
        ladder(
            "line",
            "penalty",
            "points",
            "",
            &[("none", "less_than = 6"), ("six", "at_least = 6, consequences = [\"cut\"]")],
        ),
        String::new(),
    ]
}

fn wage(id: &str, subject: &str, day: &str, fact: &str, value: &str) -> serde_json::Value {
    json!({ "id": id, "type": "fact", "subject": subject, "occurred_on": day, "fact": fact, "value": value })
}

fn money(seen: &Seen) -> String {
    let fired = seen.0.consequences.iter().find(|f| f.consequence.as_str() == "cut").unwrap();
    match &fired.money.as_ref().unwrap().amount {
        Outcome::Determined(amount) => amount.to_string(),
        Outcome::Undetermined(need) => need.step.template().key.to_string(),
    }
}

#[test]
fn guard_of_a_fifth_of_the_wage() {
    let of = |wage_is: &str, least: &str| {
        let desk = Desk::of(&cut()).on("p", "A", "2026-10-12", "F");
        let desk = desk.row(wage("W", "p", "2026-10-01", "wage", wage_is)).row(wage(
            "M",
            "v",
            "2026-10-01",
            "minimum_wage",
            least,
        ));
        money(&desk.as_of("2026-10-31"))
    };
    assert_eq!(of("20000", "2000"), "2000");
    assert_eq!(of("5000.55", "2000"), "1000.11");
    assert_eq!(of("2500", "2300"), "200");
    assert_eq!(of("2200", "2300"), "0");
}

#[test]
fn undetermined_without_wage() {
    let seen = Desk::of(&cut()).on("p", "A", "2026-10-12", "F").as_of("2026-10-31");
    assert_eq!(money(&seen), "need.fact_missing");
    // A wage recorded after the day is not the wage of the day.
    let late =
        Desk::of(&cut()).on("p", "A", "2026-10-12", "F").row(wage("W", "p", "2026-11-01", "wage", "5000"));
    assert_eq!(money(&late.as_of("2026-11-30")), "need.fact_missing");
}

/// Two findings alone that withhold 600 each, guarded by a fifth of the wage, and one that a contract lets withhold.
fn two_cuts(guards: [&str; 2]) -> Desk {
    let brings = |id: &str, what: &str| {
        clause(id, &format!("price = {{ shape = \"flat\", points = 1 }}\nconsequences = [\"{what}\"]"))
    };
    let cut = |id: &str, nature: &str, keys: &str| {
        table(
            "consequence",
            id,
            &format!(
                "kind = \"money\"\ndecided_by = \"department_head\"\nmoney = {{ nature = \"{nature}\", direction = \"withheld\", formula = {{ formula = \"fixed\", amount = 600 }}, {keys} }}"
            ),
        )
    };
    Desk::of(&[
        brings("C-1", "one"),
        brings("C-2", "two"),
        brings("C-3", "penalty"),
        tally("points", "window = \"month\""),
        cut("one", "performance_pay", guards[0]),
        cut("two", "performance_pay", guards[1]),
        cut("penalty", "contract_penalty", ""),
    ])
    .row(wage("W", "p", "2026-10-01", "wage", "5000"))
    .row(wage("M", "v", "2026-10-01", "minimum_wage", "4300"))
}

const LAW: &str =
    "law = { zh = \"工资支付暂行规定\", en = \"Interim provisions on wage payment\" }, section = \"16\"";

fn fifth() -> String {
    format!(
        "guards = [{{ {LAW}, max_percent = 20, of = \"wage\", rounding = {{ mode = \"down\", to = 0.01 }} }}, {{ {LAW}, keep_at_least = \"minimum_wage\" }}]"
    )
}

/// What each consequence of a person moves, in order: its id and the amount, or the key of what is missing.
fn amounts(seen: &Seen) -> Vec<String> {
    let told = |f: &ducha_scoring::Fired| {
        let amount = match &f.money.as_ref().unwrap().amount {
            Outcome::Determined(amount) => amount.to_string(),
            Outcome::Undetermined(need) => need.step.template().key.to_string(),
        };
        format!("{} {} {amount}", f.consequence, f.on)
    };
    seen.0.consequences.iter().map(told).collect()
}

#[test]
fn what_law_leaves_of_a_months_wage_is_left_once() {
    let guards = fifth();
    let desk = || {
        two_cuts([&guards, &guards])
            .on("p", "A", "2026-10-12", "C-1")
            .on("p", "B", "2026-10-12", "C-3")
            .on("p", "C", "2026-10-31", "C-2")
            .on("p", "D", "2026-11-01", "C-2")
            .on("q", "E", "2026-10-31", "C-3")
    };
    let seen = desk().as_of("2026-11-30");
    // A fifth of 5000 is 1000, and 4300 must be left: 700 in all. A contract's penalty is no wage.
    assert_eq!(
        amounts(&seen),
        [
            "one 2026-10-12 600",
            "penalty 2026-10-12 600",
            "two 2026-10-31 100",
            "penalty 2026-10-31 600",
            "two 2026-11-01 600"
        ]
    );
    let money = seen.0.consequences[2].money.as_ref().unwrap();
    let told: Vec<String> = money
        .derivation
        .walk()
        .filter(|step| step.step.template().key.starts_with("money.guard"))
        .map(|step| step.sentence(ducha_core::Lang::En))
        .collect();
    assert_eq!(
        told,
        [
            "of 5000 at least 4300 must be left in a month, 600 withheld before: 400 → 100 [Interim provisions on wage payment 16]",
            "at most 20 % of 5000 in a month, 600 withheld before: 600 → 400 [Interim provisions on wage payment 16]"
        ]
    );
    // What was withheld earlier in the month counts though another part of the month is asked for.
    let desk = desk();
    let mut request = desk.request();
    request.period = Some(ducha_core::Period::parse("2026-10-20..2026-10-31").unwrap());
    let part = Seen(ducha_scoring::assess(&request));
    assert_eq!(amounts(&part), ["two 2026-10-31 100", "penalty 2026-10-31 600"]);
}

#[test]
fn what_law_leaves_is_unknown_where_what_was_withheld_before_is() {
    let guards = fifth();
    // The wage of q is on record only from the 20th: what the first withholds cannot be known, nor what is left.
    let desk = || {
        two_cuts([&guards, &guards])
            .row(wage("X", "q", "2026-10-20", "wage", "5000"))
            .on("q", "A", "2026-10-12", "C-1")
            .on("q", "B", "2026-10-31", "C-2")
    };
    assert_eq!(
        amounts(&desk().as_of("2026-10-31")),
        ["one 2026-10-12 need.fact_missing", "two 2026-10-31 need.fact_missing"]
    );
    // Neither can it where the records begin within the month.
    let desk = two_cuts([&guards, &guards]).on("p", "A", "2026-10-12", "C-1");
    let mut request = desk.request();
    request.complete_from = Some("2026-10-02".parse().unwrap());
    assert_eq!(amounts(&Seen(ducha_scoring::assess(&request))), ["one 2026-10-12 need.records_incomplete"]);
    request.complete_from = Some("2026-10-01".parse().unwrap());
    assert_eq!(amounts(&Seen(ducha_scoring::assess(&request))), ["one 2026-10-12 600"]);
}

#[test]
fn a_consequence_whose_limit_leans_on_the_next_notice_is_provisional() {
    let told = |day: &str| {
        let seen = Desk::of(&[
            clause("F", "price = { shape = \"flat\", points = 2 }\nconsequences = [\"told\"]"),
            tally("points", "window = \"month\""),
            table("limit", "soon", "length = \"3 working days\"\nroll = \"following\""),
            table("consequence", "told", "kind = \"notice\"\ndecided_by = \"office\"\nwithin = \"soon\""),
        ])
        .on("p", "A", day, "F")
        .as_of("2026-12-31");
        let fired = &seen.0.consequences[0];
        (fired.provisional, fired.due.as_ref().unwrap().on.map(|day| day.to_string()))
    };
    assert_eq!(told("2026-10-12"), (false, Some("2026-10-15".into())));
    assert_eq!(told("2026-12-25"), (true, Some("2026-12-30".into())));
    // What cannot be told is not provisional: it is unknown.
    assert_eq!(told("2026-12-30"), (false, None));
}

/// The last day (and hour) of the consequence of a finding, or why it is unknown, and that of its rectification.
fn hours(length: &str, roll: &str, day: &str, at: Option<&str>) -> (String, String) {
    let mut row = json!({ "id": "A", "type": "finding", "subject": "p", "occurred_on": day, "clause": "F" });
    if let Some(at) = at {
        row["occurred_at"] = json!(at);
    }
    let seen = Desk::of(&[
        clause(
            "F",
            "price = { shape = \"flat\", points = 2 }\nrectify = \"soon\"\nconsequences = [\"told\"]",
        ),
        tally("points", "window = \"month\""),
        table("limit", "soon", &format!("length = \"{length}\"\nroll = \"{roll}\"")),
        table("consequence", "told", "kind = \"notice\"\ndecided_by = \"office\"\nwithin = \"soon\""),
    ])
    .row(row)
    .as_of("2026-12-31");
    let told = |due: &ducha_scoring::assessment::Due| match (due.on, due.at) {
        (Some(on), Some(at)) => format!("{on} {at}"),
        (Some(on), None) => on.to_string(),
        (None, _) => due.derivation.sentence(ducha_core::Lang::En),
    };
    (told(seen.0.consequences[0].due.as_ref().unwrap()), told(seen.0.entries[0].rectify_by.as_ref().unwrap()))
}

#[test]
fn a_limit_in_hours_runs_from_the_time_of_the_record_and_is_unknown_without_one() {
    let both = |text: &str| (text.to_owned(), text.to_owned());
    assert_eq!(hours("24 hours", "none", "2026-09-30", Some("16:30:00")), both("2026-10-01 16:30:00"));
    // Friday at four, eight working hours: an hour and a half on Friday, then over the weekend.
    assert_eq!(hours("8 working hours", "none", "2026-10-16", Some("16:00:00")), both("2026-10-19 16:30:00"));
    let unknown = "soon (24 hours) from 2026-09-30: a limit of 24 hours runs from a moment: give the time of day as well [annex desk 1: limit/soon]";
    assert_eq!(hours("24 hours", "none", "2026-09-30", None), both(unknown));
    // Where days are counted, the hour does not matter.
    assert_eq!(hours("1 calendar days", "none", "2026-09-30", Some("16:30:00")), both("2026-10-01"));
}

#[test]
fn a_last_day_that_is_off_moves_by_any_of_the_five_rolls() {
    let last = |roll: &str, day: &str| hours("3 calendar days", roll, day, None).0;
    // 1 October 2026 is the first of seven days off; the 8th is worked.
    let of = |day: &str| {
        ["following", "modified_following", "day_after_holiday", "preceding", "none"]
            .map(|roll| last(roll, day))
    };
    assert_eq!(of("2026-09-28"), ["2026-10-08", "2026-10-08", "2026-10-08", "2026-09-30", "2026-10-01"]);
    // Saturday 31 October is a plain weekend, and the next working day lies in another month.
    assert_eq!(of("2026-10-28"), ["2026-11-02", "2026-10-30", "2026-10-31", "2026-10-30", "2026-10-31"]);
}
