//! A year at a glance: which days are worked, off, made up, half worked or unknown.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::overlay::Effect;
use crate::{DayKind, DayReason, DayStatus, Knowledge, Lang, Notice, WorkCalendar};

/// What a day is, at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// An ordinary working day.
    Working,
    /// A weekly rest day.
    Rest,
    /// Off because of a holiday, a vacation or a closure.
    Holiday,
    /// Worked against the weekday's custom: a made-up or an extra working day.
    MadeUp,
    /// Worked for part of the day.
    Half,
    /// Not known.
    Unknown,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 6] =
        [Mark::Working, Mark::Rest, Mark::Holiday, Mark::MadeUp, Mark::Half, Mark::Unknown];

    /// What stands behind a day's number.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Mark::Working => ' ',
            Mark::Rest => '.',
            Mark::Holiday => '*',
            Mark::MadeUp => '+',
            Mark::Half => '/',
            Mark::Unknown => '?',
        }
    }

    /// The mark in words.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Mark::Working, Lang::Zh) => "工作日",
            (Mark::Working, Lang::En) => "working",
            (Mark::Rest, Lang::Zh) => "周末",
            (Mark::Rest, Lang::En) => "weekend",
            (Mark::Holiday, Lang::Zh) => "放假",
            (Mark::Holiday, Lang::En) => "off",
            (Mark::MadeUp, Lang::Zh) => "调休上班",
            (Mark::MadeUp, Lang::En) => "made up",
            (Mark::Half, Lang::Zh) => "半天",
            (Mark::Half, Lang::En) => "half day",
            (Mark::Unknown, Lang::Zh) => "未知",
            (Mark::Unknown, Lang::En) => "unknown",
        }
    }

    fn of(status: &DayStatus) -> Mark {
        let Some(day) = status.day() else { return Mark::Unknown };
        match (&day.why, day.kind) {
            (DayReason::Overlay { effect: Effect::HalfDay, .. }, _) => Mark::Half,
            (DayReason::Weekend | DayReason::AssumedWeekend, DayKind::Off) => Mark::Rest,
            (_, DayKind::Off) => Mark::Holiday,
            (DayReason::MakeUp(_) | DayReason::Overlay { .. }, DayKind::Working) => Mark::MadeUp,
            (_, DayKind::Working) => Mark::Working,
        }
    }
}

/// One day at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glimpse {
    /// The day.
    pub date: NaiveDate,
    /// What it is.
    pub mark: Mark,
    /// How surely; none if it is unknown.
    pub knowledge: Option<Knowledge>,
    /// Why.
    pub why: Why,
}

/// Why a day is what it is, as a short phrase in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A year at a glance, every day of it in order.
///
/// ```
/// use ducha_calendar::{China, Lang, Mark, YearAtAGlance};
///
/// let year = YearAtAGlance::of(2026, &China)?;
/// assert_eq!(year.count(Mark::MadeUp), 6);
/// assert!(year.text(Lang::En).contains("+ made up"));
/// # Ok::<(), ducha_calendar::NoSuchYear>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearAtAGlance {
    /// The year.
    pub year: i32,
    /// The calendar's id.
    pub calendar: String,
    /// Its days.
    pub days: Vec<Glimpse>,
    /// The notices that they rest on, each once, oldest first.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// A year that dates cannot represent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the year {year} lies outside the representable dates")]
pub struct NoSuchYear {
    /// The year.
    pub year: i32,
}

impl NoSuchYear {
    /// The message in one language; the English one is also what `Display` prints.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        lang.pick(format!("{} 年超出可表示的日期范围", self.year), format!("{self}"))
    }
}

impl YearAtAGlance {
    /// Asks a calendar for every day of a year.
    ///
    /// # Errors
    /// If the year cannot be represented.
    pub fn of(year: i32, calendar: &dyn WorkCalendar) -> Result<YearAtAGlance, NoSuchYear> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or(NoSuchYear { year })?;
        let dates = (0..366).filter_map(|at| first.checked_add_days(Days::new(at)));
        let mut notices: Vec<Notice> = Vec::new();
        let days = dates.take_while(|date| date.year() == year).map(|date| {
            let status = calendar.day(date);
            if let Some(notice) = status.day().and_then(|day| day.notice.as_ref())
                && let Err(place) = notices.binary_search(notice)
            {
                notices.insert(place, notice.clone());
            }
            let why = |lang| match &status {
                DayStatus::Told(day) => day.why.text(lang),
                DayStatus::Unknown(why) => String::from(why.text(lang)),
            };
            let why = Why { zh: why(Lang::Zh), en: why(Lang::En) };
            Glimpse { date, mark: Mark::of(&status), knowledge: status.knowledge(), why }
        });
        let days = days.collect();
        Ok(YearAtAGlance { year, calendar: String::from(calendar.id()), days, notices })
    }

    /// How many days bear a mark.
    #[must_use]
    pub fn count(&self, mark: Mark) -> usize {
        self.days.iter().filter(|day| day.mark == mark).count()
    }

    /// The year as text: a grid for each month, weeks from Monday, each day with its sign, then what the signs mean and
    /// how many days bear them, and the notices. A provisional day is told by a tilde before its number, an assumed one by a hyphen.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut text = format!("{} · {}\n", self.year, self.calendar);
        let heads = lang.pick("    一  二  三  四  五  六  日", "   Mo  Tu  We  Th  Fr  Sa  Su");
        for month in 1..=12_u32 {
            text.push_str(&lang.pick(format!("\n{month}月\n"), format!("\n{}-{month:02}\n", self.year)));
            text.push_str(heads);
            text.push('\n');
            for day in self.days.iter().filter(|day| day.date.month() == month) {
                let weekday = day.date.weekday().num_days_from_monday();
                if day.date.day() == 1 {
                    (0..weekday).for_each(|_| text.push_str("    "));
                }
                let before = match day.knowledge {
                    Some(Knowledge::Provisional) => '~',
                    Some(Knowledge::Assumed) => '-',
                    Some(Knowledge::Known) | None => ' ',
                };
                text.push_str(&format!("{before}{:2}{}", day.date.day(), day.mark.sign()));
                let last_of_month = day.date.succ_opt().is_none_or(|next| next.month() != month);
                if weekday == 6 || last_of_month {
                    text.truncate(text.trim_end_matches(' ').len());
                    text.push('\n');
                }
            }
        }
        text.push('\n');
        for mark in Mark::ALL {
            let count = self.count(mark);
            if count > 0 {
                let sign = if mark == Mark::Working { ' ' } else { mark.sign() };
                text.push_str(&format!("{sign} {}{}{count}\n", mark.name(lang), lang.pick("：", ": ")));
            }
        }
        for (knowledge, sign) in [(Knowledge::Provisional, '~'), (Knowledge::Assumed, '-')] {
            let count = self.days.iter().filter(|day| day.knowledge == Some(knowledge)).count();
            if count > 0 {
                text.push_str(&format!("{sign} {}{}{count}\n", knowledge.name(lang), lang.pick("：", ": ")));
            }
        }
        for Notice { year, url, .. } in &self.notices {
            text.push_str(
                &lang.pick(format!("{year} 年通知：{url}\n"), format!("notice for {year}: {url}\n")),
            );
        }
        text
    }
}
