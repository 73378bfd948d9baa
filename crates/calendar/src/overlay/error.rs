//! Why an overlay cannot be read, and where.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use chrono::NaiveDate;
use thiserror::Error;

use super::Effect;
use crate::{Hours, HoursError, Lang};

/// A place in a text, both counted from 1; columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

#[cfg(feature = "toml")]
impl Place {
    /// The place of a byte of a text.
    pub(super) fn of(text: &str, offset: usize) -> Place {
        let mut place = Place { line: 1, column: 1 };
        for (_, c) in text.char_indices().take_while(|(at, _)| *at < offset) {
            if c == '\n' {
                place = Place { line: place.line.saturating_add(1), column: 1 };
            } else {
                place.column = place.column.saturating_add(1);
            }
        }
        place
    }
}

impl Place {
    fn text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("第{}行第{}列", self.line, self.column),
            Lang::En => format!("line {}, column {}", self.line, self.column),
        }
    }
}

/// Why an overlay cannot be read, with the place where that is written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct OverlayError {
    /// Where; none if the overlay was not read from a text.
    pub place: Option<Place>,
    /// What is wrong.
    #[source]
    pub fault: OverlayFault,
}

impl OverlayError {
    #[cfg(any(feature = "toml", feature = "ics"))]
    pub(super) fn at(place: Place, fault: OverlayFault) -> OverlayError {
        OverlayError { place: Some(place), fault }
    }

    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let fault = self.fault.text(lang);
        match self.place {
            Some(place) => format!("{}{}{fault}", place.text(lang), lang.pick("：", ": ")),
            None => fault,
        }
    }
}

impl fmt::Display for OverlayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

/// What is wrong with an overlay.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OverlayFault {
    /// The text is no TOML.
    #[error("this is no TOML: {detail}")]
    Syntax {
        /// What the TOML reader says.
        detail: String,
    },
    /// A key that an overlay does not have.
    #[error("there is no key `{key}` here: an overlay has {known}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// A key that is needed.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A value of the wrong kind.
    #[error("`{key}` must be {}", .expected.text(Lang::En))]
    WrongKind {
        /// The key.
        key: String,
        /// What it must be.
        expected: Expected,
    },
    /// No day of the calendar, as 31 February.
    #[error("`{written}` is no day: write it as {pattern}, and of a day that exists")]
    NotADay {
        /// What is written.
        written: String,
        /// How a day is written there.
        pattern: &'static str,
    },
    /// The run ends before it begins.
    #[error("the range is reversed: {first} lies after {last}")]
    Reversed {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// No effect of that name.
    #[error("`{written}` is no effect: write closure, vacation, worked or half_day")]
    UnknownEffect {
        /// What is written.
        written: String,
    },
    /// The working hours cannot be read.
    #[error(transparent)]
    Hours(#[from] HoursError),
    /// A half day that does not tell its hours.
    #[error("a half day must tell its working hours, as `08:00-12:00`")]
    HalfDayWithoutHours,
    /// A day off with working hours.
    #[error("a day off has no working hours")]
    HoursOnDayOff,
    /// Two entries that make different things of one day.
    #[error("{day} is {} here, but {}{} by another entry", told(*.later, .hours[1], Lang::En),
        told(*.earlier, .hours[0], Lang::En), match .earlier_place { Some(place) => format!(" ({})", place.text(Lang::En)), None => String::new() })]
    Contradiction {
        /// The first day of which both speak.
        day: NaiveDate,
        /// What the entry written first makes of it.
        earlier: Effect,
        /// Where that entry is written.
        earlier_place: Option<Place>,
        /// What the entry written later makes of it.
        later: Effect,
        /// The hours that each tells, the earlier first.
        hours: [Option<Hours>; 2],
    },
    /// The text is no iCalendar.
    #[error("this is no iCalendar: it must begin with BEGIN:VCALENDAR")]
    NotACalendar,
    /// A line of an iCalendar that is no UTF-8, when what was folded is joined.
    #[error("this line is no UTF-8 text")]
    NotUtf8,
    /// A line of an iCalendar that is no `NAME:value`.
    #[error("`{written}` is no line of an iCalendar: it needs a name, a colon and a value")]
    NotALine {
        /// What is written.
        written: String,
    },
    /// A component that is ended but was not begun, or the reverse.
    #[error("`{component}` is not begun and ended in order")]
    Unbalanced {
        /// The component, as VEVENT.
        component: String,
    },
    /// An event that begins at a time of day.
    #[error("`{written}` tells a time of day: only events that last whole days (VALUE=DATE) can be read")]
    NotAllDay {
        /// What is written.
        written: String,
    },
    /// An event that comes again.
    #[error("events that come again ({property}) are not read: write each as an event of its own")]
    ComesAgain {
        /// The property, as RRULE.
        property: String,
    },
    /// An event that ends on the day on which it begins, or before.
    #[error("the event begins on {first} and ends on {end}: DTEND must be the day after its last")]
    NoWholeDay {
        /// The first day.
        first: NaiveDate,
        /// The day that is told as the end.
        end: NaiveDate,
    },
    /// An event that tells its end and its duration.
    #[error("one event tells both DTEND and DURATION: write one of them")]
    BothEnds,
    /// An event whose categories make different things of its days.
    #[error("one event is told to be {} and {}", .one.name(Lang::En), .other.name(Lang::En))]
    TwoEffects {
        /// The one that is told first.
        one: Effect,
        /// The other.
        other: Effect,
    },
    /// A property twice in one event.
    #[error("`{property}` stands twice in one event")]
    Twice {
        /// The property.
        property: String,
    },
    /// A duration that is no whole number of days.
    #[error("`{written}` is no whole number of days: write it as P3D or P2W")]
    NotWholeDays {
        /// What is written.
        written: String,
    },
}

impl OverlayFault {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            OverlayFault::Syntax { detail } => format!("不是合法的 TOML：{detail}"),
            OverlayFault::UnknownKey { key, known } => format!("没有键“{key}”：此处可用 {known}"),
            OverlayFault::Missing { key } => format!("缺少“{key}”"),
            OverlayFault::WrongKind { key, expected } => {
                format!("“{key}”的类型不对，应为{}", expected.text(lang))
            }
            OverlayFault::NotADay { written, pattern } => {
                format!("“{written}”不是日期：请按 {pattern} 书写，且该日须存在")
            }
            OverlayFault::Reversed { first, last } => format!("起止颠倒：{first} 晚于 {last}"),
            OverlayFault::UnknownEffect { written } => {
                format!("“{written}”不是可用的类别：请写闭校、放假、上班或半天")
            }
            OverlayFault::Hours(error) => error.text(lang),
            OverlayFault::HalfDayWithoutHours => "半天须写明工作时间，如“08:00-12:00”".to_string(),
            OverlayFault::HoursOnDayOff => "休息日不能有工作时间".to_string(),
            OverlayFault::Contradiction { day, earlier, earlier_place, later, hours: [before, here] } => {
                let at = earlier_place.map(|place| format!("（{}）", place.text(lang))).unwrap_or_default();
                let (here, before) = (told(*later, *here, lang), told(*earlier, *before, lang));
                format!("{day} 在此为{here}，另一条{at}却为{before}")
            }
            OverlayFault::NotACalendar => "不是 iCalendar：须以 BEGIN:VCALENDAR 开头".to_string(),
            OverlayFault::NotUtf8 => "这一行不是 UTF-8 文本".to_string(),
            OverlayFault::NotALine { written } => {
                format!("“{written}”不是 iCalendar 的行：须有名称、冒号和值")
            }
            OverlayFault::Unbalanced { component } => format!("“{component}”的起止不配对"),
            OverlayFault::NotAllDay { written } => {
                format!("“{written}”带有时刻：只能读取整日事件（VALUE=DATE）")
            }
            OverlayFault::ComesAgain { property } => {
                format!("不读取重复事件（{property}）：请把每次写成单独的事件")
            }
            OverlayFault::NoWholeDay { first, end } => {
                format!("事件始于 {first}、止于 {end}：DTEND 须为最后一日的次日")
            }
            OverlayFault::BothEnds => "一个事件同时写了 DTEND 和 DURATION：只能写其一".to_string(),
            OverlayFault::TwoEffects { one, other } => {
                format!("一个事件既写作{}又写作{}", one.name(lang), other.name(lang))
            }
            OverlayFault::Twice { property } => format!("一个事件中“{property}”出现两次"),
            OverlayFault::NotWholeDays { written } => {
                format!("“{written}”不是整日：请写作 P3D 或 P2W")
            }
        }
    }
}

/// What a value of an overlay must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A text that is not empty.
    Text,
    /// A name: one text, or one for each language.
    Name,
    /// A day.
    Day,
    /// The list of days.
    Days,
    /// Working hours.
    Hours,
}

impl Expected {
    /// What it is, in one language.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Expected::Text, Lang::Zh) => "非空文本",
            (Expected::Text, Lang::En) => "a text that is not empty",
            (Expected::Name, Lang::Zh) => "文本，或 { zh = \"…\", en = \"…\" }",
            (Expected::Name, Lang::En) => "a text, or { zh = \"…\", en = \"…\" }",
            (Expected::Day, Lang::Zh) => "日期，如 2026-07-13",
            (Expected::Day, Lang::En) => "a day, as 2026-07-13",
            (Expected::Days, Lang::Zh) => "表的列表，即 [[day]]",
            (Expected::Days, Lang::En) => "a list of tables, [[day]]",
            (Expected::Hours, Lang::Zh) => "文本，如 \"08:00-12:00, 14:00-17:30\"",
            (Expected::Hours, Lang::En) => "a text, as \"08:00-12:00, 14:00-17:30\"",
        }
    }
}

/// An effect, with the hours where they are told.
fn told(effect: Effect, hours: Option<Hours>, lang: Lang) -> String {
    match hours {
        Some(hours) => format!("{} {hours}", effect.name(lang)),
        None => effect.name(lang).to_string(),
    }
}

/// What was written, cut so that a message stays readable.
#[cfg(any(feature = "toml", feature = "ics"))]
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut cut: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        cut.push('…');
    }
    cut
}
