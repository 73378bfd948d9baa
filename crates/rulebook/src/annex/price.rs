//! Prices: the shapes in which a finding costs points.

use crate::key::{choice, table, tagged};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use ducha_core::{Label, LevelId, Points, Quantity, Rounding, SourceId};

tagged! { "What a finding costs: one of a closed set of shapes." Price by "shape"
    "The same for every finding (S1)." Flat "flat"
        { points: Points = "Points per finding."; } optional {}
    "So much per unit (S2)." PerUnit "per_unit"
        { points: Points = "Points per unit."; }
        optional {
            per: Option<Quantity> = "The size of one unit, such as 400 cm²; 1 where absent.";
            part: Option<PartUnits> = "What part of a unit costs; needed where quantities may be fractions of `per`.";
        }
    "The whole item or nothing (S4): a finding costs the clause's `worth`." AllOrNothing "all_or_nothing" {} optional {}
    "What the inspector chooses within a range, with the reason (S5)." Range "range"
        { min: Points = "The least."; max: Points = "The most."; }
        optional {
            step: Option<Points> = "Only multiples of this, counted from `min`; the rulebook's `point_step` where absent.";
            per_quantity: bool = "Whether the choice is per unit and multiplied by the quantity.";
        }
    "By severity (S6)." Severity "severity"
        { levels: Vec<SeverityLevel> = "The levels, from slight to grave."; }
        optional { per_quantity: bool = "Whether multiplied by the quantity."; }
    "By how many there are (S7)." Count "count"
        { bands: Vec<CountBand> = "The bands of counts; without holes."; over: CountOver = "What is counted together."; }
        optional {}
    "By how far a measured value is off its target (S8)." Rate "rate"
        {
            target: Quantity = "The target.";
            better: Better = "Which side of the target is good.";
            step: Quantity = "The size of one step off the target.";
            points: Points = "Points per step.";
            part: PartUnits = "What part of a step costs.";
        }
        optional {
            scale: Option<Quantity> = "What numerator ÷ denominator is multiplied by before it is compared: 100 for a target in percent; 1 where absent.";
            bonus: Option<Points> = "Points awarded per step on the good side.";
            max: Option<Points> = "The most that it may cost.";
            max_bonus: Option<Points> = "The most that it may award.";
            rounding: Option<Rounding> = "How the exact share of a step is rounded, for part = exact.";
        }
    "By who found it (S32)." BySource "by_source"
        { prices: Vec<SourcePrice> = "Points for each source."; } optional {}
    "Nothing: a remark that is still tracked (S31)." Remark "remark" {} optional {}
    "By a shape that an embedder registers in code under this name." Registered "registered"
        { name: String = "The shape's name, declared in `[[registered_shape]]`."; }
        optional { args: BTreeMap<String, String> = "Arguments for the code."; }
}

impl crate::key::Keyed for BTreeMap<String, String> {
    const KIND: crate::key::Kind = crate::key::Kind::Map(&crate::key::Kind::Text);
}

choice! { "What part of a unit or step counts as."
    PartUnits {
        Up "up" = "A begun unit counts whole.";
        Down "down" = "Only full units count.";
        Exact "exact" = "Its exact share.";
    }
}

choice! { "Which side of a target is good."
    Better {
        Higher "higher" = "Reaching or passing the target is good.";
        Lower "lower" = "Staying at or under the target is good.";
    }
}

choice! { "Which findings of a clause are counted together."
    CountOver {
        Finding "finding" = "Each finding's own quantity.";
        Inspection "inspection" = "The quantities of one subject and clause in one inspection.";
        Day "day" = "The quantities of one subject and clause on one day.";
        Month "month" = "The quantities of one subject and clause in one month.";
    }
}

table! { "A severity level."
    SeverityLevel
    required { id: LevelId = "Its id."; name: Label = "Its name."; points: Points = "Points."; }
    optional {}
}

table! { "A band of counts and what it costs in all."
    CountBand
    required {}
    optional {
        at_least: Option<Quantity> = "From this count (included).";
        more_than: Option<Quantity> = "Above this count (excluded).";
        at_most: Option<Quantity> = "Up to this count (included).";
        less_than: Option<Quantity> = "Below this count (excluded).";
        points: Option<Points> = "Points in all.";
        each: Option<Points> = "Points for each counted unit.";
        lose_item: bool = "The clause's whole `worth` is lost.";
    }
}

table! { "Points where a certain source found it."
    SourcePrice
    required { source: SourceId = "The source."; points: Points = "Points per finding."; }
    optional {}
}
