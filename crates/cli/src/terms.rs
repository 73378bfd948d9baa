//! The options that say on which terms a limit runs.

use crate::calendar::speech;
use crate::outcome::{Outcome, Step};
use chrono::{NaiveDateTime, NaiveTime};
use clap::{Args, ValueEnum};
use ducha::calendar::{
    Anchor, Closing, LimitError, MomentError, Offset, Pause, Roll, Start, Terms, TimeLimit, Unit,
};
use ducha::core::Lang;

#[derive(Debug, Args)]
pub(crate) struct OnTerms {
    /// Where a last day that is off moves
    #[arg(long, value_enum, default_value_t = Rolling::Following)]
    roll: Rolling,
    /// From which day months and years take their corresponding day
    #[arg(long, value_enum, default_value_t = Anchored::StartDay)]
    anchor: Anchored,
    /// The clock stands from FROM, a day or a moment, and runs again at TO; may be repeated
    #[arg(long, value_name = "FROM..TO")]
    pause: Vec<String>,
    /// An extension, from the last day of what it extends; may be repeated
    #[arg(long, value_name = "LIMIT")]
    extend: Vec<String>,
    /// What comes in after this hour, or on a day off, counts as come in on the next working day
    #[arg(long, value_name = "HH:MM")]
    cut_off: Option<String>,
    /// When the last day ends: at this hour, or with `business` by the calendar's working hours; else at 24:00
    #[arg(long, value_name = "HH:MM")]
    close: Option<String>,
    /// Where local time is told
    #[arg(long, value_name = "OFFSET", default_value = "+08:00", allow_hyphen_values = true)]
    offset: String,
}

impl OnTerms {
    /// Where local time is told.
    pub(crate) fn offset(&self, lang: Lang) -> Step<Offset> {
        self.offset.parse().map_err(|error| refused(&error, lang))
    }

    /// The start and the terms of a limit from it.
    pub(crate) fn read(&self, start: &str, limit: &str, lang: Lang) -> Step<(Start, Terms)> {
        let offset = self.offset(lang)?;
        let start = Start::read(start, offset).map_err(|error| refused(&error, lang))?;
        let limit = read_limit(limit, lang)?;
        self.fit(start, limit, lang)?;
        let closing = match self.close.as_deref() {
            None => Closing::Midnight,
            Some("business") => Closing::Business,
            Some(hour) => Closing::At(clock(hour, lang)?),
        };
        let mut terms = Terms::of(limit)
            .rolling(self.roll.into())
            .anchored(self.anchor.into())
            .closing(closing)
            .local_at(offset);
        if let Some(hour) = &self.cut_off {
            terms = terms.cut_off(clock(hour, lang)?);
        }
        for pause in &self.pause {
            terms = terms.pausing(read_pause(pause, offset, lang)?);
        }
        for by in &self.extend {
            terms = terms.extended(read_limit(by, lang)?);
        }
        Ok((start, terms))
    }

    /// Refuses hours of the day that would change nothing, so that nobody believes they did.
    fn fit(&self, start: Start, limit: TimeLimit, lang: Lang) -> Step<()> {
        let by_hour = matches!(limit.unit(), Unit::Hours | Unit::WorkingHours);
        if by_hour && (self.cut_off.is_some() || self.close.is_some()) {
            return Err(told(
                lang,
                "按小时计算的期限自具体时刻起、至具体时刻止：--cut-off 和 --close 不适用",
                "a limit by the hour begins and ends at its own moments: --cut-off and --close do not apply",
            ));
        }
        if self.cut_off.is_some() && matches!(start, Start::Day(_)) {
            return Err(told(
                lang,
                "--cut-off 须知道收到的时刻：请写作 2026-09-24T16:30",
                "--cut-off needs the hour at which it came in: write the start as 2026-09-24T16:30",
            ));
        }
        Ok(())
    }
}

fn told(lang: Lang, zh: &str, en: &str) -> Outcome {
    Outcome::wrong_use(if lang == Lang::Zh { zh } else { en })
}

fn refused(error: &MomentError, lang: Lang) -> Outcome {
    Outcome::wrong_use(error.text(speech(lang)))
}

/// A limit, as "3 working days".
pub(crate) fn read_limit(text: &str, lang: Lang) -> Step<TimeLimit> {
    text.parse().map_err(|error: LimitError| Outcome::wrong_use(error.text(speech(lang))))
}

/// A clock time, as 17:00.
fn clock(text: &str, lang: Lang) -> Step<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| {
        let (zh, en) =
            (format!("“{text}”不是时刻：请写作 17:00"), format!("`{text}` is no hour: write it as 17:00"));
        told(lang, &zh, &en)
    })
}

/// A pause, as 2026-09-09..2026-09-11: the clock runs again on the 11th.
fn read_pause(text: &str, offset: Offset, lang: Lang) -> Step<Pause> {
    let (from, until) = text.split_once("..").map_or((text, ""), |(from, until)| (from.trim(), until.trim()));
    if until.is_empty() {
        let zh = format!(
            "中止“{text}”没有终点：恢复之前无法确定最后一日；请写作 2026-09-09..2026-09-11，后者为恢复之日"
        );
        let en = format!(
            "the pause `{text}` has no end: while the clock stands no last day can be told; write it as \
             2026-09-09..2026-09-11, where it runs again on the latter"
        );
        return Err(told(lang, &zh, &en));
    }
    let moment = |text: &str| -> Step<NaiveDateTime> {
        let local = match Start::read(text, offset).map_err(|error| refused(&error, lang))? {
            Start::Day(day) => Some(day.and_time(NaiveTime::MIN)),
            Start::Moment(moment) => offset.local(moment),
        };
        local.ok_or_else(|| refused(&MomentError::NotAMoment { written: text.into() }, lang))
    };
    Ok(Pause { from: moment(from)?, until: moment(until)? })
}

/// Where a last day that is off moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rolling {
    /// To the first working day after it
    Following,
    /// The same, unless that lies in another month: then to the last before it
    ModifiedFollowing,
    /// To the day after the statutory holiday, working or not
    DayAfterHoliday,
    /// To the last working day before it
    Preceding,
    /// Nowhere
    None,
}

impl From<Rolling> for Roll {
    fn from(rolling: Rolling) -> Self {
        match rolling {
            Rolling::Following => Self::Following,
            Rolling::ModifiedFollowing => Self::ModifiedFollowing,
            Rolling::DayAfterHoliday => Self::DayAfterHoliday,
            Rolling::Preceding => Self::Preceding,
            Rolling::None => Self::None,
        }
    }
}

/// From which day months and years take their corresponding day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Anchored {
    /// The day of the event
    StartDay,
    /// The day after it, on which the limit begins to run
    NextDay,
}

impl From<Anchored> for Anchor {
    fn from(anchored: Anchored) -> Self {
        match anchored {
            Anchored::StartDay => Self::StartDay,
            Anchored::NextDay => Self::NextDay,
        }
    }
}
