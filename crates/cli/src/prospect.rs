//! How a deadline stands at a moment that is told, and when to be reminded of it.

use crate::args::Due;
use crate::calendar::speech;
use crate::outcome::{Outcome, Step};
use crate::terms::read_limit;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ducha::calendar::{Deadline, DeadlineError, Standing, Start, TimeLimit, WorkCalendar};
use ducha::core::Lang;
use serde_json::{Map, Value, json};

/// What is asked about the time before a deadline.
pub(crate) struct Prospect {
    now: Option<DateTime<FixedOffset>>,
    remind: Vec<TimeLimit>,
}

/// An answer, or the first day that it lacks.
type Known<T> = Result<T, NaiveDate>;

/// How the deadline stands, and its reminders.
pub(crate) struct Outlook {
    standing: Option<(DateTime<FixedOffset>, Standing, Known<Option<u32>>)>,
    reminders: Vec<(TimeLimit, Known<DateTime<FixedOffset>>, bool)>,
}

impl Prospect {
    pub(crate) fn read(due: &Due, lang: Lang) -> Step<Self> {
        let now = match &due.now {
            None => None,
            Some(text) => match Start::read(text, due.terms.offset(lang)?) {
                Ok(Start::Moment(now)) => Some(now),
                Ok(Start::Day(day)) => {
                    return Err(Outcome::wrong_use(match lang {
                        Lang::Zh => format!("--now 须写明时刻：请写作 {day}T09:00"),
                        Lang::En => format!("--now needs the time of day: write it as {day}T09:00"),
                    }));
                }
                Err(error) => return Err(Outcome::wrong_use(error.text(speech(lang)))),
            },
        };
        let remind = due.remind.iter().map(|text| read_limit(text, lang)).collect::<Step<_>>()?;
        Ok(Self { now, remind })
    }

    pub(crate) fn of(&self, found: &Deadline, calendar: &dyn WorkCalendar, lang: Lang) -> Step<Outlook> {
        let local = |now| found.offset.moment(found.offset.local(now)?);
        let standing = match self.now.and_then(|now| Some((local(now)?, found.standing(now)?))) {
            None => None,
            Some((now, standing)) => {
                let left = found.working_days_left(now, calendar).map(|left| left.map(|days| days.value));
                Some((now, standing, known(left, lang)?))
            }
        };
        let reminder = |before: &TimeLimit| {
            let at = known(found.reminder(*before, calendar).map(|at| at.value), lang)?;
            let come = matches!((at, self.now), (Ok(at), Some(now)) if at <= now);
            Ok((*before, at, come))
        };
        Ok(Outlook { standing, reminders: self.remind.iter().map(reminder).collect::<Step<_>>()? })
    }
}

fn known<T>(answer: Result<T, DeadlineError>, lang: Lang) -> Step<Known<T>> {
    match answer {
        Ok(value) => Ok(Ok(value)),
        Err(DeadlineError::Unknown { first_unknown, .. }) => Ok(Err(first_unknown)),
        Err(error) => Err(Outcome::wrong_use(error.text(speech(lang)))),
    }
}

impl Outlook {
    /// A line for each answer.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let mut text = String::new();
        if let Some((now, standing, days)) = &self.standing {
            text.push_str(&standing_line(*now, *standing, days, lang));
        }
        for (before, at, come) in &self.reminders {
            let before = before.to_text(speech(lang));
            text.push_str(&match (lang, at) {
                (Lang::Zh, Ok(at)) => {
                    format!("提前{before}提醒：{}{}\n", at.to_rfc3339(), if *come { "，已到" } else { "" })
                }
                (Lang::En, Ok(at)) => {
                    let come = if *come { ", has come" } else { "" };
                    format!("reminder {before} before: {}{come}\n", at.to_rfc3339())
                }
                (Lang::Zh, Err(first_unknown)) => {
                    format!("提前{before}提醒：无法确定，取决于 {first_unknown}\n")
                }
                (Lang::En, Err(first_unknown)) => {
                    format!("reminder {before} before: unknown {first_unknown}\n")
                }
            });
        }
        text
    }

    /// The same, for programs.
    pub(crate) fn add_to(&self, object: &mut Map<String, Value>) {
        if let Some((now, standing, days)) = &self.standing {
            let (remaining, overdue) = match standing {
                Standing::Remaining(left) => (Some(left.num_seconds()), None),
                Standing::Overdue(late) => (None, Some(late.num_seconds())),
            };
            object.insert(
                "standing".into(),
                json!({
                    "now": now.to_rfc3339(),
                    "remaining_seconds": remaining,
                    "overdue_seconds": overdue,
                    "working_days_left": days.ok().flatten(),
                    "first_unknown": days.err(),
                }),
            );
        }
        if !self.reminders.is_empty() {
            let told = self.reminders.iter().map(|(before, at, come)| {
                json!({
                    "before": before,
                    "at": at.ok().map(|at| at.to_rfc3339()),
                    "come": come,
                    "first_unknown": at.err(),
                })
            });
            object.insert("reminders".into(), told.collect());
        }
    }
}

fn standing_line(
    now: DateTime<FixedOffset>,
    standing: Standing,
    days: &Known<Option<u32>>,
    lang: Lang,
) -> String {
    let now = now.to_rfc3339();
    let days = match (lang, days) {
        (_, Ok(None)) => String::new(),
        (Lang::Zh, Ok(Some(days))) => format!("，此日之后还有 {days} 个工作日"),
        (Lang::En, Ok(Some(1))) => ", 1 working day after this day".into(),
        (Lang::En, Ok(Some(days))) => format!(", {days} working days after this day"),
        (Lang::Zh, Err(first_unknown)) => format!("，此日之后有几个工作日无法确定，取决于 {first_unknown}"),
        (Lang::En, Err(first_unknown)) => format!(", working days after this day: unknown {first_unknown}"),
    };
    match (lang, standing) {
        (Lang::Zh, Standing::Remaining(left)) => format!("{now}：尚余{}{days}\n", span(left, lang)),
        (Lang::En, Standing::Remaining(left)) => format!("{now}: {} left{days}\n", span(left, lang)),
        (Lang::Zh, Standing::Overdue(late)) => format!("{now}：已逾期{}\n", span(late, lang)),
        (Lang::En, Standing::Overdue(late)) => format!("{now}: overdue by {}\n", span(late, lang)),
    }
}

/// A length of time to the minute.
fn span(length: TimeDelta, lang: Lang) -> String {
    let (days, hours, minutes) = (length.num_days(), length.num_hours() % 24, length.num_minutes() % 60);
    match lang {
        Lang::Zh => format!(" {days} 天 {hours} 小时 {minutes} 分"),
        Lang::En => format!("{days} d {hours} h {minutes} min"),
    }
}
