//! What one more record would change of everything that follows: values, tiers, places, consequences (semantics §14.3).
//!
//! Whose numbers may change is found first: of those whose entries or records do, and of those who are made up of them. They
//! alone are judged, without the record and with it.

use super::{Ledger, LedgerError, plan::Plan, reckon::Stop, state::Row, subject::is_general, view::View};
use crate::{
    assessment::Entry,
    difference::{Compared, entries},
    engine::{
        assess::{AssessError, report_day},
        dossier::{Dossier, Posting},
        fold::Draft,
        judge::{Judge, Judged},
        question::Question,
        scored::Scored,
    },
    preview::Preview,
    restatement::Restatement,
    versions::Versions,
};
use alloc::{collections::BTreeSet, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Record, SubjectId};

/// Whose numbers may change, by their numbers in the ledger; nothing where everybody's may.
type Whose = Option<BTreeSet<u32>>;

impl Ledger {
    /// What would be otherwise if the record were added: what it would cost, and every value, tier, place and consequence that
    /// would change, each as it is and as it would be. The same as [`crate::preview`] says, as numbers. The period, the first
    /// complete day, the day of knowledge and shapes are the question's; records and organisation are the ledger's; the report
    /// day is that of the question or the day of the record, whichever is later. The ledger stays as it is.
    ///
    /// Only those are judged whose numbers may change. With rankings everybody is ranked, twice. Where a record puts something
    /// into a window that nobody touched before, and where it tells of everybody (a minimum wage, a succession), everybody is
    /// judged. Where entries would be reckoned anew ([`Ledger::add`], [`Ledger::assess`]), it costs what two batches cost.
    ///
    /// # Errors
    /// [`LedgerError`], as [`Ledger::add`] would tell it.
    ///
    /// ```
    /// # use ducha_core::Record;
    /// # use ducha_rulebook::{Rulebook, Source};
    /// # use ducha_scoring::engine::{Ledger, Question, Scorer};
    /// # use std::sync::Arc;
    /// # let text = r#"
    /// # format = 1
    /// # [rulebook]
    /// # id = "tiny"
    /// # version = "1"
    /// # title = { zh = "示例", en = "Example" }
    /// # status = "draft"
    /// # from = 2026-01-01
    /// # point_step = 1
    /// # calendar = "cn"
    /// # [[clause]]
    /// # id = "C-1"
    /// # name = { zh = "垃圾未清", en = "refuse not cleared" }
    /// # aspect = "service_quality"
    /// # price = { shape = "flat", points = 2 }
    /// # [[tally]]
    /// # id = "month"
    /// # name = { zh = "当月得分", en = "score of the month" }
    /// # kind = "sum"
    /// # measure = "points"
    /// # subjects = ["department"]
    /// # window = "month"
    /// # full_marks = 100
    /// # "#;
    /// # let book = Rulebook::read(&Source::new("tiny.toml", text)).map_err(|report| format!("{report:?}"))?;
    /// # let ledger = Ledger::new(Arc::new(Scorer::compile(&[book])?), None);
    /// let record: Record = serde_json::from_str(
    ///     r#"{"type":"finding","id":"F1","subject":"canteen","occurred_on":"2026-10-12","clause":"C-1"}"#,
    /// )?;
    /// let would = ledger.preview_in(&record, &Question::default())?;
    /// assert_eq!(would.entries[0].points, 2.into());
    /// let score = &would.changes.tallies[0].value.after;
    /// assert_eq!(score.as_ref().and_then(|score| score.value()), Some(&98.into()));
    /// assert!(ledger.records().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    // semantics §14.3
    pub fn preview_in(&self, record: &Record, question: &Question<'_>) -> Result<Preview<()>, LedgerError> {
        let row = self.next_row()?;
        let asked =
            Question { records: &self.records, organisation: self.organisation(), ..question.clone() };
        let report_day = match question.known_on {
            None => self.report_day(&asked),
            known_on => report_day(&asked, &Versions::known(&self.scorer.books, known_on)),
        };
        let asked = Question { as_of: Some(report_day.max(record.occurred_on)), ..asked };
        if self.serves(&asked) {
            match self.planner(record, row).plan() {
                Ok(plan) if !plan.waits => return Ok(self.restated(record, row, &plan, &asked)),
                Err(Stop::HeadRoom(row)) => return Err(self.scorer.no_head_room(row)),
                Ok(_) | Err(Stop::Anew) => {}
            }
        }
        self.restated_anew(record, row, &asked)
    }

    fn restated<'v>(
        &'v self,
        record: &'v Record,
        row: u32,
        plan: &'v Plan,
        asked: &Question<'v>,
    ) -> Preview<()> {
        let prospect = self.prospect(record, row, plan);
        let (was, is) = (View::of(self), View::with(self, record, row, plan));
        let day = self.report_day(asked);
        let days = (was.days(day), is.days(day));
        let whose = self.touched([&was, &is], record, row, plan);
        let whose = whose.and_then(|whose| with_moved_windows([&was, &is], whose, &days, asked));
        let whose = whose.and_then(|whose| self.made_up_of([&was, &is], whose));
        let laid_out = |view: &View<'v>, days: Vec<NaiveDate>| {
            let whole = whose.as_ref().filter(|_| !self.rules.ranks);
            let whole = whole.map(|whose| view.bearing(whose, &view.people()));
            let mut dossier = view.dossier(asked, whole.as_ref());
            dossier.days = days;
            dossier
        };
        let (was, would) = (laid_out(&was, days.0), laid_out(&is, days.1));
        let (before, after) = self.judged([&was, &would], &whose);
        let rankings = (before.rankings(), after.rankings());
        Preview {
            not_scored: prospect.not_scored,
            entries: numbered(&is, &would, record),
            changes: Restatement::of(
                prospect.entries,
                &compared(&before, &rankings.0),
                &compared(&after, &rankings.1),
            ),
        }
    }

    /// The same by two batches.
    fn restated_anew(
        &self,
        record: &Record,
        row: u32,
        asked: &Question<'_>,
    ) -> Result<Preview<()>, LedgerError> {
        let mut records = self.records.clone();
        records.push(record.clone());
        let with = Question { records: &records, ..asked.clone() };
        let before = self.assess(asked)?;
        let after = self.scorer.assess(&with)?;
        let (was, is) = (before.entries(), after.entries());
        let told = after.account().rows.iter().find(|told| told.index == Some(row as usize));
        Ok(Preview {
            not_scored: told.cloned(),
            changes: Restatement::of(entries(&was, &is), &before.compared(), &after.compared()),
            entries: is.into_iter().filter(|entry| entry.record == record.id).collect(),
        })
    }

    /// Those whose records or entries change, or are told of otherwise.
    fn touched(&self, [was, is]: [&View<'_>; 2], record: &Record, row: u32, plan: &Plan) -> Whose {
        let mut whose = BTreeSet::new();
        let of_chain = |row: u32, whose: &mut BTreeSet<u32>| {
            for chain in [was, is].into_iter().filter_map(|view| view.chain_about(row)) {
                whose.insert(chain.subject);
                whose.extend(chain.drafts.iter().map(|draft| draft.posting.subject));
            }
        };
        let known = |row: u32| self.state.rows.get(row as usize).copied();
        let turned = plan.turned.iter().filter_map(|turn| Some((turn.row, known(turn.row)?)));
        for (row, known) in core::iter::once((row, plan.row)).chain(turned).filter(|(_, row)| row.is_sound())
        {
            let Some(record) = is.record(row) else { continue };
            whose.insert(known.subject);
            if is_general(record) {
                return None;
            }
            if let Some(about) = super::view::refers_to(record) {
                if self.rules.consequences.contains(about) {
                    return None;
                }
                if let Some(about) = is.row_of(about) {
                    of_chain(about, &mut whose);
                    whose.extend(is.row(about).filter(Row::is_sound).map(|row| row.subject));
                }
            }
        }
        for redone in plan.chains.iter() {
            whose.insert(redone.subject);
            for view in [was, is] {
                let chain = view.chain(redone.subject, redone.unit);
                whose
                    .extend(chain.into_iter().flat_map(|chain| &chain.drafts).map(|one| one.posting.subject));
            }
        }
        for (fact, drafts) in &plan.loose {
            let known = self.state.loose.get(fact).into_iter().flatten();
            whose.extend(known.chain(drafts).map(|draft| draft.posting.subject));
        }
        whose.extend(plan.facts.iter().map(|(subject, ..)| *subject));
        whose.extend(is.number(&record.subject).filter(|_| plan.is_newcomer));
        // Of a record that was given before the entries are told, too.
        if let Some(given) = is.row_of(&record.id) {
            of_chain(given, &mut whose);
        }
        Some(whose)
    }

    /// Those, too, who are made up of them: whom members they are. Of whoever passed anything on, everybody may have something.
    fn made_up_of(&self, views: [&View<'_>; 2], mut whose: BTreeSet<u32>) -> Whose {
        let passes_on = |view: &View<'_>| view.passers().any(|one| whose.contains(&one));
        if self.rules.inherits && views.into_iter().any(passes_on) {
            return None;
        }
        let Some(organisation) = self.organisation().filter(|_| self.rules.members) else {
            return Some(whose);
        };
        let mut open: Vec<u32> = whose.iter().copied().collect();
        while let Some(next) = open.pop() {
            let id = self.state.directory.ids().get(next as usize);
            let memberships = id.and_then(|id| organisation.subject(id)).into_iter().flat_map(|s| &s.parent);
            let units = memberships.filter_map(|membership| self.number(&membership.of));
            open.extend(units.filter(|unit| whose.insert(*unit)).collect::<Vec<u32>>());
        }
        Some(whose)
    }

    /// What follows for them without the record and with it, and for those on whom places in rankings bring something else.
    fn judged<'v>(&self, [was, is]: [&Dossier<'v>; 2], whose: &Whose) -> (Judged<'v>, Judged<'v>) {
        let (before, after) = (Judge::new(was), Judge::new(is));
        let (places, new_places) = (before.places(), after.places());
        let ids = self.state.directory.ids();
        let (mut of_was, mut of_is): (BTreeSet<u32>, BTreeSet<u32>) = match whose {
            None => (was.people.in_order().collect(), is.people.in_order().collect()),
            Some(whose) => {
                let known: Vec<&SubjectId> = whose.iter().filter_map(|one| ids.get(*one as usize)).collect();
                let of =
                    |dossier: &Dossier<'v>| known.iter().filter_map(|id| dossier.people.number(id)).collect();
                (of(was), of(is))
            }
        };
        // A newcomer has no number in the ledger.
        of_is.extend(
            is.people
                .in_order()
                .filter(|one| is.people.id(*one).is_some_and(|id| was.people.number(id).is_none())),
        );
        let brought = before.brought_by_places(&places);
        let new_brought = after.brought_by_places(&new_places);
        for (subject, _) in brought.symmetric_difference(&new_brought) {
            of_was.extend(was.people.number(subject));
            of_is.extend(is.people.number(subject));
        }
        (before.judged(places, &of_was), after.judged(new_places, &of_is))
    }
}

/// Those, too, in whose cycles the days that anyone touches lie otherwise; everybody where civil windows do.
fn with_moved_windows<'v>(
    [was, is]: [&View<'v>; 2],
    mut whose: BTreeSet<u32>,
    days: &(Vec<NaiveDate>, Vec<NaiveDate>),
    asked: &Question<'v>,
) -> Whose {
    if days.0 == days.1 {
        return Some(whose);
    }
    let (was_shell, is_shell) = (was.shell(asked, &days.0), is.shell(asked, &days.1));
    let (before, after) = (Judge::new(&was_shell), Judge::new(&is_shell));
    if before.windows_by_days(None) != after.windows_by_days(None) {
        return None;
    }
    for (number, id) in (0_u32..).zip(was.ids()) {
        let both = was_shell.people.number(id).zip(is_shell.people.number(id));
        let moved = |(b, a)| before.windows_by_days(Some(b)) != after.windows_by_days(Some(a));
        if both.is_some_and(moved) {
            whose.insert(number);
        }
    }
    Some(whose)
}

impl From<AssessError> for LedgerError {
    fn from(error: AssessError) -> Self {
        match error {
            AssessError::HeadRoom { row, places } => Self::HeadRoom { row, places },
            AssessError::TooMany => Self::TooMany,
        }
    }
}

impl Scored<'_> {
    fn compared(&self) -> Compared<'_, ()> {
        Compared {
            tallies: self.tallies(),
            indexes: self.indexes(),
            standings: self.standings(),
            rankings: self.rankings(),
            consequences: self.consequences(),
        }
    }
}

fn compared<'c>(
    judged: &'c Judged<'_>,
    rankings: &'c [crate::assessment::RankingStanding],
) -> Compared<'c, ()> {
    Compared {
        tallies: &judged.tallies,
        indexes: &judged.indexes,
        standings: &judged.standings,
        rankings,
        consequences: &judged.consequences,
    }
}

/// The entries of the record, each with its number among all entries.
// semantics §3.1
fn numbered(view: &View<'_>, dossier: &Dossier<'_>, record: &Record) -> Vec<Entry<()>> {
    let own = |posting: &&Posting| dossier.live(posting.live).is_some_and(|live| live.record.id == record.id);
    let mut own: Vec<&Posting> = dossier.of.iter().flat_map(|of| &of.postings).filter(own).collect();
    own.sort_by_key(|posting| posting.number);
    let given = own.first().and_then(|posting| dossier.live(posting.live)).map(|live| live.record);
    let mut told: Vec<Entry<()>> = Vec::with_capacity(own.len());
    let mut before: Option<&Posting> = None;
    for posting in own {
        let number = match (told.last(), before.filter(|before| before.key() == posting.key())) {
            // Shares of several that fall due together come one after the other.
            (Some(last), Some(_)) => last.number.saturating_add(1),
            _ => {
                let is_before = |draft: &&Draft| {
                    let Posting { day, live, nth, .. } = draft.posting;
                    let key = || view.record(live).map(Record::canonical_key);
                    day < posting.day
                        || day == posting.day
                            && (key(), nth) < (given.map(Record::canonical_key), posting.nth)
                };
                view.drafts().filter(is_before).count()
            }
        };
        told.extend(dossier.entry(posting).map(|entry| Entry { number, ..entry }));
        before = Some(posting);
    }
    told
}
