//! Proofs against counting: what the checks prove of bands and graphs is what trying every value shows.

use super::{annex, named};
use crate::{
    Code, Diagnostic, Pointer, Severity,
    bound::{End, Interval},
    check::{
        bands::{Band, cover, prove, unreachable},
        check,
        reach::Reach,
    },
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{format, string::String, vec, vec::Vec};

fn interval() -> impl Strategy<Value = Interval> {
    let end = || (0_u8..4, -4_i64..24);
    (end(), end()).prop_filter_map("empty", |((a, x), (b, y))| {
        let end = |kind, value: i64| match kind {
            0 => None,
            1 | 2 => Some(End::Included(Decimal::new(value * 5, 1))),
            _ => Some(End::Excluded(Decimal::new(value * 5, 1))),
        };
        Interval::between(end(a, x), end(b, y))
    })
}

/// Bands that cut the line at points, so that sound ones are tried as often as faulty ones.
fn cut() -> impl Strategy<Value = Vec<Interval>> {
    proptest::collection::vec((-4_i64..24, any::<bool>()), 0..4).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.dedup_by_key(|(value, _)| *value);
        let mut bands = Vec::new();
        let mut lower = None;
        for (value, included) in cuts {
            let value = Decimal::new(value * 5, 1);
            let (end, begin) = if included {
                (End::Included(value), End::Excluded(value))
            } else {
                (End::Excluded(value), End::Included(value))
            };
            bands.extend(Interval::between(lower, Some(end)));
            lower = Some(begin);
        }
        bands.extend(Interval::between(lower, None));
        bands
    })
}

fn diagnose(bands: &[Interval], reach: &Reach) -> (Vec<Diagnostic>, bool) {
    let bands: Vec<Band> = bands
        .iter()
        .enumerate()
        .map(|(i, interval)| Band { table: Pointer::root().item(i), interval: *interval })
        .collect();
    let mut out = Vec::new();
    prove(&bands, reach, false, &mut out);
    unreachable(&bands, &[*reach], &mut out);
    (out, cover(&bands, reach))
}

proptest! {
    #[test]
    fn bands_are_proved_exactly_if_every_value_lies_in_one(
        bands in prop_oneof![proptest::collection::vec(interval(), 1..5), cut()],
        step in prop_oneof![Just("0.5"), Just("1"), Just("2.5"), Just("0.1")],
    ) {
        let step = ducha_core::exact::parse(step).unwrap();
        // All bounds above lie within −2 … 12; beyond, nothing changes.
        let (low, high) = (Decimal::from(-5), Decimal::from(15));
        let within = Interval::between(Some(End::Included(low)), Some(End::Included(high))).unwrap();
        let reach = Reach { within, step: Some(step) };
        let mut values = Vec::new();
        let mut value = low;
        while value <= high {
            values.push(value);
            value += step;
        }
        let hits = |value: &Decimal| bands.iter().filter(|band| band.contains(*value)).count();
        let (said, covered) = diagnose(&bands, &reach);
        let has = |code| said.iter().any(|d| d.code == code);
        prop_assert_eq!(has(Code::BandOverlap), values.iter().any(|v| hits(v) > 1));
        prop_assert_eq!(has(Code::BandHole) || has(Code::BandUncovered), values.iter().any(|v| hits(v) == 0));
        prop_assert_eq!(covered, values.iter().all(|v| hits(v) > 0));
        let idle = bands.iter().filter(|band| !values.iter().any(|v| band.contains(*v))).count();
        prop_assert_eq!(said.iter().filter(|d| d.code == Code::BandUnreachable).count(), idle);
        for diagnostic in said.iter().filter(|d| d.severity == Severity::Error) {
            let Some(ducha_core::message::Arg::Number(witness)) = diagnostic.args.get("witness") else {
                return Err(TestCaseError::fail("no witness"));
            };
            prop_assert!(values.contains(witness));
            prop_assert_eq!(hits(witness) > 1, diagnostic.code == Code::BandOverlap);
        }
    }

    #[test]
    fn a_cycle_is_told_exactly_if_an_index_reaches_itself(edges in proptest::collection::vec((0_usize..6, 0_usize..6), 1..12)) {
        let mut tables = String::new();
        for node in 0..6 {
            let of: Vec<String> = edges.iter().filter(|(from, _)| *from == node).map(|(_, to)| format!("{{ index = \"i{to}\" }}")).collect();
            let of = if of.is_empty() { vec![String::from("{ tally = \"t\" }")] } else { of };
            tables.push_str(&format!("[[index]]\n{}\nsubjects = [\"d\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{}]\n", named(&format!("i{node}")).replace(", name", "\nname"), of.join(", ")));
        }
        tables.push_str("[[tally]]\nid = \"t\"\nname = { zh = \"t\", en = \"t\" }\nkind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"d\"]\nwindow = \"month\"\n");
        let mut reaches = [[false; 6]; 6];
        for (from, to) in &edges {
            reaches[*from][*to] = true;
        }
        for via in 0..6 {
            for from in 0..6 {
                for to in 0..6 {
                    reaches[from][to] |= reaches[from][via] && reaches[via][to];
                }
            }
        }
        let cyclic = (0..6).any(|node| reaches[node][node]);
        let told = check(&annex("1", &tables)).iter().any(|d| d.code == Code::Cycle);
        prop_assert_eq!(told, cyclic);
    }
}

#[test]
fn long_chains_and_diamonds_of_indexes_are_followed_without_end_or_recursion() {
    let mut tables = String::from(
        "[[tally]]\nid = \"t\"\nname = { zh = \"t\", en = \"t\" }\nkind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"d\"]\nwindow = \"month\"\n",
    );
    let most = 2_000;
    for node in 0..most {
        // Each index takes the next one twice: as a tree this would have 2^2000 leaves.
        let of = if node + 1 == most {
            String::from("{ tally = \"t\" }")
        } else {
            format!("{{ index = \"i{0}\" }}, {{ index = \"i{0}\" }}", node + 1)
        };
        tables.push_str(&format!(
            "[[index]]\nid = \"i{node}\"\nname = {{ zh = \"i\", en = \"i\" }}\nsubjects = [\"d\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{of}]\n"
        ));
    }
    tables.push_str("[[ladder]]\nid = \"l\"\nname = { zh = \"l\", en = \"l\" }\nkind = \"grade\"\nsubjects = [\"d\"]\nselect = \"band\"\non = { index = \"i0\" }\n");
    tables.push_str(&format!(
        "tier = [{{ {}, at_least = 5 }}, {{ {}, less_than = 5 }}]\n",
        named("a"),
        named("b")
    ));
    assert_eq!(check(&annex("1", &tables)), Vec::new());
}
