//! The standard job written by hand, its rules in the code: the practical limit, which no general engine can beat.
//!
//! It knows what a general engine cannot know: that points are tenths, that there is one tally, one window of thirty days,
//! one cap a month. It checks nothing.

use ducha_examples::standard::{Clause, Finding};

/// The findings as columns, as the kernel and the engine take them.
#[derive(Debug, Default, Clone)]
pub struct Columns {
    /// The department of each finding.
    pub department: Vec<u32>,
    /// The clause of each finding.
    pub clause: Vec<u32>,
    /// The day of each finding since the job's first.
    pub day: Vec<u32>,
    /// The quantity of each finding.
    pub quantity: Vec<i64>,
    /// What was chosen, in tenths; [`Columns::FIXED`] where the clause fixes the price.
    pub chosen: Vec<i64>,
}

impl Columns {
    /// That nothing was chosen.
    pub const FIXED: i64 = i64::MIN;
}

impl FromIterator<Finding> for Columns {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        let mut columns = Self::default();
        for finding in findings {
            columns.department.push(finding.department);
            columns.clause.push(finding.clause);
            columns.day.push(finding.day);
            columns.quantity.push(i64::from(finding.quantity));
            columns.chosen.push(finding.chosen.map_or(Self::FIXED, i64::from));
        }
        columns
    }
}

/// What the kernel answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What each finding cost, in tenths.
    pub points: Vec<i64>,
    /// The total of each department in each month, in tenths.
    pub totals: Vec<i64>,
    /// The tier of each department in each month.
    pub tiers: Vec<u8>,
}

const MONTHS: usize = 24;
const DAYS_OF_MONTHS: [u32; MONTHS] =
    [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NEVER: i32 = -1_000;

#[derive(Clone, Copy)]
struct Cell {
    last: i32,
    month: u32,
    used: i64,
}

/// The standard job, by hand.
#[must_use]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the limit that a hand-written program reaches"
)]
pub fn kernel(columns: &Columns, clauses: &[Clause], departments: usize) -> Answer {
    let month_of: Vec<u32> =
        (0..).zip(DAYS_OF_MONTHS).flat_map(|(month, days)| (0..days).map(move |_| month)).collect();
    let mut cells = vec![Cell { last: NEVER, month: u32::MAX, used: 0 }; departments * clauses.len()];
    let mut points = Vec::with_capacity(columns.clause.len());
    let mut totals = vec![0_i64; departments * MONTHS];
    let mut vetoed = vec![false; departments * MONTHS];
    for row in 0..columns.clause.len() {
        let clause = &clauses[columns.clause[row] as usize];
        let department = columns.department[row] as usize;
        let day = columns.day[row];
        let month = month_of[day as usize];
        let day = day.cast_signed();
        let each = if clause.range.is_some() { columns.chosen[row] } else { i64::from(clause.fixed) };
        let mut cost = each * columns.quantity[row];
        let cell = &mut cells[department * clauses.len() + columns.clause[row] as usize];
        if day - cell.last <= 30 {
            cost *= 2;
        }
        cell.last = day;
        if cell.month != month {
            cell.month = month;
            cell.used = 0;
        }
        cost = cost.min(i64::from(clause.cap) - cell.used);
        cell.used += cost;
        let total = department * MONTHS + month as usize;
        totals[total] += cost;
        vetoed[total] |= clause.veto;
        points.push(cost);
    }
    let tier = |total: i64| [500, 1000, 2000, 4000, 6000].iter().filter(|from| **from <= total).count();
    let tiers = totals.iter().zip(vetoed).map(|(total, veto)| if veto { 5 } else { tier(*total) });
    let tiers = tiers.map(|tier| u8::try_from(tier).unwrap_or(u8::MAX)).collect();
    Answer { points, totals, tiers }
}
