//! The close of a month (arts. 3, 14).

use crate::{
    adoption::{adopted, day},
    campus::{actor, at, id},
    promise::{events, promise},
    told::Told,
    walk::explore,
};
use ducha_casework::{
    Actor, Party, Reason, Seal,
    adoption::Adopted,
    month_close::{Act, Command, Event, MonthClose, Opening, PUBLISH, Status},
};
use ducha_core::Period;
use proptest::prelude::*;

fn seal(digit: &str) -> Seal {
    Seal::new(digit.repeat(64)).unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn opening() -> Opening {
    Opening { unit: id("group"), period: period("2026-02"), assessment: seal("1"), rules: adopted() }
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn cook() -> Actor {
    actor("cook", Party::EMPLOYEE)
}

fn answer(objection: u32, assessment: Option<Seal>) -> Command {
    Command::Answer { objection, answer: "已核实".into(), assessment }
}

fn publish() -> Command {
    Command::Publish { place: "公示栏".into() }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    prop_oneof![
        2 => text().prop_map(|why| Command::Object { why }),
        3 => (0_u32..4, proptest::option::of(Just(seal("2")))).prop_map(|(which, seal)| answer(which, seal)),
        3 => Just(Command::Review {}),
        2 => text().prop_map(|place| Command::Publish { place }),
        2 => (prop_oneof![Just("2026-02"), Just("2026-03")], text()).prop_map(|(published_in, why)| {
            Command::Restate { published_in: period(published_in), assessment: seal("3"), why }
        }),
    ]
}

#[test]
fn every_way_through_the_close_of_a_month_holds_what_must_hold() {
    explore::<MonthClose>(Just(opening()), Just(chief()), command());
}

#[test]
fn a_month_is_shown_objected_to_published_and_then_only_restated() {
    let mut told = Told::<MonthClose>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    // Three working days from Monday the 2nd; publication a month after 28 February.
    assert_eq!(told.file().case().objections_until().ends(), Some(at("2026-03-06 00:00")));
    // 28 March 2026 is a Saturday, so that Monday is the last day.
    assert_eq!(told.ends(PUBLISH), Some(at("2026-03-31 00:00")));
    told.act("2026-03-05 09:00", &cook(), Command::Object { why: "不是本班组".into() }).unwrap();
    assert_eq!(told.refused("2026-03-05 10:00", &chief(), Command::Review {}), ("review_open".into(), 3));
    let late = Command::Object { why: "再议".into() };
    assert_eq!(told.refused("2026-03-06 00:01", &cook(), late), ("objected_too_late".into(), 3));
    let refusal = told.act("2026-03-06 08:00", &chief(), Command::Review {}).unwrap_err();
    assert_eq!(refusal.to_string(), "1 objection not answered yet (art. 3)");
    assert_eq!(told.refused("2026-03-06 08:00", &chief(), answer(2, None)), ("no_such_objection".into(), 3));
    told.act("2026-03-06 09:00", &chief(), answer(1, Some(seal("2")))).unwrap();
    told.act("2026-03-06 10:00", &chief(), Command::Review {}).unwrap();
    told.act("2026-03-09 10:00", &chief(), publish()).unwrap();
    assert!(told.file().due().is_empty());
    let frozen = told.file().case().frozen().unwrap().clone();
    assert_eq!((frozen.assessment(), frozen.at()), (&seal("2"), at("2026-03-09 10:00")));
    assert_eq!(told.allowed("2026-04-01 09:00", &chief()), [Act::Restate]);
    let restate = |published_in: &str| Command::Restate {
        published_in: period(published_in),
        assessment: seal("3"),
        why: "申诉撤销一项".into(),
    };
    assert_eq!(
        told.refused("2026-04-01 09:00", &chief(), restate("2026-02")),
        ("not_later_publication".into(), 14)
    );
    told.act("2026-04-01 09:00", &chief(), restate("2026-03")).unwrap();
    let file = told.file();
    assert_eq!(file.case().frozen(), Some(&frozen));
    assert_eq!(file.case().restated()[0].assessment, seal("3"));
    assert_eq!(told.status(), Status::Published);
}

#[test]
fn a_month_not_published_in_time_falls_on_the_general_manager() {
    let mut told = Told::<MonthClose>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    told.tick("2026-04-01 09:00");
    let overdue = told.file().clock().latest(PUBLISH).unwrap().overdue.clone().unwrap();
    assert_eq!((overdue.since, &overdue.accountable[0].person), (at("2026-03-31 00:00"), &id("gm")));
}

#[test]
fn an_official_assessment_names_the_rules_in_force_then() {
    let opened = |opening: &Opening| {
        let refusal = Told::<MonthClose>::open("2026-03-02 09:00", &chief(), opening).err();
        refusal.map(|refusal| (refusal.reason, refusal.article.number()))
    };
    assert_eq!(opened(&Opening { period: period("2026-03"), ..opening() }), Some((Reason::PeriodOpen, 14)));
    let mut other = adopted();
    other.text.version = "2".into();
    assert_eq!(opened(&Opening { rules: other, ..opening() }), Some((Reason::NotThoseRules, 26)));
    let replaced = Adopted { until: Some(day("2026-02-01")), ..adopted() };
    assert_eq!(opened(&Opening { rules: replaced, ..opening() }), Some((Reason::NotThoseRules, 26)));
    assert_eq!(opened(&opening()), None);
}

#[test]
fn what_was_published_stays_as_it_was() {
    promise::<MonthClose>(Just(opening()), &chief(), command(), |file, log| {
        let published: Vec<_> = events(log)
            .filter_map(|(recorded, event)| match event {
                Event::Published { assessment, .. } => Some((assessment, recorded.stamp.at)),
                _ => None,
            })
            .collect();
        prop_assert!(published.len() <= 1);
        let frozen = file.case().frozen().map(|frozen| (frozen.assessment(), frozen.at()));
        prop_assert_eq!(frozen, published.first().copied());
        let mut restated = file.case().restated().iter();
        prop_assert!(restated.all(|restated| restated.published_in.from >= opening().period.until));
        prop_assert!(frozen.is_some() || file.case().restated().is_empty());
        Ok(())
    });
}
