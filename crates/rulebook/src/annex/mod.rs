//! The annex of article 25 as data: what a rulebook file holds, table by table, in the order in which a finding meets them.

pub mod award;
pub mod clause;
pub mod consequence;
pub mod duty;
pub mod example;
pub mod identity;
pub mod index;
pub mod ladder;
pub mod money;
pub mod policy;
pub mod price;
pub mod procedure;
pub mod tally;
pub mod vocabulary;
pub mod window;

use crate::key::table;
use alloc::vec::Vec;

table! { "A rulebook file."
    Annex
    required {
        format: u32 = "The version of this file format: 1.";
        rulebook: identity::Identity = "What it is and when it is in force.";
    }
    optional {
        line: Vec<vocabulary::Line> = "Service lines.";
        section: Vec<vocabulary::Section> = "Sections of checklists.";
        class: Vec<vocabulary::Class> = "Classes of subjects.";
        source: Vec<vocabulary::Source> = "Sources of findings and ratings.";
        fact: Vec<vocabulary::FactKind> = "Kinds of facts beside the standard ones.";
        registered_shape: Vec<vocabulary::RegisteredShape> = "Shapes that code registers.";
        limit: Vec<duty::Limit> = "Time limits.";
        recurrence: Vec<policy::Recurrence> = "Policies for repetition.";
        unrectified: Vec<policy::Unrectified> = "Policies for what was not rectified.";
        cap: Vec<policy::Cap> = "Caps over several clauses.";
        share: Vec<policy::Share> = "Shares of liability.";
        accountability: Vec<policy::Accountability> = "Leaders' liability for overdue problems.";
        clause: Vec<clause::Clause> = "Clauses.";
        award: Vec<award::Award> = "Awards.";
        tally: Vec<tally::Tally> = "Tallies.";
        index: Vec<index::Index> = "Indexes.";
        ladder: Vec<ladder::Ladder> = "Ladders of tiers.";
        consequence: Vec<consequence::Consequence> = "Consequences.";
        ranking: Vec<ladder::Ranking> = "Rankings.";
        escalation: Vec<duty::Escalation> = "Escalation chains.";
        filing: Vec<duty::Filing> = "Filing duties.";
        appeal: Option<duty::Appeal> = "Appeals.";
        inspection: Option<procedure::Inspections> = "How an inspection is made (arts. 4, 9, 16, 17, 20, 21).";
        complaint: Option<procedure::Complaints> = "How a complaint is handled (arts. 2, 12).";
        rectification: Option<procedure::Rectification> = "How problems are mended (art. 15).";
        sanction: Option<procedure::Sanctions> = "How sanctions are decided, told and carried out (arts. 6, 18).";
        publication: Option<procedure::Publication> = "How a month's assessment is shown and published (arts. 3, 14).";
        field_time: Option<procedure::FieldTime> = "How days at base level are counted (art. 22).";
        planning: Option<procedure::Planning> = "How many inspections are planned (art. 23).";
        survey: Option<procedure::Surveys> = "How surveys become ratings (art. 4).";
        interpretation: Vec<duty::Interpretation> = "Interpretations.";
        transition: Vec<duty::Transition> = "Transitions from the version before.";
        accepted_defect: Vec<duty::AcceptedDefect> = "Defects of the real rules, kept as they are.";
        example: Vec<example::Example> = "Worked examples.";
    }
}
