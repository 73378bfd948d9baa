//! How a deadline stands at a moment that is told, and when to be reminded of it.

use crate::args::Due;
use crate::calendar::speech;
use crate::outcome::{Outcome, Step};
use crate::terms::read_limit;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use ducha::calendar::{Answer, Deadline, DeadlineError, Knowledge, Standing, Start, TimeLimit, WorkCalendar};
use ducha::core::Lang;
use serde_json::{Map, Value, json};

/// What is asked about the time before a deadline.
pub(crate) struct Prospect {
    now: Option<DateTime<FixedOffset>>,
    remind: Vec<TimeLimit>,
}

/// An answer and how surely it is known, or the first day that it lacks.
type Known<T> = Result<(T, Knowledge), NaiveDate>;

/// How the deadline stands, and its reminders.
pub(crate) struct Outlook {
    standing: Option<(DateTime<FixedOffset>, Standing, Option<Known<u32>>)>,
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
                let left = found.working_days_left(now, calendar).transpose();
                Some((now, standing, left.map(|left| known(left, lang)).transpose()?))
            }
        };
        let reminder = |before: &TimeLimit| {
            let at = known(found.reminder(*before, calendar), lang)?;
            let come = matches!((at, self.now), (Ok((at, _)), Some(now)) if at <= now);
            Ok((*before, at, come))
        };
        Ok(Outlook { standing, reminders: self.remind.iter().map(reminder).collect::<Step<_>>()? })
    }
}

fn known<T>(answer: Result<Answer<T>, DeadlineError>, lang: Lang) -> Step<Known<T>> {
    match answer {
        Ok(Answer { value, knowledge, .. }) => Ok(Ok((value, knowledge))),
        Err(DeadlineError::Unknown { first_unknown, .. }) => Ok(Err(first_unknown)),
        Err(error) => Err(Outcome::wrong_use(error.text(speech(lang)))),
    }
}

impl Outlook {
    /// A line for each answer.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let mut text = String::new();
        if let Some((now, standing, days)) = &self.standing {
            text.push_str(&standing_line(*now, *standing, *days, lang));
        }
        for (before, at, come) in &self.reminders {
            let before = before.to_text(speech(lang));
            text.push_str(&match (lang, at) {
                (Lang::Zh, Ok((at, knowledge))) => {
                    let (at, come) = (at.to_rfc3339(), if *come { "，已到" } else { "" });
                    format!("提前{before}提醒：{at}{}{come}\n", mark(*knowledge, lang))
                }
                (Lang::En, Ok((at, knowledge))) => {
                    let (at, come) = (at.to_rfc3339(), if *come { ", has come" } else { "" });
                    format!("reminder {before} before: {at}{}{come}\n", mark(*knowledge, lang))
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
                    "working_days_left": days.and_then(|days| days.ok().map(|(days, _)| days)),
                    "knowledge": days.and_then(|days| days.ok().map(|(_, knowledge)| knowledge)),
                    "first_unknown": days.and_then(Result::err),
                }),
            );
        }
        if !self.reminders.is_empty() {
            let told = self.reminders.iter().map(|(before, at, come)| {
                json!({
                    "before": before,
                    "at": at.ok().map(|(at, _)| at.to_rfc3339()),
                    "come": come,
                    "knowledge": at.ok().map(|(_, knowledge)| knowledge),
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
    days: Option<Known<u32>>,
    lang: Lang,
) -> String {
    let now = now.to_rfc3339();
    let days = match (lang, days) {
        (_, None) => String::new(),
        (Lang::Zh, Some(Ok((days, knowledge)))) => {
            format!("，此日之后还有 {days} 个工作日{}", mark(knowledge, lang))
        }
        (Lang::En, Some(Ok((days, knowledge)))) => {
            let plural = if days == 1 { "" } else { "s" };
            format!(", {days} working day{plural} after this day{}", mark(knowledge, lang))
        }
        (Lang::Zh, Some(Err(first_unknown))) => {
            format!("，此日之后有几个工作日无法确定，取决于 {first_unknown}")
        }
        (Lang::En, Some(Err(first_unknown))) => {
            format!(", working days after this day: unknown {first_unknown}")
        }
    };
    match (lang, standing) {
        (Lang::Zh, Standing::Remaining(left)) => format!("{now}：尚余{}{days}\n", span(left, lang)),
        (Lang::En, Standing::Remaining(left)) => format!("{now}: {} left{days}\n", span(left, lang)),
        (Lang::Zh, Standing::Overdue(late)) => format!("{now}：已逾期{}\n", span(late, lang)),
        (Lang::En, Standing::Overdue(late)) => format!("{now}: overdue by {}\n", span(late, lang)),
    }
}

/// What an answer that is not settled says of itself.
fn mark(knowledge: Knowledge, lang: Lang) -> String {
    let word = knowledge.name(speech(lang));
    match (knowledge, lang) {
        (Knowledge::Known, _) => String::new(),
        (_, Lang::Zh) => format!("（{word}）"),
        (_, Lang::En) => format!(" ({word})"),
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
