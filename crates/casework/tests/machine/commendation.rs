//! Commendation (art. 2) and the exchange of experience (art. 14).

use crate::{
    adoption::day,
    campus::{actor, at, id},
    promise::promise,
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Case as _, Party, Reason,
    commendation::{Command, Commendation, EXCHANGE, Opening, Status},
};
use ducha_core::{AwardId, LevelId, RecordId, record::Matter};
use proptest::prelude::*;

fn opening() -> Opening {
    Opening {
        unit: id("canteen"),
        subject: id("cook"),
        award: Some(AwardId::new("good-deed").unwrap()),
        level: None,
        points: Some("2".parse().unwrap()),
        example: "拾金不昧".into(),
        day: day("2026-02-27"),
    }
}

fn head() -> Actor {
    actor("head-canteen", Party::DEPARTMENT_HEAD)
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    let date = || prop_oneof![Just(day("2026-03-01")), Just(day("2026-04-10")), Just(day("2026-06-05"))];
    prop_oneof![
        4 => Just(Command::Commend {}),
        1 => text().prop_map(|why| Command::Decline { why }),
        4 => date().prop_map(|on| Command::Arrange { on }),
        2 => (date(), text()).prop_map(|(on, why)| Command::Move { on, why }),
        1 => text().prop_map(|minutes| Command::Share { minutes }),
    ]
}

#[test]
fn every_way_through_a_commendation_holds_what_must_hold() {
    let opener = prop_oneof![Just(head()), Just(chief())];
    explore::<Commendation>(Just(opening()), opener, command());
}

#[test]
fn a_good_example_is_commended_counted_and_spread_on_its_day() {
    let mut told = Told::<Commendation>::open("2026-03-02 09:00", &head(), &opening()).unwrap();
    let name = || RecordId::new("C-1").unwrap();
    assert_eq!(told.file().case().record(name()), None);
    told.act("2026-03-03 09:00", &chief(), Command::Commend {}).unwrap();
    let record = told.file().case().record(name()).unwrap();
    assert_eq!((&record.subject, record.occurred_on), (&id("cook"), day("2026-02-27")));
    assert_eq!(record.recorded_on, Some(day("2026-03-03")));
    assert!(matches!(record.matter, Matter::Commendation(_)));
    let arrange = |on: &str| Command::Arrange { on: day(on) };
    assert_eq!(told.refused("2026-03-03 10:00", &chief(), arrange("2026-03-03")).0, "day_not_ahead");
    told.act("2026-03-03 10:00", &chief(), arrange("2026-03-20")).unwrap();
    assert_eq!(told.ends(EXCHANGE), Some(at("2026-03-21 00:00")));
    let later = Command::Move { on: day("2026-03-28"), why: "场地占用".into() };
    told.act("2026-03-10 10:00", &chief(), later).unwrap();
    // A Saturday: the day that was said is the day.
    assert_eq!(told.ends(EXCHANGE), Some(at("2026-03-29 00:00")));
    let share = || Command::Share { minutes: "全体食堂班组长参加".into() };
    told.act("2026-03-28 15:00", &chief(), share()).unwrap();
    assert_eq!((told.status(), told.file().due().len()), (Status::Shared, 0));

    // Not held on its day, it is overdue, and the general manager answers for the office (art. 8).
    let mut told = Told::<Commendation>::open("2026-03-02 09:00", &head(), &opening()).unwrap();
    told.act("2026-03-03 09:00", &chief(), Command::Commend {}).unwrap();
    told.act("2026-03-03 10:00", &chief(), arrange("2026-03-20")).unwrap();
    told.tick("2026-03-23 08:00");
    let overdue = told.file().clock().latest(EXCHANGE).unwrap().overdue.clone().unwrap();
    assert_eq!((overdue.since, &overdue.accountable[0].person), (at("2026-03-21 00:00"), &id("gm")));
}

#[test]
fn each_refusal_names_its_reason() {
    let opened = |opening: &Opening| {
        let refusal = Told::<Commendation>::open("2026-03-02 09:00", &chief(), opening).err();
        refusal.map(|refusal| refusal.reason)
    };
    let points = |points: &str| Opening { points: Some(points.parse().unwrap()), ..opening() };
    assert_eq!(opened(&points("5")), None);
    assert_eq!(opened(&points("6")), Some(Reason::AwardOutOfRange));
    assert_eq!(opened(&Opening { points: None, ..opening() }), Some(Reason::AwardOutOfRange));
    let honour = |level: &str| Opening {
        award: Some(AwardId::new("honour").unwrap()),
        level: Some(LevelId::new(level).unwrap()),
        points: None,
        ..opening()
    };
    assert_eq!(opened(&honour("city")), None);
    assert_eq!(opened(&honour("world")), Some(Reason::AwardOutOfRange));
    let mut told = Told::<Commendation>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    assert_eq!(told.refused("2026-03-02 10:00", &chief(), Command::Commend {}), ("same_hands".into(), 2));
    let own = Opening { subject: id("clerk"), unit: id("office"), ..opening() };
    let mut told = Told::<Commendation>::open("2026-03-02 09:00", &chief(), &own).unwrap();
    let clerk = actor("clerk", Party::OFFICE);
    assert_eq!(told.refused("2026-03-02 10:00", &clerk, Command::Commend {}), ("own_case".into(), 9));
}

#[test]
fn an_exchange_that_is_arranged_is_owed_by_its_day() {
    promise::<Commendation>(Just(opening()), &head(), command(), |file, _| {
        let case = file.case();
        let arranged = case.status() == Status::Arranged;
        let owed = file.clock().owed(EXCHANGE);
        prop_assert_eq!(owed.is_some(), arranged);
        if let (Some(owed), Some(on)) = (owed, case.exchange_on()) {
            prop_assert_eq!(owed.due.ends().map(|ends| ends.date()), on.succ_opt());
        }
        let told = case.record(RecordId::new("C-1").unwrap()).is_some();
        prop_assert_eq!(told, !matches!(case.status(), Status::Proposed | Status::Declined));
        Ok(())
    });
}
