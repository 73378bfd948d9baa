//! The benchmarks of ducha stand beside this file; `cargo bench -p ducha-benches` runs them.
