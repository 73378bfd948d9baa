//! What a general engine is asked, and the host around it.

use ducha_benches::kernel::Answer;
use ducha_examples::standard::{Clause, Finding};
use std::ops::AddAssign;

/// A general engine that holds the rules of the standard job, and the findings in its own form.
pub trait Rival: Sized {
    /// What the engine says that a finding costs.
    type Points: Copy + Default + PartialOrd + AddAssign;

    /// What it is called in the tables.
    const NAME: &'static str;

    /// Compiles the rules and takes the findings.
    fn new(clauses: &[Clause], findings: &[Finding]) -> Self;

    /// The points of so many tenths.
    fn points(tenths: u32) -> Self::Points;

    /// How many tenths the points are, to hold the engines equal.
    fn tenths(points: Self::Points) -> i64;

    /// What the finding at that place costs by itself, under the clause of that code.
    fn price(&mut self, code: &str, at: usize) -> Self::Points;

    /// What the finding at that place costs, if it repeats another or not, and if so much of the cap is used.
    fn cost(&mut self, at: usize, again: bool, used: Self::Points) -> Self::Points;
}

/// The code of a clause.
#[must_use]
pub fn code(clause: u32) -> String {
    format!("C{clause:04}")
}

const MONTHS: usize = 24;
const DAYS_OF_MONTHS: [u32; MONTHS] =
    [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// So long before the first day that nothing repeats it.
const NEVER: i32 = -1_000;

#[derive(Clone, Copy)]
struct Cell<P> {
    last: i32,
    month: u32,
    used: P,
}

/// What the host has at the end.
pub struct Sums<P> {
    points: Vec<P>,
    totals: Vec<P>,
    tiers: Vec<u8>,
}

impl<P: Copy> Sums<P> {
    /// The same in tenths.
    #[must_use]
    pub fn answer<R: Rival<Points = P>>(&self) -> Answer {
        let tenths = |points: &[P]| points.iter().map(|points| R::tenths(*points)).collect();
        Answer { points: tenths(&self.points), totals: tenths(&self.totals), tiers: self.tiers.clone() }
    }
}

/// The standard job: the engine says what each finding costs, the host remembers and adds up.
pub fn standard<R: Rival>(
    rival: &mut R,
    findings: &[Finding],
    clauses: &[Clause],
    departments: usize,
) -> Sums<R::Points> {
    let month_of: Vec<u32> =
        (0..).zip(DAYS_OF_MONTHS).flat_map(|(month, days)| (0..days).map(move |_| month)).collect();
    let none = R::Points::default();
    let mut cells = vec![Cell { last: NEVER, month: u32::MAX, used: none }; departments * clauses.len()];
    let mut points = Vec::with_capacity(findings.len());
    let mut totals = vec![none; departments * MONTHS];
    let mut vetoed = vec![false; departments * MONTHS];
    for (at, finding) in findings.iter().enumerate() {
        let (department, clause) = (finding.department as usize, finding.clause as usize);
        let (day, month) = (finding.day.cast_signed(), month_of[finding.day as usize]);
        let cell = &mut cells[department * clauses.len() + clause];
        let again = day - cell.last <= 30;
        cell.last = day;
        if cell.month != month {
            cell.month = month;
            cell.used = none;
        }
        let cost = rival.cost(at, again, cell.used);
        cell.used += cost;
        let total = department * MONTHS + month as usize;
        totals[total] += cost;
        vetoed[total] |= clauses[clause].veto;
        points.push(cost);
    }
    let from = [500, 1000, 2000, 4000, 6000].map(R::points);
    let tier = |total: &R::Points| from.iter().filter(|from| *from <= total).count();
    let tiers =
        totals.iter().zip(vetoed).map(|(total, veto)| if veto { 5 } else { tier(total) as u8 }).collect();
    Sums { points, totals, tiers }
}
