//! Ducha beside general rule engines: `cargo bench --manifest-path benches/engines/Cargo.toml`.
//!
//! Two jobs. In the *price* of one finding an engine is given the code of a clause as text, a quantity and what the inspector
//! chose, and yields the points. In the *standard job* it yields what a finding costs, given whether it repeats another and
//! how much of the cap is used; the host keeps that state and adds up, since no general engine knows what came before.
//!
//! Where there was a choice, it was made in favour of the general engines:
//! * rules are compiled once, a rule for each clause, so that no engine searches among 120 of them (the decision table, which
//!   does, finds its row by an index);
//! * prices and caps are literals in the rule;
//! * a finding is put into the engine's own form before the clock runs, as far as it doesn't depend on earlier findings;
//! * the quickest call that the engine's documentation names is taken: a virtual machine that is used again, an arena that is
//!   reset, variables that are borrowed;
//! * clauses are found by a quick hash; the host's state lies in one array, as in the program written by hand;
//! * the engines check nothing: not that a choice is within its range, not that a quantity is whole. Ducha does.
//!
//! Each engine is compiled with the same flags.

pub mod cel;
pub mod datalogic;
pub mod once;
pub mod rival;
pub mod zen_expression;
pub mod zen_graph;
