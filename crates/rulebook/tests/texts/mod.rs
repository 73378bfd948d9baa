//! Pieces of rulebooks that several tests put together.
#![allow(dead_code, reason = "each test takes the pieces that it needs")]

/// The head of a file, with which it is sound.
pub(crate) const HEAD: &str = r#"format = 1
[rulebook]
id = "canteen"
version = "2026"
title = { zh = "食堂附件", en = "Canteen annex" }
status = "adopted"
adopted_on = 2025-12-15
adopted_by = { zh = "办公会", en = "Office meeting" }
from = 2026-01-01
point_step = 0.5
calendar = "cn"
"#;

/// A clause.
pub(crate) const CLAUSE: &str = r#"[[clause]]
id = "C1"
name = { zh = "地面", en = "Floor" }
aspect = "service_quality"
price = { shape = "flat", points = 1 }
"#;

/// A tally and a ladder without a hole on it.
pub(crate) const LADDER: &str = r#"[[tally]]
id = "t"
name = { zh = "分", en = "t" }
kind = "sum"
measure = "points"
subjects = ["department"]
window = "month"
full_marks = 100
floor = 0
ceiling = 100
[[ladder]]
id = "g"
name = { zh = "等次", en = "grade" }
kind = "grade"
subjects = ["department"]
select = "band"
on = { tally = "t" }
tier = [
    { id = "a", name = { zh = "优", en = "A" }, at_least = 90 },
    { id = "b", name = { zh = "良", en = "B" }, less_than = 90 },
]
"#;
