//! Random walks through a kind of case, holding what must hold for all kinds.

use crate::campus::{Campus, actor, at};
use chrono::TimeDelta;
use ducha_casework::{Act, Actor, Case, File, Happening, Moment, Party, Recorded, Status};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A step of a walk: so much time passes, then somebody does something, perhaps recorded late; or time is looked at.
#[derive(Debug, Clone)]
pub(crate) enum Step<C> {
    /// Somebody does something.
    Act {
        /// Minutes since the step before.
        after: u32,
        /// How many minutes later it is recorded.
        late: u32,
        /// Who.
        actor: Actor,
        /// Instead: the how-manyth of those whose office the act is for.
        fitting: Option<usize>,
        /// What: the first of these that is possible, or else the first.
        commands: Vec<C>,
    },
    /// Time is looked at.
    Tick {
        /// Minutes since the step before.
        after: u32,
    },
}

/// Who holds which office on this campus, and somebody who does not hold the one claimed.
const PEOPLE: &[(&str, Party)] = &[
    ("gm", Party::GENERAL_MANAGER),
    ("gm", Party::LEADING_GROUP),
    ("deputy", Party::LEADING_GROUP),
    ("gm", Party::OFFICE_MEETING),
    ("deputy", Party::OFFICE_MEETING),
    ("chief", Party::OFFICE),
    ("clerk", Party::OFFICE),
    ("inspector-1", Party::INSPECTOR),
    ("inspector-2", Party::INSPECTOR),
    ("inspector-canteen", Party::INSPECTOR),
    ("head-canteen", Party::DEPARTMENT_HEAD),
    ("head-dormitory", Party::DEPARTMENT_HEAD),
    ("cook", Party::EMPLOYEE),
    ("cook", Party::COMPLAINANT),
    ("cook", Party::PERSON_CONCERNED),
    ("porter", Party::COMPLAINANT),
    ("hr", Party::PERSONNEL),
    ("cashier", Party::FINANCE),
    ("cook", Party::OFFICE),
    ("inspector-1", Party::PERSON_CONCERNED),
];

/// Anybody in any capacity; mostly in one that they hold.
pub(crate) fn anybody() -> impl Strategy<Value = Actor> {
    proptest::sample::select(PEOPLE).prop_map(|(person, party)| actor(person, party))
}

/// The how-manyth of those whose office the act is for.
pub(crate) fn fitting<A: Act>(act: A, which: usize) -> Option<Actor> {
    let people: Vec<_> = PEOPLE.iter().filter(|(_, party)| act.rule().by.contains(party)).collect();
    let (person, party) = people.get(which.checked_rem(people.len())?)?;
    Some(actor(person, *party))
}

/// A step with one of these commands.
pub(crate) fn steps<C: std::fmt::Debug + Clone + 'static>(
    command: impl Strategy<Value = C> + Clone + 'static,
    fewer_than: usize,
) -> impl Strategy<Value = Vec<Step<C>>> {
    let after = || prop_oneof![2 => Just(0_u32), 3 => 0_u32..600, 1 => 0_u32..20_000];
    let late = prop_oneof![4 => Just(0_u32), 1 => 0_u32..20_000];
    let fitting = prop_oneof![4 => (0_usize..20).prop_map(Some), 1 => Just(None)];
    let act = (after(), late, anybody(), fitting, proptest::collection::vec(command, 1..6)).prop_map(
        |(after, late, actor, fitting, commands)| Step::Act { after, late, actor, fitting, commands },
    );
    let tick = after().prop_map(|after| Step::Tick { after });
    proptest::collection::vec(prop_oneof![5 => act, 1 => tick], 1..fewer_than)
}

/// Where a walk came from and to, by which act.
pub(crate) type Transition = (Option<&'static str>, &'static str, &'static str);

/// Walks through a case and holds on the way: what was announced as allowed is not refused for the office held; a refused
/// act changes nothing; statuses change only as the acts declare; closed stays closed unless an act leads out of it; no
/// duty vanishes; every duty that is overdue names who is accountable; a second tick tells nothing; replaying the events,
/// also through JSON, gives the same file. Returns the transitions that were met.
pub(crate) fn walk<C: Case>(
    opening: &C::Opening,
    opener: &Actor,
    steps: &[Step<C::Command>],
) -> Result<BTreeSet<Transition>, TestCaseError> {
    let campus = Campus::new();
    let mut met = BTreeSet::new();
    let start = at("2026-03-02 09:00");
    let mut now = start;
    let mut log: Vec<Recorded<C::Event>> = File::<C>::open(opening, opener, now, &campus.context(now))
        .map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
    let mut file = File::<C>::replay(&log).ok_or_else(|| TestCaseError::fail("nothing was opened"))?;
    met.insert((None, C::opens(opening).rule().word, file.case().status().word()));
    for step in steps {
        let before = file.clone();
        let (happened, act) = match step {
            Step::Tick { after } => {
                now += TimeDelta::minutes(i64::from(*after));
                (file.tick(&campus.context(now)), None)
            }
            Step::Act { after, late, actor, fitting: which, commands } => {
                let status = file.case().status();
                let possible = commands.iter().find(|command| C::act(command).rule().from.contains(&status));
                let Some(command) = possible.or(commands.first()) else { continue };
                let chosen = which.and_then(|which| fitting(C::act(command), which));
                let actor = chosen.as_ref().unwrap_or(actor);
                let done = (now + TimeDelta::minutes(i64::from(*after))).max(file.last());
                // What is recorded late may lie before what was recorded already.
                let done = done - TimeDelta::minutes(i64::from(*late)).min(done - file.last());
                now = now.max(done) + TimeDelta::minutes(i64::from(*after));
                let act = C::act(command);
                let announced =
                    file.allowed(actor, &campus.context(done)).iter().any(|allowed| allowed.act == act);
                match file.decide(command, actor, done, &campus.context(now)) {
                    Ok(happened) => {
                        prop_assert!(announced, "done though not announced: {command:?} by {actor:?}");
                        (happened, Some(act))
                    }
                    Err(refusal) => {
                        prop_assert!(!refusal.text(ducha_core::Lang::Zh).contains('{'), "{refusal:?}");
                        prop_assert!(!refusal.text(ducha_core::Lang::En).contains('{'), "{refusal:?}");
                        continue;
                    }
                }
            }
        };
        for recorded in &happened {
            let was = file.case().status();
            file =
                File::evolve(Some(file), recorded).ok_or_else(|| TestCaseError::fail("the case vanished"))?;
            let is = file.case().status();
            if let Happening::Case(_) = &recorded.what {
                match act {
                    Some(act) => {
                        prop_assert!(act.rule().from.contains(&before.case().status()));
                        prop_assert!(act.rule().to.contains(&is) || is == was, "{act:?}: {was:?} to {is:?}");
                        met.insert((Some(was.word()), act.rule().word, is.word()));
                    }
                    None => {
                        met.insert((Some(was.word()), "lapse", is.word()));
                    }
                }
                if was.is_closed() && is != was {
                    prop_assert!(
                        act.is_some_and(|act| act.rule().from.contains(&was)),
                        "closed did not stay closed"
                    );
                }
            }
        }
        log.extend(happened);
        holds_of_duties(&before, &file)?;
        let again = {
            let mut ticked = file.clone();
            for recorded in file.tick(&campus.context(now)) {
                ticked =
                    File::evolve(Some(ticked), &recorded).ok_or_else(|| TestCaseError::fail("vanished"))?;
            }
            ticked.tick(&campus.context(now))
        };
        prop_assert_eq!(again, vec![], "a second tick tells something");
        if file.case().status().is_closed() {
            prop_assert!(file.due().is_empty(), "closed, and something is owed: {:?}", file.due());
        }
    }
    let replayed = File::<C>::replay(&log);
    prop_assert_eq!(replayed.as_ref(), Some(&file), "replaying gives another file");
    let text = serde_json::to_string(&log).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let read: Vec<Recorded<C::Event>> =
        serde_json::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(&read, &log, "JSON tells another history");
    after_an_outage(&file, now)?;
    Ok(met)
}

/// No duty vanishes, and whatever is overdue names somebody.
fn holds_of_duties<C: Case>(before: &File<C>, after: &File<C>) -> Result<(), TestCaseError> {
    for duty in before.clock().duties() {
        prop_assert!(
            after.clock().duties().any(|known| known.key() == duty.key()),
            "{} vanished",
            duty.key()
        );
    }
    for duty in after.clock().duties() {
        if let Some(overdue) = &duty.overdue {
            prop_assert!(
                !overdue.accountable.is_empty(),
                "{} is overdue and nobody is accountable",
                duty.key()
            );
            prop_assert!(
                duty.due.ends().is_some_and(|ends| ends <= overdue.since || !duty.is_owed()),
                "{duty:?}"
            );
        }
    }
    Ok(())
}

/// A tick a year later tells the same as a tick every day.
fn after_an_outage<C: Case>(file: &File<C>, now: Moment) -> Result<(), TestCaseError> {
    let campus = Campus::new();
    let end = (now + TimeDelta::days(60)).min(at("2026-12-20 00:00")).max(now);
    let told = |mut file: File<C>, moments: Vec<Moment>| -> Vec<_> {
        let mut all = Vec::new();
        for moment in moments {
            for recorded in file.tick(&campus.context(moment)) {
                file = File::evolve(Some(file), &recorded).unwrap();
                all.push((recorded.stamp.at, recorded.what));
            }
        }
        all
    };
    let daily: Vec<Moment> =
        (0..=(end - now).num_days()).map(|days| now + TimeDelta::days(days)).chain([end]).collect();
    let once = told(file.clone(), vec![end]);
    let mut sorted = once.clone();
    sorted.sort_by_key(|(at, _)| *at);
    let clock = |all: &[(Moment, Happening<C::Event>)]| {
        let clock = all.iter().filter(|(_, what)| matches!(what, Happening::Clock(_)));
        clock.cloned().collect::<Vec<_>>()
    };
    prop_assert_eq!(clock(&once), clock(&sorted), "not in the order of its moments");
    prop_assert_eq!(clock(&once), clock(&told(file.clone(), daily)), "an outage changes what is told");
    Ok(())
}

/// Walks many times, and holds that every transition which the acts declare was met.
pub(crate) fn explore<C: Case>(
    opening: impl Strategy<Value = C::Opening>,
    opener: impl Strategy<Value = Actor>,
    command: impl Strategy<Value = C::Command> + Clone + 'static,
) where
    C::Command: 'static,
{
    explore_far::<C>(opening, opener, command, 40);
}

/// As [`explore`], for kinds whose ends take more steps to reach.
pub(crate) fn explore_far<C: Case>(
    opening: impl Strategy<Value = C::Opening>,
    opener: impl Strategy<Value = Actor>,
    command: impl Strategy<Value = C::Command> + Clone + 'static,
    fewer_steps_than: usize,
) where
    C::Command: 'static,
{
    let met = std::cell::RefCell::new(BTreeSet::new());
    // The default of cases, unless PROPTEST_CASES asks for others, which the configuration reads by itself.
    let asked = ProptestConfig::default();
    let cases = if asked.cases == 256 { 400 } else { asked.cases };
    let config = ProptestConfig { cases, failure_persistence: None, ..asked };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let walked =
        runner.run(&(opening, opener, steps(command, fewer_steps_than)), |(opening, opener, steps)| {
            met.borrow_mut().extend(walk::<C>(&opening, &opener, &steps)?);
            Ok(())
        });
    if let Err(error) = walked {
        panic!("{error}");
    }
    let met = met.into_inner();
    let words: BTreeSet<(Option<&str>, &str)> = met.iter().map(|(from, act, _)| (*from, *act)).collect();
    for act in C::Act::ALL {
        for from in act.rule().from {
            let step = (Some(from.word()), act.rule().word);
            assert!(words.contains(&step), "{step:?} was never met: {met:#?}");
        }
    }
}
