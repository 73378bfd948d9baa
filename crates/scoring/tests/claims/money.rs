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
