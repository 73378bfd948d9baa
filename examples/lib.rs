//! The examples of ducha stand beside this file; each is run by `cargo run --example NAME`.
