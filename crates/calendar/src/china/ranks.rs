//! China's working days, ranked when the crate is compiled.

use chrono::NaiveDate;

use super::notices::{Break, YEARS};
use super::{China, PROVISIONAL_FROM};
use crate::Knowledge;
use crate::ranks::{ROW, Ranks, Weak};

/// From 2007-01-01 to 2026-12-31.
const DAYS: usize = 7_305;

/// Those of them on which work is done; a test compares it with the calendar.
const WORKING: usize = count(&TABLE);

/// 2007-01-01, a Monday, as days from the common era.
const FIRST: i32 = 732_677;

/// The year of the day before the first, and the rows of all years from that on.
const EVE_YEAR: usize = 2006;
const ROWS: usize = 21 * ROW as usize;

const TABLE: [bool; DAYS] = table();
static UP_TO: [u16; ROWS] = up_to(&TABLE);
static DATES: [NaiveDate; WORKING] = dates(&TABLE);
static PROVISIONAL: [Weak; 1] = [provisional()];
static RANKS: Ranks = Ranks::made(date(-1), date(DAYS as i32 - 1), &UP_TO, &DATES, &PROVISIONAL);

impl China {
    /// The calendar's working days from 2007 to 2026, ranked.
    #[must_use]
    pub fn ranks() -> &'static Ranks {
        &RANKS
    }
}

/// Which days are worked: the weekdays, as the rows rearrange them.
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: what would panic does not compile"
)]
const fn table() -> [bool; DAYS] {
    let mut table = [false; DAYS];
    let mut at = 0;
    while at < DAYS {
        table[at] = at % 7 < 5;
        at += 1;
    }
    // Year by year, so that the later notice has the last word.
    let mut year = 0;
    while year < YEARS.len() {
        let mut row = 0;
        while row < YEARS[year].breaks.len() {
            table = arranged(table, &YEARS[year].breaks[row]);
            row += 1;
        }
        year += 1;
    }
    table
}

#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: what would panic does not compile"
)]
const fn arranged(mut table: [bool; DAYS], rest: &Break) -> [bool; DAYS] {
    let mut at = place(rest.first);
    while at <= place(rest.last) {
        table[at] = false;
        at += 1;
    }
    let mut worked = 0;
    while worked < rest.worked.len() {
        table[place(rest.worked[worked])] = true;
        worked += 1;
    }
    table
}

/// The place of a day written as 20261001.
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_sign_loss,
    reason = "evaluated by the compiler: what would panic does not compile"
)]
const fn place(number: i32) -> usize {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    // Years begin in March here, so that the leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    // So many days precede 2007-01-01 in that reckoning.
    (days - 732_983) as usize
}

#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: what would panic does not compile"
)]
const fn count(table: &[bool; DAYS]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < DAYS {
        if table[at] {
            count += 1;
        }
        at += 1;
    }
    count
}

#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler: what would panic does not compile"
)]
const fn up_to(table: &[bool; DAYS]) -> [u16; ROWS] {
    let mut ranks = [0; ROWS];
    let (mut at, mut year, mut count) = (0, EVE_YEAR + 1, 0);
    while at < DAYS {
        // Within the notices every fourth year is a leap year.
        let end = at + if year % 4 == 0 { 366 } else { 365 };
        let mut place = (year - EVE_YEAR) * ROW as usize;
        while at < end {
            if table[at] {
                count += 1;
            }
            ranks[place] = count;
            place += 1;
            at += 1;
        }
        year += 1;
    }
    ranks
}

#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler: what would panic does not compile, and the days are few"
)]
const fn dates(table: &[bool; DAYS]) -> [NaiveDate; WORKING] {
    let mut dates = [NaiveDate::MIN; WORKING];
    let (mut at, mut rank) = (0, 0);
    while at < DAYS {
        if table[at] {
            dates[rank] = date(at as i32);
            rank += 1;
        }
        at += 1;
    }
    dates
}

/// The day at a place, counted from 2007-01-01.
#[allow(clippy::arithmetic_side_effects, reason = "evaluated by the compiler, of places within the table")]
const fn date(place: i32) -> NaiveDate {
    match NaiveDate::from_num_days_from_ce_opt(FIRST + place) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler: what would panic does not compile, and the days are few"
)]
const fn provisional() -> Weak {
    let last = DAYS as i32 - 1;
    let (_, from) = PROVISIONAL_FROM;
    Weak { first: date(last - (31 - from as i32)), last: date(last), knowledge: Knowledge::Provisional }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;
    use crate::WorkCalendar;

    #[test]
    fn the_ranks_begin_and_end_with_the_noticed_years() {
        let first = NaiveDate::from_ymd_opt(2007, 1, 1).unwrap();
        assert_eq!(first.num_days_from_ce(), FIRST);
        assert_eq!(place(20_070_101), 0);
        assert_eq!(place(20_261_231) + 1, DAYS);
        assert_eq!(China.horizon(), NaiveDate::from_ymd_opt(2026, 12, 31));
    }

    #[test]
    fn what_was_ranked_by_the_compiler_is_what_the_calendar_tells() {
        let first = NaiveDate::from_ymd_opt(2007, 1, 1).unwrap();
        let asked = Ranks::of(&China, first, China.horizon().unwrap()).unwrap();
        for date in first.iter_days().take(DAYS) {
            let (made, asked) = (China::ranks().is_working(date), asked.is_working(date));
            assert_eq!(made, asked, "{date}");
            assert_eq!(made.unwrap().knowledge, China.day(date).knowledge().unwrap(), "{date}");
        }
        assert!(China::ranks().is_working(first.pred_opt().unwrap()).is_err());
    }
}
