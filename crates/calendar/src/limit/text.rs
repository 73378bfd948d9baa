//! Reading and printing time limits, in Chinese and English.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use crate::{Lang, LimitError, TimeLimit, Unit};

impl TimeLimit {
    /// The limit as text, as "3 working days" or "3个工作日"; reading it back gives the same limit.
    #[must_use]
    pub fn to_text(self, lang: Lang) -> String {
        let length = self.length();
        let name = self.unit().name(lang);
        match lang {
            Lang::Zh
                if matches!(self.unit(), Unit::WorkingHours | Unit::WorkingDays | Unit::CalendarDays) =>
            {
                format!("{length}个{name}")
            }
            Lang::Zh => format!("{length}{name}"),
            Lang::En if length == 1 => format!("1 {}", name.strip_suffix('s').unwrap_or(name)),
            Lang::En => format!("{length} {name}"),
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(Lang::En))
    }
}

impl From<TimeLimit> for String {
    fn from(limit: TimeLimit) -> String {
        limit.to_text(Lang::En)
    }
}

impl TryFrom<String> for TimeLimit {
    type Error = LimitError;

    fn try_from(text: String) -> Result<TimeLimit, LimitError> {
        text.parse()
    }
}

impl FromStr for TimeLimit {
    type Err = LimitError;

    /// Reads "3 working days" or "3个工作日"; capital letters, full-width digits and spare spaces do not matter.
    fn from_str(text: &str) -> Result<TimeLimit, LimitError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LimitError::Empty);
        }
        let negative = text.starts_with(['-', '−', '\u{ff0d}']);
        let unsigned = text.trim_start_matches(['-', '−', '\u{ff0d}']);
        let after = unsigned.trim_start_matches(is_digit);
        let digits: String = unsigned.chars().take_while(|c| is_digit(*c)).map(ascii_digit).collect();
        if digits.is_empty() || after.starts_with(is_number_mark) {
            return Err(LimitError::NotANumber { written: shown(text) });
        }
        if negative || digits.chars().all(|digit| digit == '0') {
            return Err(LimitError::NotPositive { written: shown(text) });
        }
        if after.trim().is_empty() {
            return Err(LimitError::NoUnit { written: shown(text) });
        }
        let unit = read_unit(&digits, after.trim(), text)?;
        // What does not fit 32 bits is longer than a hundred years of anything.
        let length = digits.parse().map_err(|_| LimitError::TooLong { unit, most: unit.most() })?;
        TimeLimit::new(length, unit)
    }
}

fn read_unit(digits: &str, word: &str, whole: &str) -> Result<Unit, LimitError> {
    let word = word.to_lowercase();
    let word = word.split_whitespace().collect::<alloc::vec::Vec<_>>().join(" ");
    let ambiguous =
        |either: String, or: String| Err(LimitError::AmbiguousUnit { written: shown(whole), either, or });
    Ok(match word.as_str() {
        "hour" | "hours" | "小时" | "个小时" => Unit::Hours,
        "working hour" | "working hours" | "工作小时" | "个工作小时" => Unit::WorkingHours,
        "working day" | "working days" | "工作日" | "个工作日" => Unit::WorkingDays,
        "calendar day" | "calendar days" | "自然日" | "个自然日" => Unit::CalendarDays,
        "week" | "weeks" | "周" | "个周" | "星期" | "个星期" => Unit::Weeks,
        "month" | "months" | "个月" => Unit::Months,
        "year" | "years" | "年" => Unit::Years,
        "day" | "days" => {
            let digits = shown(digits);
            return ambiguous(format!("{digits} working days"), format!("{digits} calendar days"));
        }
        "日" | "天" => {
            let digits = shown(digits);
            return ambiguous(format!("{digits}个工作日"), format!("{digits}个自然日"));
        }
        _ => return Err(LimitError::UnknownUnit { written: shown(&word) }),
    })
}

/// The digits 0–9, full-width ones included.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

fn ascii_digit(c: char) -> char {
    let offset = u32::from(c).wrapping_sub(u32::from('\u{ff10}'));
    char::from_digit(offset, 10).unwrap_or(c)
}

/// What follows the digits of "1.5", "1,000" or "1/2".
fn is_number_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '/' | '\u{ff0e}' | '\u{ff0c}')
}

/// What was written, cut so that a message stays readable.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

impl LimitError {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            LimitError::Empty => "期限为空：请写明数字和单位，如“3个工作日”".to_string(),
            LimitError::NotANumber { written } => {
                format!("“{written}”不是以整数开头：请写明整数和单位，如“3个工作日”")
            }
            LimitError::NotPositive { written } => format!("“{written}”不能作为期限：至少为 1"),
            LimitError::NoUnit { written } => {
                format!("“{written}”没有单位：请在其后写明小时、工作小时、工作日、自然日、周、个月或年")
            }
            LimitError::AmbiguousUnit { written, either, or } => {
                format!("“{written}”的单位有歧义：请写作“{either}”或“{or}”")
            }
            LimitError::UnknownUnit { written } => {
                format!("“{written}”不是期限单位：请写小时、工作小时、工作日、自然日、周、个月或年")
            }
            LimitError::TooLong { unit, most } => format!("期限过长：最多{most}{}", unit.name(Lang::Zh)),
        }
    }
}
