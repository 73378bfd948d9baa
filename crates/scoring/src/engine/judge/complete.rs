//! Whether the records reach back far enough for what is asked (semantics §13).

use super::{Judge, missing, window::Win};
use alloc::boxed::Box;
use chrono::{Days, NaiveDate};
use ducha_core::{Need, Step, message::Args};
use ducha_rulebook::annex::{
    tally::{Tally, TallyKind},
    window::{NamedWindow, Window},
};

impl Judge<'_, '_> {
    /// Why the records do not suffice for what a tally holds in a window.
    // semantics §13
    pub(in crate::engine) fn tally_incomplete(
        &self,
        tally: &Tally,
        subject: u32,
        window: Win,
    ) -> Option<Box<Need>> {
        self.dossier.asked.complete_from?;
        // What a predecessor had before the subject was there passes to it all the same.
        let inherits =
            tally.inherit && self.dossier.successions.iter().any(|(_, _, to)| *to == Some(subject));
        let present = if inherits { None } else { self.first_day(subject) };
        if remembers(tally) {
            // Before the anchor there is no cycle, and so nothing to remember.
            return self.history_incomplete(present.max(self.first_cycle(&tally.window, subject)));
        }
        self.window_incomplete(&tally.window, present, window)
    }

    /// Why the records do not suffice for a window: it begins before they are complete.
    // semantics §13
    pub(in crate::engine) fn incomplete(
        &self,
        kind: &Window,
        subject: u32,
        window: Win,
    ) -> Option<Box<Need>> {
        self.window_incomplete(kind, self.first_day(subject), window)
    }

    /// The subject's first day on the roster, if it has one.
    fn first_day(&self, subject: u32) -> Option<NaiveDate> {
        self.dossier.people.subject(subject)?.from
    }

    /// Why the records do not suffice for what needs all history: they are not complete from the subject's first day on.
    fn history_incomplete(&self, present: Option<NaiveDate>) -> Option<Box<Need>> {
        let complete = self.dossier.asked.complete_from?;
        match present {
            Some(first) => lacking(complete, first),
            None => Some(missing(Step::HistoryIncomplete, Args::none().with("complete", complete))),
        }
    }

    fn window_incomplete(&self, kind: &Window, present: Option<NaiveDate>, window: Win) -> Option<Box<Need>> {
        let complete = self.dossier.asked.complete_from?;
        let since = |first: NaiveDate| present.map_or(first, |day| day.max(first));
        match window {
            Win::Days { from: first, .. } | Win::Inspection { day: first, .. } => {
                lacking(complete, since(first))
            }
            Win::Rolling { as_of } => {
                let before = complete.pred_opt()?;
                let end = Self::leaves(kind, before).ok().flatten()?;
                let absent = present.is_some_and(|day| complete <= day);
                // Nothing is lacking where what was done before the records begin no longer counts.
                (as_of < end && !absent).then(|| since(first_live(kind, as_of, before))).map(|first| {
                    missing(
                        Step::RecordsIncomplete,
                        Args::none().with("complete", complete).with("from", first),
                    )
                })
            }
            Win::Ever { .. } => self.history_incomplete(present),
        }
    }
}

/// That records from a day on are needed, if they are complete only later.
fn lacking(complete: NaiveDate, first: NaiveDate) -> Option<Box<Need>> {
    let args = || Args::none().with("complete", complete).with("from", first);
    (first < complete).then(|| missing(Step::RecordsIncomplete, args()))
}

/// Whether what a tally holds depends on what was before its window.
// semantics §13
fn remembers(tally: &Tally) -> bool {
    if tally.kind == TallyKind::Sum {
        return false;
    }
    let clears = !tally.clear.is_empty();
    match &tally.window {
        Window::Named(NamedWindow::Ever | NamedWindow::Inspection) => true,
        Window::Named(_) | Window::Cycle(_) => clears || tally.carry.is_some(),
        Window::Rolling(_) => {
            let takes_off = [tally.awards.is_empty(), tally.consume.is_empty(), tally.redeem.is_empty()];
            clears || tally.ceiling.is_some() || takes_off.contains(&false)
        }
    }
}

/// The first day whose acts still count on a day, where those of `live` do.
fn first_live(kind: &Window, on: NaiveDate, live: NaiveDate) -> NaiveDate {
    // INVARIANT: acts of `live` count on `on`; the later an act, the longer it counts.
    let earlier = |from: NaiveDate, days: u64| {
        let day = from.checked_sub_days(Days::new(days))?;
        let end = Judge::leaves(kind, day).ok().flatten()?;
        (on < end).then_some(day)
    };
    let (mut first, mut step) = (live, 1_u64);
    while let Some(day) = earlier(first, step) {
        first = day;
        step = step.saturating_mul(2);
    }
    // Whatever lies within the step does not all count: halve it.
    while step > 0 {
        while let Some(day) = earlier(first, step) {
            first = day;
        }
        step = step.checked_div(2).unwrap_or(0);
    }
    first
}
