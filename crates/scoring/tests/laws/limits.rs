//! Caps hold in every window, by the version in force on its last day; floors, ceilings and period caps hold.

use crate::generator::{Without, World, config, worlds};
use chrono::{Datelike, NaiveDate};
use ducha_core::{Period, Points, SubjectId};
use ducha_rulebook::annex::{
    clause::{CapOrder, Clause},
    window::{NamedWindow, Window},
};
use ducha_scoring::{Entry, Outcome, assessment::EntryKind};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The window of an entry, by the test's own reckoning: a name for it, and its last day.
fn window_of(window: &Window, entry: &Entry) -> Option<(String, NaiveDate)> {
    let day = entry.day;
    let Window::Named(named) = window else { return None };
    let of = |period: Option<Period>| period.map(|p| (p.text(), p.last_day()));
    match named {
        NamedWindow::Day => Some((day.to_string(), day)),
        NamedWindow::Month => of(Period::months(day.year(), day.month(), 1)),
        NamedWindow::Quarter => of(Period::months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3)),
        NamedWindow::Year => of(Period::months(day.year(), 1, 12)),
        NamedWindow::Week => {
            let sunday = day + chrono::Days::new(u64::from(6 - day.weekday().num_days_from_monday()));
            Some((format!("week to {sunday}"), sunday))
        }
        NamedWindow::Inspection => {
            let inspection = entry.inspection.as_ref().map_or(entry.record.as_str(), |i| i.as_str());
            Some((inspection.to_owned(), day))
        }
        _ => None,
    }
}

fn clause_of<'a>(world: &'a World, entry: &Entry) -> Option<&'a Clause> {
    let book = world.books.iter().find(|b| b.version() == entry.version)?;
    book.annex().clause.iter().find(|c| Some(&c.id) == entry.clause.as_ref())
}

type Sums = BTreeMap<(String, SubjectId, String), (Points, Points)>;

fn add(sums: &mut Sums, rule: &str, max: Points, entry: &Entry, window: String) {
    let key = (rule.to_owned(), entry.subject.clone(), window);
    let sum = sums.entry(key).or_insert((Points::ZERO, max));
    sum.0 = sum.0.plus(entry.points).unwrap();
    sum.1 = max;
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn caps_hold_in_every_window(world in worlds(Without::default())) {
        let assessment = world.assess();
        let mut sums = Sums::new();
        for entry in assessment.entries.iter().filter(|e| matches!(e.kind, EntryKind::Deduction | EntryKind::Unrectified)) {
            let Some(priced) = clause_of(&world, entry) else { continue };
            for book in &world.books {
                // A rule caps the windows that end while its version is in force.
                let judges = |window: &Window| match window {
                    Window::Named(NamedWindow::Inspection) => {
                        // An inspection over several days is a matter of each version for itself.
                        window_of(window, entry).filter(|_| book.version() == entry.version)
                    }
                    _ => window_of(window, entry).filter(|(_, last)| book.is_in_force(*last)),
                };
                let Some(clause) = book.annex().clause.iter().find(|c| c.id == priced.id) else { continue };
                if let Some(cap) = clause.cap.as_ref().filter(|cap| cap.order == CapOrder::AfterFactors)
                    && let Some((window, _)) = judges(&cap.window)
                {
                    add(&mut sums, &format!("clause {}", clause.id), cap.max.or(clause.worth).unwrap(), entry, window);
                }
                for cap in book.annex().cap.iter().filter(|cap| cap.order == CapOrder::AfterFactors) {
                    let line = |c: &Clause| {
                        let section = book.annex().section.iter().find(|s| Some(&s.id) == c.section.as_ref());
                        c.line.clone().or_else(|| section.and_then(|s| s.line.clone()))
                    };
                    let inside = (cap.scope.sections.is_empty() || priced.section.as_ref().is_some_and(|s| cap.scope.sections.contains(s)))
                        && (cap.scope.lines.is_empty() || line(priced).is_some_and(|l| cap.scope.lines.contains(&l)));
                    if let Some((window, _)) = judges(&cap.window).filter(|_| inside) {
                        add(&mut sums, &format!("cap {}", cap.id), cap.max, entry, window);
                    }
                }
            }
        }
        for ((rule, subject, window), (sum, max)) in sums {
            prop_assert!(sum <= max, "{} costs {} {} in {}, at most {}", rule, subject, sum, window, max);
        }
    }

    #[test]
    fn floors_ceilings_and_period_caps_hold(world in worlds(Without::default())) {
        for standing in world.assess().tallies {
            let book = world.books.iter().find(|b| b.version() == standing.version).unwrap();
            let rule = book.annex().tally.iter().find(|t| t.id == standing.tally).unwrap();
            let Outcome::Determined(value) = standing.value else { continue };
            prop_assert!(rule.floor.is_none_or(|floor| floor <= value));
            prop_assert!(rule.ceiling.is_none_or(|ceiling| value <= ceiling));
            prop_assert!(rule.max_deduction.is_none_or(|max| standing.deducted <= max));
        }
    }
}
