//! Values and tiers as one table, whichever way was gone: what a data frame makes columns of.

use super::{Columns, Dense, General, ScoredColumns, Way};
use crate::{
    assessment::{Outcome, WindowOf},
    engine::{compile::Scorer, scale::Scaled, span::number_of},
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec,
    vec::Vec,
};
use ducha_core::{IndexId, LadderId, Period, Points, Step, SubjectId, TallyId, TierId};

/// Values and tiers of subjects in windows, as columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The subjects by number: those of the columns, then others on the roster.
    pub subjects: Vec<SubjectId>,
    /// The windows by number, as they come.
    pub windows: Vec<WindowOf>,
    /// The tiers by number, as they come.
    pub tiers: Vec<TierId>,
    /// What was accumulated.
    pub tallies: Cells<TallyId, Points>,
    /// Composite scores; nothing where the way of plain rules was gone.
    pub indexes: Cells<IndexId, Points>,
    /// Tiers by their numbers, on the report day or at the window's end.
    pub ladders: Cells<LadderId, u32>,
}

/// Cells of one kind, column by column: those that a batch tells, subject by subject in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells<K, V> {
    /// The tallies, indexes or ladders by number, as they come.
    pub names: Vec<K>,
    /// Which of them.
    pub of: Vec<u32>,
    /// Whose.
    pub subject: Vec<u32>,
    /// In which window.
    pub window: Vec<u32>,
    /// The value; or what is missing, of which the general way tells more.
    pub value: Vec<Result<V, Step>>,
}

impl<K, V> Default for Cells<K, V> {
    fn default() -> Self {
        Self { names: vec![], of: vec![], subject: vec![], window: vec![], value: vec![] }
    }
}

impl Scorer {
    /// Values and tiers as one table, the same whichever way the columns went.
    #[must_use]
    pub fn table(&self, columns: &Columns<'_>, scored: &ScoredColumns) -> Table {
        let mut maker = Maker::default();
        let mut subjects = columns.subject_ids().unwrap_or_default();
        match &scored.way {
            Way::Plain(dense) => {
                let shown = Shown::of(columns, scored, dense);
                maker.plain(self, &shown, &subjects, (dense, scored.places));
            }
            Way::General(general) => {
                subjects.extend_from_slice(&general.others);
                maker.general(&subjects, general);
            }
        }
        Table {
            subjects,
            windows: maker.windows.names,
            tiers: maker.tiers.names,
            tallies: maker.tallies.made(),
            indexes: maker.indexes.made(),
            ladders: maker.ladders.made(),
        }
    }
}

/// A table while it is made.
#[derive(Default)]
struct Maker {
    windows: Numbered<WindowOf>,
    tiers: Numbered<TierId>,
    tallies: Lines<TallyId, Points>,
    indexes: Lines<IndexId, Points>,
    ladders: Lines<LadderId, u32>,
}

impl Maker {
    /// The lines as a batch has them: subject by subject in the order of their ids, and of each all windows.
    fn plain(
        &mut self,
        scorer: &Scorer,
        shown: &Shown,
        subjects: &[SubjectId],
        (dense, places): (&Dense, u32),
    ) {
        let mut ids: Vec<(&SubjectId, u32)> = subjects.iter().zip(0..).collect();
        ids.retain(|(_, number)| shown.subjects.contains(number));
        ids.sort_unstable();
        let rules = scorer.books.first().map(|book| book.annex().ladder.as_slice()).unwrap_or_default();
        for (_, subject) in ids {
            let cell = |window: usize| window.checked_mul(subjects.len())?.checked_add(subject as usize);
            for column in &dense.tallies {
                for (at, window) in shown.of_subject(&column.windows, subject) {
                    let Some(value) = cell(at).and_then(|cell| column.values.get(cell)) else { continue };
                    let window = self.windows.number(&WindowOf::Days { period: *window });
                    let value = Scaled { value: *value, places }.points();
                    self.tallies.push(&column.tally, subject, window, Ok(value));
                }
            }
            for (column, rule) in dense.ladders.iter().zip(rules) {
                let windows = dense.tallies.get(column.tally).map(|tally| tally.windows.as_slice());
                for (at, window) in shown.of_subject(windows.unwrap_or_default(), subject) {
                    let Some(tier) = cell(at).and_then(|cell| column.tiers.get(cell)) else { continue };
                    let window = self.windows.number(&WindowOf::Days { period: *window });
                    let tier = tier.and_then(|place| rule.tier.get(place as usize).ok_or(Step::RuleMissing));
                    let tier = tier.map(|tier| self.tiers.number(&tier.id));
                    self.ladders.push(&column.ladder, subject, window, tier);
                }
            }
        }
    }

    fn general(&mut self, subjects: &[SubjectId], general: &General) {
        let numbers: BTreeMap<&SubjectId, u32> = subjects.iter().zip(0..).collect();
        let number = |subject: &SubjectId| numbers.get(subject).copied();
        for one in &general.tallies {
            let Some(subject) = number(&one.subject) else { continue };
            let window = self.windows.number(&one.window);
            self.tallies.push(&one.tally, subject, window, told(&one.value).copied());
        }
        for one in &general.indexes {
            let Some(subject) = number(&one.subject) else { continue };
            let window = self.windows.number(&one.window);
            self.indexes.push(&one.index, subject, window, told(&one.value).copied());
        }
        for one in &general.standings {
            let Some(subject) = number(&one.subject) else { continue };
            let window = self.windows.number(&one.window);
            let tier = told(&one.tier).map(|tier| self.tiers.number(tier));
            self.ladders.push(&one.ladder, subject, window, tier);
        }
    }
}

/// Which cells of plain rules a batch would tell.
// semantics §6.5
struct Shown {
    /// Who has a row.
    subjects: BTreeSet<u32>,
    /// Who has a row that was scored, on which day: windows of one day are those of the subject's own.
    days: BTreeSet<(u32, i32)>,
}

impl Shown {
    fn of(columns: &Columns<'_>, scored: &ScoredColumns, dense: &Dense) -> Self {
        let mut unscored = scored.unscored.iter().map(|one| one.row).peekable();
        let asked = dense.tallies.iter().any(|tally| tally.windows.iter().any(is_one_day));
        let mut days = BTreeSet::new();
        for (row, (subject, day)) in columns.subject.iter().zip(columns.day).enumerate() {
            if asked && unscored.next_if_eq(&row).is_none() {
                days.insert((*subject, *day));
            }
        }
        Self { subjects: columns.subject.iter().copied().collect(), days }
    }

    fn of_subject<'w>(
        &self,
        windows: &'w [Period],
        subject: u32,
    ) -> impl Iterator<Item = (usize, &'w Period)> {
        let is_own = move |window: &Period| {
            !is_one_day(window) || self.days.contains(&(subject, number_of(window.last_day())))
        };
        windows.iter().enumerate().filter(move |(_, window)| is_own(window))
    }
}

fn is_one_day(window: &Period) -> bool {
    window.from == window.last_day()
}

const fn told<T>(outcome: &Outcome<T>) -> Result<&T, Step> {
    match outcome {
        Outcome::Determined(value) => Ok(value),
        Outcome::Undetermined(need) => Err(need.step),
    }
}

/// Cells while they are made.
struct Lines<K, V> {
    names: Numbered<K>,
    cells: Cells<K, V>,
}

impl<K, V> Default for Lines<K, V> {
    fn default() -> Self {
        Self { names: Numbered::default(), cells: Cells::default() }
    }
}

impl<K: Ord + Clone, V> Lines<K, V> {
    fn push(&mut self, name: &K, subject: u32, window: u32, value: Result<V, Step>) {
        self.cells.of.push(self.names.number(name));
        self.cells.subject.push(subject);
        self.cells.window.push(window);
        self.cells.value.push(value);
    }

    fn made(self) -> Cells<K, V> {
        Cells { names: self.names.names, ..self.cells }
    }
}

/// Names, each with a number from 0 as they come.
struct Numbered<K> {
    names: Vec<K>,
    numbers: BTreeMap<K, u32>,
}

impl<K> Default for Numbered<K> {
    fn default() -> Self {
        Self { names: Vec::new(), numbers: BTreeMap::new() }
    }
}

impl<K: Ord + Clone> Numbered<K> {
    fn number(&mut self, name: &K) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // INVARIANT: there are fewer names than records, which are numbered so, times the rules of a rulebook.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }
}
