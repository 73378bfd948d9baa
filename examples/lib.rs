//! The examples of ducha stand beside this file; each is run by `cargo run --example NAME`.

/// The lines of the READMEs are compiled as they stand.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.zh-CN.md")]
struct Readme;
