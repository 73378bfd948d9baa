//! Ducha beside general rule engines, beside a program written by hand and beside decimals in hash maps.
//!
//! `cargo bench --manifest-path benches/engines/Cargo.toml`, or with `-- 40` for so many rounds. All must agree on every
//! finding before anything is timed. Prints tables in Markdown; a ratio is how many times as long as ducha it took, the
//! median of the rounds, then the least and the largest.
#![allow(
    clippy::disallowed_types,
    reason = "the idiom that is compared with holds hash maps; no order is seen"
)]

use ahash::AHashMap;
use chrono::Datelike;
use ducha::core::{Points, Quantity};
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::{Columns, Scorer};
use ducha_bench_engines::{
    cel::Cel,
    datalogic::Datalogic,
    once::once,
    rival::{Rival, code, standard},
    zen_expression::ZenExpression,
    zen_graph::{ZenDecisions, ZenLoop, ZenTable},
};
use ducha_benches::{
    kernel::{self, Answer, kernel},
    naive::{Row, naive},
    rounds::{Entrant, Times, rounds},
};
use ducha_examples::standard::{Clause, Finding, Job, rulebook};
use rust_decimal::Decimal;
use std::{collections::HashMap, hint::black_box, time::Duration};

/// How long each engine runs in a round.
const EACH: Duration = Duration::from_millis(20);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let Some((first, others)) = words.split_first()
        && first == "once"
    {
        return once(others);
    }
    let many = words.first().and_then(|word| word.parse().ok()).unwrap_or(25);
    prices(&Job::new(1_000, 120), many);
    jobs(&Job::new(10_000, 120), many);
}

fn scorer(clauses: &[Clause]) -> Scorer {
    let book = Rulebook::read(&Source::new("standard.toml", rulebook(clauses))).expect("a sound rulebook");
    Scorer::compile(&[book]).expect("rules that the engine compiles")
}

fn tell(title: &str, times: &[Times]) {
    println!("\n{title}\n\n| engine | ns, least | ns, median | times ducha |\n|---|---|---|---|");
    for each in times {
        let (least, middle, largest) = each.ratio(&times[0]);
        println!(
            "| {} | {:.1} | {:.1} | {middle:.2} ({least:.2}–{largest:.2}) |",
            each.name,
            each.least(),
            each.median()
        );
    }
}

/// One finding to its deduction, its clause given by code: each engine answers for all findings in turn.
fn prices(job: &Job, many: u32) {
    let (clauses, findings): (_, Vec<Finding>) = (job.clauses(), job.findings().collect());
    let codes: Vec<String> = findings.iter().map(|finding| code(finding.clause)).collect();
    let by_hand: AHashMap<String, Clause> =
        clauses.iter().map(|clause| (code(clause.number), *clause)).collect();
    let expected: Vec<i64> =
        findings.iter().zip(&codes).map(|(finding, code)| price(&by_hand[code], finding)).collect();

    let scorer = scorer(&clauses);
    let asked: Vec<(Quantity, Option<Points>)> = findings
        .iter()
        .map(|finding| {
            let chosen = finding.chosen.map(|tenths| Points::new(Decimal::new(tenths.into(), 1)));
            (finding.quantity.into(), chosen)
        })
        .collect();
    let ducha = |at: usize| {
        let (quantity, chosen) = asked[at];
        scorer.deduction(black_box(&codes[at]), quantity, chosen).expect("a deduction")
    };
    let tenths = 10_i64.pow(scorer.scale() - 1);
    assert!(expected.iter().enumerate().all(|(at, tenth)| ducha(at).value == tenth * tenths));

    let idiom: HashMap<String, Option<Decimal>> = clauses
        .iter()
        .map(|clause| {
            (code(clause.number), clause.range.is_none().then(|| Decimal::new(clause.fixed.into(), 1)))
        })
        .collect();
    let decimals = |at: usize| {
        let (quantity, chosen) = asked[at];
        let each = idiom[&codes[at]].or(chosen.map(Points::decimal)).unwrap_or_default();
        each * quantity.decimal()
    };
    assert!(expected.iter().enumerate().all(|(at, tenth)| decimals(at) == Decimal::new(*tenth, 1)));

    let array = ZenLoop::new(&clauses, &findings);
    assert!(array.prices().iter().zip(&expected).all(|(ours, tenth)| *ours == Decimal::new(*tenth, 1)));

    let all = 0..findings.len();
    let entrants = vec![
        Entrant::new("**ducha**: `Scorer::deduction`", {
            let all = all.clone();
            move || {
                all.clone().for_each(|at| {
                    black_box(ducha(at));
                })
            }
        }),
        Entrant::new("by hand: tenths in a hash map", {
            let all = all.clone();
            let (by_hand, codes, findings) = (&by_hand, &codes, &findings);
            move || {
                all.clone().for_each(|at| {
                    black_box(price(&by_hand[black_box(&codes[at])], &findings[at]));
                });
            }
        }),
        Entrant::new("decimals in a hash map", {
            let all = all.clone();
            move || {
                all.clone().for_each(|at| {
                    black_box(decimals(at));
                })
            }
        }),
        priced::<ZenExpression>(&clauses, &findings, &codes, &expected),
        priced::<Cel>(&clauses, &findings, &codes, &expected),
        priced::<Datalogic>(&clauses, &findings, &codes, &expected),
        priced::<ZenDecisions>(&clauses, &findings, &codes, &expected),
        priced::<ZenTable>(&clauses, &findings, &codes, &expected),
        Entrant::new(ZenLoop::NAME, move || array.prices()),
    ];
    tell(
        "One finding to its deduction, code as text; 120 clauses",
        &rounds(entrants, job.findings, many, EACH),
    );
}

fn price(clause: &Clause, finding: &Finding) -> i64 {
    let each = clause.range.map_or(clause.fixed, |_| finding.chosen.unwrap_or_default());
    i64::from(each) * i64::from(finding.quantity)
}

fn priced<'a, R: Rival + 'a>(
    clauses: &[Clause],
    findings: &'a [Finding],
    codes: &'a [String],
    expected: &[i64],
) -> Entrant<'a> {
    let mut rival = R::new(clauses, findings);
    for (at, tenths) in expected.iter().enumerate() {
        assert_eq!(R::tenths(rival.price(&codes[at], at)), *tenths, "{}: finding {at}", R::NAME);
    }
    Entrant::new(R::NAME, move || {
        for (at, code) in codes.iter().enumerate() {
            black_box(rival.price(black_box(code), at));
        }
    })
}

/// The standard job: what each finding costs, the totals of the months, the tiers.
fn jobs(job: &Job, many: u32) {
    let (clauses, findings): (_, Vec<Finding>) = (job.clauses(), job.findings().collect());
    let columns: kernel::Columns = findings.iter().copied().collect();
    let first = Job::FIRST_DAY.num_days_from_ce();
    let days: Vec<i32> = columns.day.iter().map(|day| first + day.cast_signed()).collect();
    let rows: Vec<Row> = findings.iter().copied().map(Row::from).collect();
    let departments = job.departments as usize;
    let expected = kernel(&columns, &clauses, departments);
    let scorer = scorer(&clauses);
    let given = Columns {
        subjects: job.departments,
        subject: &columns.department,
        clause: &columns.clause,
        day: &days,
        quantity: Some(&columns.quantity),
        points: Some(&columns.chosen),
        points_places: 1,
        ..Columns::default()
    };
    let engine = scorer.assess_columns(&given).expect("sound columns");
    let tenths = 10_i64.pow(engine.places - 1);
    assert!(engine.unscored.is_empty());
    assert!(engine.points.iter().zip(&expected.points).all(|(ours, theirs)| *ours == theirs * tenths));
    let idiom = naive(&rows, &clauses);
    assert_eq!(idiom.len(), expected.totals.len());
    for (cell, (total, tier)) in idiom.values().enumerate() {
        let same = (*total, *tier) == (Decimal::new(expected.totals[cell], 1), expected.tiers[cell].into());
        assert!(same, "decimals in hash maps: cell {cell}");
    }

    let entrants = vec![
        Entrant::new("**ducha**: `Scorer::assess_columns`", || scorer.assess_columns(black_box(&given))),
        Entrant::new("by hand, for this job alone", || kernel(black_box(&columns), &clauses, departments)),
        Entrant::new("decimals in hash maps", || naive(black_box(&rows), &clauses)),
        worked::<ZenExpression>(&clauses, &findings, departments, &expected),
        worked::<Cel>(&clauses, &findings, departments, &expected),
        worked::<Datalogic>(&clauses, &findings, departments, &expected),
        worked::<ZenDecisions>(&clauses, &findings, departments, &expected),
        worked::<ZenTable>(&clauses, &findings, departments, &expected),
    ];
    let title = format!("The standard job, {} findings, {} clauses; a finding", job.findings, job.clauses);
    tell(&title, &rounds(entrants, job.findings, many, EACH));
}

fn worked<'a, R: Rival + 'a>(
    clauses: &'a [Clause],
    findings: &'a [Finding],
    departments: usize,
    expected: &Answer,
) -> Entrant<'a> {
    let mut rival = R::new(clauses, findings);
    let answer = standard(&mut rival, findings, clauses, departments).answer::<R>();
    assert!(answer == *expected, "{}: another answer than by hand", R::NAME);
    Entrant::new(R::NAME, move || standard(&mut rival, black_box(findings), clauses, departments))
}
