//! Rankings across subjects (semantics §9.8; shape S30).

use super::{Judge, consequence::Firing, missing, placed::brought, window::Win};
use crate::{
    assessment::{RankingPlace, RankingStanding, Unranked},
    engine::dossier::Visit,
    versions::Version,
};
use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use ducha_core::{Need, Points, Step, message::Args};
use ducha_rulebook::annex::{
    ladder::{Best, Ranking, Ties},
    window::{NamedWindow, Window},
};

/// A ranking in one window.
struct Ranked {
    /// Who is ranked, with what, best first.
    places: Vec<(u32, Points)>,
    /// Who could not be ranked, and why.
    unranked: Vec<(u32, Box<Need>)>,
    /// Whether the window is still open on the report day.
    provisional: bool,
}

/// A ranking in one window, and whether it is asked for or was only needed to know what it brings.
pub(in crate::engine) struct Placing<'a> {
    pub(in crate::engine) version: Version<'a>,
    pub(in crate::engine) ranking: &'a Ranking,
    pub(in crate::engine) standing: RankingStanding,
    pub(in crate::engine) shown: bool,
}

impl<'a> Judge<'_, 'a> {
    /// The rankings that are shown, and what places in them and in others bring.
    // semantics §9.8
    pub(super) fn ranked(&self) -> (Vec<Placing<'a>>, Vec<Firing<'a>>) {
        let (mut placings, mut firings) = (Vec::new(), Vec::new());
        if self.dossier.people.len() == 0 {
            return (placings, firings);
        }
        for version in self.dossier.versions.iter() {
            for ranking in &version.annex.ranking {
                let shown = self.windows_ranked(version, ranking, false);
                let mut rank = |window: Win| {
                    let ranked = self.rank(version, ranking, window);
                    if !ranked.provisional {
                        firings.extend(brought(version, ranking, window, &ranked.places));
                    }
                    ranked
                };
                for window in shown.iter().copied() {
                    let ranked = rank(window);
                    let standing = self.shows(ranking, window, ranked);
                    placings.push(Placing { version, ranking, standing, shown: true });
                }
                // What was withheld outside the assessed period counts for the bound of its month.
                if self.dossier.asked.period.is_some() && withholds(version, ranking) {
                    let everything = self.windows_ranked(version, ranking, true);
                    for window in everything.into_iter().filter(|window| !shown.contains(window)) {
                        let ranked = rank(window);
                        let standing = self.shows(ranking, window, ranked);
                        placings.push(Placing { version, ranking, standing, shown: false });
                    }
                }
            }
        }
        (placings, firings)
    }

    /// The windows of a ranking, in order; an inspection by its first day.
    fn windows_ranked(&self, version: Version<'a>, ranking: &'a Ranking, everything: bool) -> Vec<Win> {
        let kind = &ranking.window;
        // Days, inspections and cycles are each subject's own; all other windows are the same for all.
        let own =
            matches!(kind, Window::Named(NamedWindow::Inspection | NamedWindow::Day) | Window::Cycle(_));
        let many = if own { self.dossier.people.len() } else { 1 };
        let whose = (0_u32..).take(many).filter(|subject| self.unanchored(kind, *subject).is_none());
        let mut windows: Vec<Win> = whose
            .flat_map(|subject| {
                self.windows(version, kind, subject, everything).iter().copied().collect::<Vec<_>>()
            })
            .collect();
        if *kind == Window::Named(NamedWindow::Inspection) {
            windows = self.by_name(windows);
        } else {
            windows.sort_unstable();
            windows.dedup();
        }
        let has = |v: Version<'a>| v.annex.ranking.iter().any(|other| other.id == ranking.id);
        windows.retain(|window| self.judges(version, *window, has));
        windows
    }

    /// Inspections in the order of their names, each by its first day.
    fn by_name(&self, windows: Vec<Win>) -> Vec<Win> {
        let mut first: BTreeMap<Visit, Win> = BTreeMap::new();
        for window in windows {
            if let Win::Inspection { visit, .. } = window {
                let at = first.entry(visit).or_insert(window);
                *at = window.min(*at);
            }
        }
        let mut windows: Vec<Win> = first.into_values().collect();
        windows.sort_by_cached_key(|window| self.dossier.shown(*window));
        windows
    }

    /// The ranking of the subjects in one window.
    fn rank(&self, version: Version<'a>, ranking: &'a Ranking, window: Win) -> Ranked {
        let people = &self.dossier.people;
        let as_of = self.dossier.as_of;
        let tally = ranking.on.tally.as_ref().and_then(|id| version.tally(id));
        let index = ranking.on.index.as_ref().and_then(|id| version.index(id));
        let mut places: Vec<(u32, Points)> = Vec::new();
        let mut unranked = Vec::new();
        for subject in (0_u32..).take(people.len()) {
            let there = match window {
                Win::Days { .. } => self.concerned(subject, window),
                _ => people.present(subject, window.last_day()),
            };
            if !there || !people.is_of(subject, &ranking.subjects) {
                continue;
            }
            let value = match (tally, index) {
                (Some(tally), _) => self.tally(version, tally, subject, window, as_of).value,
                (None, Some(index)) => self.index(version, index, subject, window, as_of),
                (None, None) => continue,
            };
            match value {
                Ok(value) => places.push((subject, value)),
                Err(reason) => unranked.push((subject, reason)),
            }
        }
        places.sort_by(|(x, a), (y, b)| match ranking.best {
            Best::Highest => (b, x).cmp(&(a, y)),
            Best::Lowest => (a, x).cmp(&(b, y)),
        });
        let count = places.len();
        let few = |least: u32| count < usize::try_from(least).unwrap_or(usize::MAX);
        if ranking.min_subjects.is_some_and(few) {
            let reason = missing(Step::TooFewToRank, Args::none().with("count", count));
            unranked.extend(places.drain(..).map(|(subject, _)| (subject, reason.clone())));
        }
        Ranked { places, unranked, provisional: as_of < window.last_day() }
    }

    /// A ranking as the assessment shows it; equals share a place.
    fn shows(&self, ranking: &Ranking, window: Win, ranked: Ranked) -> RankingStanding {
        let id = |subject: u32| self.dossier.people.id(subject).cloned();
        let mut places: Vec<RankingPlace> = Vec::new();
        for (position, (subject, value)) in (1_u32..).zip(ranked.places) {
            let rank = match places.last() {
                Some(before) if before.value == value => before.rank,
                Some(before) if ranking.ties == Ties::Dense => before.rank.saturating_add(1),
                _ => position,
            };
            places.extend(id(subject).map(|subject| RankingPlace { rank, subject, value }));
        }
        let unranked = ranked.unranked.into_iter();
        let unranked = unranked
            .filter_map(|(subject, reason)| Some(Unranked { subject: id(subject)?, reason: *reason }));
        RankingStanding {
            ranking: ranking.id.clone(),
            window: self.dossier.shown(window),
            places,
            unranked: unranked.collect(),
            provisional: ranked.provisional,
        }
    }
}

/// Whether a place in the ranking may bring a deduction that law bounds.
fn withholds(version: Version<'_>, ranking: &Ranking) -> bool {
    let mut brings = ranking.top_consequences.iter().chain(&ranking.bottom_consequences);
    brings.any(|id| {
        let money = version.consequence(id).and_then(|consequence| consequence.money.as_ref());
        money.is_some_and(super::money::is_guarded)
    })
}
