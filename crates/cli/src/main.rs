//! The `ducha` command.
fn main() {}
