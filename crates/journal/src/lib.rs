//! An append-only, hash-chained journal of events: the trait, a store in memory, and a conformance suite for any other.
//!
//! What happened in a case is told by its events, and by nothing else: no event is changed, none is taken back. The events
//! of one case are a *stream*; all streams of a journal together have one order, in which each event has its *position*.
//!
//! ```
//! use ducha_journal::{Expected, Head, Journal as _, Memory, NewEvent, Payload, StreamId, moment};
//!
//! let mut journal = Memory::new();
//! let case = StreamId::new("rectification/R-2026-001")?;
//! let at = moment::read("2026-10-03T14:30:00").ok_or("no time")?;
//! let demanded = NewEvent {
//!     id: "R-2026-001:1".parse()?,
//!     kind: "rectification.demanded".parse()?,
//!     schema: 1,
//!     occurred_at: at,
//!     recorded_at: at,
//!     actor: None,
//!     payload: Payload::new(&serde_json::json!({ "subject": "canteen", "until": "2026-10-10" }))?,
//! };
//!
//! let written = journal.append(&case, Expected::New, &[demanded.clone()])?;
//! assert_eq!((written.version, written.position, written.already), (1, 1, false));
//! // The answer was lost on its way, so the events are sent again: nothing is written twice.
//! assert!(journal.append(&case, Expected::New, &[demanded])?.already);
//!
//! let page = journal.read(&case, 0, 100)?;
//! assert_eq!(page.events[0].kind.as_str(), "rectification.demanded");
//! let verified = journal.verify(&Head::GENESIS)?;
//! assert_eq!(verified.events, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a journal promises
//!
//! * **All or none.** A call writes every event that it was given, over as many streams as it names, or no event at all.
//! * **Nobody overwrites unseen.** Who decides on a state says which version he saw ([`Expected`]). If the stream has moved
//!   on, the append is a conflict and nothing is written.
//! * **Sending again is safe.** Each event has an id given by the caller. The same events sent again are found
//!   [already](Appended::already) there, whatever version is expected by then; the same id with another content is refused.
//! * **One order.** Positions count from 1 without gaps. Who has read up to a position will never find a new event below it.
//! * **A seal on everything.** Each event's [hash](ChainHash) is made from its content and from the hash before it. A
//!   [`Head`] that is kept elsewhere (printed on the bulletin, say) makes every later change of what came before visible.
//! * **No clock.** Times are given by the caller, as civil time at +08:00.
//!
//! # A store of your own
//!
//! Implement [`Journal`]; [`plan()`] makes all decisions of an append, so that a store only has to fetch what the plan asks
//! for and to write what it says, in one transaction. Then run [`conformance::run`] against it: what passes is a valid store.
//!
//! # Blocking, and the seam for async
//!
//! The trait blocks: an embedded store has nothing to wait for but its disk, and one handle is one connection, held
//! exclusively (`&mut self`). An async twin would be a second trait with the same methods; everything that decides
//! ([`plan()`], [`Walk`], [`Upcasters`]) is a function of its arguments and would be used as it is. Until somebody needs it,
//! a blocking handle in a thread of its own (`spawn_blocking`) does the same.

mod append;
mod chain;
pub mod conformance;
mod error;
mod event;
mod id;
mod journal;
mod memory;
pub mod moment;
mod payload;
mod plan;
mod snapshot;
mod upcast;
mod walk;

pub use append::{Appended, Batch, Expected};
pub use chain::{ChainHash, ChainHashError, Head};
pub use error::{AppendError, SnapshotError, StoreError, VerifyError};
pub use event::{Event, NewEvent};
pub use id::{
    Actor, ActorError, EventId, EventKind, MAX_ACTOR_BYTES, MAX_STREAM_BYTES, StreamId, StreamIdError, kind,
};
pub use journal::{Journal, Page, StreamSummary};
pub use memory::Memory;
pub use payload::{MAX_PAYLOAD_BYTES, MAX_PAYLOAD_DEPTH, Payload, PayloadError};
pub use plan::{Known, Plan, plan};
pub use snapshot::Snapshot;
pub use upcast::{Told, UpcastError, Upcasters, UpcastersError};
pub use walk::{Tamper, Tampered, Verified, Walk};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
