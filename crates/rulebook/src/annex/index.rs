//! Indexes: composite scores.

use super::window::Window;
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_core::{Factor, IndexId, Label, Points, Rounding, SourceId, SubjectKindId, TallyId};

choice! { "How an index puts its components together."
    Aggregate {
        Weighted "weighted" = "Σ weight × component; the weights must add up to 1 (S10, S11).";
        Mean "mean" = "The plain mean (S12).";
        Sum "sum" = "The sum (S12).";
        Min "min" = "The least (S12).";
        Max "max" = "The greatest.";
        Quotient "quotient" = "The first component divided by the second (S36).";
    }
}

choice! { "What its components are taken over."
    Over {
        Itself "itself" = "The subject's own components.";
        Members "members" = "The components of every member of the subject: sites of a department (S12).";
    }
}

choice! { "What holds where a component is missing."
    Missing {
        Undetermined "undetermined" = "The index is undetermined.";
        Reweigh "reweigh" = "The weights of the others are scaled up.";
    }
}

table! { "An index: a composite score of each subject."
    Index
    required {
        id: IndexId = "Its id.";
        name: Label = "Its name.";
        subjects: Vec<SubjectKindId> = "On which kinds of subjects.";
        window: Window = "Over which window.";
        aggregate: Aggregate = "How the components are put together.";
        of: Vec<Component> = "The components.";
    }
    optional {
        over: Option<Over> = "Itself, or its members.";
        normalise: Option<Normalise> = "Not-applicable items leave the attainable points (S13).";
        class_factor: bool = "Whether the subject's class factor applies (S14).";
        rounding: Option<Rounding> = "How the result is rounded; needed for every division and percentage.";
        missing: Option<Missing> = "What holds where a component is missing; undetermined where absent.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A component: a tally, another index, or the mean rating of a source. Exactly one of the three."
    Component
    required {}
    optional {
        tally: Option<TallyId> = "A tally's value.";
        index: Option<IndexId> = "Another index.";
        rating: Option<SourceId> = "The mean of a source's ratings in the window.";
        rounding: Option<Rounding> = "How the mean rating is rounded; needed for a rating.";
        weight: Option<Factor> = "Its weight, for `weighted`.";
    }
}

table! { "Normalisation: got ÷ attainable × `to`, where attainable is the `worth` of the clauses that applied (S13)."
    Normalise
    required { to: Points = "The full score, such as 100."; rounding: Rounding = "How the quotient is rounded."; }
    optional {}
}
