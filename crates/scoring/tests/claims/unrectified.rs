//! The unrectified (§4.6).

use crate::{
    desk::{Desk, clause, table},
    month,
};
use serde_json::json;

#[test]
fn unrectified_extra_is_dated_the_day_after_the_limit() {
    let rules = [
        table("limit", "mend", "length = \"3 calendar days\"\nroll = \"none\""),
        "[[unrectified]]\nid = \"twice\"\nfactors = [2, 3]\n".to_string(),
        clause("F", "price = { shape = \"flat\", points = 2 }\nunrectified = \"twice\"\nrectify = \"mend\""),
        month(),
    ];
    let seen = Desk::of(&rules)
        .found("A", "2026-10-30", "F")
        .fact("N1", "2026-11-20", "not_rectified", "A")
        .row(json!({ "id": "N2", "type": "fact", "subject": "u", "occurred_on": "2026-11-25", "fact": "not_rectified", "refers_to": "A", "due_on": "2026-11-22" }))
        .as_of("2026-11-30");
    assert_eq!(seen.points("u", "A"), ["2", "2", "2"]);
    assert_eq!(seen.days("A"), ["2026-10-30", "2026-11-03", "2026-11-23"]);
    assert_eq!(
        (seen.tally("u", "score", "2026-10"), seen.tally("u", "score", "2026-11")),
        ("98".into(), "96".into())
    );
    // A limit does not run out before the act.
    let early = Desk::of(&rules)
        .found("A", "2026-10-30", "F")
        .row(json!({ "id": "N", "type": "fact", "subject": "u", "occurred_on": "2026-11-25", "fact": "not_rectified", "refers_to": "A", "due_on": "2016-11-22" }))
        .as_of("2026-11-30");
    assert_eq!(early.days("A"), ["2026-10-30", "2026-11-25"]);
}

#[test]
fn an_extra_for_the_unrectified_is_never_negative() {
    let seen = Desk::of(&[
        "[[unrectified]]\nid = \"falls\"\nfactors = [2, 1]\n".to_string(),
        clause("F", "price = { shape = \"flat\", points = 2 }\nunrectified = \"falls\""),
        month(),
    ])
    .found("A", "2026-10-12", "F")
    .fact("N1", "2026-10-13", "not_rectified", "A")
    .fact("N2", "2026-10-14", "not_rectified", "A")
    .as_of("2026-10-31");
    assert_eq!(seen.points("u", "A"), ["2", "2", "0"]);
}
