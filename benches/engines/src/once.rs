//! One engine, so many turns over 1,000 findings, for tools that count instructions.
//!
//! What a finding takes is the difference of two counts, by which rules and inputs drop out. The bench does it when it is
//! called so; its file is named by `cargo bench --no-run`:
//!
//! ```console
//! $ cargo bench --manifest-path benches/engines/Cargo.toml --no-run
//! $ valgrind --tool=callgrind FILE once price cel 1
//! $ valgrind --tool=callgrind FILE once price cel 11
//! ```

use crate::{
    cel::Cel,
    datalogic::Datalogic,
    rival::{Rival, code, standard},
    zen_expression::ZenExpression,
    zen_graph::{ZenDecisions, ZenTable},
};
use ducha::core::Points;
use ducha::rulebook::{Rulebook, Source};
use ducha::scoring::engine::Scorer;
use ducha_examples::standard::{Finding, Job, rulebook};
use rust_decimal::Decimal;
use std::hint::black_box;

/// Runs what the words say: a job, an engine, a number of turns.
pub fn once(words: &[String]) {
    let [job, engine, turns] = words else {
        return println!("once price|job ducha|zen-expression|cel|datalogic|zen-decisions|zen-table TURNS");
    };
    let turns = turns.parse().expect("a number of turns");
    match (job.as_str(), engine.as_str()) {
        ("price", "ducha") => ducha(turns),
        (job, "zen-expression") => rival::<ZenExpression>(job, turns),
        (job, "cel") => rival::<Cel>(job, turns),
        (job, "datalogic") => rival::<Datalogic>(job, turns),
        (job, "zen-decisions") => rival::<ZenDecisions>(job, turns),
        (job, "zen-table") => rival::<ZenTable>(job, turns),
        _ => println!("no such job of that engine"),
    }
}

const JOB: Job = Job::new(1_000, 120);

fn codes(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| code(finding.clause)).collect()
}

fn ducha(turns: u32) {
    let findings: Vec<Finding> = JOB.findings().collect();
    let codes = codes(&findings);
    let book = Rulebook::read(&Source::new("standard.toml", rulebook(&JOB.clauses())));
    let scorer = Scorer::compile(&[book.expect("a sound rulebook")]).expect("rules that the engine compiles");
    for _ in 0..turns {
        for (finding, code) in findings.iter().zip(&codes) {
            let chosen = finding.chosen.map(|tenths| Points::new(Decimal::new(tenths.into(), 1)));
            black_box(scorer.deduction(black_box(code), finding.quantity.into(), chosen).expect("points"));
        }
    }
}

fn rival<R: Rival>(job: &str, turns: u32) {
    let (clauses, findings): (_, Vec<Finding>) = (JOB.clauses(), JOB.findings().collect());
    let codes = codes(&findings);
    let mut rival = R::new(&clauses, &findings);
    for _ in 0..turns {
        if job == "job" {
            black_box(standard(&mut rival, black_box(&findings), &clauses, JOB.departments as usize));
        } else {
            for (at, code) in codes.iter().enumerate() {
                black_box(rival.price(black_box(code), at));
            }
        }
    }
}
