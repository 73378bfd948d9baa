//! Times that can be compared on a machine on which others work too.
//!
//! Everything that is compared runs once in every round, so that a slow minute slows all of it alike. Told are the least
//! and the median of the rounds; a ratio is taken within each round.
//!
//! Where Linux tells it, the time is the processor's for this thread alone, without what others had of it; elsewhere it is
//! the clock's.

use std::{
    fs,
    time::{Duration, Instant},
};

/// Something that is timed.
pub struct Entrant<'a> {
    /// What it is called in the table.
    pub name: String,
    /// Does the work once.
    pub run: Box<dyn FnMut() + 'a>,
}

impl<'a> Entrant<'a> {
    /// Times that closure under that name.
    pub fn new<T>(name: impl Into<String>, mut work: impl FnMut() -> T + 'a) -> Self {
        let run = Box::new(move || {
            std::hint::black_box(work());
        });
        Self { name: name.into(), run }
    }
}

/// What became of an entrant: nanoseconds an item, round by round.
#[derive(Debug, Clone, PartialEq)]
pub struct Times {
    /// What it is called in the table.
    pub name: String,
    /// Nanoseconds an item, in the order of the rounds.
    pub rounds: Vec<f64>,
}

impl Times {
    /// The quickest round.
    #[must_use]
    pub fn least(&self) -> f64 {
        self.rounds.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The round in the middle.
    #[must_use]
    pub fn median(&self) -> f64 {
        middle(self.rounds.clone())
    }

    /// How many times as long as another it took: the least ratio of a round, the median and the largest.
    #[must_use]
    pub fn ratio(&self, to: &Self) -> (f64, f64, f64) {
        let ratios: Vec<f64> =
            self.rounds.iter().zip(&to.rounds).map(|(ours, theirs)| ours / theirs).collect();
        let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = ratios.iter().copied().fold(0.0, f64::max);
        (least, middle(ratios), largest)
    }
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Runs every entrant in so many rounds, each time for about that long, and tells the nanoseconds an item.
#[must_use]
pub fn rounds(entrants: Vec<Entrant<'_>>, items: u32, rounds: u32, each: Duration) -> Vec<Times> {
    let mut running: Vec<(Entrant<'_>, u32, Times)> = entrants
        .into_iter()
        .map(|mut entrant| {
            (entrant.run)();
            let once = timed(&mut entrant, 1).as_secs_f64().max(1e-9);
            let turns = (each.as_secs_f64() / once).clamp(1.0, 1e6) as u32;
            let times = Times { name: entrant.name.clone(), rounds: Vec::new() };
            (entrant, turns, times)
        })
        .collect();
    for _ in 0..rounds {
        for (entrant, turns, times) in &mut running {
            let took = timed(entrant, *turns).as_secs_f64() * 1e9;
            times.rounds.push(took / f64::from(*turns) / f64::from(items));
        }
    }
    running.into_iter().map(|(_, _, times)| times).collect()
}

#[allow(clippy::disallowed_methods, reason = "a bench is there to look at the clock")]
fn timed(entrant: &mut Entrant<'_>, turns: u32) -> Duration {
    let (start, had) = (Instant::now(), had());
    for _ in 0..turns {
        (entrant.run)();
    }
    match (had, self::had()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// What this thread had of the processor, where the system tells.
fn had() -> Option<Duration> {
    // Linux brings the count up to date when it chooses whom to run next.
    std::thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round() {
        let of = |rounds: [f64; 3]| Times { name: String::new(), rounds: rounds.into() };
        // The second round was slow for both, which changes no ratio.
        let (quick, slow) = (of([1.0, 10.0, 2.0]), of([3.0, 30.0, 8.0]));
        assert_eq!(slow.ratio(&quick), (3.0, 3.0, 4.0));
        assert_eq!((quick.least(), quick.median()), (1.0, 2.0));
    }

    #[test]
    fn every_entrant_runs_in_every_round() {
        let counts = std::cell::Cell::new((0, 0));
        let one = Entrant::new("one", || counts.set((counts.get().0 + 1, counts.get().1)));
        let two = Entrant::new("two", || counts.set((counts.get().0, counts.get().1 + 1)));
        let times = rounds(vec![one, two], 1, 5, Duration::ZERO);
        assert_eq!(times.iter().map(|times| times.rounds.len()).collect::<Vec<_>>(), [5, 5]);
        // Two turns to warm up and to learn how long one takes, one in each round.
        assert_eq!(counts.get(), (7, 7));
    }
}
