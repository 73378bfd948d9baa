//! Misconduct of an inspector (art. 10).

use crate::{
    campus::{actor, at, id},
    promise::{events, promise},
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Case, Party, Reason,
    misconduct::{Act, Command, Event, Misconduct, Opening, Status, led_by},
};
use ducha_core::{InspectionId, Record};
use proptest::prelude::*;

fn opening() -> Opening {
    Opening { unit: id("canteen"), inspector: id("inspector-1"), allegation: "收受礼品".into() }
}

fn porter() -> Actor {
    actor("porter", Party::COMPLAINANT)
}

fn gm() -> Actor {
    actor("gm", Party::GENERAL_MANAGER)
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn inspection(text: &str) -> InspectionId {
    InspectionId::new(text).unwrap()
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    prop_oneof![
        4 => Just(Command::Investigate {}),
        2 => text().prop_map(|view| Command::State { view }),
        4 => (text(), proptest::collection::vec(Just(inspection("I-1")), 0..2))
            .prop_map(|(findings, inspections)| Command::Verify { findings, inspections }),
        1 => text().prop_map(|why| Command::FindUnfounded { why }),
        3 => (prop_oneof![Just("I-1"), Just("I-9")], text())
            .prop_map(|(which, result)| Command::Review { inspection: inspection(which), result }),
        2 => Just(Command::Finish {}),
    ]
}

#[test]
fn every_way_through_a_case_of_misconduct_holds_what_must_hold() {
    let opener = prop_oneof![Just(porter()), Just(actor("cook", Party::EMPLOYEE)), Just(chief())];
    explore::<Misconduct>(Just(opening()), opener, command());
}

#[test]
fn once_verified_the_inspector_is_out_of_post_and_what_they_led_is_reviewed() {
    let led: Vec<Record> = [("I-1", "inspector-1", "2026-02-02"), ("I-2", "inspector-2", "2026-02-03"), ("I-3", "inspector-1", "2026-02-04"), ("I-4", "inspector-1", "2026-05-01")]
        .iter()
        .map(|(which, inspector, day)| {
            let text = format!(
                r#"{{"id":"R-{which}","subject":"canteen","occurred_on":"{day}","type":"inspection","inspection":"{which}","inspector":"{inspector}"}}"#
            );
            serde_json::from_str(&text).unwrap()
        })
        .collect();
    let inspections: Vec<_> =
        led_by(&id("inspector-1"), at("2026-03-05 00:00").date(), &led).into_iter().collect();
    assert_eq!(inspections, [inspection("I-1"), inspection("I-3")]);

    let mut told = Told::<Misconduct>::open("2026-03-02 09:00", &porter(), &opening()).unwrap();
    told.act("2026-03-03 09:00", &chief(), Command::Investigate {}).unwrap();
    let own = actor("inspector-1", Party::INSPECTOR);
    assert!(told.allowed("2026-03-03 10:00", &own).is_empty());
    let concerned = actor("inspector-1", Party::PERSON_CONCERNED);
    assert_eq!(told.allowed("2026-03-03 10:00", &concerned), [Act::State]);
    let verify = || Command::Verify { findings: "属实".into(), inspections: inspections.clone() };
    told.act("2026-03-05 09:00", &gm(), verify()).unwrap();
    assert_eq!(told.file().case().removed_at(), Some(at("2026-03-05 09:00")));
    assert_eq!(told.status(), Status::Removed);
    let review =
        |which: &str| Command::Review { inspection: inspection(which), result: "结论不变".into() };
    assert_eq!(told.refused("2026-03-06 08:00", &own, review("I-1")), ("own_case".into(), 9));
    assert_eq!(told.refused("2026-03-06 08:00", &chief(), review("I-2")), ("not_listed".into(), 10));
    told.act("2026-03-06 09:00", &chief(), review("I-1")).unwrap();
    let refusal = told.act("2026-03-06 10:00", &chief(), Command::Finish {}).unwrap_err();
    assert_eq!(refusal.to_string(), "not yet reviewed: I-3 (art. 10)");
    told.act("2026-03-06 11:00", &actor("inspector-2", Party::INSPECTOR), review("I-3")).unwrap();
    told.act("2026-03-06 12:00", &chief(), Command::Finish {}).unwrap();
    assert_eq!(told.status(), Status::Reviewed);
}

#[test]
fn verified_misconduct_has_no_tiers_and_no_other_outcome() {
    use ducha_casework::Act as _;
    let verify = Act::Verify.rule();
    assert_eq!((verify.from, verify.to), (&[Status::Investigating][..], &[Status::Removed][..]));
    let to_removed = Act::ALL.iter().filter(|act| act.rule().to == [Status::Removed] && **act != Act::Review);
    assert_eq!(to_removed.collect::<Vec<_>>(), [&Act::Verify]);
    assert!(!Misconduct::KIND.is_empty());
}

#[test]
fn only_inspectors_are_reported_and_whoever_accuses_does_not_judge() {
    let of = Opening { inspector: id("cook"), ..opening() };
    let refusal = Told::<Misconduct>::open("2026-03-02 09:00", &porter(), &of).err().unwrap();
    assert_eq!((refusal.reason, refusal.article.number()), (Reason::NotInOffice, 10));
    let mut told = Told::<Misconduct>::open("2026-03-02 09:00", &gm(), &opening()).unwrap();
    let unfounded = || Command::FindUnfounded { why: "查无实据".into() };
    assert_eq!(told.refused("2026-03-02 10:00", &gm(), unfounded()), ("same_hands".into(), 10));
    told.act("2026-03-02 10:00", &actor("deputy", Party::LEADING_GROUP), unfounded()).unwrap();
}

#[test]
fn verified_is_removed_at_that_moment() {
    promise::<Misconduct>(Just(opening()), &porter(), command(), |file, log| {
        let verified = events(log)
            .find(|(_, event)| matches!(event, Event::VerifiedAndRemoved { .. }))
            .map(|(recorded, _)| recorded.stamp.at);
        prop_assert_eq!(file.case().removed_at(), verified);
        let out = matches!(file.case().status(), Status::Removed | Status::Reviewed);
        prop_assert_eq!(verified.is_some(), out);
        if file.case().status() == Status::Reviewed {
            prop_assert_eq!(file.case().to_review().count(), 0);
        }
        Ok(())
    });
}
