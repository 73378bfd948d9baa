//! Worked examples: records and the result that the rules' author expects.

use crate::key::table;
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{
    ConsequenceId, EntryId, IndexId, Label, LadderId, Money, Points, RankingId, Record, RecordId, Subject,
    SubjectId, TallyId, TierId,
};

table! { "A worked example, run by `check`."
    Example
    required {
        id: EntryId = "Its id.";
        name: Label = "What it shows.";
        record: Vec<Record> = "The records.";
        expect: Vec<Expect> = "What must come out.";
    }
    optional {
        as_of: Option<NaiveDate> = "The report day; the last day of the latest record where absent.";
        known_on: Option<NaiveDate> = "What was known on this day only; everything where absent.";
        complete_from: Option<NaiveDate> = "From which day the records are complete; the earliest record's year where absent.";
        subject: Vec<Subject> = "The organisation; subjects of records are made up where absent.";
        cite: Vec<String> = "Where the case is published.";
        inexpressible: Option<Label> = "Why the case cannot be expressed; it is then not run.";
    }
}

table! { "One expected result: every key that is given must hold."
    Expect
    required {}
    optional {
        subject: Option<SubjectId> = "Whose result.";
        window: Option<String> = "The window, as in 2026-10; the one that holds the report day where absent.";
        as_of: Option<NaiveDate> = "Another report day than the example's.";
        tally: Option<TallyId> = "The value of this tally …";
        index: Option<IndexId> = "… or of this index …";
        value: Option<Points> = "… is this …";
        undetermined: bool = "… or is undetermined.";
        ladder: Option<LadderId> = "The tier on this ladder …";
        tier: Option<TierId> = "… is this one.";
        consequences: Vec<ConsequenceId> = "These consequences fired on the subject.";
        no_consequences: Vec<ConsequenceId> = "These did not.";
        consequence: Option<ConsequenceId> = "Of this consequence (its last firing) …";
        money: Option<Money> = "… the money is this …";
        extent: Option<Points> = "… the extent is this.";
        record: Option<RecordId> = "The entries of this record …";
        points: Option<Points> = "… are points in all on the subject (0 if it has no entry).";
        refused: Option<String> = "The record of `record` is refused for this reason's code.";
        ranking: Option<RankingId> = "In this ranking …";
        rank: Option<u32> = "… the subject has this rank.";
    }
}
