//! Which windows are looked at: of the assessed period, or all that the records touch (semantics §6.5).

use super::{Answers, Judge, window::Win};
use crate::{
    assessment::EntryKind,
    engine::dossier::{Live, Visit},
    versions::Version,
};
use alloc::{collections::BTreeMap, rc::Rc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Matter, Period};
use ducha_rulebook::annex::window::{NamedWindow, Window};

/// How many windows back from the report day are judged though no record touches them: ten years of months.
const LONGEST_ROW: usize = 120;

/// What places a window among those that were looked at before: where its kind stands in the rules, the version, whose
/// cycles, whether outside of the assessed period too.
type Looked = (usize, usize, Option<u32>, bool);

/// The windows that were looked at before.
#[derive(Default)]
pub(super) struct Windows {
    looked: Answers<Looked, Rc<[Win]>>,
}

impl<'a> Judge<'_, 'a> {
    /// The windows of a kind that are looked at: of the assessed period, or all that the records touch.
    // semantics §6.5
    pub(in crate::engine) fn windows(
        &self,
        version: Version<'a>,
        kind: &'a Window,
        subject: u32,
        everything: bool,
    ) -> Rc<[Win]> {
        // Civil windows are the same for everybody.
        let whose = match kind {
            Window::Named(NamedWindow::Inspection | NamedWindow::Day) | Window::Cycle(_) => Some(subject),
            Window::Named(_) | Window::Rolling(_) => None,
        };
        let key = (core::ptr::from_ref(kind).addr(), version.number, whose, everything);
        self.once(&self.windows.looked, key, || self.looked_at(version, kind, subject, everything).into())
    }

    /// The windows of all rules that hold some of the days that anyone touches: the same for everybody, or in the cycles of a
    /// subject. All other windows are told by what concerns a subject itself.
    pub(in crate::engine) fn windows_by_days(&self, whose: Option<u32>) -> Vec<Rc<[Win]>> {
        let by_days = |kind: &&Window| match kind {
            Window::Named(NamedWindow::Inspection | NamedWindow::Day | NamedWindow::Ever) => false,
            Window::Named(_) => whose.is_none(),
            Window::Cycle(_) => whose.is_some(),
            Window::Rolling(_) => false,
        };
        let mut all = Vec::new();
        for version in self.dossier.versions.iter() {
            let annex = version.annex;
            let tallies = annex.tally.iter().map(|tally| &tally.window);
            let indexes = annex.index.iter().map(|index| &index.window);
            let rankings = annex.ranking.iter().map(|ranking| &ranking.window);
            for kind in tallies.chain(indexes).chain(rankings).filter(by_days) {
                for everything in [false, true] {
                    all.push(self.windows(version, kind, whose.unwrap_or(0), everything));
                }
            }
        }
        all
    }

    fn looked_at(&self, version: Version<'a>, kind: &Window, subject: u32, everything: bool) -> Vec<Win> {
        let as_of = self.dossier.as_of;
        match kind {
            Window::Rolling(_) => return alloc::vec![Win::Rolling { as_of }],
            Window::Named(NamedWindow::Ever) => return alloc::vec![Win::Ever { as_of }],
            // Which cycle it is cannot be told without the date from which they count; that is one thing to say.
            Window::Cycle(_) if self.unanchored(kind, subject).is_some() => {
                return alloc::vec![Win::Ever { as_of }];
            }
            Window::Named(_) | Window::Cycle(_) => {}
        }
        let period = self.dossier.asked.period.filter(|_| !everything);
        let inside = |day: NaiveDate| period.is_none_or(|period| period.contains(day));
        match kind {
            Window::Named(NamedWindow::Inspection) => self.inspections_of(subject, inside),
            Window::Named(NamedWindow::Day) => self.days_of(subject, inside),
            _ => {
                let mut days: Vec<NaiveDate> = self.dossier.days.clone();
                days.extend(self.dossier.asked.as_of);
                days.retain(|day| *day <= as_of && inside(*day));
                days.sort_unstable();
                let mut windows = self.holding(version, kind, subject, &days);
                if let Some(period) = self.dossier.asked.period {
                    windows.extend(self.holding_run(version, kind, subject, period));
                }
                if everything {
                    windows.extend(self.between(version, kind, subject));
                }
                windows.sort_unstable();
                windows.dedup();
                windows
            }
        }
    }

    /// The inspections of the subject, and of what was deducted from it, in the order of their names; each by its first day.
    /// Facts and commendations make no inspection; measurements, and what falls on the subject for what others did, do.
    fn inspections_of(&self, subject: u32, inside: impl Fn(NaiveDate) -> bool) -> Vec<Win> {
        let inspected =
            |one: &&Live<'_>| matches!(one.record.matter, Matter::Finding(_) | Matter::Inspection(_));
        let own = self.dossier.records_of(subject).filter(inspected);
        let own = own.map(|one| (one.visit, one.record.occurred_on));
        let mut first: BTreeMap<Visit, NaiveDate> = BTreeMap::new();
        for (visit, day) in own.chain(self.deducted(subject)).filter(|(_, day)| inside(*day)) {
            let at = first.entry(visit).or_insert(day);
            *at = day.min(*at);
        }
        let mut visits: Vec<(Visit, NaiveDate)> = first.into_iter().collect();
        visits.sort_by_cached_key(|(visit, _)| self.dossier.visit_text(*visit));
        visits.into_iter().map(|(visit, day)| Win::Inspection { visit, day }).collect()
    }

    fn days_of(&self, subject: u32, inside: impl Fn(NaiveDate) -> bool) -> Vec<Win> {
        let own = self.dossier.records_of(subject).map(|one| one.record.occurred_on);
        let deducted = self.deducted(subject).map(|(_, day)| day);
        let mut days: Vec<NaiveDate> = own.chain(deducted).filter(|day| inside(*day)).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().filter_map(Period::day).map(Win::of).collect()
    }

    fn deducted(&self, subject: u32) -> impl Iterator<Item = (Visit, NaiveDate)> {
        let as_of = self.dossier.as_of;
        let postings = self.dossier.postings_of(subject).iter();
        postings.filter(move |p| p.kind != EntryKind::Award && p.day <= as_of).map(|p| (p.visit, p.day))
    }

    /// The windows that hold any of these days, which come in order; a day in no window has none.
    fn holding(&self, version: Version<'a>, kind: &Window, subject: u32, days: &[NaiveDate]) -> Vec<Win> {
        let mut windows = Vec::new();
        let mut known: Option<NaiveDate> = None;
        for day in days {
            if known.is_some_and(|until| *day < until) {
                continue;
            }
            if let Ok(window) = self.window_of(version, kind, subject, *day, None) {
                windows.push(window);
                known = match window {
                    Win::Days { until, .. } => Some(until),
                    _ => None,
                };
            }
        }
        windows
    }

    /// The windows that hold a day of the assessed period up to the report day, so that those without records are seen too.
    fn holding_run(&self, version: Version<'a>, kind: &Window, subject: u32, period: Period) -> Vec<Win> {
        let mut windows = Vec::new();
        let mut at = Some(period.from);
        while let Some(day) = at.filter(|day| *day < period.until && *day <= self.dossier.as_of) {
            at = day.succ_opt();
            if let Ok(window) = self.window_of(version, kind, subject, day, None) {
                windows.push(window);
                if let Win::Days { until, .. } = window {
                    at = Some(until);
                }
            }
        }
        windows
    }

    /// The windows from where the records begin to the report day: one without records is not missing (semantics §13).
    fn between(&self, version: Version<'a>, kind: &Window, subject: u32) -> Vec<Win> {
        let begin = self.dossier.asked.complete_from.or_else(|| self.dossier.days.first().copied());
        let known = self.dossier.versions.iter().map(|v| v.annex.rulebook.from).min();
        let Some(begin) = begin.max(known) else { return Vec::new() };
        let mut windows = Vec::new();
        let mut steps = 0_usize;
        let mut at = Some(self.dossier.as_of);
        while let Some(day) = at.filter(|day| begin <= *day && steps < LONGEST_ROW) {
            steps = steps.saturating_add(1);
            let window = self.window_of(version, kind, subject, day, None);
            at = match window {
                Ok(Win::Days { from, .. }) => from.pred_opt(),
                _ => day.pred_opt(),
            };
            windows.extend(window);
        }
        windows
    }
}
