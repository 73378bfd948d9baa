//! Random organisations: a department with employees, a group above it, a latecomer; leaders that change.

use super::{Tape, day};
use ducha_core::{Organisation, Subject};
use serde_json::json;

pub(crate) const SUBJECTS: [&str; 6] = ["d1", "e1", "e2", "e3", "g", "d3"];

pub(crate) fn organisation(tape: &mut Tape<'_>) -> Organisation {
    let change = tape.pick(&["2026-10-12", "2026-10-15", "2026-01-01"]);
    let name = json!({ "zh": "某", "en": "somebody" });
    let mut subjects = vec![
        json!({ "id": "g", "kind": "group", "name": name, "leader": [{ "person": "e3" }] }),
        json!({ "id": "d1", "kind": "department", "name": name, "class": "K1",
            "parent": [{ "of": "g" }],
            "leader": [{ "person": "e1", "until": change }, { "person": "e3", "from": change }] }),
        // Nothing is ever found on it unless the records say so; it comes late.
        json!({ "id": "d3", "kind": "department", "name": name, "from": "2026-02-01" }),
    ];
    if tape.one_in(2) {
        let acting = json!({ "person": "e2", "acting": true, "from": "2026-10-01", "until": "2026-10-13" });
        subjects[1]["leader"].as_array_mut().unwrap().push(acting);
    }
    for (employee, unit) in [("e1", "d1"), ("e2", "d1"), ("e3", "g")] {
        let mut subject = json!({ "id": employee, "kind": "employee", "name": name,
            "parent": [{ "of": unit }],
            "anchor": { "hired": tape.pick(&["2024-02-29", "2025-10-12", "2023-12-31"]) } });
        if employee == "e2" && tape.one_in(4) {
            subject["until"] = json!("2026-10-13");
        }
        subjects.push(subject);
    }
    let subjects: Vec<Subject> = subjects.into_iter().map(|s| serde_json::from_value(s).unwrap()).collect();
    Organisation::new(subjects).unwrap()
}

#[test]
fn the_plainest_organisation_has_a_change_of_leader() {
    let organisation = organisation(&mut Tape::new(&[]));
    let who = |on: &str| organisation.leader_on(&"d1".parse().unwrap(), day(on)).unwrap().person.to_string();
    assert_eq!((who("2026-10-11"), who("2026-10-12")), ("e1".into(), "e3".into()));
}
