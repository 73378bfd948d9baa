//! Ducha: rulebook.
#![no_std]

extern crate alloc;
