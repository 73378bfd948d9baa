//! The examples of ducha stand beside this file; each is run by `cargo run --example NAME`.
//!
//! What is more than one program's is here: the standard job, on which speed is measured.

pub mod standard;

/// The lines of the READMEs are compiled as they stand.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.zh-CN.md")]
struct Readme;
