//! Money: its legal nature, its formulas, and the guards of labour law.

use super::price::PartUnits;
use crate::key::{choice, table, tagged};
use alloc::{string::String, vec::Vec};
use ducha_core::{FactId, Factor, Label, LevelId, Money, Points, Quantity, Rounding, SourceId, TallyId};

choice! { "What money is in law."
    Nature {
        PerformancePay "performance_pay" = "Part of performance pay that is not earned.";
        Bonus "bonus" = "A bonus or prize.";
        Compensation "compensation" = "Compensation for damage.";
        ContractPenalty "contract_penalty" = "A penalty agreed in a contract with a contractor or tenant.";
        ServiceFee "service_fee" = "A contractor's fee, measured by performance.";
    }
}

table! { "What a finding costs in money, beside the points."
    Tariff
    required { nature: Nature = "What the money is in law."; price: MoneyPrice = "How much."; }
    optional { cite: Vec<String> = "What it rests on."; }
}

tagged! { "The shapes of money per finding." MoneyPrice by "shape"
    "The same for every finding." Flat "flat" { amount: Money = "Money per finding."; } optional {}
    "So much per unit." PerUnit "per_unit" { amount: Money = "Money per unit."; }
        optional {
            per: Option<Quantity> = "The size of one unit; 1 where absent.";
            part: Option<PartUnits> = "What part of a unit costs.";
        }
    "What is chosen within a range." Range "range"
        { min: Money = "The least."; max: Money = "The most."; }
        optional { step: Option<Money> = "Only multiples of this from `min`."; }
    "By severity." Severity "severity" { levels: Vec<MoneyLevel> = "The levels."; } optional {}
    "By who found it." BySource "by_source" { prices: Vec<SourceMoney> = "Money for each source."; } optional {}
}

table! { "Money of a severity level."
    MoneyLevel
    required { id: LevelId = "The level."; amount: Money = "Money."; }
    optional { name: Option<Label> = "Its name."; }
}

table! { "Money where a certain source found it."
    SourceMoney
    required { source: SourceId = "The source."; amount: Money = "Money."; }
    optional {}
}

choice! { "Which way the money goes."
    Direction {
        Withheld "withheld" = "Withheld from the subject.";
        Paid "paid" = "Paid to the subject.";
    }
}

table! { "The money of a consequence."
    MoneyRule
    required {
        nature: Nature = "What the money is in law.";
        direction: Direction = "Withheld or paid.";
        formula: Formula = "How much.";
    }
    optional { guards: Vec<Guard> = "Bounds that law sets."; cite: Vec<String> = "What it rests on."; }
}

tagged! { "How the money of a consequence is reckoned; `v` is the value that the ladder is about." Formula by "formula"
    "A fixed sum." Fixed "fixed" { amount: Money = "How much."; } optional {}
    "base + rate × (v − above) (S22)." Linear "linear"
        { rate: Money = "Money per point."; }
        optional {
            above: Option<Points> = "Only points above this count.";
            base: Option<Money> = "To begin with.";
            max: Option<Money> = "The most.";
        }
    "full × v ÷ per (S22)." Scaled "scaled"
        { per: Points = "The full score."; rounding: Rounding = "How it is rounded."; }
        optional { full: Option<Money> = "The full sum …"; of: Option<FactId> = "… or the fact that gives it."; }
    "A share of a sum that a fact gives: wage, fee." Percent "percent"
        { percent: Factor = "How many percent."; of: FactId = "The fact."; rounding: Rounding = "How it is rounded."; }
        optional {}
    "By bands of v (S23)." Banded "banded"
        { bands: Vec<MoneyBand> = "The bands; without holes."; }
        optional { of: Option<FactId> = "The fact of which percents are taken."; rounding: Option<Rounding> = "How percents are rounded."; }
    "The full sum from a threshold on; below it (add + v) percent (S24)." DeadZone "dead_zone"
        {
            threshold: Points = "From this value on, the full sum.";
            add: Points = "What is added to v to give the percent.";
            rounding: Rounding = "How it is rounded.";
        }
        optional { full: Option<Money> = "The full sum …"; of: Option<FactId> = "… or the fact that gives it."; }
    "What a money tally holds (S25)." Tally "tally" { tally: TallyId = "The tally."; } optional {}
}

table! { "A band of values and its money."
    MoneyBand
    required {}
    optional {
        at_least: Option<Points> = "From this value (included).";
        more_than: Option<Points> = "Above this value (excluded).";
        at_most: Option<Points> = "Up to this value (included).";
        less_than: Option<Points> = "Below this value (excluded).";
        amount: Option<Money> = "A sum …";
        percent: Option<Factor> = "… or percents of the fact.";
    }
}

table! { "A bound that law sets on withheld money."
    Guard
    required { law: Label = "The law."; section: String = "The article of the law."; }
    optional {
        max_percent: Option<Factor> = "At most so many percent …";
        of: Option<FactId> = "… of this fact, such as wage.";
        keep_at_least: Option<FactId> = "What is left is never below this fact, such as minimum_wage.";
        rounding: Option<Rounding> = "How the percentage is rounded; needed with max_percent.";
    }
}
