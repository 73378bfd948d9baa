//! What a record or a file says, made harmless to read: it neither steers a terminal nor turns the order of a line.

use std::borrow::Cow;

/// The text as one line: line breaks and tabs are blanks, and characters that act without being seen are spelt out.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            _ if acts_unseen(character) => out.extend(character.escape_unicode()),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Controls of terminals (Unicode's Cc), marks of writing direction (UAX #9) and blanks without width.
fn acts_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_unseen_is_spelt_out() {
        assert_eq!(line("east\n\u{1b}[31mred \u{202e}dne\u{9b}"), "east \\u{1b}[31mred \\u{202e}dne\\u{9b}");
        assert_eq!(line("第一食堂 — “½”"), "第一食堂 — “½”");
    }
}
