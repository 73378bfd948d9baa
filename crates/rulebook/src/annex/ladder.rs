//! Ladders: tiers of penalty, reward or grade, and how one is reached (art. 6).

use super::window::Window;
use crate::key::{choice, table};
use alloc::{string::String, vec::Vec};
use ducha_core::{
    Article, ConsequenceId, IndexId, Label, LadderId, Points, RankingId, SubjectKindId, TallyId, TierId,
};

choice! { "How a tier is found."
    Select {
        Band "band" = "By the band in which one value lies; the bands have no holes and no overlaps.";
        WorstMatching "worst_matching" = "The worst tier all of whose conditions hold.";
    }
}

choice! { "What a ladder is for."
    LadderKind {
        Penalty "penalty" = "Penalties.";
        Reward "reward" = "Rewards (art. 25).";
        Grade "grade" = "Grades, good to bad.";
    }
}

choice! { "On which days a tier is judged."
    Judged {
        WindowEnd "window_end" = "At the window's end; while it is open, the standing is provisional and nothing fires.";
        EachRecord "each_record" = "On each day on which a record takes effect.";
    }
}

choice! { "What several drop-tier vetoes do together."
    SeveralDown {
        Largest "largest" = "The largest drop alone.";
        Sum "sum" = "All drops together.";
    }
}

table! { "A ladder of tiers, from the mildest (or best) to the gravest (or worst)."
    Ladder
    required {
        id: LadderId = "Its id.";
        name: Label = "Its name.";
        kind: LadderKind = "What it is for.";
        subjects: Vec<SubjectKindId> = "For which kinds of subjects.";
        select: Select = "How a tier is found.";
        tier: Vec<Tier> = "Its tiers, from the mildest to the gravest.";
    }
    optional {
        judged: Option<Judged> = "When; where absent, at the end of civil windows and inspections of sums and indexes, and on each record of rolling windows, cycles of sums, all of history and balances.";
        on: Option<MeasureOf> = "The value that the bands are about; needed for select = band.";
        domain: Option<Domain> = "Which values can occur, where the value's own bounds don't tell.";
        several_down: Option<SeveralDown> = "What several drop-tier vetoes do together.";
        article: Option<Article> = "The article that it carries out.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A value of a subject: a tally or an index. Exactly one of the two."
    MeasureOf
    required {}
    optional { tally: Option<TallyId> = "A tally."; index: Option<IndexId> = "An index."; }
}

table! { "Which values can occur."
    Domain
    required {}
    optional {
        min: Option<Points> = "The least.";
        max: Option<Points> = "The greatest.";
        step: Option<Points> = "Values are multiples of this.";
    }
}

table! { "A tier."
    Tier
    required { id: TierId = "Its id, unique in the rulebook."; name: Label = "Its name."; }
    optional {
        at_least: Option<Points> = "From this value (以上, included).";
        more_than: Option<Points> = "Above this value (超过, excluded).";
        at_most: Option<Points> = "Up to this value (以下, included).";
        less_than: Option<Points> = "Below this value (不满, excluded).";
        when: Vec<Condition> = "Conditions that must all hold, for select = worst_matching.";
        otherwise: bool = "The tier that holds where no other does.";
        consequences: Vec<ConsequenceId> = "What follows.";
        cite: Vec<String> = "What it rests on.";
    }
}

table! { "A condition: a value within bounds, or a tier in k of the last n closed windows (S20)."
    Condition
    required {}
    optional {
        tally: Option<TallyId> = "A tally's value …";
        index: Option<IndexId> = "… or an index's …";
        largest_of: Option<TallyId> = "… or the largest single entry of a tally …";
        count_of: Option<TallyId> = "… or the number of entries of a tally that count more than 0 …";
        at_least: Option<Points> = "… from this (included).";
        more_than: Option<Points> = "… above this (excluded).";
        at_most: Option<Points> = "… up to this (included).";
        less_than: Option<Points> = "… below this (excluded).";
        ladder: Option<LadderId> = "Or: the subject's tier on this ladder …";
        tier: Option<TierId> = "… was this tier …";
        or_worse: bool = "… or a worse one …";
        windows: Option<u32> = "… in this many …";
        out_of: Option<u32> = "… of this many closed windows in a row, the last one being the assessed one.";
        gaps: Option<Gaps> = "What a window counts in which the subject was undetermined or not on the roster.";
    }
}

choice! { "What an undetermined window does to a row of windows."
    Gaps {
        Break "break" = "It breaks the row: counts as not reached.";
        Skip "skip" = "It is left out; an earlier window takes its place.";
    }
}

choice! { "What happens to equals in a ranking."
    Ties {
        ShareRank "share_rank" = "Equals share the better rank, the next ranks are left out (1, 1, 3); all on a rewarded rank are rewarded.";
        Dense "dense" = "Equals share a rank, none is left out (1, 1, 2).";
        NoneAtBoundary "none_at_boundary" = "Equals that do not all fit within the rewarded number get nothing.";
    }
}

choice! { "Which value ranks first."
    Best {
        Highest "highest" = "The highest.";
        Lowest "lowest" = "The lowest.";
    }
}

table! { "A ranking of subjects (S30)."
    Ranking
    required {
        id: RankingId = "Its id.";
        name: Label = "Its name.";
        subjects: Vec<SubjectKindId> = "Among which kinds of subjects.";
        window: Window = "Over which window.";
        on: MeasureOf = "By which value.";
        best: Best = "Which value ranks first.";
        ties: Ties = "What happens to equals.";
    }
    optional {
        top: Option<u32> = "So many first ones …";
        top_consequences: Vec<ConsequenceId> = "… have this.";
        bottom: Option<u32> = "So many last ones …";
        bottom_consequences: Vec<ConsequenceId> = "… have this.";
        min_subjects: Option<u32> = "No ranking among fewer.";
        cite: Vec<String> = "What it rests on.";
    }
}
