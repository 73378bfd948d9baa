//! What a calendar says about one day: working or off, how surely, and why.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::overlay::Effect;
use crate::{Hours, Lang};

/// Whether work is done on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A working day (工作日), make-up working days included.
    Working,
    /// A day off: weekly rest day or holiday.
    Off,
}

/// How surely something is known. Ordered: the later variant is the weaker knowledge.
///
/// That a day is not known at all is no degree of knowledge: see [`DayStatus::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Knowledge {
    /// Settled.
    Known,
    /// Told by the latest notice, yet of a kind that the next year's notice has changed before
    /// (29–31 December of the last noticed year).
    Provisional,
    /// Not known: taken from an assumption that the caller asked for ([`Assuming`](crate::Assuming)).
    Assumed,
}

impl Knowledge {
    /// The word, as "provisional" or "暂定".
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Knowledge::Known, Lang::Zh) => "确定",
            (Knowledge::Known, Lang::En) => "known",
            (Knowledge::Provisional, Lang::Zh) => "暂定",
            (Knowledge::Provisional, Lang::En) => "provisional",
            (Knowledge::Assumed, Lang::Zh) => "假定",
            (Knowledge::Assumed, Lang::En) => "assumed",
        }
    }
}

/// When a notice became public, as closely as the record tells: on no day before the first date, and surely by the
/// second. Where the day is on record, both are that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Publication {
    /// No earlier than this day.
    pub not_before: NaiveDate,
    /// No later than this day.
    pub by: NaiveDate,
}

/// A published notice that fixes days off and make-up working days, as those of the State Council's General Office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// The calendar year that the notice arranges.
    pub year: i32,
    /// When it was published, if that is on record.
    #[serde(default)]
    pub published: Option<Publication>,
    /// Where the notice is published.
    pub url: Cow<'static, str>,
}

/// The holiday that makes a day off, or for which a day is made up, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Occasion {
    /// Chinese name, as "国庆节".
    pub zh: Cow<'static, str>,
    /// English name, as "National Day".
    pub en: Cow<'static, str>,
}

impl Occasion {
    /// The name in one language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// Why a day is a working day or a day off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DayReason {
    /// An ordinary Monday to Friday.
    Weekday,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// Off because of a holiday, its bridging days included.
    Holiday(Occasion),
    /// A weekend worked to make up for a holiday's bridging days (调休上班日).
    MakeUp(Occasion),
    /// The calendar has no days off.
    NoDaysOff,
    /// Arranged by an overlay, as a campus's own vacation.
    Overlay {
        /// The overlay's name.
        overlay: Occasion,
        /// What it calls the day, as "winter vacation".
        name: Occasion,
        /// What it makes of the day.
        effect: Effect,
    },
    /// A Monday to Friday that no calendar knows, taken for a working day by an assumption.
    AssumedWeekday,
    /// A Saturday or Sunday that no calendar knows, taken for a day off by an assumption.
    AssumedWeekend,
}

impl DayReason {
    /// The reason as a short phrase, as "National Day" or "国庆节".
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            DayReason::Weekday => lang.pick("普通工作日", "ordinary weekday").to_string(),
            DayReason::Weekend => lang.pick("周末", "weekend").to_string(),
            DayReason::Holiday(of) => of.name(lang).to_string(),
            DayReason::MakeUp(of) => match lang {
                Lang::Zh => format!("{}调休上班", of.zh),
                Lang::En => format!("make-up working day for {}", of.en),
            },
            DayReason::NoDaysOff => lang.pick("不设休息日", "no days off").to_string(),
            DayReason::Overlay { overlay, name, effect } => match lang {
                Lang::Zh => format!("{}：{}，据“{}”", effect.name(lang), name.zh, overlay.zh),
                Lang::En => format!("{}: {}, by \"{}\"", effect.name(lang), name.en, overlay.en),
            },
            DayReason::AssumedWeekday => lang
                .pick("假定只休周末：按工作日计", "assumed to work: weekends only are taken off")
                .to_string(),
            DayReason::AssumedWeekend => {
                lang.pick("假定只休周末：按休息日计", "assumed off: weekends only are taken off").to_string()
            }
        }
    }
}

/// A day that the calendar can speak about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Working or off.
    pub kind: DayKind,
    /// How surely.
    pub knowledge: Knowledge,
    /// Why.
    pub why: DayReason,
    /// The notice that this rests on; none where a calendar needs no notice. An ordinary weekday rests on a notice
    /// too: on the one that left it alone.
    pub notice: Option<Notice>,
    /// The working hours, where they are told for this very day, as for a half day.
    #[serde(default)]
    pub hours: Option<Hours>,
}

impl Day {
    /// A settled day that rests on no notice.
    #[must_use]
    pub fn plain(kind: DayKind, why: DayReason) -> Day {
        Day { kind, knowledge: Knowledge::Known, why, notice: None, hours: None }
    }

    /// Whether work is done on this day.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.kind == DayKind::Working
    }
}

/// Why a calendar cannot speak about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnknownReason {
    /// No notice covers the day yet.
    NoNotice,
    /// The day lies before the calendar's first.
    BeforeRecords,
    /// An overlay says nothing about the day; the calendar under it may.
    NotInOverlay,
    /// As noticed on a past day: whether the notice was already public then is not on record.
    PublicationNotOnRecord,
}

impl UnknownReason {
    /// The reason as a short phrase.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            UnknownReason::NoNotice => lang.pick("尚无放假安排通知", "no notice covers it yet"),
            UnknownReason::BeforeRecords => {
                lang.pick("早于日历起始日", "it lies before the calendar's first day")
            }
            UnknownReason::NotInOverlay => lang.pick("该叠加日历未涉及", "the overlay does not speak of it"),
            UnknownReason::PublicationNotOnRecord => lang
                .pick("当时通知是否已公布无从查考", "whether its notice was public by then is not on record"),
        }
    }
}

/// A calendar's answer about one day. Of an unknown day there is no kind to be had, so that nobody guesses by accident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayStatus {
    /// The calendar knows the day, if only provisionally.
    Told(Day),
    /// The calendar does not know the day.
    Unknown(UnknownReason),
}

impl DayStatus {
    /// The day, unless unknown.
    #[must_use]
    pub fn day(&self) -> Option<&Day> {
        match self {
            DayStatus::Told(day) => Some(day),
            DayStatus::Unknown(_) => None,
        }
    }

    /// Working or off, unless unknown.
    #[must_use]
    pub fn kind(&self) -> Option<DayKind> {
        self.day().map(|day| day.kind)
    }

    /// How surely the day is known, unless unknown.
    #[must_use]
    pub fn knowledge(&self) -> Option<Knowledge> {
        self.day().map(|day| day.knowledge)
    }
}
