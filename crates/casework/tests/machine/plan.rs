//! The plan of inspections and its draws (art. 23).

use crate::campus::{Campus, id};
use chrono::NaiveDate;
use ducha_calendar::{China, WorkCalendar};
use ducha_casework::{
    draw::{DrawFault, Draws, commitment},
    plan::{Matter, Plan, Problem, Recusal, Unit, plan},
};
use ducha_core::{ClassId, Lang, Period, SubjectId, SubjectKindId};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn unit(name: &str, kind: &str, class: Option<&str>) -> Unit {
    Unit {
        id: id(name),
        kind: SubjectKindId::new(kind).unwrap(),
        class: class.map(|class| ClassId::new(class).unwrap()),
    }
}

fn units() -> Vec<Unit> {
    vec![
        unit("dormitory", "department", None),
        unit("canteen", "department", Some("key")),
        unit("office", "office", None),
    ]
}

fn inspectors() -> Vec<SubjectId> {
    ["inspector-1", "inspector-2", "inspector-canteen", "clerk"].map(id).to_vec()
}

fn problems(unit: &str, days: &[&str]) -> Vec<Problem> {
    days.iter().map(|on| Problem { unit: id(unit), on: day(on) }).collect()
}

fn made(
    units: &[Unit],
    problems: &[Problem],
    inspectors: &[SubjectId],
    recusals: &[Recusal],
    seed: &str,
) -> Plan {
    let campus = Campus::new();
    let annex = campus.rules.annex();
    let matter = Matter {
        window: Period::parse("2026-11").unwrap(),
        planning: annex.planning.as_ref().unwrap(),
        inspections: annex.inspection.as_ref().unwrap(),
        units,
        problems,
        inspectors,
        recusals,
        directory: &campus.directory,
        calendar: &China,
    };
    plan(&matter, seed)
}

#[test]
fn the_formula_counts_what_the_rules_declare_and_says_so() {
    // Three months before November begin with August: 31 July no longer counts. The cook's own problems are the canteen's.
    let mut all =
        problems("canteen", &["2026-07-31", "2026-08-01", "2026-09-10", "2026-10-31", "2026-11-01"]);
    all.extend(problems("cook", &["2026-10-02", "2026-10-03", "2026-10-04"]));
    all.extend(problems("dormitory", &["2026-10-01", "2026-10-02"]));
    let plan = made(&units(), &all, &inspectors(), &[], "s");
    let told: Vec<_> = plan.units.iter().map(|unit| (unit.unit.as_str(), unit.text(Lang::En))).collect();
    assert_eq!(
        told,
        [
            (
                "canteen",
                "4 = 1 for every unit + 1 as a key department + 2 for 6 substantiated problems (art. 23)"
                    .to_string()
            ),
            ("dormitory", "1 = 1 for every unit (art. 23)".into()),
        ]
    );
    let many = problems("canteen", &["2026-10-08"; 30]);
    let most = &made(&units(), &many, &inspectors(), &[], "s").units[0];
    assert_eq!((most.inspections, most.at_most), (4, true));
    assert!(most.text(Lang::Zh).contains("以上限为准"));
}

#[test]
fn nobody_is_drawn_who_must_keep_away() {
    let recusals = [
        Recusal { inspector: id("inspector-1"), unit: id("dormitory"), left_on: Some(day("2026-06-10")) },
        Recusal { inspector: id("inspector-2"), unit: id("canteen"), left_on: None },
    ];
    let many =
        [problems("canteen", &["2026-10-08"; 30]), problems("dormitory", &["2026-10-08"; 30])].concat();
    for seed in 0..40 {
        let plan = made(&units(), &many, &inspectors(), &recusals, &seed.to_string());
        let visits =
            |name: &str| plan.units.iter().find(|unit| unit.unit == id(name)).unwrap().visits.clone();
        for visit in visits("canteen").iter().filter(|visit| visit.unannounced) {
            // The canteen's own, who declared to keep away, and the clerk, who is no inspector, leave one.
            assert_eq!(visit.inspectors, [id("inspector-1")]);
            assert_eq!(visit.lacking, 1);
        }
        for visit in visits("dormitory").iter().filter(|visit| visit.unannounced) {
            assert!(!visit.inspectors.contains(&id("inspector-1")), "left less than half a year ago");
            assert_eq!(visit.inspectors.len(), 2);
        }
        let drawn = plan.units.iter().flat_map(|unit| &unit.visits).filter(|visit| visit.unannounced);
        assert_eq!(drawn.count(), 4, "half of eight");
        assert_eq!(plan.draws.verify(), []);
    }
}

#[test]
fn a_published_draw_that_was_touched_is_found_out() {
    let many = problems("canteen", &["2026-10-08"; 30]);
    let plan = made(&units(), &many, &inspectors(), &[], "2026-11");
    let text = serde_json::to_string(&plan.draws).unwrap();
    let read: Draws = serde_json::from_str(&text).unwrap();
    assert_eq!(read.verify(), []);
    let mut seed = read.clone();
    seed.seed = "2026-12".into();
    assert!(matches!(seed.verify()[0], DrawFault::Commitment { .. }));
    let mut other = read.clone();
    other.draws[0].drawn.swap(0, 1);
    assert!(matches!(&other.verify()[..], [DrawFault::Others { .. }]));
    let mut dropped = read.clone();
    let last = dropped.draws.last_mut().unwrap();
    last.candidates.retain(|candidate| candidate.id != last.drawn[0]);
    assert!(matches!(&dropped.verify()[..], [DrawFault::Others { .. }]));
    let mut twice = read;
    let again = twice.draws[0].clone();
    twice.draws.push(again);
    assert!(matches!(&twice.verify()[..], [DrawFault::SameName { .. }]));
    assert_eq!(commitment("2026-11"), plan.draws.commitment);
}

#[test]
fn what_no_notice_covers_is_not_drawn() {
    let campus = Campus::new();
    let annex = campus.rules.annex();
    let matter = Matter {
        window: Period::parse("2027-02").unwrap(),
        planning: annex.planning.as_ref().unwrap(),
        inspections: annex.inspection.as_ref().unwrap(),
        units: &units(),
        problems: &[],
        inspectors: &inspectors(),
        recusals: &[],
        directory: &campus.directory,
        calendar: &China,
    };
    let plan = plan(&matter, "s");
    assert_eq!(plan.unknown_from, Some(day("2027-02-01")));
    let visits = plan.units.iter().flat_map(|unit| &unit.visits).filter(|visit| visit.unannounced);
    assert!(visits.clone().count() > 0 && visits.into_iter().all(|visit| visit.on.is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_what_is_given_is_of_no_account(
        seed in "[a-z0-9 ]{0,12}",
        problems in proptest::collection::vec((0_u32..140, prop_oneof![Just("canteen"), Just("dormitory")]), 0..20),
    ) {
        let start = day("2026-07-20");
        let problems: Vec<Problem> = problems
            .into_iter()
            .map(|(after, unit)| Problem { unit: id(unit), on: start + chrono::Days::new(u64::from(after)) })
            .collect();
        let plan = made(&units(), &problems, &inspectors(), &[], &seed);
        let turned = |mut all: Vec<Problem>| { all.reverse(); all };
        let (mut units, mut inspectors) = (units(), inspectors());
        units.reverse();
        inspectors.reverse();
        prop_assert_eq!(&plan, &made(&units, &turned(problems), &inspectors, &[], &seed));
        for planned in &plan.units {
            let days: Vec<_> = planned.visits.iter().filter_map(|visit| visit.on).collect();
            let apart: std::collections::BTreeSet<_> = days.iter().collect();
            prop_assert_eq!(apart.len(), days.len(), "two visits of one unit on one day");
            for on in days {
                prop_assert!(China.day(on).day().unwrap().is_working());
            }
        }
        prop_assert_eq!(plan.draws.verify(), vec![]);
    }
}
