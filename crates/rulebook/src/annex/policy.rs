//! Policies that several clauses share: recurrence, the unrectified, caps, shares of liability.

use super::{clause::CapOrder, vocabulary::Scope, window::Window};
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_core::{
    CapId, ClauseId, FactId, Factor, Label, LadderId, Points, RecurrenceId, Rounding, ShareId, TierId,
    UnrectifiedId,
};

choice! { "What recurrence counts."
    Counts {
        Inspections "inspections" = "Inspections in which it was found; one inspection never recurs with itself.";
        Findings "findings" = "Every finding.";
        Decided "decided" = "Findings whose case was decided before.";
    }
}

choice! { "What must be the same for a finding to recur."
    KeyPart {
        Subject "subject" = "The subject.";
        Clause "clause" = "The clause.";
        Section "section" = "The section.";
        Line "line" = "The service line.";
        Place "place" = "The place.";
        Inspector "inspector" = "Who found it.";
    }
}

table! { "How repetition raises the price (shape S9)."
    Recurrence
    required {
        id: RecurrenceId = "Its id.";
        counts: Counts = "What is counted.";
        key: Vec<KeyPart> = "What must be the same.";
        window: Window = "How far back; a rolling window counts forward from the earlier act.";
        factors: Vec<Factor> = "The factor of the first time, the second, the third …; the last one holds on.";
    }
    optional {
        name: Option<Label> = "Its name.";
        count_remarks: bool = "Whether findings of 0 points count as earlier ones.";
        reset: Vec<Reset> = "What makes the count begin anew.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "What makes a count begin anew: a fact about the subject, or a tier that it reached. Exactly one of the two."
    Reset
    required {}
    optional {
        fact: Option<FactId> = "A recorded fact, such as sanction_executed.";
        ladder: Option<LadderId> = "The ladder of the tier.";
        tier: Option<TierId> = "The tier, once reached.";
    }
}

table! { "How a finding that was not rectified costs again (shape S9)."
    Unrectified
    required {
        id: UnrectifiedId = "Its id.";
        factors: Vec<Factor> = "The whole factor after the first re-check, the second …; the last one holds on.";
    }
    optional {
        name: Option<Label> = "Its name.";
        fact: Option<FactId> = "The fact that triggers it; not_rectified where absent.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "The most that several clauses together may cost one subject in a window."
    Cap
    required {
        id: CapId = "Its id.";
        scope: Scope = "Which clauses.";
        max: Points = "The most.";
        window: Window = "In which window.";
        order: CapOrder = "Before or after the factors.";
    }
    optional { name: Option<Label> = "Its name."; cite: Vec<String> = "What it rests on."; }
}

choice! { "Who bears a share."
    ShareTo {
        Leader "leader" = "Who leads the unit (of an employee: the unit it belongs to) on the day of the act.";
        UpperLeader "upper_leader" = "Who leads the unit above.";
        Unit "unit" = "The unit that the subject belongs to.";
        Members "members" = "Every member of the unit (shape S29).";
    }
}

choice! { "What holds where a share and an own liability would both hit one person for one finding."
    OnDouble {
        Higher "higher" = "The higher alone.";
        Both "both" = "Both.";
    }
}

choice! { "How a collective deduction falls on the members."
    Split {
        Each "each" = "Each bears the whole share.";
        LargestRemainder "largest_remainder" = "The share is divided, rest by largest remainder, then by id.";
    }
}

table! { "A share of liability: others bear a part of what a subject was deducted (shapes S28, S29)."
    Share
    required {
        id: ShareId = "Its id.";
        scope: Scope = "Of which clauses.";
        to: ShareTo = "Who bears it.";
        percent: Factor = "How many percent.";
        rounding: Rounding = "How the share is rounded.";
        subject_keeps: bool = "Whether the subject itself stays charged too.";
        on_double: OnDouble = "What holds where both lines of liability would hit one person.";
    }
    optional {
        name: Option<Label> = "Its name.";
        split: Option<Split> = "How it falls on members; needed for to = members.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A leader's own liability when a time limit passes (art. 15): the fact falls on whoever led that day, under a clause."
    Accountability
    required {
        id: ShareId = "Its id.";
        fact: FactId = "The fact that triggers it, such as overdue.";
        clause: ClauseId = "The clause under which the leader is charged.";
        to: ShareTo = "Which leader: leader or upper_leader, on the day it became overdue.";
    }
    optional {
        name: Option<Label> = "Its name.";
        scope: Option<Scope> = "Only findings of these clauses.";
        cite: Vec<String> = "What it rests on.";
    }
}
