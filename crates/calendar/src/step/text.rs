//! The steps of a deadline as sentences, in Chinese and English.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, Timelike};

use super::Step;
use crate::{Lang, Notice, Roll, TimeLimit};

impl Step {
    pub(super) fn english(&self) -> String {
        match self {
            Step::StartNotCounted { start, first_counted } => {
                format!("{start}, the start, is not counted; day 1 is {first_counted}")
            }
            Step::WorkingDaysCounted { count, last, off, made_up } => {
                let days = if *count == 1 { "day ends" } else { "days end" };
                format!("{count} working {days} on {last}: {off} off passed over, {made_up} made up")
            }
            Step::DaysCounted { limit, last } => format!("the limit of {limit} ends on {last}"),
            Step::CorrespondingDay { limit, last } => {
                format!("the limit of {limit} ends on the corresponding day, {last}")
            }
            Step::MonthEnd { limit, last } => {
                format!(
                    "the limit of {limit} ends on {last}, the last of a month that lacks the corresponding day"
                )
            }
            Step::Stands { last, why } => {
                format!("{last} is a working day ({}) and stands", why.text(Lang::En))
            }
            Step::Rolled { from, to, why, roll: Roll::Preceding } => {
                format!("{from} is off ({}): moved back to {to}", why.text(Lang::En))
            }
            Step::Rolled { from, to, why, roll: Roll::DayAfterHoliday } => {
                format!("{from} is in a holiday ({}): moved to {to}, the day after it", why.text(Lang::En))
            }
            Step::Rolled { from, to, why, .. } if to < from => {
                let why = why.text(Lang::En);
                format!(
                    "{from} is off ({why}) and the next working day is in another month: moved back to {to}"
                )
            }
            Step::Rolled { from, to, why, .. } => {
                format!("{from} is off ({}): moved to {to}, the first working day after", why.text(Lang::En))
            }
            Step::NoRoll { last } => format!("{last} stands, working day or not: the rule has no roll"),
            Step::LeansOnProvisional { due, notices } => {
                let used = cited(notices, ", ");
                format!(
                    "{due} is provisional: next year's notice may change a day that it rests on; used: {used}"
                )
            }
            Step::RestsOnAssumption { due } => {
                format!(
                    "{due} rests on an assumption: no calendar knows a day on the way, so weekends alone were taken off"
                )
            }
            Step::Converted { given, local } => {
                format!("{} is {} in local time", told(given), moment(*local))
            }
            Step::CutOff { received, cut_off, counts_as } => {
                let (at, hour) = (moment(*received), cut_off.format("%H:%M"));
                let why =
                    if received.time() > *cut_off { format!("after {hour}") } else { "on a day off".into() };
                format!("{at} is {why}: it counts as {counts_as}, the next working day")
            }
            Step::FromNextDay { limit, anchor, last } => {
                format!(
                    "the limit of {limit} runs from {anchor} and ends on the day corresponding to that, {last}"
                )
            }
            Step::NoHoliday { last, why } => {
                format!("{last} is off ({}), but no statutory holiday, and stands", why.text(Lang::En))
            }
            Step::HoursCounted { limit, from, end } => {
                let (from, end) = (moment(*from), moment(*end));
                format!("{limit} from {from} {} at {end}, days off counted; hours do not roll", ends(*limit))
            }
            Step::WorkingHoursCounted { limit, from, end } => {
                let (from, end) = (moment(*from), moment(*end));
                format!("{limit} from {from} {} at {end}; only open hours count", ends(*limit))
            }
            Step::Paused { from, until, last } => {
                let (from, until) = (moment(*from), moment(*until));
                format!("the clock stands from {from} and runs again at {until}: the last day becomes {last}")
            }
            Step::Extended { by, from } => {
                format!("extended by {by} from {from}, which is not counted")
            }
            Step::Closes { due, at } => match at {
                Some(at) => {
                    format!("{due} is within the limit and ends with business, at {}", at.format("%H:%M"))
                }
                None => format!("{due} is within the limit and ends at 24:00"),
            },
        }
    }

    pub(super) fn chinese(&self) -> String {
        match self {
            Step::StartNotCounted { start, first_counted } => {
                format!("起始日 {start} 不计入，自 {first_counted} 起算")
            }
            Step::WorkingDaysCounted { count, last, off, made_up } => {
                format!("{count}个工作日至 {last} 届满：跳过休息日 {off} 天，计入调休上班 {made_up} 天")
            }
            Step::DaysCounted { limit, last } => format!("{}至 {last} 届满", limit.to_text(Lang::Zh)),
            Step::CorrespondingDay { limit, last } => {
                format!("{}至对应日 {last} 届满", limit.to_text(Lang::Zh))
            }
            Step::MonthEnd { limit, last } => {
                format!("{}届满之月没有对应日，至月末 {last} 届满", limit.to_text(Lang::Zh))
            }
            Step::Stands { last, why } => format!("{last} 为工作日（{}），不顺延", why.text(Lang::Zh)),
            Step::Rolled { from, to, why, roll: Roll::Preceding } => {
                format!("{from} 休息（{}），提前至 {to}", why.text(Lang::Zh))
            }
            Step::Rolled { from, to, why, roll: Roll::DayAfterHoliday } => {
                format!("{from} 在假期内（{}），顺延至假期结束的次日 {to}", why.text(Lang::Zh))
            }
            Step::Rolled { from, to, why, .. } if to < from => {
                let why = why.text(Lang::Zh);
                format!("{from} 休息（{why}），其后首个工作日已在另一月份，提前至 {to}")
            }
            Step::Rolled { from, to, why, .. } => {
                format!("{from} 休息（{}），顺延至其后首个工作日 {to}", why.text(Lang::Zh))
            }
            Step::NoRoll { last } => format!("{last} 无论是否工作日均不顺延"),
            Step::LeansOnProvisional { due, notices } => {
                let used = cited(notices, "、");
                format!("{due} 为暂定：所依据的日期可能被下一年度通知改动；所用通知：{used}")
            }
            Step::RestsOnAssumption { due } => {
                format!("{due} 基于假定：途中有日历不知道的日期，仅按休周末推算")
            }
            Step::Converted { given, local } => {
                format!("{} 即当地时间 {}", told(given), moment(*local))
            }
            Step::CutOff { received, cut_off, counts_as } => {
                let (at, hour) = (moment(*received), cut_off.format("%H:%M"));
                let why = if received.time() > *cut_off {
                    format!("在 {hour} 之后")
                } else {
                    "为休息日".into()
                };
                format!("{at} {why}：视为下一工作日 {counts_as} 收到")
            }
            Step::FromNextDay { limit, anchor, last } => {
                format!("{}自 {anchor} 起算，至其对应日 {last} 届满", limit.to_text(Lang::Zh))
            }
            Step::NoHoliday { last, why } => {
                format!("{last} 休息（{}），但不是法定休假日，不顺延", why.text(Lang::Zh))
            }
            Step::HoursCounted { limit, from, end } => {
                let (from, end) = (moment(*from), moment(*end));
                format!("自 {from} 起{}，至 {end} 届满，休息日照计，不顺延", limit.to_text(Lang::Zh))
            }
            Step::WorkingHoursCounted { limit, from, end } => {
                let (from, end) = (moment(*from), moment(*end));
                format!("自 {from} 起{}，至 {end} 届满，只计工作时间", limit.to_text(Lang::Zh))
            }
            Step::Paused { from, until, last } => {
                let (from, until) = (moment(*from), moment(*until));
                format!("自 {from} 起停止计算，{until} 恢复：最后一日为 {last}")
            }
            Step::Extended { by, from } => {
                format!("自 {from} 起延长{}，该日不计入", by.to_text(Lang::Zh))
            }
            Step::Closes { due, at } => match at {
                Some(at) => format!("{due} 当日仍在期限内，至停止业务时 {} 截止", at.format("%H:%M")),
                None => format!("{due} 当日仍在期限内，至二十四时截止"),
            },
        }
    }
}

/// The verb for so many hours.
fn ends(limit: TimeLimit) -> &'static str {
    if limit.length() == 1 { "ends" } else { "end" }
}

/// A moment in local time; midnight is told by its day alone, seconds where there are any.
fn moment(at: NaiveDateTime) -> String {
    if at.time() == NaiveTime::MIN { at.date().to_string() } else { to_the_minute(at) }
}

fn to_the_minute(at: NaiveDateTime) -> String {
    at.format(if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

/// A moment with its offset, as it was told.
fn told(at: &DateTime<FixedOffset>) -> String {
    match at.naive_utc().checked_add_offset(*at.offset()) {
        Some(local) => format!("{} {}", to_the_minute(local), at.offset()),
        None => format!("{} +00:00", to_the_minute(at.naive_utc())),
    }
}

fn cited(notices: &[Notice], comma: &str) -> String {
    let each: Vec<String> = notices.iter().map(|notice| format!("{} {}", notice.year, notice.url)).collect();
    each.join(comma)
}
