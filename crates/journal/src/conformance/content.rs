//! Whatever an event may hold comes back as it was given.

use super::{Case, Open, Outcome, due, event, saying, stream, time};
use crate::{EventId, Expected, Journal, MAX_STREAM_BYTES, NewEvent};
use serde_json::{Value, json};

pub(super) fn cases<J: Journal>() -> Vec<Case<J>> {
    vec![
        ("every field comes back as it was given", fields),
        ("payloads in any script come back byte by byte", scripts),
        ("payloads of every form come back byte by byte", forms),
        ("a payload of a mebibyte comes back", large),
        ("times come back to the nanosecond, far away ones too", times),
        ("the longest names come back", long_names),
    ]
}

/// That events come back from a stream and from the whole as they were given.
fn come_back<J: Journal>(open: Open<'_, J>, sent: &[NewEvent]) -> Outcome {
    let case = stream("case/a")?;
    open().append(&case, Expected::New, sent)?;
    let mut other = open();
    let found: Vec<NewEvent> = other.load(&case, 0)?.iter().map(crate::Event::given).collect();
    due("events of the stream", found, sent.to_vec())?;
    let found: Vec<NewEvent> =
        other.read_all(0, sent.len())?.events.iter().map(crate::Event::given).collect();
    due("events of the journal", found, sent.to_vec())?;
    due("sent again", other.append(&case, Expected::New, sent)?.already, true)
}

fn fields<J: Journal>(open: Open<'_, J>) -> Outcome {
    let plain = event("e1")?;
    let full = NewEvent {
        id: "R-2026-001:2".parse()?,
        kind: "sanction.decided".parse()?,
        schema: u32::MAX,
        occurred_at: time("2026-10-03T23:59:59")?,
        recorded_at: time("2026-10-05T08:00:01")?,
        actor: Some("督查办/王 “小” 明".parse()?),
        payload: plain.payload.clone(),
    };
    come_back(open, &[plain, full, NewEvent { schema: 0, ..event("e3")? }])
}

fn scripts<J: Journal>(open: Open<'_, J>) -> Outcome {
    let texts = [
        "食堂卫生督查：餐具不洁",
        "𠮷野家 👩🏽‍🍳 e\u{301} é \u{202e}rtl\u{202c}",
        "\u{0} \u{1} \u{7f} \u{80} \u{feff} \u{fffd} \u{10ffff}",
        "'; DROP TABLE event; -- \" \\ \\u0000 % _ $1 ?1 :a @b",
        "\r\n\t line \u{2028} paragraph \u{2029}",
        "",
    ];
    let sent = texts.iter().zip(1..).map(|(text, at)| saying(&format!("e{at}"), &json!({ *text: text })));
    come_back(open, &sent.collect::<Result<Vec<_>, _>>()?)
}

fn forms<J: Journal>(open: Open<'_, J>) -> Outcome {
    let nested = (0..100).fold(json!(null), |inner, _| json!([inner]));
    let forms: [Value; 10] = [
        json!(null),
        json!(true),
        json!(0),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!([]),
        json!({}),
        json!({ "b": { "z": 1, "a": [1, { "y": null, "x": false }] }, "a": "1.50", "A": -1 }),
        nested,
    ];
    let sent = forms.iter().zip(1..).map(|(form, at)| saying(&format!("e{at}"), form));
    come_back(open, &sent.collect::<Result<Vec<_>, _>>()?)
}

fn large<J: Journal>(open: Open<'_, J>) -> Outcome {
    let text: String = "督查 inspection ".chars().cycle().take(1_000_000).collect();
    come_back(open, &[event("before")?, saying("large", &json!({ "text": text }))?, event("after")?])
}

fn times<J: Journal>(open: Open<'_, J>) -> Outcome {
    let texts = [
        "2026-10-03T14:30:00.000000001",
        "2026-10-03T14:30:00.999999999",
        "1969-12-31T23:59:59.5",
        "2016-12-31T23:59:60",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "+12024-02-29T00:00:00",
    ];
    let mut sent = Vec::new();
    for (text, at) in texts.iter().zip(1..) {
        sent.push(NewEvent { occurred_at: time(text)?, ..event(&format!("e{at}"))? });
    }
    come_back(open, &sent)
}

fn long_names<J: Journal>(open: Open<'_, J>) -> Outcome {
    // Of every character that a name may have.
    let marks: String = ('!'..='~').collect();
    let longest = |length: usize| marks.chars().cycle().take(length).collect::<String>();
    let case = stream(&format!("c/{}", longest(MAX_STREAM_BYTES.saturating_sub(2))))?;
    let id = EventId::new(longest(ducha_core::MAX_ID_BYTES))?;
    let sent = NewEvent { id: id.clone(), kind: id.as_str().parse()?, ..event("e")? };
    let mut journal = open();
    journal.append(&case, Expected::New, std::slice::from_ref(&sent))?;
    let found = journal.load(&case, 0)?;
    due("events", found.iter().map(crate::Event::given).collect::<Vec<_>>(), vec![sent])?;
    let listed = journal.streams(case.as_str(), None, 2)?;
    due("streams", listed.into_iter().map(|summary| summary.stream).collect::<Vec<_>>(), vec![case])
}
