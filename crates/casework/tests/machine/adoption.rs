//! Adoption of a rulebook (arts. 11, 26).

use crate::{
    campus::{Campus, actor, id},
    promise::{events, promise},
    told::Told,
    walk::explore,
};
use chrono::NaiveDate;
use ducha_casework::{
    Actor, Party, Seal,
    adoption::{Adopted, Adoption, Command, Event, Note, Opening, Status, Text},
};
use ducha_core::{ClauseId, EntryId, Label, Lang, RulebookId};
use proptest::prelude::*;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The rules of this campus, as its office meeting adopted them.
pub(crate) fn adopted() -> Adopted {
    let campus = Campus::new();
    Adopted {
        rulebook: campus.rules.id().clone(),
        text: text_of("1"),
        on: day("2025-12-18"),
        from: day("2026-01-01"),
        until: None,
    }
}

fn text_of(version: &str) -> Text {
    let rules = Campus::new().rules;
    Text { version: version.into(), text: rules.digest_text().into(), meaning: rules.digest_meaning().into() }
}

fn opening() -> Opening {
    Opening { unit: id("office"), rulebook: RulebookId::new("machine").unwrap(), draft: text_of("2") }
}

fn chief() -> Actor {
    actor("chief", Party::OFFICE)
}

fn meeting() -> Actor {
    actor("gm", Party::OFFICE_MEETING)
}

fn note(id: &str) -> Note {
    let text = Label::new("“地面”包括台阶", "floors include stairs");
    Note { id: EntryId::new(id).unwrap(), clauses: vec![ClauseId::new("CL-01").unwrap()], text }
}

fn command() -> impl Strategy<Value = Command> + Clone + 'static {
    let text = || prop_oneof![8 => Just(String::from("如此")), 1 => Just(String::new())];
    let date = || prop_oneof![Just(day("2026-03-01")), Just(day("2026-03-20")), Just(day("2026-05-01"))];
    prop_oneof![
        1 => Just(Command::Revise { draft: text_of("2") }),
        4 => Just(Command::Put {}),
        4 => (date(), text()).prop_map(|(from, minutes)| Command::Adopt { from, minutes }),
        2 => text().prop_map(|why| Command::SendBack { why }),
        1 => text().prop_map(|why| Command::Refuse { why }),
        4 => text().prop_map(|place| Command::Publish { place }),
        4 => Just(Command::EnterForce {}),
        2 => prop_oneof![Just("N-1"), Just("N-2"), Just("N-3")].prop_map(|id| Command::Interpret { note: note(id) }),
        1 => (text(), date()).prop_map(|(by, from)| Command::Replace { by, from }),
    ]
}

#[test]
fn every_way_through_an_adoption_holds_what_must_hold() {
    explore::<Adoption>(Just(opening()), Just(chief()), command());
}

#[test]
fn a_rulebook_is_adopted_published_in_force_interpreted_and_replaced() {
    let mut told = Told::<Adoption>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    told.act("2026-03-03 09:00", &chief(), Command::Put {}).unwrap();
    let back = Command::SendBack { why: "补充价格条款".into() };
    told.act("2026-03-04 09:00", &meeting(), back).unwrap();
    let revised = Text { text: Seal::new("a".repeat(64)).unwrap(), ..text_of("2") };
    told.act("2026-03-05 09:00", &chief(), Command::Revise { draft: revised.clone() }).unwrap();
    told.act("2026-03-06 09:00", &chief(), Command::Put {}).unwrap();
    let adopt = |from: &str| Command::Adopt { from: day(from), minutes: "2026-3 号纪要".into() };
    let refusal = told.act("2026-03-10 09:00", &meeting(), adopt("2026-03-09")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "it cannot be in force from 2026-03-09: it is adopted on 2026-03-10 only (art. 26)"
    );
    told.act("2026-03-10 09:00", &meeting(), adopt("2026-04-01")).unwrap();
    told.act("2026-03-11 09:00", &chief(), Command::Publish { place: "公示栏".into() }).unwrap();
    assert_eq!(
        told.refused("2026-03-31 09:00", &chief(), Command::EnterForce {}),
        ("not_yet_in_force".into(), 26)
    );
    told.act("2026-04-01 00:00", &chief(), Command::EnterForce {}).unwrap();
    told.act("2026-05-06 09:00", &chief(), Command::Interpret { note: note("N-1") }).unwrap();
    let twice = Command::Interpret { note: note("N-1") };
    assert_eq!(told.refused("2026-05-07 09:00", &chief(), twice), ("note_twice".into(), 26));
    let file = told.file();
    let clause = ClauseId::new("CL-01").unwrap();
    assert_eq!(file.case().notes_on(&clause, day("2026-05-05")).count(), 0);
    let known: Vec<_> = file.case().notes_on(&clause, day("2026-05-06")).collect();
    assert_eq!(known[0].citation().text(Lang::En), "N-1 (2026-05-06)");
    let replace = |from: &str| Command::Replace { by: "3".into(), from: day(from) };
    assert_eq!(told.refused("2026-06-01 09:00", &chief(), replace("2026-04-01")).0, "replaced_too_early");
    told.act("2026-06-01 09:00", &chief(), replace("2026-07-01")).unwrap();
    let file = told.file();
    let adopted = file.case().adopted().unwrap();
    assert_eq!((&adopted.text, adopted.on), (&revised, day("2026-03-10")));
    assert!(!adopted.binds_on(day("2026-03-31")) && adopted.binds_on(day("2026-04-01")));
    assert!(adopted.binds_on(day("2026-06-30")) && !adopted.binds_on(day("2026-07-01")));
    assert_eq!(adopted.name().en, "machine 2 (adopted on 2026-03-10)");
    assert_eq!(told.status(), Status::Replaced);
}

#[test]
fn the_office_does_not_adopt_its_own_rules() {
    let mut told = Told::<Adoption>::open("2026-03-02 09:00", &chief(), &opening()).unwrap();
    told.act("2026-03-03 09:00", &chief(), Command::Put {}).unwrap();
    let adopt = Command::Adopt { from: day("2026-04-01"), minutes: "纪要".into() };
    assert_eq!(told.refused("2026-03-04 09:00", &chief(), adopt), ("not_yours".into(), 26));
    assert!(told.allowed("2026-03-04 09:00", &chief()).is_empty());
    let empty = Opening { draft: Text { version: String::new(), ..text_of("2") }, ..opening() };
    let refusal = Told::<Adoption>::open("2026-03-02 09:00", &chief(), &empty).err().unwrap();
    assert_eq!((refusal.reason.key(), refusal.article.number()), ("empty", 11));
}

#[test]
fn a_digest_is_read_as_one_or_not_at_all() {
    let text = serde_json::to_string(&adopted()).unwrap();
    assert_eq!(serde_json::from_str::<Adopted>(&text).unwrap(), adopted());
    let digest = adopted().text.text.to_string();
    for wrong in [&digest[1..], &digest.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A"), "漢"] {
        assert!(serde_json::from_str::<Adopted>(&text.replace(&digest, wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_adopted_is_what_lay_before_the_meeting_and_binds_no_day_before() {
    let revising = prop_oneof![
        4 => command(),
        1 => prop_oneof![Just("b"), Just("c")].prop_map(|digit| {
            let text = Seal::new(digit.repeat(64)).unwrap();
            Command::Revise { draft: Text { text, ..text_of("2") } }
        }),
    ];
    promise::<Adoption>(Just(opening()), &chief(), revising, |file, log| {
        let Some(adopted) = file.case().adopted() else { return Ok(()) };
        let put = events(log).filter_map(|(_, event)| match event {
            Event::Put { draft } => Some(draft),
            _ => None,
        });
        prop_assert_eq!(put.last(), Some(&adopted.text));
        prop_assert!(adopted.from >= adopted.on && !adopted.binds_on(adopted.on.pred_opt().unwrap()));
        Ok(())
    });
}
