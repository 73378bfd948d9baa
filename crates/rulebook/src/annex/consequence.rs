//! Consequences: what follows from a tier, who proposes, who decides, until when (arts. 15, 18).

use super::money::MoneyRule;
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_calendar::TimeLimit;
use ducha_core::{Article, ConsequenceId, FactId, Label, LimitId, Points, TallyId};

choice! { "Who acts under the regulation."
    Role {
        LeadingGroup "leading_group" = "The leading group for quality supervision (art. 7).";
        GeneralManager "general_manager" = "The general manager, its head (art. 7).";
        OfficeMeeting "office_meeting" = "The general manager's office meeting (art. 26).";
        Office "office" = "The general office, which supervises (art. 8).";
        DepartmentHead "department_head" = "The responsible leader of a department (art. 15).";
        TeamLeader "team_leader" = "The leader of a team or site.";
        Inspector "inspector" = "An inspector (art. 9).";
        Employee "employee" = "An employee.";
        Personnel "personnel" = "The personnel department.";
        Finance "finance" = "The finance department.";
        Client "client" = "The client of a service contract.";
        Authority "authority" = "A public authority.";
    }
}

choice! { "What kind of act a consequence is."
    ConsequenceKind {
        Sanction "sanction" = "A sanction.";
        Money "money" = "Money alone.";
        Notice "notice" = "A notice or circular.";
        Interview "interview" = "An accountability interview.";
        Training "training" = "Training or study.";
        Rectification "rectification" = "A rectification order (art. 15).";
        Reward "reward" = "A reward (art. 25).";
        Review "review" = "A review or closer inspection (art. 23).";
        Suspension "suspension" = "Suspension of a licence, an activity or a right.";
        Termination "termination" = "The end of a contract or tenancy.";
    }
}

choice! { "Sanctions (art. 18 and the labour rules)."
    Sanction {
        Warning "warning" = "Warning 警告.";
        Censure "censure" = "Circulated criticism 通报批评.";
        MinorDemerit "minor_demerit" = "Minor demerit 记过.";
        MajorDemerit "major_demerit" = "Major demerit 记大过.";
        Reassignment "reassignment" = "Transfer to another post 换岗.";
        Standby "standby" = "Standby without post 待岗.";
        RemovalFromPost "removal_from_post" = "Removal from post 下岗.";
        Probation "probation" = "Probation in post 留岗察看.";
        Dismissal "dismissal" = "Dismissal 辞退.";
    }
}

table! { "What follows from a tier or a finding."
    Consequence
    required {
        id: ConsequenceId = "Its id.";
        name: Label = "Its name.";
        kind: ConsequenceKind = "What kind of act.";
        decided_by: Role = "Who decides.";
    }
    optional {
        sanction: Option<Sanction> = "Which sanction, for kind = sanction.";
        proposed_by: Option<Role> = "Who proposes (art. 18: the office).";
        executed_by: Option<Role> = "Who carries it out.";
        within: Option<LimitId> = "The time limit from the day it fires.";
        notices: Vec<Label> = "Notices to be issued.";
        money: Option<MoneyRule> = "Its money.";
        extent: Option<Extent> = "How long or how much, where that is reckoned.";
        lasts: Option<TimeLimit> = "How long it lasts; both ends count.";
        requires: Vec<FactId> = "Facts that the law asks for before; where one is missing, the consequence says so.";
        article: Option<Article> = "The article that it carries out.";
        cite: Vec<String> = "What else it rests on.";
        replaces: Vec<ConsequenceId> = "Milder consequences that it takes the place of.";
    }
}

table! { "An extent that grows: base + each × (n − 1), at most max, where n counts how often it fired (driver points, art. 18)."
    Extent
    required { unit: Label = "Its unit, such as days."; base: Points = "The first time."; }
    optional {
        each: Option<Points> = "More for each further time.";
        per: Option<Points> = "And the same again for each further so many points of `of` …";
        of: Option<TallyId> = "… this tally's value before it was used up.";
        max: Option<Points> = "The most.";
    }
}
