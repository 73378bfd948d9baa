//! China's calendar against one that was made by others.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

use chrono::{Datelike, NaiveDate};
use ducha_calendar::{China, DayKind, WorkCalendar};

/// `is_workday` of the package chinesecalendar 1.11.0, a line for each year.
const ORACLE: &str = include_str!("oracle/chinesecalendar-1.11.0.txt");

/// Where the two differ, and how the notice's text judges. None today.
const DISAGREEMENTS: &[(&str, DayKind, &str)] = &[];

#[test]
fn every_day_from_2007_to_2026_is_as_another_calendar_says() {
    let mut walked = 0;
    let mut differing = Vec::new();
    for line in ORACLE.lines().filter(|line| !line.starts_with('#')) {
        let (year, days) = line.split_once(' ').unwrap();
        let first = NaiveDate::from_ymd_opt(year.parse().unwrap(), 1, 1).unwrap();
        for (date, letter) in first.iter_days().zip(days.chars()) {
            assert_eq!(date.year(), first.year(), "a line holds one year");
            let theirs = if letter == 'W' { DayKind::Working } else { DayKind::Off };
            let ours = China.day(date).kind().unwrap();
            if ours != theirs {
                differing.push((date.to_string(), ours));
            }
            walked += 1;
        }
    }
    assert_eq!(walked, 7_305, "20 years, five of them leap years");
    let judged: Vec<_> = DISAGREEMENTS.iter().map(|(day, ours, _)| ((*day).to_string(), *ours)).collect();
    assert_eq!(differing, judged);
}
