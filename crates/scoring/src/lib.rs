//! Ducha: scoring.
#![no_std]

extern crate alloc;
