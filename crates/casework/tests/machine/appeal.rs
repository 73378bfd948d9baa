//! Appeal: an extension that the rulebook switches on.

use crate::{
    campus::{Campus, actor, at, id},
    promise::{events, promise},
    sanction::{chief, consequence, fact, gm, opening as sanctioned, record},
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Context, File, Party, Reason,
    appeal::{Appeal, Command, Event, HEAR, Opening, Status},
    sanction::{self, Sanction},
};
use ducha_core::record::Matter;
use ducha_rulebook::Annex;
use proptest::prelude::*;

/// A sanction that was notified on Friday 27 February 2026, decided by the general manager.
fn sanction(of: &sanction::Opening) -> Told<Sanction> {
    let mut told = Told::<Sanction>::open("2026-02-26 09:00", &chief(), of).unwrap();
    told.act("2026-02-26 10:00", &gm(), sanction::Command::Approve {}).unwrap();
    let notify = sanction::Command::Notify { how: "当面送达".into() };
    told.act("2026-02-27 09:00", &chief(), notify).unwrap();
    told
}

fn opening() -> Opening {
    let told = sanction(&sanctioned("standby", Some("minor")));
    Opening::against(told.file().case(), record("sanction-1"), "处罚过重".into()).unwrap()
}

fn cook() -> Actor {
    actor("cook", Party::PERSON_CONCERNED)
}

/// Sits in the office meeting and had no part in the decision.
fn deputy() -> Actor {
    actor("deputy", Party::OFFICE_MEETING)
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    let taken_back =
        || proptest::collection::vec(prop_oneof![Just(record("R-1")), Just(record("R-9"))], 0..2);
    let chosen = prop_oneof![Just("written-warning"), Just("standby"), Just("dismissal")];
    prop_oneof![
        2 => text().prop_map(|minutes| Command::Hear { minutes }),
        2 => text().prop_map(|why| Command::Uphold { why }),
        3 => (chosen, taken_back(), text()).prop_map(|(chosen, taken_back, why)| Command::Change {
            consequence: consequence(chosen),
            money: None,
            taken_back,
            why,
        }),
        2 => (taken_back(), text()).prop_map(|(taken_back, why)| Command::Revoke { taken_back, why }),
        1 => Just(Command::Withdraw {}),
    ]
}

#[test]
fn every_way_through_an_appeal_holds_what_must_hold() {
    explore::<Appeal>(Just(opening()), Just(cook()), command());
}

#[test]
fn an_appeal_is_heard_by_others_and_leads_to_a_restatement() {
    let mut told = Told::<Appeal>::open("2026-03-02 09:00", &cook(), &opening()).unwrap();
    assert_eq!(told.ends(HEAR), Some(at("2026-03-10 00:00")));
    assert!(told.file().case().suspends());
    let hear = || Command::Hear { minutes: "当事人陈述".into() };
    let decided = actor("gm", Party::OFFICE_MEETING);
    assert_eq!(told.refused("2026-03-03 09:00", &decided, hear()), ("heard_by_decider".into(), 18));
    assert_eq!(told.refused("2026-03-03 09:00", &chief(), hear()), ("not_yours".into(), 18));
    assert!(told.allowed("2026-03-03 09:00", &decided).is_empty());
    told.act("2026-03-03 09:00", &deputy(), hear()).unwrap();
    let change = |chosen: &str, taken_back: Vec<_>| Command::Change {
        consequence: consequence(chosen),
        money: None,
        taken_back,
        why: "情节较轻".into(),
    };
    assert_eq!(told.refused("2026-03-04 09:00", &deputy(), change("dismissal", vec![])).0, "aggravated");
    assert_eq!(told.refused("2026-03-04 09:00", &deputy(), change("standby", vec![])).0, "nothing_changed");
    let stranger = vec![record("R-9")];
    assert_eq!(
        told.refused("2026-03-04 09:00", &deputy(), change("written-warning", stranger)).0,
        "not_of_the_case"
    );
    told.act("2026-03-04 09:00", &deputy(), change("written-warning", vec![record("R-2")])).unwrap();
    let file = told.file();
    assert_eq!((told.status(), file.case().suspends()), (Status::Changed, false));
    let revocations = file.case().revocations(|taken| record(&format!("appeal-1-{taken}")));
    let [revocation] = revocations.as_slice() else { panic!("{revocations:?}") };
    assert_eq!(revocation.id, record("appeal-1-R-2"));
    assert_eq!(
        (revocation.revokes.as_ref(), &revocation.matter),
        (Some(&record("R-2")), &Matter::Revocation)
    );
    assert_eq!(revocation.occurred_on, at("2026-03-04 00:00").date());

    // What the sanction makes of it: execution waits, then the milder measure takes the place.
    let mut told = sanction(&sanctioned("standby", Some("minor")));
    let appeal = record("appeal-1");
    let suspend = sanction::Command::Suspend { appeal: appeal.clone() };
    told.act("2026-03-02 09:30", &chief(), suspend).unwrap();
    let execute = || sanction::Command::Execute { how: "待岗".into() };
    let hr = actor("hr", Party::PERSONNEL);
    assert_eq!(told.refused("2026-03-03 09:00", &hr, execute()).0, "not_now");
    let changed = |chosen: &str| sanction::Command::ChangeOnAppeal {
        appeal: appeal.clone(),
        consequence: consequence(chosen),
        money: None,
    };
    let decider =
        told.refused("2026-03-04 10:00", &actor("gm", Party::OFFICE_MEETING), changed("written-warning"));
    assert_eq!(decider.0, "same_hands");
    told.act("2026-03-04 10:00", &deputy(), changed("written-warning")).unwrap();
    assert_eq!(told.refused("2026-03-05 09:00", &hr, execute()).0, "not_yours");
    told.act("2026-03-05 09:00", &actor("head-canteen", Party::DEPARTMENT_HEAD), execute()).unwrap();
    let file = told.file();
    let decision = file.case().stage().decision().unwrap();
    assert_eq!(decision.measure().consequence, consequence("written-warning"));
    assert_eq!(decision.recommendation().measure().consequence, consequence("standby"));
}

#[test]
fn money_is_not_aggravated_either() {
    let mut of = sanctioned("pay-cut", Some("minor"));
    of.money = Some("100".parse().unwrap());
    of.facts = vec![fact("wage", Some("3000")), fact("minimum_wage", Some("2000"))];
    let told = sanction(&of);
    let opening = Opening::against(told.file().case(), record("sanction-1"), "不服".into()).unwrap();
    let mut told = Told::<Appeal>::open("2026-03-02 09:00", &cook(), &opening).unwrap();
    told.act("2026-03-03 09:00", &deputy(), Command::Hear { minutes: "陈述".into() }).unwrap();
    let change = |money: &str| Command::Change {
        consequence: consequence("pay-cut"),
        money: Some(money.parse().unwrap()),
        taken_back: vec![],
        why: "核减".into(),
    };
    let refusal = told.act("2026-03-04 09:00", &deputy(), change("100.01")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "an appeal never aggravates: Performance pay not earned 100.01 is graver than Performance pay not earned 100, which was decided (art. 18)"
    );
    told.act("2026-03-04 09:00", &deputy(), change("60")).unwrap();
}

#[test]
fn an_appeal_comes_in_time_from_whoever_was_sanctioned_where_the_rules_know_appeals() {
    // Told on Friday 27 February; Saturday the 28th is worked in 2026. Five working days end with Thursday 5 March.
    let opened = |moment: &str, by: &Actor| {
        Told::<Appeal>::open(moment, by, &opening()).err().map(|refusal| refusal.reason)
    };
    assert_eq!(opened("2026-03-05 23:59", &cook()), None);
    assert_eq!(opened("2026-03-06 00:01", &cook()), Some(Reason::AppealTooLate));
    assert_eq!(opened("2026-02-27 08:59", &cook()), Some(Reason::AppealBeforeNotice));
    assert_eq!(
        opened("2026-03-02 09:00", &actor("porter", Party::PERSON_CONCERNED)),
        Some(Reason::NotTheOne)
    );
    let head = actor("head-canteen", Party::DEPARTMENT_HEAD);
    assert_eq!(opened("2026-03-02 09:00", &head), Some(Reason::NotYours));
    let of_unit = Opening { subject: id("canteen"), ..opening() };
    assert!(Told::<Appeal>::open("2026-03-02 09:00", &head, &of_unit).is_ok());

    let campus = Campus::new();
    let without = Annex { appeal: None, ..campus.rules.annex().clone() };
    let moment = at("2026-03-02 09:00");
    let context = Context { rules: &without, ..campus.context(moment) };
    let refusal = File::<Appeal>::open(&opening(), &cook(), moment, &context).unwrap_err();
    assert_eq!(refusal.reason, Reason::NoRule);
    assert_eq!(refusal.to_string(), "the rulebook does not say [appeal] (art. 18)");
}

#[test]
fn whoever_decided_hears_nothing_and_nothing_grows_graver() {
    promise::<Appeal>(Just(opening()), &cook(), command(), |file, log| {
        for (recorded, event) in events(log) {
            if !matches!(event, Event::Filed { .. } | Event::Withdrawn) {
                let by = recorded.stamp.by.as_ref().unwrap();
                prop_assert!(!opening().decided_by.contains(&by.person), "{event:?} by {by:?}");
            }
        }
        if let Some(changed) = file.case().changed_to() {
            prop_assert!(!changed.is_graver_than(&opening().decided));
        }
        Ok(())
    });
}
