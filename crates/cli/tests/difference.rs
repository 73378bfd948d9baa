//! What differs between two assessments, and what one more record would do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "a test stops where it fails"
)]

mod harness;

use harness::{MONTH, ducha, file, folder, starter};
use serde_json::Value;

const ORGANISATION: &str = r#"
[[subject]]
id = "a"
kind = "canteen"
name = { zh = "甲", en = "A" }
[[subject]]
id = "b"
kind = "canteen"
name = { zh = "乙", en = "B" }
"#;

#[test]
fn a_preview_tells_what_one_more_finding_would_do() {
    let folder = folder("preview");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    let record = r#"{"id":"X","type":"finding","subject":"canteen-1","occurred_on":"2026-10-22","clause":"C-01","inspection":"I-9"}"#;
    let run = ducha(&["preview", &rules, &records, "--record", record, "--format", "json"]);
    let preview: Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(preview["entries"][0]["points"], "4", "the second time within thirty days is doubled");
    let score = &preview["changes"]["tallies"][0]["value"];
    assert_eq!(
        (&score["before"]["determined"], &score["after"]["determined"]),
        (&"96.5".into(), &"92.5".into())
    );
    let text = ducha(&["preview", &rules, &records, "--record", record]).output;
    assert_eq!(
        text.lines().skip(2).collect::<Vec<_>>(),
        [
            "    X of 2026-10-22: C-01 Unclean tableware, 4 points deducted",
            "      recurred, time 2 (before: R-1): 2 × 2 = 4 [annex my-campus 2026: recurrence/again]",
            "        2 points per finding (C-01) [art. 2; annex my-campus 2026, clause C-01]",
            "    Subject    Record or rule      Window   Was                               Is",
            "    canteen-1  Score of the month  2026-10  96.5                              92.5",
            "    canteen-1  Grade of the month  2026-10  Good (more than 6.5 from “Pass”)  Good (more than 2.5 from “Pass”)",
        ]
    );
    let unknown = record.replace("C-01", "C-77");
    let run = ducha(&["preview", &rules, &records, "--record", &unknown]);
    assert!(run.output.contains("It would not be scored: version 2026 has no clause C-77"), "{}", run.output);
}

#[test]
fn a_comparison_tells_what_a_late_record_changed() {
    let folder = folder("compare");
    let rules = file(&folder, "rules.toml", starter());
    let assess = |name: &str, records: &str| {
        let records = file(&folder, &format!("{name}.csv"), records);
        let out = ducha(&["assess", &rules, &records, "--format", "json"]).output;
        file(&folder, &format!("{name}.json"), out)
    };
    let before = assess("before", MONTH);
    let after = assess("after", &format!("{MONTH}R-5,canteen-1,2026-10-21,C-01,,hall,I-4\n"));
    let same = ducha(&["compare", &before, &before]);
    assert!(same.output.contains("Nothing differs"), "{}", same.output);
    let text = ducha(&["compare", &before, &after, "--lang", "zh"]).output;
    assert_eq!(
        text.lines().skip(2).collect::<Vec<_>>(),
        [
            "    对象       记录或规则    时段     原为                         现为",
            "    canteen-1  R-5                    –                            4",
            "    canteen-1  tally/month   2026-10  96.5                         92.5",
            "    canteen-1  ladder/grade  2026-10  good（距“pass”超过 6.5 分）  good（距“pass”超过 2.5 分）",
        ]
    );
    let json: Value =
        serde_json::from_str(&ducha(&["compare", &before, &after, "--format", "json"]).output).unwrap();
    assert_eq!(json["entries"][0]["points"]["after"], "4");
    assert_eq!(json["entries"][0]["points"]["before"], Value::Null);
}

/// The starter with an index, a ranking by it, and money that follows from the gravest tier.
fn paying(nature: &str, amount: u32, each: u32, within: &str) -> String {
    starter().replace(
        "consequences = [\"order\", \"interview\"]",
        "consequences = [\"order\", \"interview\", \"pay\"]",
    ) + &format!(
        r#"
[[consequence]]
id = "pay"
name = {{ zh = "处理", en = "Payment" }}
kind = "money"
decided_by = "office"
within = "{within}"
money = {{ nature = "{nature}", direction = "withheld", formula = {{ formula = "fixed", amount = {amount} }} }}
extent = {{ base = {each}, unit = {{ zh = "周", en = "weeks" }} }}
[[limit]]
id = "ten-days"
name = {{ zh = "十日", en = "Ten days" }}
length = "10 calendar days"
roll = "following"
[[index]]
id = "mean"
name = {{ zh = "平均", en = "Mean" }}
subjects = ["canteen"]
aggregate = "mean"
of = [{{ tally = "month" }}]
window = "month"
rounding = {{ mode = "half_up", to = 0.01 }}
[[ranking]]
id = "order-of-month"
name = {{ zh = "月度排名", en = "Ranking of the month" }}
on = {{ index = "mean" }}
window = "month"
best = "highest"
subjects = ["canteen"]
ties = "share_rank"
"#
    )
}

#[test]
fn a_comparison_tells_changed_money_nature_extent_and_due() {
    let folder = folder("compare-money");
    let org = file(&folder, "org.toml", ORGANISATION);
    let rows: String = (1..=5).map(|n| format!("R-{n},a,2026-10-0{n},C-03,5,rude\n")).collect();
    let records = file(&folder, "rows.csv", format!("id,subject,date,clause,points,reason\n{rows}"));
    let assess = |name: &str, rules: String| {
        let rules = file(&folder, &format!("{name}.toml"), rules);
        let asked = ["assess", &rules, &records, "--org", &org, "--period", "2026-10", "--format", "json"];
        let run = ducha(&asked);
        assert_eq!(run.status, 0, "{}", run.beside);
        file(&folder, &format!("{name}.json"), run.output)
    };
    let before = assess("before", paying("bonus", 500, 1, "three-days"));
    let after = assess("after", paying("contract_penalty", 300, 2, "ten-days"));
    let text = ducha(&["compare", &before, &after]).output;
    assert_eq!(
        text.lines().skip(2).collect::<Vec<_>>(),
        [
            "  edition 2026 of the rules means something else, or one side alone used it",
            "  → changed: A · Payment (2026-10-31): money 500 → 300; legal nature bonus → contract penalty; extent 1 → 2; time limit 2026-11-04 → 2026-11-10",
        ]
    );
    let text = ducha(&["compare", &before, &after, "--lang", "zh"]).output;
    assert_eq!(
        text.lines().last().unwrap(),
        "  → 有变化：甲 · 处理（2026-10-31）：金额 500 → 300；性质 奖金 → 合同违约金；幅度 1 → 2；期限 2026-11-04 → 2026-11-10"
    );
    let json: Value =
        serde_json::from_str(&ducha(&["compare", &before, &after, "--format", "json"]).output).unwrap();
    let changed = &json["changed"][0];
    assert_eq!(changed["amount"]["before"]["determined"], "500");
    assert_eq!(changed["nature"]["after"], "contract_penalty");
    assert_eq!((&changed["extent"]["after"], &changed["due"]["after"]), (&"2".into(), &"2026-11-10".into()));
    assert_eq!(changed["direction"], Value::Null, "what stayed is absent");
}

#[test]
fn a_preview_tells_indexes_and_places() {
    let folder = folder("preview-places");
    let org = file(&folder, "org.toml", ORGANISATION);
    let rules = file(&folder, "rules.toml", paying("bonus", 500, 1, "three-days"));
    let records = file(&folder, "rows.csv", "id,subject,date,clause\nR-1,b,2026-10-09,C-01\n");
    let record =
        r#"{"id":"X","subject":"a","occurred_on":"2026-10-22","clause":"C-03","points":"3","reason":"rude"}"#;
    let asked = ["preview", &rules, &records, "--org", &org, "--period", "2026-10", "--record", record];
    let run = ducha(&asked);
    assert_eq!(
        run.output.lines().skip(4).collect::<Vec<_>>(),
        [
            "    Subject  Record or rule        Window   Was                              Is",
            "    A        Score of the month    2026-10  100                              97",
            "    A        Mean                  2026-10  100                              97",
            "    A        Grade of the month    2026-10  Good (more than 10 from “Pass”)  Good (more than 7 from “Pass”)",
            "    A        Ranking of the month  2026-10  1                                2",
            "    B        Ranking of the month  2026-10  2                                1",
        ],
        "{}",
        run.beside
    );
}
