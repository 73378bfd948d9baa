//! Rows in canonical order, as the pass through plain rules takes them.

use super::{Columns, ColumnsError, Dense, UnscoredCell};
use crate::engine::{
    plain::Plain,
    run::{Run, Scales},
};
use alloc::{vec, vec::Vec};

/// What came of the rows of plain rules.
pub(super) struct Passed {
    pub(super) points: Vec<i64>,
    pub(super) unscored: Vec<UnscoredCell>,
    pub(super) dense: Dense,
}

/// Passes the rows through plain rules in canonical order.
// semantics §3.1
pub(super) fn pass(rules: &Plain, columns: &Columns<'_>) -> Result<Passed, ColumnsError> {
    let Some(order) = columns.order() else { return in_order(rules, columns) };
    let sorted = Sorted::of(columns, &order);
    let row_of = |place: usize| order.get(place).copied().unwrap_or(place);
    let mut passed = in_order(rules, &sorted.columns(columns)).map_err(|error| match error {
        ColumnsError::Subject { row } => ColumnsError::Subject { row: row_of(row) },
        ColumnsError::HeadRoom { row } => ColumnsError::HeadRoom { row: row_of(row) },
        ColumnsError::Day { row } => ColumnsError::Day { row: row_of(row) },
        other => other,
    })?;
    let mut points = vec![0; order.len()];
    for (row, cost) in order.iter().zip(&passed.points) {
        if let Some(place) = points.get_mut(*row) {
            *place = *cost;
        }
    }
    passed.points = points;
    for unscored in &mut passed.unscored {
        unscored.row = row_of(unscored.row);
    }
    passed.unscored.sort_unstable_by_key(|unscored| unscored.row);
    Ok(passed)
}

fn in_order(rules: &Plain, columns: &Columns<'_>) -> Result<Passed, ColumnsError> {
    let scales = Scales::of(columns, rules.scale).ok_or(ColumnsError::TooFine)?;
    let mut run = Run::new(rules, columns.subjects)?;
    let mut points = vec![0; columns.subject.len()];
    let mut unscored = Vec::new();
    let mut from = 0;
    // Day by day: within one the windows are the same.
    for day in columns.day.chunk_by(|a, b| a == b) {
        run.day(columns, scales, from, day, &mut points, &mut unscored)?;
        from = from.saturating_add(day.len());
    }
    let dense = run.finish(points.len())?;
    Ok(Passed { points, unscored, dense })
}

/// What plain rules read of columns, put in canonical order.
struct Sorted {
    subject: Vec<u32>,
    clause: Vec<u32>,
    day: Vec<i32>,
    quantity: Option<Vec<i64>>,
    points: Option<Vec<i64>>,
}

impl Sorted {
    fn of(columns: &Columns<'_>, order: &[usize]) -> Self {
        fn sorted<T: Copy>(column: &[T], order: &[usize]) -> Vec<T> {
            order.iter().filter_map(|row| column.get(*row).copied()).collect()
        }
        Self {
            subject: sorted(columns.subject, order),
            clause: sorted(columns.clause, order),
            day: sorted(columns.day, order),
            quantity: columns.quantity.map(|quantity| sorted(quantity, order)),
            points: columns.points.map(|points| sorted(points, order)),
        }
    }

    fn columns<'a>(&'a self, like: &Columns<'_>) -> Columns<'a> {
        Columns {
            subjects: like.subjects,
            subject: &self.subject,
            clause: &self.clause,
            day: &self.day,
            quantity: self.quantity.as_deref(),
            quantity_places: like.quantity_places,
            points: self.points.as_deref(),
            points_places: like.points_places,
            ..Columns::default()
        }
    }
}

impl Columns<'_> {
    /// The rows in canonical order; nothing where they are in it.
    // semantics §3.1
    fn order(&self) -> Option<Vec<usize>> {
        if self.time.is_none() && self.rank.is_none() && self.id.is_none() {
            // Most columns come so, and are read but once.
            return if self.day.is_sorted() { None } else { self.ordered_by(|row| self.day.get(row)) };
        }
        // A time that is not given comes after all others.
        let given = |time: &i64| if *time == Columns::NOT_GIVEN { i64::MAX } else { *time };
        self.ordered_by(|row| {
            let time = self.time.and_then(|time| time.get(row)).map(given);
            let rank = self.rank.and_then(|rank| rank.get(row));
            (self.day.get(row), time, rank, self.id.and_then(|id| id.get(row)))
        })
    }

    fn ordered_by<K: Ord>(&self, key: impl Fn(usize) -> K) -> Option<Vec<usize>> {
        let rows = 0..self.day.len();
        if rows.clone().is_sorted_by_key(&key) {
            return None;
        }
        let mut order: Vec<usize> = rows.collect();
        order.sort_by_key(|row| key(*row));
        Some(order)
    }
}
