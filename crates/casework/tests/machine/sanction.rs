//! Sanction (arts. 6, 18).

use crate::{
    campus::{actor, at, id},
    promise::{events, promise},
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Case as _, Party,
    sanction::{
        Act, Calling, Command, DECIDE, EXECUTE, Established, Event, NOTIFY, Opening, Remedy, Sanction, Status,
    },
};
use ducha_core::{ClauseId, ConsequenceId, FactId, LadderId, Lang, RecordId, TierId};
use ducha_rulebook::annex::money::Nature;
use proptest::prelude::*;

pub(crate) fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

pub(crate) fn gm() -> Actor {
    actor("gm", Party::LEADING_GROUP)
}

fn head() -> Actor {
    actor("head-canteen", Party::DEPARTMENT_HEAD)
}

fn hr() -> Actor {
    actor("hr", Party::PERSONNEL)
}

pub(crate) fn record(text: &str) -> RecordId {
    RecordId::new(text).unwrap()
}

pub(crate) fn consequence(text: &str) -> ConsequenceId {
    ConsequenceId::new(text).unwrap()
}

pub(crate) fn fact(fact: &str, value: Option<&str>) -> Established {
    Established {
        fact: FactId::new(fact).unwrap(),
        record: record("F-1"),
        value: value.map(|value| value.parse().unwrap()),
    }
}

pub(crate) fn opening(called: &str, tier: Option<&str>) -> Opening {
    Opening {
        unit: id("canteen"),
        subject: id("cook"),
        consequence: consequence(called),
        tier: tier.map(|tier| Calling {
            ladder: LadderId::new("grade").unwrap(),
            tier: TierId::new(tier).unwrap(),
        }),
        clause: None,
        rests_on: vec![record("R-1"), record("R-2")],
        reasons: "当月扣分 12 分".into(),
        money: None,
        facts: vec![fact("training-passed", None)],
    }
}

fn charged(opening: Opening) -> Opening {
    Opening { clause: Some(ClauseId::new("CP-01").unwrap()), ..opening }
}

fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())]
}

fn chosen() -> impl Strategy<Value = ConsequenceId> + Clone {
    prop_oneof![
        4 => Just("written-warning"),
        2 => Just("censure"),
        1 => Just("standby"),
        1 => Just("dismissal"),
        1 => Just("pay-cut"),
        1 => Just("nowhere"),
    ]
    .prop_map(consequence)
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let appeal = || Just(record("appeal-1"));
    prop_oneof![
        1 => Just(Command::RecordFact { fact: fact("union-notified", None) }),
        1 => text().prop_map(|view| Command::State { view }),
        16 => Just(Command::Approve {}),
        6 => (chosen(), text()).prop_map(|(consequence, why)| Command::Modify { consequence, money: None, why }),
        1 => text().prop_map(|why| Command::Refuse { why }),
        1 => text().prop_map(|why| Command::Withdraw { why }),
        6 => text().prop_map(|how| Command::Notify { how }),
        10 => appeal().prop_map(|appeal| Command::Suspend { appeal }),
        4 => Just(Command::Resume {}),
        16 => text().prop_map(|how| Command::Execute { how }),
        3 => text().prop_map(|how| Command::Mend { remedy: Remedy::Correction { how } }),
        12 => Just(Command::End {}),
        6 => (appeal(), chosen())
            .prop_map(|(appeal, consequence)| Command::ChangeOnAppeal { appeal, consequence, money: None }),
        4 => appeal().prop_map(|appeal| Command::RevokeOnAppeal { appeal }),
    ]
}

fn openings() -> impl Strategy<Value = Opening> {
    prop_oneof![
        1 => Just(opening("standby", Some("minor"))),
        2 => Just(charged(opening("written-warning", Some("minor")))),
        6 => Just(opening("censure", Some("minor"))),
        1 => Just(opening("dismissal", Some("gross"))),
    ]
}

#[test]
fn every_way_through_a_sanction_holds_what_must_hold() {
    explore::<Sanction>(openings(), Just(chief()), command());
}

fn how(text: &str) -> String {
    text.into()
}

#[test]
fn three_acts_by_three_people_each_within_its_time() {
    // Monday 2 March 2026.
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("standby", Some("minor"))).unwrap();
    assert_eq!(told.ends(DECIDE), Some(at("2026-03-10 00:00")));
    let cook = actor("cook", Party::PERSON_CONCERNED);
    told.act("2026-03-03 09:00", &cook, Command::State { view: how("事出有因") }).unwrap();
    let porter = actor("porter", Party::PERSON_CONCERNED);
    let state = Command::State { view: how("我也有话说") };
    assert_eq!(told.refused("2026-03-03 09:30", &porter, state), ("not_the_one".into(), 18));
    told.act("2026-03-04 09:00", &gm(), Command::Approve {}).unwrap();
    assert_eq!(told.ends(NOTIFY), Some(at("2026-03-10 00:00")));
    told.act("2026-03-05 09:00", &chief(), Command::Notify { how: how("当面送达") }).unwrap();
    // Five working days of the consequence itself, not the general week.
    assert_eq!(told.ends(EXECUTE), Some(at("2026-03-13 00:00")));
    assert_eq!(told.allowed("2026-03-06 09:00", &head()), [Act::Mend]);
    told.act("2026-03-06 09:00", &hr(), Command::Execute { how: how("自即日起待岗") }).unwrap();
    // A month, both ends counted: from 6 March to 5 April.
    assert_eq!(told.refused("2026-04-05 23:00", &chief(), Command::End {}), ("still_lasts".into(), 18));
    told.act("2026-04-06 08:00", &chief(), Command::End {}).unwrap();
    let file = told.file();
    let execution = file.case().stage().execution().unwrap();
    assert_eq!(execution.by(), &id("hr"));
    assert_eq!(execution.decision().by().person, id("gm"));
    assert_eq!(execution.decision().recommendation().by(), &id("chief"));
    assert_eq!(told.status(), Status::Ended);
    let executed = file.case().executed_fact(record("X-1")).unwrap();
    assert_eq!((executed.subject, executed.occurred_on), (id("cook"), at("2026-03-06 00:00").date()));
}

#[test]
fn the_same_hands_do_not_do_two_of_the_three() {
    // Who decides on a censure, who carries it out is open: so the same person could, were hands not kept apart.
    let deputy = actor("gm", Party::LEADING_GROUP);
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("censure", Some("minor"))).unwrap();
    told.act("2026-03-02 10:00", &deputy, Command::Approve {}).unwrap();
    told.act("2026-03-02 11:00", &chief(), Command::Notify { how: how("通报") }).unwrap();
    let execute = || Command::Execute { how: how("通报") };
    assert_eq!(told.refused("2026-03-02 12:00", &chief(), execute()), ("same_hands".into(), 18));
    assert!(!told.allowed("2026-03-02 12:00", &chief()).contains(&Act::Execute));
    told.act("2026-03-02 12:00", &actor("clerk", Party::OFFICE), execute()).unwrap();
}

#[test]
fn whoever_holds_both_offices_does_not_decide_on_their_own_recommendation() {
    // The chief leads the unit that is the office, and is of the office.
    let recommending = actor("chief", Party::DEPARTMENT_HEAD);
    let of = Opening { unit: id("office"), subject: id("hr"), ..opening("spoken-warning", None) };
    let mut told = Told::<Sanction>::open("2026-03-02 09:00", &recommending, &of).unwrap();
    let refusal = told.act("2026-03-02 10:00", &chief(), Command::Approve {}).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "chief did recommend the sanction before and cannot approve the sanction: who proposes, who decides and who carries out are different people (art. 18)"
    );
    assert!(!told.allowed("2026-03-02 10:00", &chief()).contains(&Act::Approve));
    told.act("2026-03-02 10:00", &actor("clerk", Party::OFFICE), Command::Approve {}).unwrap();
}

#[test]
fn who_decides_rises_with_the_tier() {
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("dismissal", Some("gross"))).unwrap();
    let refusal = told.act("2026-03-02 10:00", &gm(), Command::Approve {}).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "it is not for the leading group to approve the sanction; it is for: general manager's office meeting (art. 18)"
    );
    assert_eq!(refusal.text(Lang::Zh), "领导小组无权同意处罚建议；有权的是：总经理办公会（办法第18条）");
    // Something milder whoever decides on the graver may choose; the reverse not.
    let meeting = actor("deputy", Party::OFFICE_MEETING);
    let milder = Command::Modify { consequence: consequence("standby"), money: None, why: how("初犯") };
    told.act("2026-03-02 10:00", &meeting, milder).unwrap();
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("standby", Some("gross"))).unwrap();
    let graver = Command::Modify { consequence: consequence("dismissal"), money: None, why: how("屡犯") };
    assert_eq!(told.refused("2026-03-02 10:00", &gm(), graver), ("higher_body".into(), 18));
}

#[test]
fn a_decision_keeps_within_the_tier() {
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("standby", Some("minor"))).unwrap();
    let graver = Command::Modify { consequence: consequence("dismissal"), money: None, why: how("屡犯") };
    assert_eq!(told.refused("2026-03-02 10:00", &gm(), graver), ("not_of_the_tier".into(), 6));
    let opened = |opening: &Opening| {
        let refusal = Told::<Sanction>::open("2026-03-02 09:00", &chief(), opening).err().unwrap();
        refusal.reason.key()
    };
    assert_eq!(opened(&opening("dismissal", Some("minor"))), "not_of_the_tier");
    assert_eq!(opened(&opening("head-interview", Some("minor"))), "not_of_the_tier");
    assert_eq!(opened(&Opening { rests_on: vec![], ..opening("standby", Some("minor")) }), "empty");
    assert_eq!(opened(&Opening { subject: id("chief"), ..opening("standby", Some("minor")) }), "own_case");
}

#[test]
fn dismissal_asks_for_recorded_facts() {
    let mut told =
        Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening("dismissal", Some("gross"))).unwrap();
    let meeting = actor("deputy", Party::OFFICE_MEETING);
    let refusal = told.act("2026-03-02 10:00", &meeting, Command::Approve {}).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Dismissal asks for recorded facts first; missing: Union notified (art. 18)"
    );
    let told_union = Command::RecordFact { fact: fact("union-notified", None) };
    told.act("2026-03-02 11:00", &hr(), told_union).unwrap();
    told.act("2026-03-02 12:00", &meeting, Command::Approve {}).unwrap();
}

#[test]
fn money_has_a_nature_and_never_passes_its_guard() {
    let of = |money: &str| Opening {
        money: Some(money.parse().unwrap()),
        facts: vec![fact("wage", Some("3000")), fact("minimum_wage", Some("2490"))],
        ..opening("pay-cut", Some("minor"))
    };
    let approve = |opening: &Opening| {
        let mut told = Told::<Sanction>::open("2026-03-02 09:00", &chief(), opening).unwrap();
        told.act("2026-03-02 10:00", &gm(), Command::Approve {}).map(|()| told)
    };
    // 20 % of 3000 are 600; but 2490 must remain, so that 510 may be withheld.
    let refusal = approve(&of("510.01")).err().unwrap();
    assert_eq!(
        refusal.to_string(),
        "the sum 510.01 does not lie between 0 and 510 (art. 6; Provisional Regulations on Wage Payment 16)"
    );
    let sum = approve(&of("510")).unwrap().file().case().stage().measure().money.unwrap();
    assert_eq!(sum.nature, Nature::PerformancePay);
    let without = Opening { facts: vec![fact("wage", Some("3000"))], ..of("10") };
    assert_eq!(approve(&without).err().unwrap().reason.key(), "fact_missing");
    let minus = Opening { money: Some("-1".parse().unwrap()), ..of("10") };
    assert_eq!(approve(&minus).err().unwrap().reason.key(), "money_too_much");
    // No money without a rule that says what it is in law; and never more than was reckoned.
    let bare = Opening { money: Some("10".parse().unwrap()), ..opening("standby", Some("minor")) };
    let refusal = Told::<Sanction>::open("2026-03-02 09:00", &chief(), &bare).err().unwrap();
    assert_eq!(refusal.reason.key(), "no_money_rule");
    let mut told = Told::<Sanction>::open("2026-03-02 09:00", &chief(), &of("100")).unwrap();
    let more = |money: &str| Command::Modify {
        consequence: consequence("pay-cut"),
        money: Some(money.parse().unwrap()),
        why: how("另有情节"),
    };
    assert_eq!(told.refused("2026-03-02 10:00", &gm(), more("101")), ("money_too_much".into(), 6));
    told.act("2026-03-02 10:00", &gm(), more("80")).unwrap();
}

#[test]
fn a_charging_problem_ends_in_refund_or_correction() {
    let opening = charged(opening("written-warning", Some("minor")));
    let mut told = Told::<Sanction>::open("2026-03-02 09:00", &chief(), &opening).unwrap();
    let refuse = || Command::Refuse { why: how("情节轻微") };
    assert_eq!(told.refused("2026-03-02 10:00", &gm(), refuse()), ("charge_not_mended".into(), 18));
    let refund = Remedy::Refund { amount: "36.50".parse().unwrap(), to: how("7 名学生") };
    told.act("2026-03-02 11:00", &head(), Command::Mend { remedy: refund }).unwrap();
    told.act("2026-03-02 12:00", &gm(), refuse()).unwrap();
    assert_eq!(told.status(), Status::Refused);
}

#[test]
fn what_is_decided_keeps_apart_the_three_hands_and_never_grows_graver_after() {
    promise::<Sanction>(openings(), &chief(), command(), |file, log| {
        let case = file.case();
        if let Some(decision) = case.stage().decision() {
            let recommended = decision.recommendation();
            prop_assert_ne!(recommended.by(), &decision.by().person);
            prop_assert_eq!(decision.by().party, recommended.measure().decider());
            for asked in &decision.measure().requires {
                prop_assert!(case.facts().iter().any(|known| known.fact == *asked));
            }
            if let Some(execution) = case.stage().execution() {
                prop_assert!(execution.by() != recommended.by() && *execution.by() != decision.by().person);
            }
        }
        let decided: Vec<_> = events(log)
            .filter_map(|(_, event)| match event {
                Event::Decided { measure, .. } | Event::ChangedOnAppeal { measure, .. } => Some(measure),
                _ => None,
            })
            .collect();
        prop_assert!(decided.windows(2).all(|pair| !pair[1].is_graver_than(pair[0])), "{decided:?}");
        let over = matches!(case.status(), Status::Ended | Status::Refused);
        if over && case.opening().clause.is_some() {
            prop_assert!(case.remedy().is_some(), "a charging problem ended unmended");
        }
        Ok(())
    });
}
