//! Caps: the most that clauses may cost one subject in a window (S3, S26), and items lost whole (S7, S15) (semantics §4.5, §7.3).

use super::{Draft, Fold, Halt, Reckoned};
use crate::{
    assessment::need,
    engine::{
        dossier::{NONE, Visit},
        few::Few,
        reach::{Frame, Held, Reach},
        tables::{CapItem, Item},
    },
};
use alloc::{collections::BTreeMap, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{SourceId, Step, message::Args};
use ducha_rulebook::annex::{
    clause::{CapOrder, Clause},
    window::{NamedWindow, Window},
};

/// What is used up: of a cap by its key, of an item or of where it was lost by the clause's code, of an award by its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Cap(u32),
    Item(u32),
    Lost(u32),
    Award(u32),
}

/// What one key let through for one subject, in the order of days.
#[derive(Default)]
struct Through {
    parts: Vec<(NaiveDate, Visit, i64)>,
    /// What was let through in the run of days of the latest, kept so that it is not added up anew.
    running: Option<(NaiveDate, NaiveDate, i64)>,
}

/// What the caps of a unit have let through so far.
#[derive(Default)]
pub(super) struct Used {
    /// The first key that was met: mostly there is no other.
    first: Option<((Key, u32), Through)>,
    others: BTreeMap<(Key, u32), Through>,
}

impl Used {
    fn of(&mut self, key: Key, subject: u32) -> &mut Through {
        let (first, through) = self.first.get_or_insert_with(|| ((key, subject), Through::default()));
        if *first == (key, subject) { through } else { self.others.entry((key, subject)).or_default() }
    }
}

impl Through {
    /// What was let through in a window.
    fn within(&mut self, frame: Frame) -> Reckoned<i64> {
        if let (Frame::Days(from, until), Some((begun, ended, sum))) = (frame, self.running)
            && (from, until) == (begun, ended)
        {
            return Ok(sum);
        }
        let mut sum = 0_i64;
        for (day, visit, points) in self.parts.iter().rev() {
            match frame.holds(*day, *visit) {
                Held::Yes => sum = sum.checked_add(*points).ok_or(Halt::HeadRoom)?,
                Held::No => {}
                Held::Past => break,
            }
        }
        if let Frame::Days(from, until) = frame {
            self.running = Some((from, until, sum));
        }
        Ok(sum)
    }

    fn add(&mut self, day: NaiveDate, visit: Visit, points: i64) -> Reckoned<()> {
        self.parts.push((day, visit, points));
        if let Some((from, until, sum)) = &mut self.running {
            if *from <= day && day < *until {
                *sum = sum.checked_add(points).ok_or(Halt::HeadRoom)?;
            } else {
                self.running = None;
            }
        }
        Ok(())
    }

    /// Whether anything stands in the window.
    fn any_within(&self, frame: Frame) -> bool {
        for (day, visit, _) in self.parts.iter().rev() {
            match frame.holds(*day, *visit) {
                Held::Yes => return true,
                Held::No => {}
                Held::Past => return false,
            }
        }
        false
    }
}

impl<'a> Fold<'_, 'a> {
    /// Trims an entry by its caps, before the factors or after them.
    // semantics §4.5
    pub(super) fn trim(
        &self,
        draft: &mut Draft,
        item: &Item,
        clause: &Clause,
        source: Option<&SourceId>,
        before_factors: bool,
        used: &mut Used,
    ) -> Reckoned<()> {
        let caps = if before_factors { &item.before } else { &item.after };
        let retired =
            item.retired.as_ref().filter(|(order, _)| (*order == CapOrder::BeforeFactors) == before_factors);
        if caps.is_empty() && retired.is_none() && (before_factors || !item.can_lose) {
            return Ok(());
        }
        let limits = self.limits(draft, item, source, before_factors)?;
        let (day, visit, subject) = (draft.posting.day, draft.posting.visit, draft.posting.subject);
        if !before_factors && item.can_lose {
            self.lose_item(draft, item, clause, used)?;
        }
        for (cap, frame) in limits.iter() {
            let spent = used.of(Key::Cap(cap.key), subject).within(*frame)?;
            let left = cap.max.unwrap_or(0).checked_sub(spent).ok_or(Halt::HeadRoom)?.max(0);
            draft.posting.points = draft.posting.points.min(left);
        }
        let points = draft.posting.points;
        for (cap, _) in limits.iter() {
            used.of(Key::Cap(cap.key), subject).add(day, visit, points)?;
        }
        if !before_factors && item.can_lose {
            if draft.loses_item {
                used.of(Key::Lost(item.code), subject).add(day, visit, 0)?;
            }
            used.of(Key::Item(item.code), subject).add(day, visit, points)?;
        }
        Ok(())
    }

    /// The caps that an entry meets, each with its window.
    // semantics §4.5
    fn limits<'i>(
        &self,
        draft: &Draft,
        item: &'i Item,
        source: Option<&SourceId>,
        before_factors: bool,
    ) -> Reckoned<Few<(&'i CapItem, Frame)>> {
        let caps = if before_factors { &item.before } else { &item.after };
        let retired =
            item.retired.as_ref().filter(|(order, _)| (*order == CapOrder::BeforeFactors) == before_factors);
        // The clause's own caps, in each version; else the one that it keeps; then those over several.
        let mut limits: Few<(&CapItem, Frame)> = Few::new();
        let own = caps.iter().take_while(|cap| cap.clause != NONE);
        let own_caps = own.clone().count();
        for cap in own {
            if let Some(frame) = self.judged_frame(cap, draft)? {
                worth_known(self, cap)?;
                limits.push((cap, frame));
            }
        }
        if let Some((_, cap)) = retired.filter(|_| limits.is_empty()) {
            worth_known(self, cap)?;
            limits.push((cap, self.frame(cap, draft)?));
        }
        for cap in caps.iter().skip(own_caps) {
            let from_source =
                cap.sources.is_empty() || source.is_some_and(|source| cap.sources.contains(source));
            if !from_source {
                continue;
            }
            if let Some(frame) = self.judged_frame(cap, draft)? {
                limits.push((cap, frame));
            }
        }
        Ok(limits)
    }

    /// Notes what the caps of an entry, whose clause loses no item and whose caps ask for no source, let through earlier.
    pub(super) fn note_used(
        &self,
        draft: &Draft,
        item: &Item,
        before_factors: bool,
        used: &mut Used,
    ) -> Reckoned<()> {
        let posting = &draft.posting;
        let points = if before_factors { draft.capped } else { posting.points };
        let caps = if before_factors { &item.before } else { &item.after };
        // Of a single version each cap applies that has windows everywhere.
        let everywhere =
            |cap: &CapItem| matches!(cap.window, Reach::Civil(_) | Reach::Ever | Reach::Rolling(_));
        if self.versions.len() == 1 && caps.iter().all(everywhere) {
            for cap in caps {
                used.of(Key::Cap(cap.key), posting.subject).add(posting.day, posting.visit, points)?;
            }
            return Ok(());
        }
        for (cap, _) in self.limits(draft, item, None, before_factors)? {
            used.of(Key::Cap(cap.key), posting.subject).add(posting.day, posting.visit, points)?;
        }
        Ok(())
    }

    /// The window of a cap that holds the entry, where the cap belongs to the version that judges it.
    // semantics §2, §4.5
    fn judged_frame(&self, cap: &CapItem, draft: &Draft) -> Reckoned<Option<Frame>> {
        let frame = self.frame(cap, draft)?;
        if frame == Frame::Nowhere {
            return Ok(None);
        }
        if self.versions.len() == 1 {
            return Ok(Some(frame));
        }
        let last = match frame {
            Frame::Days(_, until) => until.pred_opt().unwrap_or(until),
            _ => draft.posting.day,
        };
        let judge = self.versions.judging(last);
        Ok(judge.is_some_and(|judge| judge.number == cap.version as usize).then_some(frame))
    }

    fn frame(&self, cap: &CapItem, draft: &Draft) -> Reckoned<Frame> {
        self.frame_of(&cap.window, cap.version, draft)
    }

    fn frame_of(&self, window: &Reach, version: u32, draft: &Draft) -> Reckoned<Frame> {
        let Some(version) = self.version(version) else { return Ok(Frame::Nowhere) };
        let posting = &draft.posting;
        Ok(window.frame(version, self.people, posting.subject, posting.day, posting.visit)?)
    }

    /// The item's whole worth is lost: so much is added that nothing of it is left in its window.
    // semantics §4.5
    fn lose_item(&self, draft: &mut Draft, item: &Item, clause: &Clause, used: &mut Used) -> Reckoned<()> {
        let inspection = Window::Named(NamedWindow::Inspection);
        let window = Reach::of(clause.cap.as_ref().map_or(&inspection, |cap| &cap.window));
        let subject = draft.posting.subject;
        // The window is asked for only where something is to be compared.
        let lost_before = match used.of(Key::Lost(item.code), subject) {
            lost if lost.parts.is_empty() => false,
            lost => lost.any_within(self.frame_of(&window, draft.posting.version, draft)?),
        };
        if !draft.loses_item && !lost_before {
            return Ok(());
        }
        let worth = self.worth(clause)?;
        let through = used.of(Key::Item(item.code), subject);
        let spent = match through.parts.is_empty() {
            true => 0,
            false => through.within(self.frame_of(&window, draft.posting.version, draft)?)?,
        };
        let rest = worth.checked_sub(spent).ok_or(Halt::HeadRoom)?.max(0);
        if draft.loses_item || rest < draft.posting.points {
            draft.posting.points = rest;
        }
        Ok(())
    }

    /// An award gives at most its cap in the cap's window.
    // semantics §7.3
    pub(super) fn trim_award(&self, draft: &mut Draft, used: &mut Used) -> Reckoned<()> {
        let posting = &draft.posting;
        let award = self.version(posting.version).and_then(|v| v.annex.award.get(posting.award as usize));
        let Some(cap) = award.and_then(|award| award.cap.as_ref()) else { return Ok(()) };
        let unit =
            self.tables.version(posting.version).and_then(|v| v.award_units.get(posting.award as usize));
        let through = used.of(Key::Award(unit.copied().unwrap_or(NONE)), posting.subject);
        let spent = match through.parts.is_empty() {
            true => 0,
            false => through.within(self.frame_of(&Reach::of(&cap.window), posting.version, draft)?)?,
        };
        let left = self.scaled(cap.max)?.checked_sub(spent).ok_or(Halt::HeadRoom)?.max(0);
        draft.posting.points = draft.posting.points.min(left);
        through.add(draft.posting.day, draft.posting.visit, draft.posting.points)
    }
}

/// Whether the clause says what the cap is, by itself or by its worth.
fn worth_known(fold: &Fold<'_, '_>, cap: &CapItem) -> Reckoned<()> {
    if cap.max.is_some() {
        return Ok(());
    }
    let clause = fold.version(cap.version).and_then(|v| v.annex.clause.get(cap.clause as usize));
    let args = clause.map_or_else(Args::none, |clause| Args::none().with("clause", &clause.id));
    Err(need(Step::WorthMissing, args).into())
}
