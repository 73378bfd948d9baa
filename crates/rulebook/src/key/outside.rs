//! Entries of the key table for the types of other crates.

use super::{Key, Keyed, Kind, Table, Target, Word};
use alloc::collections::BTreeMap;
use chrono::{NaiveDate, NaiveTime};
use ducha_calendar::TimeLimit;
use ducha_core::{
    Amount, AnchorId, Article, Id, Label, Leadership, Membership, Record, Rounding, RoundingMode, Subject,
    kind,
};

impl<U> Keyed for Amount<U> {
    const KIND: Kind = Kind::Decimal;
}
impl Keyed for rust_decimal::Decimal {
    const KIND: Kind = Kind::Decimal;
}
impl Keyed for NaiveDate {
    const KIND: Kind = Kind::Date;
}
impl Keyed for NaiveTime {
    const KIND: Kind = Kind::Time;
}
impl Keyed for Article {
    const KIND: Kind = Kind::Article;
}
impl Keyed for TimeLimit {
    const KIND: Kind = Kind::Limit;
}

/// What an identifier's kind names.
pub trait Named {
    /// The target of such identifiers.
    const TARGET: Target;
}
macro_rules! named {
    ($($kind:ident)+) => { $(impl Named for kind::$kind { const TARGET: Target = Target::$kind; })+ };
}
named! {
    Record Subject SubjectKind Inspection Rulebook Clause Level Line Section Class Source Fact Anchor Award AwardGroup
    Recurrence Unrectified Cap Share Term Tally Index Ladder Tier Consequence Ranking Limit Escalation Entry
}
impl<K: Named> Keyed for Id<K> {
    const KIND: Kind = Kind::Id(K::TARGET);
}

const fn key(name: &'static str, required: bool, kind: Kind, doc: &'static str) -> Key {
    Key { name, doc, required, kind }
}

impl Keyed for Label {
    const KIND: Kind = Kind::Table(&Table {
        name: "Label",
        doc: "A text in Chinese and English.",
        keys: &[key("zh", true, Kind::Text, "Chinese."), key("en", true, Kind::Text, "English.")],
    });
}

impl Keyed for RoundingMode {
    const KIND: Kind = Kind::Choice(&[
        Word { name: "half_up", doc: "To the nearer; a half goes away from zero (四舍五入)." },
        Word { name: "half_even", doc: "To the nearer; a half goes to the even neighbour." },
        Word { name: "up", doc: "Away from zero." },
        Word { name: "down", doc: "Towards zero." },
        Word { name: "ceiling", doc: "Towards positive infinity." },
        Word { name: "floor", doc: "Towards negative infinity." },
    ]);
}

impl Keyed for Rounding {
    const KIND: Kind = Kind::Table(&Table {
        name: "Rounding",
        doc: "How a quotient or percentage is rounded.",
        keys: &[
            key("mode", true, RoundingMode::KIND, "Which neighbour is taken."),
            key("to", true, Kind::Decimal, "The result is a multiple of this: 0.01, 1, 5."),
        ],
    });
}

impl Keyed for Membership {
    const KIND: Kind = Kind::Table(&Table {
        name: "Membership",
        doc: "That a subject belongs to a unit for a time.",
        keys: &[
            key("of", true, Kind::Id(Target::Subject), "The unit above."),
            key("from", false, Kind::Date, "The first day."),
            key("until", false, Kind::Date, "The first day no longer."),
        ],
    });
}

impl Keyed for Leadership {
    const KIND: Kind = Kind::Table(&Table {
        name: "Leadership",
        doc: "That a person leads a unit for a time.",
        keys: &[
            key("person", true, Kind::Id(Target::Subject), "The person."),
            key("acting", false, Kind::Bool, "Whether only acting."),
            key("from", false, Kind::Date, "The first day."),
            key("until", false, Kind::Date, "The first day no longer."),
        ],
    });
}

impl Keyed for BTreeMap<AnchorId, NaiveDate> {
    const KIND: Kind = Kind::Map(&Kind::Date);
}

impl Keyed for Subject {
    const KIND: Kind = Kind::Table(&Table {
        name: "Subject",
        doc: "Whoever is assessed.",
        keys: &[
            key("id", true, Kind::Id(Target::Subject), "Its id."),
            key("kind", true, Kind::Id(Target::SubjectKind), "What it is: department, site, employee …"),
            key("name", true, Label::KIND, "Its name."),
            key("from", false, Kind::Date, "The first day on the roster."),
            key("until", false, Kind::Date, "The first day no longer on the roster."),
            key("parent", false, Kind::List(&Membership::KIND), "What it belongs to, over time."),
            key("leader", false, Kind::List(&Leadership::KIND), "Who leads it, over time."),
            key("line", false, Kind::Id(Target::Line), "Its service line."),
            key("class", false, Kind::Id(Target::Class), "Its class."),
            key("anchor", false, Kind::Map(&Kind::Date), "Dates of its own, from which cycles count."),
        ],
    });
}

const EVIDENCE: Kind = Kind::Table(&Table {
    name: "Evidence",
    doc: "What a record rests on.",
    keys: &[
        key("kind", true, Kind::Choice(EVIDENCE_KINDS), "What kind of evidence."),
        key("reference", true, Kind::Text, "Where it is kept."),
    ],
});
const EVIDENCE_KINDS: &[Word] = &[
    Word { name: "photo", doc: "A photograph or film." },
    Word { name: "document", doc: "A document or log." },
    Word { name: "sample", doc: "A sample or object." },
    Word { name: "reading", doc: "A measurement protocol." },
    Word { name: "interview", doc: "The statement of an employee." },
    Word { name: "visit", doc: "A visit to a user." },
    Word { name: "forum", doc: "A forum of users." },
    Word { name: "letter", doc: "A letter asking for opinions, answered." },
    Word { name: "complaint", doc: "A complaint." },
    Word { name: "questionnaire", doc: "A questionnaire." },
    Word { name: "witness", doc: "A witness." },
];
const METHODS: &[Word] = &[
    Word { name: "internal_inspection", doc: "Internal inspection 内部检查." },
    Word { name: "complaint", doc: "Complaint 投诉." },
    Word { name: "general_questionnaire", doc: "General questionnaire 普遍问卷." },
    Word { name: "targeted_survey", doc: "Targeted survey 重点调查." },
    Word { name: "superior_urging", doc: "Urging from above 上级督促." },
    Word { name: "self_inspection", doc: "Self-inspection 自查." },
    Word { name: "regular_inspection", doc: "Regular inspection 定期检查." },
    Word { name: "spot_check", doc: "Unannounced spot check 不定期抽查." },
    Word { name: "full_inspection", doc: "Comprehensive inspection 全面检查." },
    Word { name: "partial_inspection", doc: "Partial inspection 局部检查." },
    Word { name: "open_visit", doc: "Open visit 明察." },
    Word { name: "covert_visit", doc: "Covert visit 暗访." },
    Word { name: "process_tracking", doc: "Whole-process tracking 质量全程追踪." },
];

/// The keys that every record has.
macro_rules! record_keys {
    ($($more:expr),* $(,)?) => {
        &[
            key("id", true, Kind::Id(Target::Record), "Its id, unique within the input."),
            key("subject", true, Kind::Id(Target::Subject), "Whom it concerns."),
            key("occurred_on", true, Kind::Date, "The day of the act."),
            key("occurred_at", false, Kind::Time, "The time of the act."),
            key("recorded_on", false, Kind::Date, "The day on which it was recorded."),
            key("revokes", false, Kind::Id(Target::Record), "The record that it takes back."),
            key("supersedes", false, Kind::Id(Target::Record), "The record in whose place it stands."),
            key("note", false, Kind::Text, "A remark for people."),
            key("evidence", false, Kind::List(&EVIDENCE), "What it rests on."),
            $($more,)*
        ]
    };
}

impl Keyed for Record {
    const KIND: Kind = Kind::Tagged(&super::Tagged {
        name: "Record",
        doc: "One record of the month.",
        tag: "type",
        variants: &[
            Table {
                name: "finding",
                doc: "Something found under a clause.",
                keys: record_keys![
                    key("clause", true, Kind::Id(Target::Clause), "The clause."),
                    key("quantity", false, Kind::Decimal, "How many units; one where absent."),
                    key("points", false, Kind::Decimal, "The points chosen, for ranges."),
                    key("money", false, Kind::Decimal, "The money chosen, for ranges of money."),
                    key("severity", false, Kind::Id(Target::Level), "The severity level."),
                    key("reason", false, Kind::Text, "Why these points were chosen."),
                    key("place", false, Kind::Text, "Where it was found."),
                    key("inspection", false, Kind::Id(Target::Inspection), "The inspection."),
                    key("inspector", false, Kind::Id(Target::Subject), "Who found it."),
                    key("method", false, Kind::Choice(METHODS), "How it was found (art. 4)."),
                    key("source", false, Kind::Id(Target::Source), "Which source found it."),
                    key("corrected_on", false, Kind::Date, "The day on which the unit had mended it."),
                    key("decided_on", false, Kind::Date, "The day on which the case was decided."),
                ],
            },
            Table {
                name: "measurement",
                doc: "A value measured against a clause's target (art. 13).",
                keys: record_keys![
                    key("clause", true, Kind::Id(Target::Clause), "The clause with the target."),
                    key("value", false, Kind::Decimal, "The value."),
                    key("numerator", false, Kind::Decimal, "What was reached …"),
                    key("denominator", false, Kind::Decimal, "… out of how many."),
                    key("source", false, Kind::Id(Target::Source), "Who measured."),
                ],
            },
            Table {
                name: "rating",
                doc: "A score that a source gave.",
                keys: record_keys![
                    key("source", true, Kind::Id(Target::Source), "Who gave it."),
                    key("score", true, Kind::Decimal, "The score."),
                    key("section", false, Kind::Id(Target::Section), "The section it speaks of."),
                    key("line", false, Kind::Id(Target::Line), "The service line it speaks of."),
                ],
            },
            Table {
                name: "inspection",
                doc: "That an inspection took place.",
                keys: record_keys![
                    key("inspection", true, Kind::Id(Target::Inspection), "The inspection."),
                    key("method", false, Kind::Choice(METHODS), "How it was made (art. 4)."),
                    key("inspector", false, Kind::Id(Target::Subject), "Who inspected."),
                    key("source", false, Kind::Id(Target::Source), "Which source inspected."),
                    key(
                        "not_applicable",
                        false,
                        Kind::List(&Kind::Id(Target::Clause)),
                        "Clauses that did not apply."
                    ),
                    key("weight", false, Kind::Decimal, "How much it weighs as exposure; one where absent."),
                ],
            },
            Table {
                name: "commendation",
                doc: "Something good that was seen.",
                keys: record_keys![
                    key("award", true, Kind::Id(Target::Award), "The award."),
                    key("level", false, Kind::Id(Target::Level), "Its level."),
                    key("quantity", false, Kind::Decimal, "How many; one where absent."),
                    key("points", false, Kind::Decimal, "The points granted, for ranges."),
                    key("source", false, Kind::Id(Target::Source), "Who commends."),
                ],
            },
            Table {
                name: "fact",
                doc: "A fact that a rule asks for.",
                keys: record_keys![
                    key("fact", true, Kind::Id(Target::Fact), "The kind of fact."),
                    key("refers_to", false, Kind::Id(Target::Record), "The record that it concerns."),
                    key("value", false, Kind::Decimal, "A number that belongs to it."),
                    key("other", false, Kind::Id(Target::Subject), "Another subject that it names."),
                    key("due_on", false, Kind::Date, "The last day of the time limit."),
                ],
            },
            Table {
                name: "revocation",
                doc: "Nothing but that it revokes another record.",
                keys: record_keys![],
            },
        ],
    });
}
