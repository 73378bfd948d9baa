//! How what happened stands in the journal.

use super::DeskError;
use crate::{
    casework::{Case, Recorded},
    journal::{Actor, Event, EventId, EventKind, NewEvent, Payload, StreamId},
};
use alloc::{format, string::ToString as _, vec::Vec};
use serde_json::Value;

/// The version of the form in which events are written. A later form brings an upcaster with it.
const SCHEMA: u32 = 1;

/// What happened, as the journal takes it, after so many events of the case.
pub(super) fn written<C: Case>(
    stream: &StreamId,
    after: u64,
    happened: &[Recorded<C::Event>],
) -> Result<Vec<NewEvent>, DeskError> {
    let numbered = (after.saturating_add(1)..).zip(happened);
    numbered.map(|(version, recorded)| one::<C>(stream, version, recorded)).collect()
}

fn one<C: Case>(
    stream: &StreamId,
    version: u64,
    recorded: &Recorded<C::Event>,
) -> Result<NewEvent, DeskError> {
    let broken = |why: &dyn core::fmt::Display| DeskError::History {
        case: stream.clone(),
        version,
        why: why.to_string(),
    };
    let payload = Payload::new(recorded)?;
    let value = serde_json::to_value(&recorded.what).map_err(|error| broken(&error))?;
    let stamp = &recorded.stamp;
    let actor = stamp.by.as_ref().map(|by| Actor::new(by.person.as_str())).transpose();
    Ok(NewEvent {
        id: EventId::new(format!("{stream}:{version}")).map_err(|error| broken(&error))?,
        kind: EventKind::new(name::<C>(&value)).map_err(|error| broken(&error))?,
        schema: SCHEMA,
        occurred_at: stamp.at,
        recorded_at: stamp.recorded,
        actor: actor.map_err(|error| broken(&error))?,
        payload,
    })
}

/// The name of an event: `rectification.notified`, `clock.became_overdue`.
fn name<C: Case>(what: &Value) -> alloc::string::String {
    let tag = |of: &str| what.get(of).and_then(|event| event.get("event")).and_then(Value::as_str);
    match (tag("case"), tag("clock")) {
        (Some(event), _) => format!("{}.{event}", C::KIND),
        (None, Some(event)) => format!("clock.{event}"),
        (None, None) => format!("{}.event", C::KIND),
    }
}

/// What happened in a case, as it was written.
pub(super) fn read<C: Case>(events: &[Event]) -> Result<Vec<Recorded<C::Event>>, DeskError> {
    let read = |event: &Event| {
        let broken = |why: alloc::string::String| DeskError::History {
            case: event.stream.clone(),
            version: event.version,
            why,
        };
        if event.schema != SCHEMA {
            return Err(broken(format!("form {} is unknown here", event.schema)));
        }
        serde_json::from_str(event.payload.text()).map_err(|error| broken(error.to_string()))
    };
    events.iter().map(read).collect()
}
