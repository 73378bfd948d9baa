//! Windows: over which days something is added up or looked back.

use crate::key::{Keyed, Kind, choice, table};
use chrono::NaiveDate;
use ducha_calendar::{LastDay, TimeLimit};
use ducha_core::{AnchorId, Label, TermId};
use serde::{Deserialize, Serialize};

choice! { "A window that the civil calendar or an inspection gives."
    NamedWindow {
        Inspection "inspection" = "One inspection; a finding outside any inspection stands alone.";
        Day "day" = "A civil day.";
        Week "week" = "Monday to Sunday.";
        Month "month" = "A civil month.";
        Quarter "quarter" = "A quarter of the civil year.";
        HalfYear "half_year" = "January to June, July to December.";
        Term "term" = "An academic term of `rulebook.term`.";
        Year "year" = "A civil year.";
        Ever "ever" = "All of history.";
    }
}

table! { "A rolling window: each entry counts from the act forward for a time (Civil Code 202)."
    Rolling
    required {
        rolling: TimeLimit = "How long an entry counts.";
        last_day: LastDay = "Whether the corresponding last day still counts.";
    }
    optional {}
}

table! { "A cycle from a date of the subject's own, such as the first licence."
    Cycle
    required {
        cycle: TimeLimit = "How long one cycle is.";
        anchor: AnchorId = "The subject's date from which cycles count.";
    }
    optional {}
}

/// Over which days something is added up or looked back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Window {
    /// A window of the civil calendar, or an inspection.
    Named(NamedWindow),
    /// Each entry counts from the act forward for a time.
    Rolling(Rolling),
    /// Cycles from the subject's own date.
    Cycle(Cycle),
}

impl Keyed for Window {
    const KIND: Kind = Kind::WordOrTable(NamedWindow::WORDS, &[Rolling::TABLE, Cycle::TABLE]);
}

impl Keyed for LastDay {
    const KIND: Kind = Kind::Choice(&[
        crate::key::Word { name: "included", doc: "The corresponding last day still counts." },
        crate::key::Word { name: "excluded", doc: "The corresponding last day no longer counts." },
    ]);
}

table! { "An academic term."
    TermDates
    required {
        id: TermId = "Its id, such as 2026-autumn.";
        name: Label = "Its name.";
        from: NaiveDate = "Its first day.";
        until: NaiveDate = "The first day after it.";
    }
    optional {}
}
