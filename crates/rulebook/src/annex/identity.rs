//! Who wrote the rules, who adopted them, and when they are in force (art. 26).

use super::window::TermDates;
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Label, Points, RulebookId};

choice! { "Whether a rulebook binds (art. 26)."
    Status {
        Draft "draft" = "Being written; it scores as a draft and says so.";
        Adopted "adopted" = "Adopted by the general manager's office meeting.";
    }
}

choice! { "Which days are working days."
    CalendarName {
        China "cn" = "Mainland China with the State Council's notices.";
        Weekends "weekends" = "Saturday and Sunday are off.";
        EveryDay "every_day" = "No day is off.";
    }
}

table! { "What a rulebook is, who adopted it, and the units in which it counts."
    Identity
    required {
        id: RulebookId = "Its id; the same in all its versions.";
        version: String = "The version's name, such as 2026.";
        title: Label = "Its title.";
        status: Status = "Whether it binds.";
        from: NaiveDate = "The first day in force.";
        point_step: Points = "The granularity of points: what inspectors enter is a multiple of it.";
        calendar: CalendarName = "Which days are working days.";
    }
    optional {
        until: Option<NaiveDate> = "The first day no longer in force; open where absent.";
        adopted_on: Option<NaiveDate> = "The day of adoption.";
        adopted_by: Option<Label> = "Who adopted it.";
        issuer: Option<Label> = "Who wrote it.";
        currency: Option<String> = "The currency of all money, as in CNY.";
        cite: Vec<String> = "What it rests on.";
        note: Option<Label> = "A note for people.";
        term: Vec<TermDates> = "The academic terms, for windows of a term.";
    }
}
