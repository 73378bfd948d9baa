//! What a kind of case promises beyond what all kinds do, held after every step of random walks.

use crate::{
    campus::{Campus, at},
    walk::fitting,
};
use chrono::TimeDelta;
use ducha_casework::{Actor, Case, File, Recorded};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// Holds a promise after every step of many walks by those whose office each act is for.
pub(crate) fn promise<C: Case>(
    opening: impl Strategy<Value = C::Opening>,
    opener: &Actor,
    command: impl Strategy<Value = C::Command> + Clone + 'static,
    holds: impl Fn(&File<C>, &[Recorded<C::Event>]) -> Result<(), TestCaseError>,
) where
    C::Command: 'static,
{
    let config = ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let campus = Campus::new();
    let steps = proptest::collection::vec((command, 0_usize..20, 0_u32..9_000), 1..60);
    let walked = TestRunner::new_with_rng(config, rng).run(&(opening, steps), |(opening, steps)| {
        let mut now = at("2026-03-02 09:00");
        let opened = File::<C>::open(&opening, opener, now, &campus.context(now));
        let mut log = opened.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let mut file = File::<C>::replay(&log).unwrap();
        holds(&file, &log)?;
        for (command, which, minutes) in &steps {
            let Some(actor) = fitting(C::act(command), *which) else { continue };
            let Ok(happened) = file.decide(command, &actor, now, &campus.context(now)) else { continue };
            log.extend(happened);
            now += TimeDelta::minutes(i64::from(*minutes));
            log.extend(File::<C>::replay(&log).unwrap().tick(&campus.context(now)));
            file = File::replay(&log).unwrap();
            holds(&file, &log)?;
        }
        Ok(())
    });
    if let Err(error) = walked {
        panic!("{error}");
    }
}

/// What happened to the case itself, in order.
pub(crate) fn events<E>(log: &[Recorded<E>]) -> impl Iterator<Item = (&Recorded<E>, &E)> {
    log.iter().filter_map(|recorded| match &recorded.what {
        ducha_casework::Happening::Case(event) => Some((recorded, event)),
        ducha_casework::Happening::Clock(_) => None,
    })
}
