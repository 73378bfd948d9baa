//! Who must do what, until when, and what happens when nobody does.
//!
//! A [`Case`] is a pure state machine: [`File::open`] and [`File::decide`] say what happens, or refuse and name the article;
//! [`File::evolve`] says what follows. [`File::allowed`] lists what a person may do next, [`File::due`] what is owed and by whom,
//! [`File::tick`] what time has brought about: reminders, what is overdue, the levels above. Nothing here reads a clock or a
//! store: the moment, the rules, the calendar and the directory of offices come with a [`Context`].
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod adoption;
pub mod appeal;
mod case;
mod clock;
pub mod commendation;
pub mod complaint;
mod context;
mod diagram;
mod directory;
mod draft;
pub mod draw;
mod duty;
pub mod field_time;
mod file;
pub mod filing;
mod found;
mod hands;
pub mod inspection;
mod kinds;
pub mod misconduct;
pub mod month_close;
mod party;
pub mod plan;
pub mod rectification;
mod refusal;
pub mod sanction;
mod seal;
pub mod survey;

pub use case::{Act, Case, Rule, Status};
pub use clock::{Clock, ClockEvent};
pub use context::Context;
pub use diagram::diagram;
pub use directory::{Appointment, Directory, Holder, Roster};
pub use draft::{Draft, Happening, NewDuty, Recorded};
pub use duty::{Due, Duty, DutyStanding, Level, Overdue, Reached};
pub use file::{Allowed, File};
pub use found::Found;
pub use kinds::KINDS;
pub use party::{Actor, Moment, Party, Stamp};
pub use refusal::{Reason, Refusal};
pub use seal::{NoSeal, Seal};

/// Holds the README's example to what the crate does.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
