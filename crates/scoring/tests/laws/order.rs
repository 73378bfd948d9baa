//! What neither the order of the input, nor revoked rows, nor other people's records may change.

use crate::generator::{Tape, Without, World, config, worlds};
use ducha_core::{Matter, Record};
use ducha_scoring::{Assessment, Restatement};
use proptest::prelude::*;

/// The assessment without the positions of rows: with the permuted input they stand elsewhere.
fn without_positions(mut assessment: Assessment) -> Assessment {
    for row in &mut assessment.account.rows {
        row.index = None;
    }
    assessment.account.rows.sort_by(|a, b| (&a.id, a.fate).cmp(&(&b.id, b.fate)));
    assessment
}

/// The first part that differs, so that a counterexample can be read.
pub(crate) fn same(a: &Assessment, b: &Assessment) -> Result<(), TestCaseError> {
    prop_assert_eq!(&a.account, &b.account);
    prop_assert_eq!(&a.subjects, &b.subjects);
    prop_assert_eq!(&a.entries, &b.entries);
    same_results(a, b)?;
    prop_assert!(a == b, "the assessments differ elsewhere");
    Ok(())
}

/// Standings, tallies, indexes, consequences, rankings.
pub(crate) fn same_results(a: &Assessment, b: &Assessment) -> Result<(), TestCaseError> {
    let keys = |a: &Assessment| -> Vec<String> {
        let tallies = a
            .tallies
            .iter()
            .map(|t| format!("{} {} {} = {:?}", t.subject, t.tally, t.window.text(), t.value));
        let indexes = a
            .indexes
            .iter()
            .map(|i| format!("{} {} {} = {:?}", i.subject, i.index, i.window.text(), i.value));
        let tiers = a
            .standings
            .iter()
            .map(|s| format!("{} {} {} = {:?} {:?}", s.subject, s.ladder, s.window.text(), s.tier, s.peak));
        let fired = a.consequences.iter().map(|f| f.id.clone());
        let ranks = a.rankings.iter().map(|r| format!("{} {} {:?}", r.ranking, r.window.text(), r.places));
        tallies.chain(indexes).chain(tiers).chain(fired).chain(ranks).collect()
    };
    let (x, y) = (keys(a), keys(b));
    let only = |x: &[String], y: &[String]| -> Vec<String> {
        x.iter().filter(|k| !y.contains(k)).cloned().collect()
    };
    prop_assert_eq!(only(&x, &y), only(&y, &x), "only the first, only the second");
    prop_assert_eq!(x, y);
    Ok(())
}

fn shuffled(records: &[Record], bytes: &[u8]) -> Vec<Record> {
    let mut rest = records.to_vec();
    let mut tape = Tape::new(bytes);
    let mut out = Vec::new();
    while !rest.is_empty() {
        out.push(rest.remove(tape.below(rest.len())));
    }
    out
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_permutation_of_the_input_changes_anything(
        world in worlds(Without::default()),
        order in prop::collection::vec(any::<u8>(), 24),
    ) {
        let mut other = world.with(shuffled(&world.records, &order));
        other.books.reverse();
        same(&without_positions(world.assess()), &without_positions(other.assess()))?;
    }

    #[test]
    fn a_revoked_record_leaves_the_same_standings_as_one_never_made(
        world in worlds(Without::default()),
        which in any::<prop::sample::Index>(),
        on in prop::sample::select(vec!["2026-10-12", "2026-11-02", "2026-12-30", "2025-01-01"]),
    ) {
        prop_assume!(!world.records.is_empty());
        let target = world.records[which.index(world.records.len())].clone();
        // Other records that act on this one, or share its id, are another matter.
        let acts_on = |r: &Record| r.id == target.id && *r != target
            || r.revokes.as_ref() == Some(&target.id) || r.supersedes.as_ref() == Some(&target.id);
        prop_assume!(!world.records.iter().any(acts_on));
        // What it took back, it takes back no more: a record never made did not take it back either.
        let never: Vec<Record> = world.records.iter().filter(|r| r.id != target.id).cloned().collect();
        let mut revoked = world.records.clone();
        revoked.push(Record {
            id: "ZZ-revokes".parse().unwrap(),
            occurred_on: crate::generator::day(on),
            recorded_on: None,
            occurred_at: None,
            revokes: Some(target.id.clone()),
            supersedes: None,
            matter: Matter::Revocation,
            ..target.clone()
        });
        let with = world.with(revoked).assess();
        let taken_back = with.account.rows.iter().any(|r| r.id.as_ref() == Some(&target.id));
        prop_assert!(taken_back);
        same_results(&with, &world.with(never).assess())?;
    }

    #[test]
    fn assessing_as_known_on_a_day_is_assessing_what_was_recorded_by_then(
        world in worlds(Without::default()),
        known_on in prop::sample::select(vec!["2026-10-12", "2026-10-15", "2025-12-31", "2026-12-31"]),
    ) {
        let known_on = crate::generator::day(known_on);
        let known: Vec<Record> = world.records.iter().filter(|r| r.known_on() <= known_on).cloned().collect();
        let as_known = World { known_on: Some(known_on), ..world.clone() };
        // Rows of one id conflict whatever day they were recorded on.
        let conflicts = |a: &Assessment| a.account.rows.iter().any(|r| r.reason.step == ducha_core::Step::RowConflict);
        let as_known = as_known.assess();
        prop_assume!(!conflicts(&as_known));
        // The same day of knowledge: the calendar is as noticed on it, and says so.
        let only = World { known_on: Some(known_on), ..world.with(known) }.assess();
        prop_assert_eq!(&as_known.entries, &only.entries);
        same_results(&as_known, &only)?;
        prop_assert!(Restatement::between(&as_known, &only).is_empty());
    }

    #[test]
    fn without_connections_each_subject_stands_alone(world in worlds(Without { connections: true, versions: false })) {
        // A succession connects; so does nothing else that is left.
        let succeeds = |r: &Record| matches!(&r.matter, Matter::Fact(f) if f.fact.as_str() == "succeeded_by" || f.fact.as_str() == "minimum_wage");
        let records: Vec<Record> = world.records.iter().filter(|r| !succeeds(r)).cloned().collect();
        prop_assume!(world.period.is_some() && world.complete_from.is_some());
        let connected: Vec<(ducha_core::SubjectId, Vec<Record>)> = components(&records);
        let whole = world.with(records.clone()).assess();
        for (subject, records) in connected {
            let part = world.with(records).assess();
            let of = |a: &Assessment| {
                let values = a.tallies.iter().filter(|t| t.subject == subject).map(|t| format!("{} {} {:?} {:?}", t.tally, t.window.text(), t.value, t.derivation));
                let tiers = a.standings.iter().filter(|s| s.subject == subject).map(|s| format!("{} {} {:?} {:?}", s.ladder, s.window.text(), s.tier, s.peak));
                let fired = a.consequences.iter().filter(|f| f.subject == subject).map(|f| f.id.clone());
                values.chain(tiers).chain(fired).collect::<Vec<_>>()
            };
            prop_assert_eq!(of(&whole), of(&part), "of {}", subject);
        }
    }
}

/// For each subject, the records of all subjects that a chain of references or a shared id ties to it.
fn components(records: &[Record]) -> Vec<(ducha_core::SubjectId, Vec<Record>)> {
    let refers = |r: &Record| -> Vec<ducha_core::RecordId> {
        let fact = match &r.matter {
            Matter::Fact(f) => f.refers_to.clone(),
            _ => None,
        };
        r.revokes.iter().chain(&r.supersedes).cloned().chain(fact).chain([r.id.clone()]).collect()
    };
    crate::generator::organisation::SUBJECTS
        .iter()
        .map(|id| {
            let subject: ducha_core::SubjectId = id.parse().unwrap();
            let mut subjects = vec![subject.clone()];
            loop {
                let ids: Vec<_> =
                    records.iter().filter(|r| subjects.contains(&r.subject)).flat_map(refers).collect();
                let more: Vec<_> = records
                    .iter()
                    .filter(|r| !subjects.contains(&r.subject) && refers(r).iter().any(|id| ids.contains(id)))
                    .map(|r| r.subject.clone())
                    .collect();
                if more.is_empty() {
                    break;
                }
                subjects.extend(more);
            }
            (subject, records.iter().filter(|r| subjects.contains(&r.subject)).cloned().collect())
        })
        .collect()
}
