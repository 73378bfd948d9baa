//! Ducha.
#![no_std]
