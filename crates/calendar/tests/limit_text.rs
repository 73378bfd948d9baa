//! How time limits are read and printed.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use ducha_calendar::{Lang, LimitError, TimeLimit, Unit};

fn read(text: &str) -> Result<(u32, Unit), LimitError> {
    text.parse::<TimeLimit>().map(|limit| (limit.length(), limit.unit()))
}

#[test]
fn limits_are_read_in_both_languages() {
    for (text, expected) in [
        ("3 working days", (3, Unit::WorkingDays)),
        ("1 working day", (1, Unit::WorkingDays)),
        ("  7   Calendar  Days ", (7, Unit::CalendarDays)),
        ("2 weeks", (2, Unit::Weeks)),
        ("2 months", (2, Unit::Months)),
        ("24 hours", (24, Unit::Hours)),
        ("1 year", (1, Unit::Years)),
        ("8 working hours", (8, Unit::WorkingHours)),
        ("8个工作小时", (8, Unit::WorkingHours)),
        ("1工作小时", (1, Unit::WorkingHours)),
        ("3个工作日", (3, Unit::WorkingDays)),
        ("3 个工作日", (3, Unit::WorkingDays)),
        ("3工作日", (3, Unit::WorkingDays)),
        ("7个自然日", (7, Unit::CalendarDays)),
        ("2周", (2, Unit::Weeks)),
        ("2个月", (2, Unit::Months)),
        ("24小时", (24, Unit::Hours)),
        ("1年", (1, Unit::Years)),
        ("\u{ff11}\u{ff15}个工作日", (15, Unit::WorkingDays)),
    ] {
        assert_eq!(read(text), Ok(expected), "{text}");
    }
}

#[test]
fn days_alone_are_refused_as_ambiguous() {
    for text in ["7 days", "1 day", "7日", "7天", "7 DAYS"] {
        assert!(matches!(read(text), Err(LimitError::AmbiguousUnit { .. })), "{text}");
    }
    let refused = read("7日").unwrap_err();
    assert_eq!(refused.to_string(), "the unit of `7日` is ambiguous: write `7个工作日` or `7个自然日`");
    assert_eq!(refused.text(Lang::Zh), "“7日”的单位有歧义：请写作“7个工作日”或“7个自然日”");
}

#[test]
fn what_is_no_limit_is_told_why() {
    for text in ["", "   "] {
        assert_eq!(read(text), Err(LimitError::Empty));
    }
    for text in ["soon", "working days", "1.5 months", "1,000 hours", "½ year", "-", "三个工作日"] {
        assert!(matches!(read(text), Err(LimitError::NotANumber { .. })), "{text}");
    }
    for text in ["0 hours", "000个工作日", "-3 working days", "\u{ff0d}3个月"] {
        assert!(matches!(read(text), Err(LimitError::NotPositive { .. })), "{text}");
    }
    for text in ["3", "15 "] {
        assert!(matches!(read(text), Err(LimitError::NoUnit { .. })), "{text}");
    }
    for text in ["3 fortnights", "2月", "3 working minutes", "3 working days or so"] {
        assert!(matches!(read(text), Err(LimitError::UnknownUnit { .. })), "{text}");
    }
    for text in ["101 years", "1000000000000 working days", "1201 months", "876601 hours"] {
        assert!(matches!(read(text), Err(LimitError::TooLong { .. })), "{text}");
    }
    assert!("99999999999999999999999999999999999999 days".parse::<TimeLimit>().is_err());
}

#[test]
fn limits_are_serialised_as_their_text() {
    let limit = TimeLimit::new(3, Unit::WorkingDays).unwrap();
    let json = serde_json::to_string(&limit).unwrap();
    assert_eq!(json, "\"3 working days\"");
    assert_eq!(serde_json::from_str::<TimeLimit>(&json).unwrap(), limit);
    let refused = serde_json::from_str::<TimeLimit>("\"7 days\"").unwrap_err().to_string();
    assert!(refused.contains("ambiguous"), "{refused}");
}
