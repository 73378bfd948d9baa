//! What a question about working days costs over twenty years of China's calendar: by ranks, by walking day by day, and
//! by two crates that can be made to do the same work.
//!
//! * `bdays` counts by ranks too and adds by walking; it is lent this calendar's days, for it cannot hold weekends that
//!   are worked.
//! * `chinese_holiday` knows China's days, one at a time; counting and adding are walked over it.
//!
//! All give the same answers, which is asserted before anything is timed.
//!
//! `cargo bench -p ducha-benches --bench calendar`
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]
#![allow(clippy::arithmetic_side_effects, reason = "the days are small and fixed")]

use bdays::{HolidayCalendar, HolidayCalendarCache};
use chinese_holiday::{Ymd, chinese_holiday};
use criterion::{Criterion, criterion_group, criterion_main};
use ducha::calendar::{China, Layered, Ranks, WorkCalendar, add_working_days, working_days_between};
use std::hint::black_box;

type Date = chrono::NaiveDate;

/// China's days for `bdays`.
#[derive(Clone, Copy)]
struct Lent;

impl HolidayCalendar<Date> for Lent {
    fn is_holiday(&self, date: Date) -> bool {
        !self.is_bday(date)
    }
    fn is_bday(&self, date: Date) -> bool {
        China::ranks().is_working(date).is_ok_and(|day| day.value)
    }
}

fn works(date: Date) -> bool {
    use chrono::Datelike;
    let year = u16::try_from(date.year()).unwrap_or_default();
    let (month, day) = (date.month() as u8, date.day() as u8);
    // Two days on which that crate errs: the notice for 2016 has Sunday 9 October worked, and no notice takes 30 December
    // 2016 off.
    if matches!((year, month, day), (2016, 10, 9) | (2016, 12, 30)) {
        return true;
    }
    chinese_holiday(Ymd::new(year, month, day)).is_workday()
}

fn walk_count(from: Date, to: Date) -> u32 {
    from.iter_days().skip(1).take_while(|date| *date <= to).filter(|date| works(*date)).count() as u32
}

fn walk_add(start: Date, count: usize) -> Option<Date> {
    start.iter_days().skip(1).filter(|date| works(*date)).nth(count.checked_sub(1)?)
}

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A spread of starts and lengths, so that no question is answered from a warm line alone.
fn questions() -> Vec<(Date, Date, u32)> {
    let first = day(2007, 1, 1);
    (0..1024_u64)
        .map(|at| {
            let from = first + chrono::Days::new(at * 6_151 % 7_000);
            let to = from + chrono::Days::new(at * 97 % 250);
            (from, to, (at * 31 % 150) as u32 + 1)
        })
        .collect()
}

fn calendar(bench: &mut Criterion) {
    let (ranks, first, last) = (China::ranks(), day(2007, 1, 1), day(2026, 12, 20));
    let cache = HolidayCalendarCache::new(Lent, first, day(2026, 12, 31));
    let asked = questions();
    for (from, to, count) in &asked {
        let counted = ranks.count(*from, *to).map(|found| found.value);
        assert_eq!(counted.ok(), working_days_between(*from, *to, &China).ok().map(|found| found.value));
        if *to <= last {
            assert_eq!(counted.ok(), Some(walk_count(*from, *to)));
        }
        // `bdays` counts from the first working day on, not after it.
        if cache.is_bday(*from) && cache.is_bday(*to) {
            assert_eq!(counted.ok().map(i64::from), Some(i64::from(cache.bdays(*from, *to))));
        }
        if let Ok(added) = ranks.add(*from, *count)
            && added.value <= last
        {
            assert_eq!(
                Some(added.value),
                add_working_days(*from, *count, &China).ok().map(|found| found.value)
            );
            assert_eq!(Some(added.value), walk_add(*from, *count as usize));
            if cache.is_bday(*from) {
                assert_eq!(added.value, cache.advance_bdays(*from, *count as i32));
            }
        }
    }
    // Questions that every rival can answer.
    let asked: Vec<_> = asked
        .into_iter()
        .filter(|(from, to, count)| {
            *to <= last && ranks.add(*from, *count).is_ok_and(|found| found.value <= last)
        })
        .collect();
    let mut next = asked.iter().cycle();
    let mut ask = move || *next.next().unwrap_or(&(Date::MIN, Date::MIN, 0));

    let mut counting = bench.benchmark_group("count up to 250 days");
    counting.bench_function("ranks", |b| {
        b.iter(|| {
            let (from, to, _) = ask();
            ranks.count(black_box(from), to)
        });
    });
    counting.bench_function("day by day", |b| {
        b.iter(|| {
            let (from, to, _) = ask();
            working_days_between(black_box(from), to, &China)
        });
    });
    counting.bench_function("bdays", |b| {
        b.iter(|| {
            let (from, to, _) = ask();
            cache.bdays(black_box(from), to)
        });
    });
    counting.bench_function("chinese_holiday", |b| {
        b.iter(|| {
            let (from, to, _) = ask();
            walk_count(black_box(from), to)
        });
    });
    counting.finish();

    let mut adding = bench.benchmark_group("add up to 150 working days");
    adding.bench_function("ranks", |b| {
        b.iter(|| {
            let (from, _, count) = ask();
            ranks.add(black_box(from), count)
        });
    });
    adding.bench_function("day by day", |b| {
        b.iter(|| {
            let (from, _, count) = ask();
            add_working_days(black_box(from), count, &China)
        });
    });
    adding.bench_function("bdays", |b| {
        b.iter(|| {
            let (from, _, count) = ask();
            cache.advance_bdays(black_box(from), count as i32)
        });
    });
    adding.bench_function("chinese_holiday", |b| {
        b.iter(|| {
            let (from, _, count) = ask();
            walk_add(black_box(from), count as usize)
        });
    });
    adding.finish();

    let mut ranking = bench.benchmark_group("rank twenty years");
    let layered = Layered::over(China);
    ranking.bench_function("of a layered calendar", |b| {
        b.iter(|| Ranks::of(&layered as &dyn WorkCalendar, black_box(first), last));
    });
    ranking.bench_function("bdays", |b| b.iter(|| HolidayCalendarCache::new(Lent, black_box(first), last)));
    ranking.finish();
}

criterion_group!(benches, calendar);
criterion_main!(benches);
