//! Nothing is lost, missing is not zero, a preview records nothing, and what is written is read back.

use crate::{
    generator::{Without, World, config, day, worlds},
    order::same,
};
use ducha_core::{Matter, Record, RecordId, Step};
use ducha_rulebook::annex::window::{NamedWindow, Window};
use ducha_scoring::{
    Assessment, Outcome, Restatement, WindowOf,
    assessment::{EntryKind, Fate},
    preview,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Given = Σ fates, each row once, nothing of an unscored row is an entry.
pub(crate) fn complete(records: &[Record], assessment: &Assessment) -> Result<(), TestCaseError> {
    let account = &assessment.account;
    let sum = account.scored
        + account.revoked
        + account.superseded
        + account.duplicate
        + account.not_yet_known
        + account.out_of_scope
        + account.refused;
    prop_assert_eq!(account.given, records.len());
    prop_assert_eq!(account.given, sum);
    let positions: BTreeSet<usize> = account.rows.iter().filter_map(|row| row.index).collect();
    prop_assert_eq!(positions.len(), account.rows.len(), "a row stands twice in the account");
    for row in &account.rows {
        prop_assert_eq!(row.id.as_ref(), row.index.and_then(|index| records.get(index)).map(|r| &r.id));
        let count = account.rows.iter().filter(|other| other.fate == row.fate).count();
        let told = match row.fate {
            Fate::Revoked => account.revoked,
            Fate::Superseded => account.superseded,
            Fate::Duplicate => account.duplicate,
            Fate::NotYetKnown => account.not_yet_known,
            Fate::OutOfScope => account.out_of_scope,
            Fate::Refused => account.refused,
        };
        prop_assert_eq!(count, told);
    }
    let scored: BTreeSet<&RecordId> =
        records.iter().enumerate().filter(|(at, _)| !positions.contains(at)).map(|(_, r)| &r.id).collect();
    for entry in &assessment.entries {
        prop_assert!(scored.contains(&entry.record), "{} was not scored and made an entry", entry.record);
        prop_assert!(!entry.points.is_negative(), "{} costs {}", entry.record, entry.points);
    }
    for (at, record) in records.iter().enumerate().filter(|(at, _)| !positions.contains(at)) {
        if matches!(record.matter, Matter::Finding(_)) {
            let own = assessment.entries.iter().filter(|e| {
                e.record == record.id && e.kind == EntryKind::Deduction && e.subject == record.subject
            });
            prop_assert_eq!(own.count(), 1, "entries of the scored finding {} (row {})", record.id, at);
        }
    }
    Ok(())
}

pub(crate) fn every_row_is_in_exactly_one_place(
    world: &World,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    complete(&world.records, assessment)?;
    Ok(())
}

pub(crate) fn an_assessment_survives_json_and_restates_itself_by_nothing(
    _: &World,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    let text = serde_json::to_string(assessment).unwrap();
    let again: Assessment = serde_json::from_str(&text).unwrap();
    same(assessment, &again)?;
    prop_assert!(Restatement::between(assessment, &again).is_empty());
    Ok(())
}

pub(crate) fn a_clean_subject_stands_at_full_marks_and_missing_is_not_zero(
    world: &World,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    for tally in assessment.tallies.iter().filter(|t| t.tally.as_str() == "score") {
        let WindowOf::Days { period } = &tally.window else { continue };
        let subject = world.organisation.subject(&tally.subject).unwrap();
        let first = subject.from.map_or(period.from, |from| from.max(period.from));
        let missing = world.complete_from.is_some_and(|complete| first < complete);
        match &tally.value {
            Outcome::Undetermined(need) => {
                prop_assert!(missing, "{} {}", tally.subject, tally.window.text());
                prop_assert_eq!(need.step, Step::RecordsIncomplete);
            }
            Outcome::Determined(value) => {
                prop_assert!(!missing, "{} {}", tally.subject, tally.window.text());
                let clean = !assessment.entries.iter().any(|e| e.subject == tally.subject)
                    && !world.records.iter().any(|r| r.subject == tally.subject);
                prop_assert!(!clean || value.to_string() == "100");
            }
        }
    }
    // Whoever is on the roster in an assessed window appears, whether anything was found or not.
    if let Some(period) = world.period.filter(|p| p.last_day() <= world.as_of) {
        for subject in world.organisation.subjects() {
            let on_roster = world.organisation.on_roster(&subject.id, &period);
            let listed =
                assessment.tallies.iter().any(|t| t.subject == subject.id && t.tally.as_str() == "score");
            prop_assert!(listed || !on_roster, "{} is missing", subject.id);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]




    #[test]
    fn a_preview_is_the_difference_of_two_assessments(
        world in worlds(Without::default()),
        which in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!world.records.is_empty());
        let at = which.index(world.records.len());
        let record = world.records[at].clone();
        let mut rest = world.records.clone();
        rest.remove(at);
        let base = world.with(rest);
        let shown = preview(&base.request(), &record);
        let mut with = base.records.clone();
        with.push(record.clone());
        let mut with = base.with(with);
        with.as_of = with.as_of.max(record.occurred_on);
        let base = crate::generator::World { as_of: with.as_of, ..base };
        let (before, after) = (base.assess(), with.assess());
        let restated = Restatement::between(&before, &after);
        prop_assert_eq!(&shown.changes, &restated);
        let own: Vec<_> = after.entries.iter().filter(|e| e.record == record.id).collect();
        prop_assert_eq!(shown.entries.iter().collect::<Vec<_>>(), own);
        let row = after.account.rows.iter().find(|row| row.index == Some(with.records.len() - 1));
        prop_assert_eq!(shown.not_scored.as_ref(), row);
    }
}

#[test]
fn the_windows_of_the_generator_are_of_all_kinds() {
    use crate::generator::{Tape, read, rulebook::texts};
    let mut kinds = BTreeSet::new();
    for seed in 0..60_u8 {
        let tape: Vec<u8> = (0..160_u16)
            .map(|n| (n.wrapping_mul(31) ^ u16::from(seed).wrapping_mul(97)).to_le_bytes()[0])
            .collect();
        let Ok(books) = read(&texts(&mut Tape::new(&tape), Without::default())) else { continue };
        for tally in books.iter().flat_map(|b| &b.annex().tally) {
            kinds.insert(match &tally.window {
                Window::Named(NamedWindow::Inspection) => "inspection",
                Window::Named(_) => "named",
                Window::Rolling(_) => "rolling",
                Window::Cycle(_) => "cycle",
            });
        }
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["cycle", "inspection", "named", "rolling"]);
    assert!(day("2026-10-12") < day("2026-10-13"));
}
