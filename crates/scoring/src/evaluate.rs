//! The reference evaluator: the executable specification (docs/semantics.md states the same formally).
//!
//! Written for obviousness: each question is answered from the entries anew, and every number is read off the derivation that
//! explains it. Two answers are remembered, since several questions ask for them: what a tally holds, and what was crossed.

use crate::{
    admit::{Admitted, admit},
    assessment::{
        ASSESSMENT_FORMAT, Account, Assessment, Digests, Engine, Entry, EntryKind, Fate, IndexStanding,
        RankingStanding, RulebookUsed, Standing, TallyStanding, WindowOf, need,
    },
    consequence::Firing,
    crossing::Crossed,
    fold::Fold,
    price::moment,
    request::Request,
    roster::Roster,
    tally::Held,
    versions::{Version, Versions},
    window::{Moment, Visit, each_once, unanchored, visit, window_of, windows_touched},
};
use alloc::{collections::BTreeMap, collections::BTreeSet, rc::Rc, string::ToString, vec::Vec};
use chrono::NaiveDate;
use core::cell::{Cell, RefCell};
use ducha_core::{LadderId, Need, Period, Record, RecordId, Step, SubjectId, message::Args};
use ducha_rulebook::annex::{
    identity::Status,
    ladder::Ranking,
    window::{NamedWindow, Window},
};

/// How deep tallies, ladders and indexes may lean on each other. Checked rulebooks have no cycles; several versions together might.
const DEEPEST: u32 = 24;

/// How many windows back from the report day are judged though no record touches them: ten years of months.
const LONGEST_ROW: usize = 120;

/// Everything that follows from the question.
///
/// Records that cannot be scored are in the account with their reasons; the others are scored all the same.
///
/// ```
/// use ducha_core::Record;
/// use ducha_rulebook::{Rulebook, Source};
/// use ducha_scoring::{Request, assess};
/// let text = r#"
/// format = 1
/// [rulebook]
/// id = "tiny"
/// version = "1"
/// title = { zh = "示例", en = "Example" }
/// status = "draft"
/// from = 2026-01-01
/// point_step = 1
/// calendar = "cn"
/// [[clause]]
/// id = "C-1"
/// name = { zh = "垃圾未清", en = "refuse not cleared" }
/// aspect = "service_quality"
/// price = { shape = "flat", points = 2 }
/// [[tally]]
/// id = "month"
/// name = { zh = "当月得分", en = "score of the month" }
/// kind = "sum"
/// measure = "points"
/// subjects = ["department"]
/// window = "month"
/// full_marks = 100
/// "#;
/// let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
/// let record: Record = serde_json::from_str(
///     r#"{"type":"finding","id":"F1","subject":"canteen","occurred_on":"2026-10-12","clause":"C-1"}"#,
/// )?;
/// let assessment = assess(&Request::new(&[book], &[record]));
/// assert_eq!(assessment.tallies[0].value.value().map(ToString::to_string).as_deref(), Some("98"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
// semantics §0
pub fn assess(request: &Request<'_>) -> Assessment {
    let versions = Versions::known(request.rulebooks, request.known_on);
    let roster = Roster::new(request);
    let as_of = report_day(request, &versions);
    let fold = Fold { request, versions: &versions, roster: &roster };
    let mut refused: BTreeMap<usize, Need> = BTreeMap::new();
    let (admission, entries) = loop {
        let mut admission = admit(request, &versions, &roster, as_of, &refused);
        // Revocations have done their work: they make no window, and no day on which anything is judged.
        admission.admitted.retain(|one| !matches!(one.record.matter, ducha_core::Matter::Revocation));
        let (entries, struck) = fold.entries(&admission.admitted);
        if struck.is_empty() {
            break (admission, entries);
        }
        // What turned out to be refused does nothing: it replaces nothing, recurs with nothing, uses up no cap.
        refused.extend(struck);
    };
    let account = counted(admission.account);
    let evaluation = Evaluation::of(&fold, &admission.admitted, &entries, as_of);
    let subjects = roster.ids();
    let (tallies, indexes) = evaluation.values(&subjects);
    let standings = evaluation.standings(&subjects);
    let (rankings, mut firings) = evaluation.rankings();
    for subject in &subjects {
        firings.extend(evaluation.firings(subject).into_iter().map(|firing| (subject.clone(), firing)));
    }
    let consequences = evaluation.consequences(firings);
    let used = versions.iter().filter(|v| {
        entries.iter().any(|e| e.version == v.name()) || tallies.iter().any(|t| t.version == v.name())
    });
    // Rules that tell kinds of subjects apart need to know of what kind each is.
    let mut kinds = versions.iter().flat_map(|v| v.annex.tally.iter().flat_map(|t| &t.subjects));
    let first = kinds.next();
    let kinds_known = request.organisation.is_some() || kinds.all(|kind| Some(kind) == first);
    let official = kinds_known
        && used.into_iter().all(|v| v.annex.rulebook.status == Status::Adopted)
        && versions.iter().next().is_some();
    Assessment {
        format: ASSESSMENT_FORMAT,
        engine: Engine { name: "reference".into(), version: env!("CARGO_PKG_VERSION").into() },
        rulebooks: versions.iter().map(used_rulebook).collect(),
        official,
        period: request.period,
        as_of,
        known_on: request.known_on,
        complete_from: request.complete_from,
        account,
        subjects: roster.lines(as_of),
        entries,
        tallies,
        indexes,
        standings,
        consequences,
        rankings,
    }
}

/// The report day: as asked, else the period's last day, else the day of the latest record that is known and lies in a version.
// semantics §0
pub(crate) fn report_day(request: &Request<'_>, versions: &Versions<'_>) -> NaiveDate {
    let known = |r: &&Record| request.known_on.is_none_or(|known_on| r.known_on() <= known_on);
    let latest = || {
        let days = request.records.iter().filter(known).map(|r| r.occurred_on);
        days.filter(|day| versions.in_force(*day).is_some()).max()
    };
    request.as_of.or_else(|| request.period.map(|p| p.last_day())).or_else(latest).unwrap_or_default()
}

pub(crate) fn used_rulebook(version: Version<'_>) -> RulebookUsed {
    let identity = &version.annex.rulebook;
    RulebookUsed {
        id: identity.id.clone(),
        version: identity.version.clone(),
        title: identity.title.clone(),
        status: identity.status,
        from: identity.from,
        until: identity.until,
        calendar: version.calendar().id().to_string(),
        currency: identity.currency.clone(),
        digest: Digests {
            meaning: version.rulebook.digest_meaning().to_string(),
            text: version.rulebook.digest_text().to_string(),
        },
    }
}

/// The account with its sums: every row is in exactly one place.
// semantics §12
fn counted(mut account: Account) -> Account {
    account.rows.sort_by_key(|row| row.index);
    for row in &account.rows {
        let count = match row.fate {
            Fate::Revoked => &mut account.revoked,
            Fate::Superseded => &mut account.superseded,
            Fate::Duplicate => &mut account.duplicate,
            Fate::NotYetKnown => &mut account.not_yet_known,
            Fate::OutOfScope => &mut account.out_of_scope,
            Fate::Refused => &mut account.refused,
        };
        *count = count.saturating_add(1);
    }
    account.scored = account.given.saturating_sub(account.rows.len());
    account
}

/// The entries in hand, and the questions that can be asked of them.
pub(crate) struct Evaluation<'r, 'a> {
    pub(crate) request: &'r Request<'a>,
    pub(crate) versions: &'r Versions<'a>,
    pub(crate) roster: &'r Roster<'a>,
    pub(crate) admitted: &'r [Admitted<'a>],
    pub(crate) as_of: NaiveDate,
    by_subject: BTreeMap<&'r SubjectId, Vec<&'r Entry>>,
    scored: BTreeSet<&'a RecordId>,
    moments: Vec<Moment<'r>>,
    pub(crate) depth: Cell<u32>,
    /// What was crossed, by ladder and subject.
    pub(crate) crossed: RefCell<BTreeMap<(&'a LadderId, SubjectId), Rc<Crossed>>>,
    /// What tallies hold, by what was asked.
    pub(crate) held: RefCell<BTreeMap<Held<'a>, TallyStanding>>,
}

/// Held while one question is asked within another.
pub(crate) struct Deeper<'e>(&'e Cell<u32>);

impl Drop for Deeper<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl<'r, 'a> Evaluation<'r, 'a> {
    pub(crate) fn of(
        fold: &Fold<'r, 'a>,
        admitted: &'r [Admitted<'a>],
        entries: &'r [Entry],
        as_of: NaiveDate,
    ) -> Self {
        let mut by_subject: BTreeMap<&SubjectId, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            by_subject.entry(&entry.subject).or_default().push(entry);
        }
        let on = |day| Moment { day, visit: Visit::Nothing };
        let mut moments: Vec<Moment<'r>> = admitted.iter().map(moment).collect();
        moments.extend(entries.iter().filter(|e| e.day <= as_of).map(|e| on(e.day)));
        let mut tallies = fold.versions.iter().flat_map(|v| v.annex.tally.iter());
        if tallies.any(|t| t.dated_by.is_some()) {
            // Tallies dated by another day than that of the act have something in the windows of those days.
            let days = entries.iter().flat_map(|e| [Some(e.recorded_on), e.decided_on]).flatten();
            moments.extend(days.filter(|day| *day <= as_of).map(on));
        }
        moments.sort();
        moments.dedup();
        Self {
            request: fold.request,
            versions: fold.versions,
            roster: fold.roster,
            admitted,
            as_of,
            by_subject,
            scored: admitted.iter().map(|one| &one.record.id).collect(),
            moments,
            depth: Cell::new(0),
            crossed: RefCell::default(),
            held: RefCell::default(),
        }
    }

    /// The same among other records: `days` are all that are touched, also by records that are not in hand.
    pub(crate) fn among(
        fold: &Fold<'r, 'a>,
        admitted: &'r [Admitted<'a>],
        entries: &'r [Entry],
        as_of: NaiveDate,
        days: &[NaiveDate],
    ) -> Self {
        let moments = days.iter().map(|day| Self::moment_of(*day)).collect();
        Self { moments, ..Self::of(fold, admitted, entries, as_of) }
    }

    /// One question within another, as long as that is not too deep.
    pub(crate) fn deeper(&self) -> Result<Deeper<'_>, Need> {
        let depth = self.depth.get().saturating_add(1);
        if depth > DEEPEST {
            return Err(need(Step::TooDeep, Args::none()));
        }
        self.depth.set(depth);
        Ok(Deeper(&self.depth))
    }

    /// The entries of a subject, in canonical order.
    pub(crate) fn entries_of(&self, subject: &SubjectId) -> impl DoubleEndedIterator<Item = &'r Entry> {
        self.by_subject.get(subject).into_iter().flatten().copied()
    }

    /// Whether the record took effect.
    pub(crate) fn was_scored(&self, record: &RecordId) -> bool {
        self.scored.contains(record)
    }

    /// The windows of a kind that are looked at: of the assessed period, or all that the records touch.
    // semantics §6.5
    pub(crate) fn windows(
        &self,
        version: Version<'a>,
        kind: &Window,
        subject: &SubjectId,
        everything: bool,
    ) -> Vec<WindowOf> {
        match kind {
            Window::Rolling(_) => return alloc::vec![WindowOf::Rolling { as_of: self.as_of }],
            Window::Named(NamedWindow::Ever) => return alloc::vec![WindowOf::Ever { as_of: self.as_of }],
            // Which cycle it is cannot be told without the date from which they count; that is one thing to say.
            Window::Cycle(_) if unanchored(kind, self.roster, subject).is_some() => {
                return alloc::vec![WindowOf::Ever { as_of: self.as_of }];
            }
            Window::Named(_) | Window::Cycle(_) => {}
        }
        let own = matches!(kind, Window::Named(NamedWindow::Inspection | NamedWindow::Day));
        let inside =
            |day: NaiveDate| self.request.period.is_none_or(|period| everything || period.contains(day));
        let moments: Vec<Moment<'_>> = if own {
            let mine = self.admitted.iter().filter(|one| one.record.subject == *subject).map(moment);
            let is_inspection = matches!(kind, Window::Named(NamedWindow::Inspection));
            let mine = mine.filter(|m| !is_inspection || self.is_inspection(m));
            // Every deduction has its window: measurements, and what falls on the subject for what others did.
            let deducted =
                self.entries_of(subject).filter(|e| e.kind != EntryKind::Award && e.day <= self.as_of);
            let deducted =
                deducted.map(|e| Moment { day: e.day, visit: visit(e.inspection.as_ref(), &e.record) });
            mine.chain(deducted).filter(|m| inside(m.day)).collect()
        } else {
            let touched = self.moments.iter().filter(|m| m.day <= self.as_of && inside(m.day)).copied();
            let asked = self.request.as_of.filter(|day| inside(*day)).map(Self::moment_of);
            let between = if everything { self.between(version, kind, subject) } else { Vec::new() };
            touched.chain(self.period_days()).chain(asked).chain(between).collect()
        };
        windows_touched(kind, version, self.roster, subject, &moments)
    }

    /// A day in each window from where the records begin to the report day: one without records is not missing (semantics §13).
    fn between(&self, version: Version<'a>, kind: &Window, subject: &SubjectId) -> Vec<Moment<'static>> {
        let begin = self.request.complete_from.or_else(|| self.moments.first().map(|m| m.day));
        let known = self.versions.iter().map(|v| v.annex.rulebook.from).min();
        let Some(begin) = begin.max(known) else { return Vec::new() };
        let mut moments = Vec::new();
        let mut at = Some(self.as_of);
        while let Some(day) = at.filter(|day| begin <= *day && moments.len() < LONGEST_ROW) {
            let moment = Self::moment_of(day);
            at = match window_of(kind, version, self.roster, subject, &moment) {
                Ok(WindowOf::Days { period }) => period.from.pred_opt(),
                _ => day.pred_opt(),
            };
            moments.push(moment);
        }
        moments
    }

    /// Whether something was inspected or found at that moment: facts and commendations make no inspection.
    fn is_inspection(&self, at: &Moment<'_>) -> bool {
        self.admitted.iter().any(|one| {
            matches!(one.record.matter, ducha_core::Matter::Finding(_) | ducha_core::Matter::Inspection(_))
                && moment(one).visit == at.visit
        })
    }

    /// The days of the assessed period, so that windows without records are seen too.
    fn period_days(&self) -> Vec<Moment<'static>> {
        let Some(Period { from, until }) = self.request.period else { return Vec::new() };
        from.iter_days().take_while(|day| *day < until && *day <= self.as_of).map(Self::moment_of).collect()
    }

    /// Whether this version judges the window for a rule that not every version has: the one in force on its last day,
    /// else the latest one before that has the rule and held on a day of the window.
    // semantics §2
    pub(crate) fn judges(
        &self,
        version: Version<'a>,
        window: &WindowOf,
        has_rule: impl Fn(Version<'a>) -> bool,
    ) -> bool {
        let last = window.last_day();
        let judge = self.versions.judging(last).filter(|v| has_rule(*v)).or_else(|| {
            let first = match window {
                WindowOf::Days { period } => period.from,
                _ => last,
            };
            let held = |v: &Version<'_>| {
                let identity = &v.annex.rulebook;
                identity.from <= last && identity.until.is_none_or(|until| first < until)
            };
            self.versions.iter().rev().find(|v| has_rule(*v) && held(v))
        });
        judge.is_some_and(|judge| judge.number == version.number)
    }

    /// Whether the subject is on the roster within the window.
    pub(crate) fn concerned(&self, subject: &SubjectId, window: &WindowOf) -> bool {
        match window {
            WindowOf::Days { period } => self.roster.subject(subject).is_none_or(|s| {
                s.from.is_none_or(|from| from < period.until)
                    && s.until.is_none_or(|until| period.from < until)
            }),
            _ => true,
        }
    }

    pub(crate) fn values(&self, subjects: &[SubjectId]) -> (Vec<TallyStanding>, Vec<IndexStanding>) {
        let (mut tallies, mut indexes) = (Vec::new(), Vec::new());
        for version in self.versions.iter() {
            for subject in subjects {
                for tally in version.annex.tally.iter().filter(|t| self.roster.is_of(subject, &t.subjects)) {
                    for window in self.windows(version, &tally.window, subject, false) {
                        if self.concerned(subject, &window)
                            && self.judges(version, &window, |v| v.tally(&tally.id).is_some())
                        {
                            tallies.push(self.tally(version, tally, subject, &window, self.as_of));
                        }
                    }
                }
                for index in version.annex.index.iter().filter(|i| self.roster.is_of(subject, &i.subjects)) {
                    for window in self.windows(version, &index.window, subject, false) {
                        if self.concerned(subject, &window)
                            && self.judges(version, &window, |v| v.index(&index.id).is_some())
                        {
                            indexes.push(self.index(version, index, subject, &window, self.as_of));
                        }
                    }
                }
            }
        }
        tallies.sort_by(|a, b| (&a.subject, &a.tally, &a.window).cmp(&(&b.subject, &b.tally, &b.window)));
        indexes.sort_by(|a, b| (&a.subject, &a.index, &a.window).cmp(&(&b.subject, &b.index, &b.window)));
        (tallies, indexes)
    }

    pub(crate) fn standings(&self, subjects: &[SubjectId]) -> Vec<Standing> {
        let mut standings = Vec::new();
        for version in self.versions.iter() {
            for subject in subjects {
                for ladder in version.annex.ladder.iter().filter(|l| self.roster.is_of(subject, &l.subjects))
                {
                    let Some(kind) = Self::ladder_window(version, ladder) else { continue };
                    let crossed = if Self::shows_crossings(version, ladder, kind) {
                        self.crossed(&ladder.id, subject)
                    } else {
                        Rc::default()
                    };
                    for window in self.windows(version, kind, subject, false) {
                        if self.concerned(subject, &window)
                            && self.judges(version, &window, |v| v.ladder(&ladder.id).is_some())
                        {
                            standings.push(self.standing(version, ladder, subject, &window, &crossed));
                        }
                    }
                }
            }
        }
        standings.sort_by(|a, b| (&a.subject, &a.ladder, &a.window).cmp(&(&b.subject, &b.ladder, &b.window)));
        standings
    }

    fn rankings(&self) -> (Vec<RankingStanding>, Vec<(SubjectId, Firing<'a>)>) {
        let (mut rankings, mut fired) = (Vec::new(), Vec::new());
        let Some(anyone) = self.roster.ids().into_iter().next() else { return (rankings, fired) };
        for version in self.versions.iter() {
            for ranking in &version.annex.ranking {
                // Days, inspections and cycles are each subject's own; all other windows are the same for all.
                let own = matches!(
                    ranking.window,
                    Window::Named(NamedWindow::Inspection | NamedWindow::Day) | Window::Cycle(_)
                );
                let whose = |s: &&SubjectId| unanchored(&ranking.window, self.roster, s).is_none();
                let subjects = if own { self.roster.ids() } else { alloc::vec![anyone.clone()] };
                let windows = |everything: bool| {
                    let windows = subjects
                        .iter()
                        .filter(whose)
                        .flat_map(|s| self.windows(version, &ranking.window, s, everything));
                    let mut windows = each_once(windows.collect());
                    windows.retain(|window| {
                        self.judges(version, window, |v| v.annex.ranking.iter().any(|r| r.id == ranking.id))
                    });
                    windows
                };
                let shown = windows(false);
                for window in &shown {
                    let standing = self.ranking(version, ranking, window);
                    fired.extend(Self::ranking_firings(version, ranking, &standing));
                    rankings.push(standing);
                }
                // What was withheld outside the assessed period counts for the bound of its month.
                if self.request.period.is_some() && Self::withholds(version, ranking) {
                    for window in windows(true).iter().filter(|window| !shown.contains(window)) {
                        let standing = self.ranking(version, ranking, window);
                        fired.extend(Self::ranking_firings(version, ranking, &standing));
                    }
                }
            }
        }
        (rankings, fired)
    }

    /// Whether a place in the ranking may bring a deduction that law bounds.
    fn withholds(version: Version<'a>, ranking: &Ranking) -> bool {
        let mut brought = ranking.top_consequences.iter().chain(&ranking.bottom_consequences);
        brought.any(|id| {
            let money = version.consequence(id).and_then(|c| c.money.as_ref());
            money.is_some_and(crate::money::is_guarded)
        })
    }
}
