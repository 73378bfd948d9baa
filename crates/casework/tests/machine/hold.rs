//! Holds what a kind of case promises beyond what all kinds do, at every stop of random walks.

use crate::{
    campus::{Campus, at},
    walk::{Step, steps},
};
use chrono::TimeDelta;
use ducha_casework::{Actor, Case, File, Moment, Recorded};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// A case at a stop of a walk: its file, its history, the campus and the moment.
pub(crate) struct Stop<'a, C: Case> {
    /// The case.
    pub(crate) file: &'a File<C>,
    /// What happened.
    pub(crate) log: &'a [Recorded<C::Event>],
    /// The campus.
    pub(crate) campus: &'a Campus,
    /// The moment.
    pub(crate) now: Moment,
}

/// Holds a promise at every stop of many walks.
pub(crate) fn hold<C: Case>(
    opening: impl Strategy<Value = (C::Opening, Actor)>,
    command: impl Strategy<Value = C::Command> + Clone + 'static,
    acting: impl Strategy<Value = Actor> + Clone + 'static,
    promise: impl Fn(&Stop<'_, C>) -> Result<(), TestCaseError>,
) where
    C::Command: 'static,
{
    let config = ProptestConfig {
        cases: 150,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let campus = Campus::new();
    let actors = proptest::collection::vec(acting, 60);
    let walked = TestRunner::new_with_rng(config, rng).run(
        &(opening, steps(command, 60), actors),
        |((opening, opener), steps, actors)| {
            let mut now = at("2026-03-02 09:00");
            let opened = File::<C>::open(&opening, &opener, now, &campus.context(now));
            let mut log = opened.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
            let mut file = File::replay(&log).unwrap();
            for (step, actor) in steps.iter().zip(&actors) {
                let happened = match step {
                    Step::Tick { after } => {
                        now += TimeDelta::minutes(i64::from(*after));
                        file.tick(&campus.context(now))
                    }
                    Step::Act { after, commands, .. } => {
                        now += TimeDelta::minutes(i64::from(*after));
                        let done = commands
                            .iter()
                            .find_map(|one| file.decide(one, actor, now, &campus.context(now)).ok());
                        done.unwrap_or_default()
                    }
                };
                if happened.is_empty() {
                    continue;
                }
                for recorded in &happened {
                    file = File::evolve(Some(file), recorded).unwrap();
                }
                log.extend(happened);
                promise(&Stop { file: &file, log: &log, campus: &campus, now })?;
            }
            Ok(())
        },
    );
    if let Err(error) = walked {
        panic!("{error}");
    }
}
