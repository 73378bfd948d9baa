//! From records to an assessment: the reference evaluator, which is the specification.
//!
//! A finding goes in; a penalty comes out, with every reason. The modules stand in the order in which a record passes them:
//!
//! 1. `admit`: which records take effect, and why the others don't; `versions` tells which version of the rulebook prices each.
//! 2. `price`: what a record costs by its clause, before any factor. What refused rows are told is in `refusal`.
//! 3. `fold` goes through the passes: `adjust` (once, warned, by source), `recur`, `unrectified`, `cap`, `share`. What comes out are [`Entry`]s.
//! 4. `count`: what a tally counts; `tally` and `balance`: what is accumulated over a window; `complete`: whether the records
//!    reach back far enough for it; `index`: composite scores.
//! 5. `tier`: where a subject stands; `crossing`: when it rose there; `consequence`: what follows; `rank`: across subjects.
//!
//! Everything is a pure function of its arguments. What cannot be known is [`Outcome::Undetermined`] and says what it needs.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod adjust;
mod admit;
pub mod assessment;
mod balance;
mod cap;
mod complete;
mod consequence;
mod count;
mod crossing;
mod difference;
mod draft;
mod due;
pub mod engine;
mod evaluate;
mod example;
mod fold;
mod index;
mod money;
mod numbers;
mod preview;
mod price;
mod rank;
mod recur;
mod refusal;
mod request;
pub mod restatement;
mod roster;
mod share;
mod standing;
mod tally;
mod tier;
mod unrectified;
mod versions;
mod window;
mod zero;

pub use assessment::{Account, Assessment, Entry, Fired, Outcome, Standing, TallyStanding, WindowOf};
pub use evaluate::assess;
pub use example::{ExampleOutcome, Mismatch, run_examples};
pub use preview::{Preview, preview};
pub use request::{DeductionShape, Request};
pub use restatement::Restatement;
