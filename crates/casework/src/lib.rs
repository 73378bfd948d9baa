//! Who must do what, until when, and what happens when nobody does.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod case;
mod clock;
mod context;
mod directory;
mod draft;
mod duty;
mod file;
mod party;
pub mod rectification;
mod refusal;

pub use case::{Act, Case, Rule, Status};
pub use clock::{Clock, ClockEvent};
pub use context::Context;
pub use directory::{Appointment, Directory, Holder, Roster};
pub use draft::{Draft, Happening, NewDuty, Recorded};
pub use duty::{Due, Duty, DutyStanding, Level, Overdue, Reached};
pub use file::{Allowed, File};
pub use party::{Actor, Moment, Party, Stamp};
pub use refusal::{Reason, Refusal};
