//! More deduction never means a milder tier: per shape, within one window, for sums. More never costs less.

use crate::generator::{config, read};
use ducha_core::{Points, Record};
use ducha_rulebook::Rulebook;
use ducha_scoring::{Outcome, Request, assess};
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

/// One clause of one shape, with what stands around it, and how a finding of it is filled in.
const SHAPES: [(&str, &str); 16] = [
    ("flat", "price = { shape = \"flat\", points = 2 }"),
    ("per unit", "price = { shape = \"per_unit\", points = 1.5 }"),
    ("begun units", "price = { shape = \"per_unit\", points = 1, per = 2, part = \"up\" }"),
    ("full units", "price = { shape = \"per_unit\", points = 1, per = 2, part = \"down\" }"),
    ("exact units", "price = { shape = \"per_unit\", points = 1, per = 2, part = \"exact\" }"),
    (
        "all or nothing",
        "worth = 8\nprice = { shape = \"all_or_nothing\" }\ncap = { window = \"inspection\", order = \"after_factors\" }",
    ),
    ("range", "price = { shape = \"range\", min = 0.5, max = 5 }"),
    ("range each", "price = { shape = \"range\", min = 0.5, max = 5, per_quantity = true }"),
    (
        "severity",
        "price = { shape = \"severity\", levels = [{ id = \"slight\", name = { zh = \"轻\", en = \"slight\" }, points = 1 }, { id = \"grave\", name = { zh = \"重\", en = \"grave\" }, points = 5 }], per_quantity = true }",
    ),
    (
        "count",
        "price = { shape = \"count\", over = \"finding\", bands = [{ less_than = 3, points = 0.5 }, { at_least = 3, each = 1 }] }",
    ),
    (
        "count of a day",
        "price = { shape = \"count\", over = \"day\", bands = [{ less_than = 3, points = 0.5 }, { at_least = 3, each = 1 }] }",
    ),
    (
        "count of a month",
        "worth = 9\nprice = { shape = \"count\", over = \"month\", bands = [{ less_than = 3, points = 0 }, { at_least = 3, at_most = 8, points = 4 }, { more_than = 8, lose_item = true }] }",
    ),
    ("remark", "price = { shape = \"remark\" }"),
    ("recurring", "price = { shape = \"flat\", points = 2 }\nrecurrence = \"again\""),
    (
        "recurring, capped",
        "price = { shape = \"per_unit\", points = 2 }\nrecurrence = \"again\"\ncap = { max = 7, window = \"month\", order = \"after_factors\" }",
    ),
    (
        "lost item",
        "worth = 9\nprice = { shape = \"flat\", points = 2 }\nveto = [{ effect = \"lose_item\", at_least = 3 }]\ncap = { window = \"inspection\", order = \"after_factors\" }",
    ),
];

fn text(clause: &str) -> String {
    let name = "name = { zh = \"名\", en = \"name\" }";
    let recurrence = if clause.contains("recurrence") {
        "[[recurrence]]\nid = \"again\"\ncounts = \"inspections\"\nkey = [\"subject\", \"clause\"]\nwindow = { rolling = \"12 months\", last_day = \"included\" }\nfactors = [1, 2, 3]\n"
    } else {
        ""
    };
    format!(
        "format = 1\n[rulebook]\nid = \"m\"\nversion = \"1\"\ntitle = {{ zh = \"试\", en = \"Trial\" }}\nstatus = \"draft\"\nfrom = 2026-01-01\npoint_step = 0.5\ncalendar = \"cn\"\n\
         {recurrence}[[clause]]\nid = \"C\"\n{name}\naspect = \"rules\"\n{clause}\n\
         [[tally]]\nid = \"score\"\n{name}\nkind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"unit\"]\nwindow = \"month\"\nfull_marks = 100\nfloor = 0\n\
         [[ladder]]\nid = \"grade\"\n{name}\nkind = \"grade\"\nsubjects = [\"unit\"]\nselect = \"band\"\non = {{ tally = \"score\" }}\ntier = [\n\
         {{ id = \"t0\", {name}, at_least = 95 }}, {{ id = \"t1\", {name}, at_least = 90, less_than = 95 }}, {{ id = \"t2\", {name}, at_least = 80, less_than = 90 }}, {{ id = \"t3\", {name}, less_than = 80 }} ]\n"
    )
}

static BOOKS: LazyLock<Vec<Vec<Rulebook>>> = LazyLock::new(|| {
    SHAPES
        .iter()
        .map(|(name, clause)| read(&[text(clause)]).unwrap_or_else(|told| panic!("{name}: {told}")))
        .collect()
});

#[derive(Debug, Clone)]
struct Found {
    day: u32,
    quantity: u32,
    points: usize,
    inspection: usize,
}

fn found() -> impl Strategy<Value = Found> {
    (1_u32..5, 1_u32..7, 0_usize..4, 0_usize..3).prop_map(|(day, quantity, points, inspection)| Found {
        day,
        quantity,
        points,
        inspection,
    })
}

fn record(at: usize, found: &Found, shape: usize) -> Record {
    let mut value = json!({
        "id": format!("F{at}"), "type": "finding", "subject": "u", "clause": "C", "quantity": found.quantity,
        "occurred_on": format!("2026-10-{:02}", found.day),
    });
    if SHAPES[shape].0.starts_with("range") {
        value["points"] = json!(["0.5", "1", "2.5", "5"][found.points]);
        value["reason"] = json!("seen");
    }
    if SHAPES[shape].0 == "severity" {
        value["severity"] = json!(["slight", "grave"][found.points % 2]);
    }
    if found.inspection > 0 {
        value["inspection"] = json!(format!("I{}-{}", found.day, found.inspection));
    }
    serde_json::from_value(value).unwrap()
}

/// The score of the month and the place of its tier.
fn outcome(shape: usize, found: &[Found]) -> (Points, usize) {
    let records: Vec<Record> = found.iter().enumerate().map(|(at, one)| record(at, one, shape)).collect();
    let mut request = Request::new(&BOOKS[shape], &records);
    request.as_of = Some("2026-10-31".parse().unwrap());
    let assessment = assess(&request);
    assert_eq!(assessment.account.refused, 0, "{}: {:?}", SHAPES[shape].0, assessment.account.rows);
    let value = *assessment.tallies[0].value.value().unwrap();
    let Outcome::Determined(tier) = &assessment.standings[0].tier else { panic!("no tier") };
    (value, tier.as_str()[1..].parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases * 4, ..config() })]

    #[test]
    fn one_more_finding_never_means_a_milder_tier(
        shape in 0..SHAPES.len(),
        before in prop::collection::vec(found(), 1..8),
        more in found(),
    ) {
        let (value, place) = outcome(shape, &before);
        let mut after = before.clone();
        after.push(more);
        let (less, graver) = outcome(shape, &after);
        prop_assert!(less <= value, "{}: {} became {}", SHAPES[shape].0, value, less);
        prop_assert!(graver >= place, "{}: t{} became t{}", SHAPES[shape].0, place, graver);
    }

    #[test]
    fn a_higher_quantity_never_costs_less(
        shape in 0..SHAPES.len(),
        before in prop::collection::vec(found(), 1..6),
        which in any::<prop::sample::Index>(),
    ) {
        let mut after = before.clone();
        after[which.index(before.len())].quantity += 1;
        let (value, place) = outcome(shape, &before);
        let (less, graver) = outcome(shape, &after);
        prop_assert!(less <= value, "{}: {} became {}", SHAPES[shape].0, value, less);
        prop_assert!(graver >= place);
    }
}
