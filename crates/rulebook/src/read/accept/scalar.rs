//! Texts, numbers, days, limits, ids and words.

use super::{Here, Walk, shown};
use crate::diagnostic::Code;
use crate::key::{Kind, Target};
use crate::read::data::Data;
use crate::read::tree::{Entry, Moment, Value};
use crate::read::way::Way;
use alloc::{borrow::Cow, format, string::ToString};
use chrono::{NaiveDate, NaiveTime};
use ducha_calendar::{LimitError, TimeLimit};
use ducha_core::{Id, Label, exact, kind, message::Arg, message::Args};
use rust_decimal::prelude::ToPrimitive;

impl<'t> Walk<'t> {
    pub(super) fn scalar(&mut self, here: Here<'_, 't>, kind: &Kind) -> Option<Data<'t>> {
        match (kind, &here.node.value) {
            (Kind::Text, Value::Text(text)) => Some(Data::Text(text.clone())),
            (Kind::Bool, Value::Bool(value)) => Some(Data::Bool(*value)),
            (Kind::Choice(words), Value::Text(text)) => self.word(here, text, words),
            (Kind::Id(target), Value::Text(text)) => self.id(here, text, *target),
            (Kind::Decimal, Value::Number(text) | Value::Text(text)) => self.decimal(here, text),
            (Kind::Whole, Value::Number(text)) => self.whole(here, text),
            (Kind::Article, Value::Number(text)) => self.article(here, text),
            (Kind::Date, Value::Moment(text, Moment::Date) | Value::Text(text)) => self.date(here, text),
            (Kind::Time, Value::Moment(text, Moment::Time) | Value::Text(text)) => self.time(here, text),
            (Kind::Limit, Value::Text(text) | Value::Number(text)) => self.limit(here, text),
            _ => {
                self.wrong_kind(here, kind);
                None
            }
        }
    }

    fn refuse(&mut self, code: Code, here: Here<'_, 't>, text: &str) -> Option<Data<'t>> {
        self.tell(code, here.at, here.node.span, Args::none().with("text", shown(text)));
        None
    }

    fn id(&mut self, here: Here<'_, 't>, text: &Cow<'t, str>, target: Target) -> Option<Data<'t>> {
        self.ids.note(here.owner, target, text.clone(), here.at, here.node.span);
        match Id::<kind::Entry>::check(text) {
            Ok(()) => Some(Data::Text(text.clone())),
            Err(_) => self.refuse(Code::BadId, here, text),
        }
    }

    /// Whether a free key may be one.
    pub(super) fn key_id(&mut self, at: &Way<'_, 't>, entry: &Entry<'t>) -> bool {
        let fine = Id::<kind::Entry>::check(&entry.key).is_ok();
        if !fine {
            self.tell(Code::BadId, at, entry.key_span, Args::none().with("text", shown(&entry.key)));
        }
        fine
    }

    fn decimal(&mut self, here: Here<'_, 't>, text: &Cow<'t, str>) -> Option<Data<'t>> {
        if is_shortest(text) {
            return Some(Data::Text(text.clone()));
        }
        match exact::parse(text) {
            Ok(value) => Some(Data::Text(Cow::Owned(value.to_string()))),
            Err(_) => self.refuse(Code::BadDecimal, here, text),
        }
    }

    fn whole(&mut self, here: Here<'_, 't>, text: &str) -> Option<Data<'t>> {
        match whole(text) {
            Some(number) if here.owner == ("Annex", "format") && number != 1 => {
                self.refuse(Code::UnknownFormat, here, text)
            }
            Some(number) => Some(Data::Whole(number)),
            None => self.refuse(Code::NotWhole, here, text),
        }
    }

    fn article(&mut self, here: Here<'_, 't>, text: &str) -> Option<Data<'t>> {
        match whole(text).and_then(|n| u8::try_from(n).ok()).and_then(ducha_core::Article::new) {
            Some(article) => Some(Data::Whole(u32::from(article.number()))),
            None => self.refuse(Code::NoSuchArticle, here, text),
        }
    }

    fn date(&mut self, here: Here<'_, 't>, text: &Cow<'t, str>) -> Option<Data<'t>> {
        if strict_date(text).is_some() {
            return Some(Data::Text(text.clone()));
        }
        let meant = loose_date(text).map(|day| day.to_string());
        let hint = match &meant {
            Some(day) => Label::new(format!("写作 {day}"), format!("write {day}")),
            None => Label::new(
                "写作 2026-10-01（年-月-日，须是日历上有的一天）",
                "write a day of the civil calendar as 2026-10-01",
            ),
        };
        let args = Args::none().with("text", shown(text)).with("hint", Arg::Label(hint));
        let edit = meant.map(|day| format!("\"{day}\""));
        self.tell_with_edit(Code::BadDate, here.at, here.node.span, args, edit);
        None
    }

    fn time(&mut self, here: Here<'_, 't>, text: &str) -> Option<Data<'t>> {
        match strict_time(text) {
            Some(time) => Some(Data::Text(Cow::Owned(time.format("%H:%M:%S").to_string()))),
            None => self.refuse(Code::BadTime, here, text),
        }
    }

    fn limit(&mut self, here: Here<'_, 't>, text: &str) -> Option<Data<'t>> {
        let parsed: Result<TimeLimit, LimitError> = text.parse();
        let error = match (parsed, &here.node.value) {
            (Ok(limit), Value::Text(_)) => {
                return Some(Data::Text(Cow::Owned(limit.to_text(ducha_calendar::Lang::En))));
            }
            (Ok(_), _) => LimitError::NoUnit { written: shown(text) },
            (Err(error), _) => error,
        };
        let code = match error {
            LimitError::NoUnit { .. } | LimitError::AmbiguousUnit { .. } => Code::LimitWithoutUnit,
            _ => Code::BadLimit,
        };
        let detail = Label::new(error.text(ducha_calendar::Lang::Zh), error.text(ducha_calendar::Lang::En));
        let args = Args::none().with("detail", Arg::Label(detail));
        self.tell(code, here.at, here.node.span, args);
        None
    }
}

/// Whether the text is a decimal from 0 on in the shortest notation, so that it stays as it is.
fn is_shortest(text: &str) -> bool {
    /// So many digits always fit into a decimal.
    const FEW: usize = 20;
    let (whole, part) = text.split_once('.').unwrap_or((text, "1"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= FEW
        && all_digits(whole)
        && all_digits(part)
        && (whole == "0" || !whole.starts_with('0'))
        && !part.ends_with('0')
}

/// The whole number from 0 on that the text writes; `2.0` is one, too.
fn whole(text: &str) -> Option<u32> {
    let value = exact::parse(text).ok()?;
    value.is_integer().then(|| value.to_u32()).flatten()
}

fn strict_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    shape.then(|| text.parse().ok()).flatten()
}

/// The day that was probably meant by `2026/10/3`, `2026.10.3` or `2026年10月3日`.
fn loose_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('日');
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let mut next = |digits: usize| -> Option<u32> {
        let part: &str = parts.next()?;
        (part.len() <= digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if year < 1000 || parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `08:30` or `08:30:00`.
fn strict_time(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split(':');
    let mut next = || -> Option<Option<u32>> {
        match parts.next() {
            None => Some(None),
            Some(part) => {
                let two_digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
                two_digits.then(|| part.parse().ok()).flatten().map(Some)
            }
        }
    };
    let (hour, minute, second) = (next()??, next()??, next()?.unwrap_or(0));
    if parts.next().is_some() { None } else { NaiveTime::from_hms_opt(hour, minute, second) }
}

/// For the schema: the notations that are read here.
pub(crate) mod notation {
    /// A decimal as text.
    pub(crate) const DECIMAL: &str = "^[+-]?[0-9]+(\\.[0-9]+)?$";
    /// A day.
    pub(crate) const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    /// A time of day.
    pub(crate) const TIME: &str = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$";
    /// An identifier.
    pub(crate) const ID: &str = "^[!-~]{1,128}$";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_in_the_shortest_notation_is_what_a_decimal_prints(text in "[0-9+-]{0,3}[.]?[0-9]{0,20}[.0-9]?") {
            let printed = exact::parse(&text).map(|value| value.to_string());
            if is_shortest(&text) {
                prop_assert_eq!(printed.as_deref(), Ok(text.as_str()));
            } else if text.len() < 20 && !text.starts_with('-') {
                prop_assert_ne!(printed.as_deref(), Ok(text.as_str()));
            }
        }

        #[test]
        fn a_day_prints_as_it_is_written(text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]") {
            prop_assert_eq!(strict_date(&text).map_or(text.clone(), |day| day.to_string()), text);
        }
    }

    #[test]
    fn days_in_other_notations_are_guessed_for_the_hint_only() {
        for text in ["2026/10/3", "2026-10-3", "2026.10.03", "2026年10月3日"] {
            assert_eq!(loose_date(text).unwrap().to_string(), "2026-10-03", "{text}");
            assert_eq!(strict_date(text), None);
        }
        assert_eq!(loose_date("2026-02-30"), None);
        assert_eq!(loose_date("26-2-3"), None);
    }

    #[test]
    fn times_have_two_digits_everywhere() {
        assert!(strict_time("08:30").is_some() && strict_time("23:59:59").is_some());
        for text in ["8:30", "24:00", "08:30:60", "08", "08:30:00:00", "08:3x", ""] {
            assert_eq!(strict_time(text), None, "{text}");
        }
    }
}
