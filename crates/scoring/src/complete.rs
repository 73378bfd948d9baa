//! Whether the records reach back far enough for what is asked (semantics §13).

use crate::{
    assessment::{WindowOf, need},
    evaluate::Evaluation,
    window::{first_cycle, leaves},
};
use chrono::NaiveDate;
use ducha_core::{Need, Step, SubjectId, message::Args};
use ducha_rulebook::annex::{
    tally::{Tally, TallyKind},
    window::{NamedWindow, Window},
};

impl<'a> Evaluation<'_, 'a> {
    /// Why the records do not suffice for what a tally holds in a window.
    // semantics §13
    pub(crate) fn tally_incomplete(
        &self,
        tally: &Tally,
        subject: &SubjectId,
        window: &WindowOf,
    ) -> Option<Need> {
        // What a predecessor had before the subject was there passes to it all the same.
        let inherits = tally.inherit && self.successions().any(|(_, _, to)| to == subject);
        let present = self.roster.first_day(subject).filter(|_| !inherits);
        if remembers(tally) {
            // Before the anchor there is no cycle, and so nothing to remember.
            return self.history_incomplete(present.max(first_cycle(&tally.window, self.roster, subject)));
        }
        self.window_incomplete(&tally.window, present, window)
    }

    /// Why the records do not suffice for a window: it begins before they are complete.
    // semantics §13
    pub(crate) fn incomplete(&self, kind: &Window, subject: &SubjectId, window: &WindowOf) -> Option<Need> {
        self.window_incomplete(kind, self.roster.first_day(subject), window)
    }

    /// Why the records do not suffice for what needs all history: they are not complete from the subject's first day on.
    fn history_incomplete(&self, present: Option<NaiveDate>) -> Option<Need> {
        let complete = self.request.complete_from?;
        let args = Args::none().with("complete", complete);
        match present {
            Some(day) if complete <= day => None,
            Some(day) => Some(need(Step::RecordsIncomplete, args.with("from", day))),
            None => Some(need(Step::HistoryIncomplete, args)),
        }
    }

    fn window_incomplete(
        &self,
        kind: &Window,
        present: Option<NaiveDate>,
        window: &WindowOf,
    ) -> Option<Need> {
        let complete = self.request.complete_from?;
        let lacking = |first: NaiveDate| {
            let first = present.map_or(first, |day| day.max(first));
            let args = || Args::none().with("complete", complete).with("from", first);
            (first < complete).then(|| need(Step::RecordsIncomplete, args()))
        };
        match window {
            WindowOf::Days { period } => lacking(period.from),
            WindowOf::Inspection { day, .. } => lacking(*day),
            WindowOf::Rolling { as_of } => {
                let before = complete.pred_opt()?;
                let end = leaves(kind, before).ok().flatten()?;
                let absent = present.is_some_and(|day| complete <= day);
                (end > *as_of && !absent).then(|| {
                    let first = first_live(kind, *as_of, before);
                    let first = present.map_or(first, |day| day.max(first));
                    need(Step::RecordsIncomplete, Args::none().with("complete", complete).with("from", first))
                })
            }
            WindowOf::Ever { .. } => self.history_incomplete(present),
        }
    }
}

/// Whether what a tally holds depends on what was before its window: a balance that remembers (semantics §13). One that
/// only empties at each window's end begins anew with it; in a rolling one, nothing but what takes points off the oldest
/// entries, or leaves no room for the next, reaches further back than the window.
fn remembers(tally: &Tally) -> bool {
    if tally.kind == TallyKind::Sum {
        return false;
    }
    let takes_off = !tally.awards.is_empty() || !tally.consume.is_empty() || !tally.redeem.is_empty();
    match &tally.window {
        Window::Named(NamedWindow::Ever | NamedWindow::Inspection) => true,
        Window::Named(_) | Window::Cycle(_) => tally.carry.is_some() || !tally.clear.is_empty(),
        Window::Rolling(_) => takes_off || !tally.clear.is_empty() || tally.ceiling.is_some(),
    }
}

/// Whether it is the records that are not complete.
pub(crate) const fn is_of_records(missing: &Need) -> bool {
    matches!(missing.step, Step::RecordsIncomplete | Step::HistoryIncomplete)
}

/// The first day whose acts still count on a day, where those of `live` do: the bound of a rolling window, looking back.
fn first_live(kind: &Window, on: NaiveDate, live: NaiveDate) -> NaiveDate {
    // INVARIANT: acts of `live` count on `on`, acts of `gone` days before it don't; the later an act, the longer it counts.
    let (mut live, mut reach) = (live, 1_u64);
    let counts = |day: NaiveDate| leaves(kind, day).ok().flatten().is_some_and(|end| on < end);
    while let Some(day) = live.checked_sub_days(chrono::Days::new(reach)).filter(|day| counts(*day)) {
        live = day;
        reach = reach.saturating_mul(2);
    }
    while reach > 0 {
        while let Some(day) = live.checked_sub_days(chrono::Days::new(reach)).filter(|day| counts(*day)) {
            live = day;
        }
        reach = reach.checked_div(2).unwrap_or(0);
    }
    live
}
