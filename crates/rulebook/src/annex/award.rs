//! Awards: points for what was commended (arts. 2, 25).

use super::window::Window;
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_core::{AwardGroupId, AwardId, Label, LevelId, Points, SubjectKindId};

choice! { "How awards add up."
    Stacking {
        Highest "highest" = "Of one group in one window of the tally, only the highest counts (S17).";
        Cumulative "cumulative" = "All count (S18).";
    }
}

table! { "An award: points, or levels of points, or a range."
    Award
    required { id: AwardId = "Its id."; name: Label = "Its name."; stacking: Stacking = "How several add up."; }
    optional {
        points: Option<Points> = "Points, where there are no levels and no range.";
        levels: Vec<AwardLevel> = "Points by level.";
        min: Option<Points> = "The least, for a range.";
        max: Option<Points> = "The most, for a range.";
        group: Option<AwardGroupId> = "The group of which the highest counts; the award itself where absent.";
        cap: Option<AwardCap> = "The most that the award may give in a window.";
        applies_to: Vec<SubjectKindId> = "Kinds of subjects; all where absent.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A level of an award."
    AwardLevel
    required { id: LevelId = "Its id."; name: Label = "Its name."; points: Points = "Points."; }
    optional {}
}

table! { "The most that an award may give."
    AwardCap
    required { max: Points = "The most."; window: Window = "In which window."; }
    optional {}
}
