//! Random rulebooks of what the engine compiles.

use proptest::prelude::*;
use std::fmt::Write;

const HEAD: &str = r#"format = 1
[rulebook]
id = "engine"
version = "1"
title = { zh = "随机", en = "Random" }
status = "draft"
from = 2024-01-01
until = 2025-02-20
point_step = 0.1
calendar = "every_day"
"#;

fn tenths(n: u32) -> String {
    format!("{}.{}", n / 10, n % 10)
}

fn price() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..40_u32).prop_map(|p| format!("price = {{ shape = \"flat\", points = {} }}", tenths(p))),
        (1..40_u32).prop_map(|p| format!("price = {{ shape = \"per_unit\", points = {} }}", tenths(p))),
        (1..20_u32, 1..20_u32, 1..4_u32, any::<bool>()).prop_map(|(min, steps, step, per)| format!(
            "price = {{ shape = \"range\", min = {}, max = {}, step = {}, per_quantity = {per} }}",
            tenths(min),
            tenths(min + steps * step),
            tenths(step)
        )),
        Just("price = { shape = \"all_or_nothing\" }".into()),
        Just("price = { shape = \"remark\" }".into()),
    ]
}

fn civil() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["\"day\"", "\"week\"", "\"month\"", "\"quarter\"", "\"half_year\"", "\"year\""])
}

fn any_window() -> impl Strategy<Value = String> {
    let rolling = (1..40_u32, 0..4_usize, any::<bool>()).prop_map(|(length, unit, included)| {
        let length = if unit > 1 { length % 3 + 1 } else { length };
        let unit = ["calendar days", "weeks", "months", "years"][unit];
        let last_day = if included { "included" } else { "excluded" };
        format!("{{ rolling = \"{length} {unit}\", last_day = \"{last_day}\" }}")
    });
    prop_oneof![3 => rolling, 2 => civil().prop_map(String::from), 1 => Just("\"ever\"".into())]
}

fn recurrence() -> impl Strategy<Value = String> {
    let factor = prop::sample::select(vec!["1", "2", "1.5", "0.5", "3", "1.25"]);
    (any_window(), prop::collection::vec(factor, 1..5), any::<bool>(), any::<bool>()).prop_map(
        |(window, factors, remarks, inspections)| {
            let counts = if inspections { "inspections" } else { "findings" };
            let factors = factors.join(", ");
            format!(
                "counts = \"{counts}\"\nkey = [\"subject\", \"clause\"]\nwindow = {window}\nfactors = [{factors}]\ncount_remarks = {remarks}\n"
            )
        },
    )
}

/// A clause, but for its id: price, recurrence, cap, veto, whole units or not.
fn clause() -> impl Strategy<Value = String> {
    let ceiling_window = prop_oneof![4 => civil().prop_map(String::from), 1 => Just("\"ever\"".into())];
    let cap = (1..80_u32, ceiling_window, any::<bool>());
    let veto = (1..4_u32, 0..2_u32);
    (
        price(),
        prop::option::of(0..2_usize),
        prop::option::of(cap),
        prop::option::weighted(0.2, veto),
        any::<bool>(),
    )
        .prop_map(|(price, policy, cap, veto, whole)| {
            let mut text = format!("aspect = \"conduct\"\nworth = 5\n{price}\n");
            if let Some(policy) = policy {
                let _ = writeln!(text, "recurrence = \"again-{policy}\"");
            }
            if let Some((max, window, before)) = cap {
                let order = if before { "before_factors" } else { "after_factors" };
                let _ = writeln!(
                    text,
                    "cap = {{ max = {}, window = {window}, order = \"{order}\" }}",
                    tenths(max)
                );
            }
            if let Some((least, ladder)) = veto {
                let _ = writeln!(
                    text,
                    "veto = [{{ effect = \"worst_tier\", ladder = \"ladder-{ladder}\", at_least = {least} }}]"
                );
            }
            let _ = writeln!(text, "unit = {{ name = {{ zh = \"处\", en = \"place\" }}, whole = {whole} }}");
            text
        })
}

/// A tally and a ladder on it.
fn tally(number: usize) -> impl Strategy<Value = String> {
    let bounds = (prop::option::of(20..100_u32), prop::option::of(1..20_u32), prop::option::of(20..60_u32));
    (civil(), any::<bool>(), bounds, prop::option::of(0..6_u32), 1..15_u32, 1..15_u32).prop_map(
        move |(window, findings, (full, floor, most), only, first, more)| {
            // Findings are counted from nothing on.
            let full = full.filter(|_| !findings);
            let measure = if findings { "findings" } else { "points" };
            let mut text = format!(
                "[[tally]]\nid = \"tally-{number}\"\nname = {{ zh = \"累计{number}\", en = \"Tally {number}\" }}\nkind = \"sum\"\nmeasure = \"{measure}\"\nsubjects = [\"any\"]\nwindow = {window}\n"
            );
            for (key, value) in [("full_marks", full), ("floor", floor.filter(|_| full.is_some())), ("max_deduction", most)] {
                if let Some(value) = value {
                    let _ = writeln!(text, "{key} = {value}");
                }
            }
            if let Some(only) = only {
                let _ = writeln!(text, "scope = {{ clauses = [\"C{only}\", \"C0\"] }}");
            }
            // Full marks fall, so the best tier is the highest; added points rise.
            let cuts = [first, first + more];
            let (low, middle, high) = (
                format!("less_than = {}", cuts[0]),
                format!("at_least = {}\nless_than = {}", cuts[0], cuts[1]),
                format!("at_least = {}", cuts[1]),
            );
            let order = if full.is_some() { [high, middle, low] } else { [low, middle, high] };
            let _ = write!(
                text,
                "[[ladder]]\nid = \"ladder-{number}\"\nname = {{ zh = \"档次\", en = \"Ladder\" }}\nkind = \"penalty\"\nsubjects = [\"any\"]\nselect = \"band\"\non = {{ tally = \"tally-{number}\" }}\n"
            );
            for (place, bounds) in order.iter().enumerate() {
                let _ = writeln!(text, "[[ladder.tier]]\nid = \"L{number}-{place}\"\nname = {{ zh = \"档\", en = \"Tier\" }}\n{bounds}");
            }
            text
        },
    )
}

/// The text of a rulebook.
pub(crate) fn rules() -> impl Strategy<Value = String> {
    let recurrences = (recurrence(), recurrence());
    let clauses = prop::collection::vec(clause(), 6);
    (recurrences, clauses, tally(0), tally(1)).prop_map(|((first, second), clauses, one, two)| {
        let mut text = String::from(HEAD);
        for (number, body) in [first, second].iter().enumerate() {
            let _ = writeln!(text, "[[recurrence]]\nid = \"again-{number}\"\n{body}");
        }
        for (number, body) in clauses.iter().enumerate() {
            let _ = writeln!(
                text,
                "[[clause]]\nid = \"C{number}\"\nname = {{ zh = \"条款{number}\", en = \"Clause {number}\" }}\n{body}"
            );
        }
        text + &one + &two
    })
}
