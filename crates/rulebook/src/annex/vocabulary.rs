//! The words of one rulebook: service lines, sections, classes, sources, facts; and scopes that select by them.

use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_core::{ClassId, ClauseId, FactId, Factor, Label, LineId, Points, SectionId, SourceId};

choice! { "The four aspects that are inspected (art. 2)."
    Aspect {
        ServiceQuality "service_quality" = "Quality of service.";
        Conduct "conduct" = "Conduct of staff.";
        Price "price" = "Prices charged.";
        Rules "rules" = "Carrying out of rules and systems.";
    }
}

choice! { "How much hangs on a clause."
    Criticality {
        Key "key" = "A key item.";
        General "general" = "A general item.";
    }
}

choice! { "Where a finding or rating comes from."
    SourceKind {
        OwnUnit "self" = "The unit itself: self-inspection (art. 3).";
        Office "office" = "The supervising office.";
        Superior "superior" = "A superior body of the institution.";
        User "user" = "Teachers, students, other users.";
        Peer "peer" = "Other departments.";
        Authority "authority" = "A public authority or the press.";
    }
}

table! { "A service line."
    Line
    required { id: LineId = "Its id."; name: Label = "Its name."; }
    optional {}
}

table! { "A section of a checklist."
    Section
    required { id: SectionId = "Its id."; name: Label = "Its name."; }
    optional {
        line: Option<LineId> = "The line it belongs to.";
        max: Option<Points> = "The section's full marks: the sum of what its clauses are worth. It trims nothing by itself; a `[[cap]]` over the section does (S10).";
    }
}

table! { "A class of subjects with a factor on their index, such as new dormitories × 0.9 (shape S14)."
    Class
    required { id: ClassId = "Its id."; name: Label = "Its name."; factor: Factor = "The factor."; }
    optional {}
}

table! { "A source of findings or ratings."
    Source
    required { id: SourceId = "Its id."; name: Label = "Its name."; kind: SourceKind = "Where it stands."; }
    optional {
        factor: Option<Factor> = "Multiplies the price of what it finds (shape S32).";
        full_marks: Option<Points> = "The top of its rating scale; ratings outside 0 to this are refused.";
    }
}

table! { "A kind of fact that this rulebook asks for, beside the standard ones."
    FactKind
    required { id: FactId = "Its id."; name: Label = "Its name."; }
    optional {}
}

table! { "Which clauses something is about: all lists that are given must match; none given means all clauses."
    Scope
    required {}
    optional {
        clauses: Vec<ClauseId> = "These clauses.";
        sections: Vec<SectionId> = "Clauses of these sections.";
        lines: Vec<LineId> = "Clauses of these lines.";
        aspects: Vec<Aspect> = "Clauses of these aspects.";
        sources: Vec<SourceId> = "Findings from these sources.";
        criticality: Option<Criticality> = "Key or general items alone.";
    }
}

table! { "The unit that a clause counts."
    Unit
    required { name: Label = "Its name: place, person, square metre."; whole: bool = "Whether only whole numbers make sense."; }
    optional {}
}

table! { "A named shape that an embedder registers in code; verification then says what it can no longer prove."
    RegisteredShape
    required { name: String = "The name under which the code registers it."; doc: Label = "What it does."; }
    optional {}
}
