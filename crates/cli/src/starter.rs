//! `ducha new`: a rulebook to begin with, which passes `check`.

use crate::outcome::Outcome;
use ducha::core::Lang;

/// The starter, with comments in one language.
pub(crate) fn run(lang: Lang) -> Outcome {
    Outcome::done(match lang {
        Lang::Zh => include_str!("starter.zh.toml"),
        Lang::En => include_str!("starter.en.toml"),
    })
}
