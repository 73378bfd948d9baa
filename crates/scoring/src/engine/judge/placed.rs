//! What the first and the last places of a ranking bring (semantics §9.8; shape S30).

use super::{
    consequence::{Firing, Why},
    window::Win,
};
use crate::versions::Version;
use alloc::vec::Vec;
use ducha_core::Points;
use ducha_rulebook::annex::ladder::{Ranking, Ties};

/// What a ranking brings in a window that is closed; the subjects come with their values, best first.
pub(super) fn brought<'a>(
    version: Version<'a>,
    ranking: &'a Ranking,
    window: Win,
    places: &[(u32, Points)],
) -> Vec<Firing<'a>> {
    let backwards: Vec<(u32, Points)> = places.iter().rev().copied().collect();
    let ends = [
        (taken(places, ranking.top, ranking.ties), &ranking.top_consequences),
        (taken(&backwards, ranking.bottom, ranking.ties), &ranking.bottom_consequences),
    ];
    let (on, why) = (window.last_day(), Why::Ranking(ranking, window));
    let mut firings = Vec::new();
    for (places, consequences) in ends {
        for (subject, value) in places {
            let consequences = consequences.iter().filter_map(|id| version.consequence(id));
            let value = Some(*value);
            firings.extend(consequences.map(|consequence| Firing {
                consequence,
                version,
                subject: *subject,
                on,
                why,
                value,
            }));
        }
    }
    firings
}

/// The places at one end that are rewarded (or named), with equals as declared; the places come from that end on.
fn taken(places: &[(u32, Points)], number: Option<u32>, ties: Ties) -> impl Iterator<Item = &(u32, Points)> {
    let number = usize::try_from(number.unwrap_or(0)).unwrap_or(usize::MAX);
    let last = number.checked_sub(1);
    let value = |at: usize| places.get(at).map(|(_, value)| *value);
    // Equals stand together, so that those who are taken are the first few.
    let many = match (last, ties) {
        (None, _) => 0,
        (Some(last), Ties::ShareRank) => match value(last) {
            Some(boundary) => {
                places.iter().rposition(|(_, v)| *v == boundary).map_or(0, |at| at.saturating_add(1))
            }
            None => places.len(),
        },
        (Some(_), Ties::Dense) => {
            let values = places.chunk_by(|(_, a), (_, b)| a == b);
            values.take(number).map(<[_]>::len).sum()
        }
        (Some(_), Ties::NoneAtBoundary) => match value(number) {
            Some(beyond) => places.iter().position(|(_, v)| *v == beyond).unwrap_or(number).min(number),
            None => places.len(),
        },
    };
    places.iter().take(many)
}
