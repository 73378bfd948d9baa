//! How the casework runs: inspections, complaints, rectification, sanctions, publication, field time, planning, surveys.
//!
//! None of it changes what a finding costs. Each is a single table of the file and may be left out.

use super::{consequence::Role, window::NamedWindow};
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_calendar::TimeLimit;
use ducha_core::{ClassId, ClauseId, EscalationId, FactId, LimitId, SourceId, SubjectKindId};

table! { "How an inspection is made: its team, its report, who keeps away (arts. 4, 9, 16, 17, 20, 21)."
    Inspections
    required { inspectors: u32 = "The fewest inspectors of a team."; }
    optional {
        obstruction: Option<ClauseId> = "The clause under which refusing entry or records is found (arts. 16, 20).";
        report_within: Option<LimitId> = "How long for the report, after the last day on site.";
        cooling_off: Option<TimeLimit> = "Who left a unit inspects it only after so long.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "How a complaint is handled (arts. 2, 12; ISO 10002)."
    Complaints
    required {
        opinion_within: LimitId = "How long for the opinion on it, after it was received.";
        feedback_within: LimitId = "How long for the answer to the complainant, after the opinion.";
    }
    optional {
        acknowledge_within: Option<LimitId> = "How long until the complainant is told that it has arrived.";
        assess_within: Option<LimitId> = "How long until it is accepted or declined, after it was received.";
        reopen_within: Option<LimitId> = "How long the complainant may say that they are not satisfied, after the answer.";
        identity_visible_to: Vec<Role> = "Who may see who complained, beside the first receiver; nobody else where absent.";
        escalation: Option<EscalationId> = "The chain by which an overdue complaint goes up.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "How problems are mended, and what happens where they are not in time (art. 15)."
    Rectification
    required { within: LimitId = "How long, where the clause gives no time limit."; }
    optional {
        escalation: Option<EscalationId> = "The chain by which a problem goes up that nobody mends.";
        reminders: Vec<TimeLimit> = "How long before the last day reminders go out.";
        extensions: u32 = "How many extensions may be granted at most; none where absent.";
        extend_at_most: Option<TimeLimit> = "The most that each of them adds.";
        reinspect_within: Option<LimitId> = "How long for the re-inspection, after the unit says that it is mended.";
        overdue_fact: Option<FactId> = "The fact that is recorded when the time limit passes; overdue where absent.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "How sanctions are decided, told and carried out (arts. 6, 18)."
    Sanctions
    required {}
    optional {
        decide_within: Option<LimitId> = "How long for the decision, from the day it fires, where the consequence gives no time limit.";
        notify_within: Option<LimitId> = "How long until whom it concerns is told, after the decision.";
        execute_within: Option<LimitId> = "How long for carrying it out, after whom it concerns was told.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "How a month's assessment is shown and published (arts. 3, 14)."
    Publication
    required {
        objections_within: LimitId = "How long units may object, after the assessment is shown to them.";
        publish_within: LimitId = "How long for publication, after the month's end.";
    }
    optional { cite: Vec<String> = "What it rests on."; }
}

choice! { "What counts as a day at base level."
    FieldDay {
        WholeDays "whole_days" = "Only whole days.";
        HalfDays "half_days" = "Half days too, as halves.";
    }
}

choice! { "What days of leave are in the reckoning of field time."
    LeaveDay {
        Excluded "excluded" = "They stay out of the year's working days.";
        Counted "counted" = "They are working days not spent at base level.";
    }
}

table! { "How inspectors' days at base level are counted; that four fifths are asked for is the article's (art. 22)."
    FieldTime
    required {
        counts: FieldDay = "What counts as a day.";
        leave: LeaveDay = "What becomes of days of leave.";
    }
    optional { cite: Vec<String> = "What it rests on."; }
}

table! { "How many inspections are planned, and where more of them (art. 23)."
    Planning
    required {
        every: NamedWindow = "For which window inspections are planned.";
        base: u32 = "How many inspections of a unit in each window.";
    }
    optional {
        subjects: Vec<SubjectKindId> = "Kinds of units that are inspected; all where absent.";
        key_classes: Vec<ClassId> = "Classes of units that are watched more closely …";
        key_extra: Option<u32> = "… by so many more inspections.";
        per_problems: Option<u32> = "For each full so many substantiated problems …";
        extra: Option<u32> = "… so many more inspections.";
        look_back: Option<TimeLimit> = "How far back before the window these problems are counted.";
        at_most: Option<u32> = "The most inspections of a unit in one window.";
        unannounced_percent: Option<u32> = "How many percent of them are unannounced, rounded up to whole inspections.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "How surveys become ratings (art. 4)."
    Surveys
    required { source: SourceId = "The source of the ratings that a survey yields."; }
    optional {
        fewest_answers: Option<u32> = "Fewer answers than this are no result.";
        open_for: Option<LimitId> = "How long a survey takes answers, after it opened.";
        cite: Vec<String> = "What it rests on.";
    }
}
