//! What cases do: random walks through every kind, and timelines that tell a story.

mod campus;
mod rectification;
mod walk;
