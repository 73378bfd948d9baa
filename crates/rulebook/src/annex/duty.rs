//! Duties and procedure: time limits, escalation, filings, appeals, interpretations, transitions.

use super::{consequence::Role, window::NamedWindow};
use crate::key::{Keyed, Kind, Word, choice, table};
use alloc::{string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{Roll, TimeLimit};
use ducha_core::{
    Article, ClauseId, ConsequenceId, EntryId, EscalationId, Label, LimitId, SubjectKindId, TallyId,
};

impl Keyed for Roll {
    const KIND: Kind = Kind::Choice(&[
        Word { name: "following", doc: "To the next working day (Civil Code 203)." },
        Word {
            name: "modified_following",
            doc: "To the next working day, unless that lies in another month: then to the working day before.",
        },
        Word {
            name: "day_after_holiday",
            doc: "To the day after the holiday as its notice arranges it, working or not; on a plain weekend it stays (Civil Code 203, by the letter).",
        },
        Word { name: "preceding", doc: "To the working day before." },
        Word { name: "none", doc: "It stays; limits in hours and working hours end at their own moment." },
    ]);
}

table! { "A named time limit."
    Limit
    required {
        id: LimitId = "Its id.";
        name: Label = "Its name.";
        length: TimeLimit = "How long, with the unit.";
        roll: Roll = "Where a last day that is no working day moves.";
    }
    optional { article: Option<Article> = "The article."; cite: Vec<String> = "What it rests on."; }
}

table! { "A level of the escalation chain: who answers, how long."
    EscalationLevel
    required { id: EntryId = "Its id."; name: Label = "Its name."; answers: Role = "Who answers."; within: LimitId = "How long until the next level."; }
    optional { consequences: Vec<ConsequenceId> = "What follows when the level is reached."; }
}

table! { "The escalation chain of problems that nobody mends (art. 15), from the lowest level up."
    Escalation
    required { id: EscalationId = "Its id."; name: Label = "Its name."; level: Vec<EscalationLevel> = "Its levels."; }
    optional { article: Option<Article> = "The article."; cite: Vec<String> = "What it rests on."; }
}

table! { "A filing duty (arts. 5, 14, 19)."
    Filing
    required {
        id: EntryId = "Its id.";
        name: Label = "What is filed.";
        by: Role = "Who files.";
        every: NamedWindow = "For which window.";
        within: LimitId = "How long after the window's end.";
    }
    optional {
        subjects: Vec<SubjectKindId> = "Kinds of units that file.";
        overdue: Option<ClauseId> = "The clause under which an overdue filing is found.";
        article: Option<Article> = "The article.";
    }
}

table! { "How a decision may be appealed."
    Appeal
    required {
        within: LimitId = "How long after the notice.";
        to: Role = "Who decides on it.";
        decided_within: LimitId = "How long for the decision.";
        suspends: bool = "Whether the appeal suspends execution.";
        may_aggravate: bool = "Whether the decision may become graver.";
    }
    optional { cite: Vec<String> = "What it rests on."; }
}

table! { "An interpretation by the office (art. 26)."
    Interpretation
    required { id: EntryId = "Its id."; on: NaiveDate = "When."; text: Label = "What it says."; }
    optional { clauses: Vec<ClauseId> = "On which clauses."; }
}

choice! { "What becomes of a tally whose window changed between versions."
    TransitionRule {
        Close "close" = "The old tally closes with its version; the new one begins empty.";
        Carry "carry" = "Entries under the old version count in the new window.";
    }
}

table! { "How a tally passes from the version before to this one."
    Transition
    required { tally: TallyId = "The tally, in this version."; rule: TransitionRule = "What becomes of its entries."; }
    optional { from_tally: Option<TallyId> = "Its id in the version before."; note: Option<Label> = "Why."; }
}

table! { "A defect of the real rules that is kept as it is: `check` warns instead of failing."
    AcceptedDefect
    required { code: String = "The diagnostic's code."; at: String = "The table that has it, as in ladder/grade."; reason: Label = "Why it is kept."; source: String = "Where the real rules say so."; }
    optional {}
}
