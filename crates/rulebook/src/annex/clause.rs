//! Clauses: what is inspected, and what a finding costs (art. 25).

use super::window::Window;
use super::{money::Tariff, price::Price, vocabulary::*};
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{LastDay, TimeLimit};
use ducha_core::{
    Article, ClauseId, ConsequenceId, Factor, Label, LadderId, LevelId, LimitId, LineId, Points, Quantity,
    RecurrenceId, SectionId, SubjectKindId, TallyId, UnrectifiedId,
};

table! { "A clause of the annex: one thing that is inspected."
    Clause
    required {
        id: ClauseId = "Its id; stable over versions.";
        name: Label = "What is wrong, in short.";
        aspect: Aspect = "Which aspect of article 2.";
        price: Price = "What a finding costs.";
    }
    optional {
        text: Option<Label> = "What is asked for, in full.";
        line: Option<LineId> = "The service line; where absent, that of the section.";
        section: Option<SectionId> = "The section of the checklist.";
        applies_to: Vec<SubjectKindId> = "Kinds of subjects that it may be found on; all where absent.";
        criticality: Option<Criticality> = "Key or general.";
        unit: Option<Unit> = "What a quantity counts; occurrences where absent.";
        worth: Option<Points> = "The item's full marks.";
        money: Option<Tariff> = "What a finding costs in money, beside the points (shape S25).";
        self_found: Option<SelfFound> = "A lower price for what the unit found and mended itself (art. 3).";
        once_per: Option<OncePer> = "That the clause counts once, however often it is found (shape S40).";
        warning: Option<Warning> = "That the first time is warned and costs nothing (shape S39).";
        recurrence: Option<RecurrenceId> = "The policy for repetition.";
        unrectified: Option<UnrectifiedId> = "The policy for what was not rectified.";
        cap: Option<ClauseCap> = "The most that the clause may cost.";
        veto: Vec<Veto> = "What a finding overrides (shapes S15, S16).";
        rectify: Option<LimitId> = "The time limit for rectification (art. 15).";
        consequences: Vec<ConsequenceId> = "What follows from one finding, without any tier (art. 10).";
        article: Option<Article> = "The article that it carries out.";
        cite: Vec<String> = "What else it rests on.";
        from: Option<NaiveDate> = "In force from this day, if later than the rulebook.";
        until: Option<NaiveDate> = "In force until before this day, if earlier than the rulebook.";
        replaces: Vec<ClauseId> = "Ids that the clause had in earlier versions.";
        note: Option<Label> = "A note for people.";
    }
}

table! { "What a finding costs when the unit's own source found it and it was mended (art. 3)."
    SelfFound
    required { factor: Factor = "Multiplies the price; 0 for nothing, 0.5 for half."; }
    optional { within: Option<TimeLimit> = "Mended within this limit of the act; where absent, whenever."; }
}

choice! { "What repeated findings of one clause and subject count once in."
    OncePer {
        Inspection "inspection" = "One inspection.";
        Day "day" = "One day.";
    }
}

table! { "Warning before points: a finding within the validity of an earlier one costs; the first costs nothing."
    Warning
    required {
        validity: TimeLimit = "How long a warning is valid.";
        last_day: LastDay = "Whether the corresponding last day is still within.";
    }
    optional {}
}

choice! { "Whether a cap trims before or after recurrence and unrectified factors."
    CapOrder {
        BeforeFactors "before_factors" = "The price is trimmed, then multiplied.";
        AfterFactors "after_factors" = "The multiplied price is trimmed.";
    }
}

table! { "The most that one clause may cost one subject in a window (扣完为止)."
    ClauseCap
    required {
        window: Window = "In which window.";
        order: CapOrder = "Before or after the factors.";
    }
    optional { max: Option<Points> = "The most; the clause's `worth` where absent."; }
}

choice! { "What a veto does."
    VetoEffect {
        LoseItem "lose_item" = "The clause's whole `worth` is lost.";
        LoseAll "lose_all" = "The tally falls to its floor.";
        WorstTier "worst_tier" = "The ladder's worst tier holds.";
        Down "down" = "The tier falls by `tiers`.";
    }
}

table! { "A veto: an overriding effect of a finding (一票否决)."
    Veto
    required { effect: VetoEffect = "What it does."; }
    optional {
        ladder: Option<LadderId> = "Which ladder, for `worst_tier` and `down`.";
        tally: Option<TallyId> = "Which tally, for `lose_all`.";
        tiers: Option<u32> = "How many tiers down, for `down`.";
        severity: Option<LevelId> = "Only findings of this severity level.";
        at_least: Option<Quantity> = "Only findings of at least this quantity.";
    }
}
