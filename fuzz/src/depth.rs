//! How deep a fuzz target reaches: of how many inputs something came out. Told as often as libFuzzer tells its own.

use std::sync::atomic::{AtomicU64, Ordering};

/// The results that are counted, by name.
pub struct Depth<const N: usize> {
    names: [&'static str; N],
    inputs: AtomicU64,
    reached: [AtomicU64; N],
}

impl<const N: usize> Depth<N> {
    /// Counts results of these names.
    pub const fn of(names: [&'static str; N]) -> Self {
        Self { names, inputs: AtomicU64::new(0), reached: [const { AtomicU64::new(0) }; N] }
    }

    /// One more input, with whether each result came out of it.
    pub fn count(&self, came: [bool; N]) {
        let inputs = self.inputs.fetch_add(1, Ordering::Relaxed) + 1;
        let mut told = format!("reached: of {inputs} inputs");
        for ((reached, came), name) in self.reached.iter().zip(came).zip(self.names) {
            let times = reached.fetch_add(u64::from(came), Ordering::Relaxed) + u64::from(came);
            told.push_str(&format!(", {} % {name}", times * 100 / inputs));
        }
        if inputs.is_power_of_two() && inputs >= 64 {
            eprintln!("{told}");
        }
    }
}
