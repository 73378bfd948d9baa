//! Tallies: what is accumulated, over which window.

use super::{vocabulary::Scope, window::Window};
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_calendar::{LastDay, TimeLimit};
use ducha_core::{
    Article, AwardId, ConsequenceId, FactId, Factor, Label, LadderId, Points, SubjectKindId, TallyId, TierId,
};

choice! { "Whether a tally is a plain sum, or a balance with memory."
    TallyKind {
        Sum "sum" = "Stateless: the sum over the window.";
        Balance "balance" = "Folds over the canonical order: points may be used up, redeemed, cleared, carried over.";
    }
}

choice! { "What a tally adds up."
    Measure {
        Points "points" = "Points of entries.";
        Money "money" = "Money of entries (shape S25).";
        Findings "findings" = "One for each finding in scope, remarks included.";
        Inspections "inspections" = "One (or the record's weight) for each inspection: exposure (S36).";
        Consequences "consequences" = "One for each consequence of `consequences` that fired (S21).";
    }
}

choice! { "Which day of a record dates its entry."
    DatedBy {
        OccurredOn "occurred_on" = "The day of the act.";
        RecordedOn "recorded_on" = "The day of the record.";
        DecidedOn "decided_on" = "The day of the decision; entries without one are not counted yet.";
    }
}

table! { "A tally: what is accumulated on each subject, over which window."
    Tally
    required {
        id: TallyId = "Its id.";
        name: Label = "Its name.";
        kind: TallyKind = "A plain sum, or a balance with memory.";
        measure: Measure = "What is added up.";
        subjects: Vec<SubjectKindId> = "On which kinds of subjects.";
        window: Window = "Over which window.";
    }
    optional {
        scope: Option<Scope> = "Of which clauses; all where absent.";
        consequences: Vec<ConsequenceId> = "For measure = consequences: which.";
        full_marks: Option<Points> = "Begin at full marks and deduct; where absent, deductions add up from 0.";
        floor: Option<Points> = "The value never falls below (扣完为止).";
        ceiling: Option<Points> = "The value never rises above.";
        max_deduction: Option<Points> = "The most that is deducted in the window, in canonical order (S27).";
        awards: Vec<AwardId> = "Awards that count here: they raise full marks, or lower added deductions.";
        ages: Vec<AgeStep> = "Weights by the age of an entry on the report day (S35); beyond the last step it counts nothing.";
        dated_by: Option<DatedBy> = "Which day dates an entry; the day of the act where absent.";
        consume: Vec<Consume> = "For balances: which tiers use points up.";
        redeem: Vec<Redeem> = "For balances: which facts take points off (S34).";
        carry: Option<Carry> = "For balances over cycles: which entries go over into the next cycle (S38).";
        clear: Vec<Clear> = "For balances: which facts together clear it.";
        inherit: bool = "Whether what a predecessor had passes on by a succeeded_by fact (S41).";
        article: Option<Article> = "The article that it carries out.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A weight by age: entries up to this old."
    AgeStep
    required {
        up_to: TimeLimit = "Up to this long after the act.";
        last_day: LastDay = "Whether the corresponding last day is still within.";
        weight: Factor = "The weight.";
    }
    optional {}
}

table! { "That reaching a tier uses points up."
    Consume
    required { ladder: LadderId = "The ladder."; tier: TierId = "The tier, once reached."; }
    optional { points: Option<Points> = "How many; all where absent."; }
}

table! { "That a fact takes points off."
    Redeem
    required { fact: FactId = "The fact."; points: Points = "How many points each takes off; never below 0."; }
    optional {
        max_per_window: Option<Points> = "The most in one window, together with the other redemptions.";
        only_below: Option<Points> = "Only while the balance is below this.";
    }
}

table! { "What goes over into the next cycle."
    Carry
    required { unless: FactId = "An entry goes over unless this fact refers to its record by the cycle's end."; }
    optional { only_below: Option<Points> = "Only while the balance is below this; a balance that has reached it goes over whole."; }
}

table! { "Facts that together clear a balance."
    Clear
    required { facts: Vec<FactId> = "All of these, since the tier was reached, on the subject."; }
    optional {
        ladder: Option<LadderId> = "Only after a tier of this ladder was reached …";
        tier: Option<TierId> = "… this one.";
        all_settled_by: Option<FactId> = "And this fact refers to every entry of the balance.";
    }
}
