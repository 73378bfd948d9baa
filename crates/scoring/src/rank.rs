//! Rankings across subjects (shape S30).

use crate::{
    assessment::{Cause, Outcome, RankingPlace, RankingStanding, Unranked, WindowOf},
    consequence::Firing,
    evaluate::Evaluation,
    versions::Version,
};
use alloc::vec::Vec;
use ducha_core::{Derivation, Points, Step, SubjectId, Value, message::Args};
use ducha_rulebook::annex::ladder::{Best, Ranking, Ties};

impl<'a> Evaluation<'_, 'a> {
    /// The ranking of the subjects in one window.
    // semantics §9.8
    pub(crate) fn ranking(
        &self,
        version: Version<'a>,
        ranking: &'a Ranking,
        window: &WindowOf,
    ) -> RankingStanding {
        let mut values: Vec<(Points, SubjectId)> = Vec::new();
        let mut unranked = Vec::new();
        let on_roster = |id: &SubjectId| match window {
            WindowOf::Days { period } => self.roster.subject(id).is_none_or(|s| {
                s.from.is_none_or(|from| from < period.until)
                    && s.until.is_none_or(|until| period.from < until)
            }),
            _ => self.roster.present(id, window.last_day()),
        };
        for subject in self.roster.ids() {
            if !self.roster.is_of(&subject, &ranking.subjects) || !on_roster(&subject) {
                continue;
            }
            let value = if let Some(tally) = ranking.on.tally.as_ref().and_then(|id| version.tally(id)) {
                self.tally(version, tally, &subject, window, self.as_of).value
            } else if let Some(index) = ranking.on.index.as_ref().and_then(|id| version.index(id)) {
                self.index(version, index, &subject, window, self.as_of).value
            } else {
                continue;
            };
            match value {
                Outcome::Determined(value) => values.push((value, subject)),
                Outcome::Undetermined(reason) => unranked.push(Unranked { subject, reason }),
            }
        }
        values.sort_by(|(a, x), (b, y)| match ranking.best {
            Best::Highest => (b, x).cmp(&(a, y)),
            Best::Lowest => (a, x).cmp(&(b, y)),
        });
        let too_few = ranking
            .min_subjects
            .is_some_and(|least| values.len() < usize::try_from(least).unwrap_or(usize::MAX));
        if too_few {
            let reason =
                crate::assessment::need(Step::TooFewToRank, Args::none().with("count", values.len()));
            unranked
                .extend(values.drain(..).map(|(_, subject)| Unranked { subject, reason: reason.clone() }));
        }
        let mut places: Vec<RankingPlace> = Vec::new();
        for (at, (value, subject)) in values.into_iter().enumerate() {
            let position = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
            let rank = match places.last() {
                Some(before) if before.value == value => before.rank,
                Some(before) if ranking.ties == Ties::Dense => before.rank.saturating_add(1),
                _ => position,
            };
            places.push(RankingPlace { rank, subject, value });
        }
        let provisional = self.as_of < window.last_day();
        RankingStanding { ranking: ranking.id.clone(), window: window.clone(), places, unranked, provisional }
    }

    /// What the first and the last places bring, once the window is closed.
    pub(crate) fn ranking_firings(
        version: Version<'a>,
        ranking: &'a Ranking,
        standing: &RankingStanding,
    ) -> Vec<(SubjectId, Firing<'a>)> {
        if standing.provisional {
            return Vec::new();
        }
        let first = taken(&standing.places, ranking.top, ranking.ties, false);
        let last = taken(&standing.places, ranking.bottom, ranking.ties, true);
        let ends = [(first, &ranking.top_consequences), (last, &ranking.bottom_consequences)];
        let mut firings = Vec::new();
        for (places, consequences) in ends {
            for place in places {
                for consequence in consequences.iter().filter_map(|id| version.consequence(id)) {
                    let args = Args::none()
                        .with("ranking", &ranking.name)
                        .with("rank", place.rank)
                        .with("value", place.value);
                    firings.push((
                        place.subject.clone(),
                        Firing {
                            consequence,
                            version,
                            on: standing.window.last_day(),
                            cause: Cause::Ranking {
                                ranking: ranking.id.clone(),
                                window: standing.window.clone(),
                            },
                            at_end: true,
                            value: Some(place.value),
                            reason: Derivation::new(Step::Ranked, args, Value::None)
                                .citing([version.cite_rule("ranking", &ranking.id)]),
                        },
                    ));
                }
            }
        }
        firings
    }
}

/// The places at one end that are rewarded (or named), with equals as declared.
fn taken(places: &[RankingPlace], number: Option<u32>, ties: Ties, from_the_end: bool) -> Vec<&RankingPlace> {
    let number = usize::try_from(number.unwrap_or(0)).unwrap_or(usize::MAX);
    let ordered: Vec<&RankingPlace> =
        if from_the_end { places.iter().rev().collect() } else { places.iter().collect() };
    if number == 0 {
        return Vec::new();
    }
    match ties {
        Ties::ShareRank => {
            let boundary = ordered.get(number.saturating_sub(1)).map(|p| p.value);
            let within =
                |(at, place): &(usize, &&RankingPlace)| *at < number || boundary == Some(place.value);
            ordered.iter().enumerate().filter(within).map(|(_, p)| *p).collect()
        }
        Ties::Dense => {
            let mut values: Vec<Points> = ordered.iter().map(|p| p.value).collect();
            values.dedup();
            values.truncate(number);
            ordered.into_iter().filter(|p| values.contains(&p.value)).collect()
        }
        Ties::NoneAtBoundary => {
            let beyond = ordered.get(number).map(|p| p.value);
            ordered.into_iter().take(number).filter(|p| beyond != Some(p.value)).collect()
        }
    }
}
