//! Full-width characters of a Chinese keyboard, in places where ASCII is meant.

use std::borrow::Cow;

/// The text without outer blanks and with full-width letters, digits and marks as ASCII.
///
/// For ids, numbers, dates and words of a closed list; free text keeps its characters.
pub(crate) fn narrow(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        return Cow::Borrowed(trimmed);
    }
    let text: String = trimmed.chars().map(narrow_char).collect();
    Cow::Owned(text.trim().to_owned())
}

fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            // The full-width block repeats ASCII from `!` on at a fixed distance.
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        '\u{3000}' | '\u{a0}' => ' ',
        '。' => '.',
        '−' => '-',
        _ => c,
    }
}

/// The form in which headings and words are compared: narrow, lower case, `_` for blanks and hyphens.
pub(crate) fn heading_form(heading: &str) -> String {
    narrow(heading)
        .split(|c: char| c.is_whitespace() || c == '-' || c == '_')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
        .to_lowercase()
}

/// The first characters of a text, at most so many.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_keyboard_writes_ascii_after_all() {
        assert_eq!(narrow("\u{3000}ＣＴ－０７ "), "CT-07");
        assert_eq!(narrow("２。５"), "2.5");
        assert_eq!(heading_form(" Occurred  On"), "occurred_on");
        assert_eq!(heading_form("not-applicable"), "not_applicable");
    }
}
