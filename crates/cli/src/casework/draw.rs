//! `ducha draw verify`: repeats a published draw.

use crate::input::bytes_of;
use crate::outcome::{Outcome, Step};
use crate::words::Say;
use ducha::casework::draw::Draws;
use ducha::core::Lang;
use serde_json::Value;
use std::path::Path;

/// Repeats the draws of a file: draws alone, or a plan that holds them.
pub(crate) fn verify(file: &Path, lang: Lang) -> Step<Outcome> {
    let name = file.display().to_string();
    let bytes = bytes_of(file, lang)?;
    let unread = |error: &serde_json::Error| {
        Outcome::wrong_use(Say::NotADraw { file: &name, why: &crate::words::of_json(error, lang) }.text(lang))
    };
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| unread(&error))?;
    let draws = value.get("draws").filter(|draws| draws.is_object()).cloned().unwrap_or(value);
    let draws: Draws = serde_json::from_value(draws).map_err(|error| unread(&error))?;
    let faults = draws.verify();
    let mut out = String::new();
    for fault in &faults {
        out.push_str(&format!("{}\n", fault.text(lang)));
    }
    if faults.is_empty() {
        let draws = draws.draws.len();
        out.push_str(&match lang {
            Lang::Zh => format!("每次抽取均与种子相符：{draws}\n"),
            Lang::En => format!("every draw comes out as published: {draws}\n"),
        });
        return Ok(Outcome::done(out));
    }
    Ok(Outcome { output: out, status: crate::outcome::Status::Mistakes, ..Outcome::default() })
}
