//! Ducha: calendar.
#![no_std]

extern crate alloc;
