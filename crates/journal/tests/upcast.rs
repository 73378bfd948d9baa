//! Events of old versions, as files that were written then, still read; what is unknown is named and never passed over.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use ducha_journal::{
    Event, Expected, Head, Journal as _, Memory, NewEvent, Payload, StreamId, UpcastError, Upcasters,
    UpcastersError, Walk,
};
use serde::Deserialize;
use serde_json::json;

/// Events as an export of an older program told them: one JSON object a line, in three versions of their form.
const FIXTURE: &str = include_str!("fixtures/rectification.jsonl");

fn fixture() -> Vec<Event> {
    FIXTURE.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A demand in today's form, version 3: a limit with its unit, and who answers for it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Demanded {
    subject: String,
    limit: Limit,
    responsible: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Limit {
    count: u32,
    unit: String,
}

fn upcasters() -> Upcasters {
    Upcasters::new()
        .kind("rectification.demanded", 3)
        .unwrap()
        // Version 1 counted all limits in days.
        .step("rectification.demanded", 1, 2, |old| {
            let days = old.get("days").cloned().ok_or("no days")?;
            Ok(json!({ "subject": old["subject"], "limit": { "count": days, "unit": "day" } }))
        })
        .unwrap()
        // Version 2 did not say who answers.
        .step("rectification.demanded", 2, 3, |mut old| {
            old.as_object_mut().ok_or("no object")?.insert("responsible".into(), json!(null));
            Ok(old)
        })
        .unwrap()
}

#[test]
fn old_versions_from_a_file_still_read() {
    let limit = |count, unit: &str| Limit { count, unit: unit.into() };
    let wanted = [
        Demanded { subject: "canteen".into(), limit: limit(7, "day"), responsible: None },
        Demanded { subject: "dormitory".into(), limit: limit(3, "working_day"), responsible: None },
        Demanded {
            subject: "canteen".into(), limit: limit(48, "hour"), responsible: Some("王主任".into())
        },
    ];
    let schemas: Vec<u32> = fixture().iter().map(|event| event.schema).collect();
    assert_eq!(schemas, [1, 2, 3]);
    let read: Vec<Demanded> = fixture().iter().map(|event| upcasters().read(event).unwrap()).collect();
    assert_eq!(read, wanted);
}

#[test]
fn the_seals_of_a_file_still_hold() {
    // The form of the hash is a promise: whoever changes it breaks every journal there is.
    let mut walk = Walk::from(Head::GENESIS);
    fixture().iter().for_each(|event| walk.step(event).unwrap());
    assert_eq!(walk.verified().events, 3);
    let mut changed = fixture();
    changed[1].payload = Payload::parse(&changed[1].payload.text().replace('3', "4")).unwrap();
    let mut walk = Walk::from(Head::GENESIS);
    let found: Result<Vec<()>, _> = changed.iter().map(|event| walk.step(event)).collect();
    assert_eq!(found.unwrap_err().position, 2);
}

#[test]
fn a_stream_is_loaded_in_todays_form_and_kept_as_it_was_written() {
    let mut journal = Memory::new();
    let case = StreamId::new("rectification/R-1").unwrap();
    let given: Vec<NewEvent> = fixture().iter().map(Event::given).collect();
    journal.append(&case, Expected::New, &given).unwrap();
    let told = upcasters().load::<Demanded>(&mut journal, &case, 1).unwrap();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].says.limit.unit, "working_day");
    assert_eq!((told[0].event.schema, &told[0].event.payload), (2, &given[1].payload));
    assert_eq!(journal.verify(&Head::GENESIS).unwrap().events, 3);
}

#[test]
fn newer_and_unknown_events_are_named_and_not_passed_over() {
    let mut journal = Memory::new();
    let case = StreamId::new("rectification/R-1").unwrap();
    let mut given: Vec<NewEvent> = fixture().iter().map(Event::given).collect();
    given[2].schema = 4;
    journal.append(&case, Expected::New, &given).unwrap();
    let refused = upcasters().load::<Demanded>(&mut journal, &case, 0).unwrap_err();
    assert!(
        matches!(&refused, UpcastError::Newer { event, current: 3 } if event.position == 3),
        "{refused:?}"
    );
    let told = refused.to_string();
    for word in ["R-1:3", "rectification/R-1", "rectification.demanded", "version 4", "up to version 3"] {
        assert!(told.contains(word), "{told}");
    }
    let mut event = fixture().remove(0);
    event.kind = "rectification.weighed".parse().unwrap();
    let refused = upcasters().value(&event).unwrap_err();
    assert!(matches!(refused, UpcastError::UnknownKind(_)));
    assert!(refused.to_string().contains("rectification.weighed"));
}

#[test]
fn a_version_without_a_way_and_a_payload_without_its_fields_are_named() {
    let mut event = fixture().remove(0);
    event.schema = 0;
    assert!(matches!(upcasters().value(&event), Err(UpcastError::NoWay { stuck: 0, current: 3, .. })));
    event.schema = 1;
    event.payload = Payload::new(&json!({ "subject": "canteen" })).unwrap();
    let refused = upcasters().value(&event).unwrap_err();
    assert!(refused.to_string().ends_with("no days"), "{refused}");
    event.schema = 3;
    assert!(matches!(upcasters().read::<Demanded>(&event), Err(UpcastError::Content { .. })));
}

#[test]
fn steps_that_contradict_are_refused() {
    let known = || Upcasters::new().kind("a", 3).unwrap();
    assert!(matches!(known().kind("a", 4), Err(UpcastersError::Twice(_))));
    assert!(matches!(known().kind("a b", 4), Err(UpcastersError::Name { .. })));
    assert!(matches!(known().step("b", 1, 2, Ok), Err(UpcastersError::Unknown(_))));
    for (from, to) in [(2, 2), (2, 1), (3, 4)] {
        assert!(matches!(known().step("a", from, to, Ok), Err(UpcastersError::Step { .. })));
    }
    let twice = known().step("a", 1, 3, Ok).unwrap().step("a", 1, 2, Ok);
    assert!(matches!(twice, Err(UpcastersError::Step { from: 1, to: 2, .. })));
}
