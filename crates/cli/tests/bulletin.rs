//! What the head of office reads: why a finding costs nothing, what is unknown, where a sanction comes from.
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

use harness::{ducha, file, folder, starter};

/// The starter with a clause for each reason of 0 points.
const ZERO: &str = r#"
[[clause]]
id = "WARN"
name = { zh = "未戴帽", en = "No cap" }
aspect = "conduct"
price = { shape = "flat", points = 1 }
warning = { validity = "12 months", last_day = "included" }
[[clause]]
id = "ONCE"
name = { zh = "迟到", en = "Late" }
aspect = "conduct"
price = { shape = "flat", points = 1 }
once_per = "day"
[[clause]]
id = "SELF"
name = { zh = "灯不亮", en = "Lamp out" }
aspect = "service_quality"
price = { shape = "flat", points = 1 }
self_found = { factor = 0, within = "3 working days" }
[[clause]]
id = "NOTE"
name = { zh = "标识陈旧", en = "Old sign" }
aspect = "service_quality"
price = { shape = "remark" }
[[clause]]
id = "VETO"
name = { zh = "中毒事故", en = "Poisoning" }
aspect = "service_quality"
price = { shape = "flat", points = 0 }
veto = [{ effect = "worst_tier", ladder = "grade" }]
[[source]]
id = "own"
name = { zh = "自查", en = "Own inspection" }
kind = "self"
"#;

const ROWS: &str = "id,subject,date,clause,quantity,source,corrected_on,inspection\n\
    R-1,canteen-1,2026-10-09,WARN,,,,\n\
    R-2,canteen-1,2026-10-10,ONCE,,,,\n\
    R-3,canteen-1,2026-10-10,ONCE,,,,\n\
    R-4,canteen-1,2026-10-12,SELF,,own,2026-10-12,\n\
    R-5,canteen-1,2026-10-13,NOTE,,,,\n\
    R-6,canteen-1,2026-10-14,C-02,12,,,\n\
    R-7,canteen-1,2026-10-15,C-02,2,,,\n\
    R-8,canteen-1,2026-10-16,VETO,,,,\n";

fn reasons(format: &str, lang: &str) -> Vec<String> {
    let folder = folder(&format!("zero-{format}-{lang}"));
    let rules = file(&folder, "rules.toml", starter() + ZERO);
    let records = file(&folder, "month.csv", ROWS);
    let run = ducha(&["assess", &rules, &records, "--period", "2026-10", "--format", format, "--lang", lang]);
    assert_eq!(run.status, 0, "{}", run.beside);
    run.output.lines().filter(|line| line.contains("R-")).map(str::to_owned).collect()
}

#[test]
fn a_line_of_no_points_says_why() {
    assert_eq!(
        reasons("table", "en"),
        [
            "    10-09  WARN  No cap                    0  warned first                               R-1",
            "    10-10  ONCE  Late                     −1                                             R-2",
            "    10-10  ONCE  Late                      0  counted once already                       R-3",
            "    10-12  SELF  Lamp out                  0  self-found, mended in time                 R-4",
            "    10-13  NOTE  Old sign                  0  a remark only                              R-5",
            "    10-14  C-02  Stains on the floor ×12  −5                              mend by 10-19  R-6",
            "    10-15  C-02  Stains on the floor ×2    0  capped (C-02: at most 5)    mend by 10-20  R-7",
            "    10-16  VETO  Poisoning                 0  priced at 0; a veto                        R-8",
        ]
    );
}

#[test]
fn so_do_the_sheet_and_markdown() {
    let why = |lines: Vec<String>, separator: &str, place: usize| {
        let cells = lines.iter().map(|line| line.split(separator).nth(place).unwrap().trim().to_owned());
        cells.collect::<Vec<_>>()
    };
    let expected = [
        "首次只警告",
        "",
        "只计一次，已计",
        "自查并及时整改",
        "只提示，不扣分",
        "",
        "已封顶（C-02 上限 5）",
        "规则定为 0 分；一票否决",
    ];
    assert_eq!(why(reasons("csv", "zh"), ",", 7), expected);
    assert_eq!(why(reasons("markdown", "zh"), "|", 5), expected);
}

/// The starter with a clause whose limit runs by the hour, and a consequence that it brings at once.
const BY_THE_HOUR: &str = r#"
[[limit]]
id = "at-once"
name = { zh = "二十四小时", en = "Twenty-four hours" }
length = "24 hours"
roll = "none"
[[consequence]]
id = "stop"
name = { zh = "停用设备", en = "Shut down" }
kind = "rectification"
decided_by = "office"
within = "at-once"
[[clause]]
id = "GAS"
name = { zh = "燃气泄漏", en = "Gas leak" }
aspect = "service_quality"
price = { shape = "flat", points = 5 }
rectify = "at-once"
consequences = ["stop"]
"#;

#[test]
fn a_limit_in_hours_is_told_with_its_hour() {
    let folder = folder("by-the-hour");
    let rules = file(&folder, "rules.toml", starter() + BY_THE_HOUR);
    let rows = "id,subject,date,time,clause\nR-1,canteen-1,2026-10-09,16:30,GAS\n\
        R-2,canteen-1,2026-10-10,00:00,GAS\n";
    let records = file(&folder, "rows.csv", rows);
    let lines = |format: &str, lang: &str, of: &str| {
        let run =
            ducha(&["assess", &rules, &records, "--period", "2026-10", "--format", format, "--lang", lang]);
        assert_eq!(run.status, 0, "{}", run.beside);
        run.output.lines().filter(|line| line.contains(of)).map(str::to_owned).collect::<Vec<_>>()
    };
    // From midnight on they end with a day, at its 24:00.
    assert_eq!(
        lines("table", "en", "mend by"),
        [
            "    10-09  GAS  Gas leak  −5  mend by 10-10 16:30  R-1",
            "    10-10  GAS  Gas leak  −5  mend by 10-10        R-2",
        ]
    );
    assert_eq!(
        lines("table", "zh", "  → "),
        [
            "  → 10-09 停用设备：综合办公室决定；至 2026-10-10 16:30；依据：R-1 GAS",
            "  → 10-10 停用设备：综合办公室决定；至 2026-10-10；依据：R-2 GAS",
        ]
    );
    assert_eq!(
        lines("csv", "en", "GAS"),
        [
            "2026-10-09,canteen-1,canteen-1,deduction,GAS,Gas leak,5,,,2026-10-10 16:30,R-1,2026",
            "2026-10-10,canteen-1,canteen-1,deduction,GAS,Gas leak,5,,,2026-10-10,R-2,2026",
        ]
    );
    let sheets = folder.join("sheets").display().to_string();
    let asked = ["assess", &rules, &records, "--period", "2026-10", "--format", "csv", "--out", &sheets];
    assert_eq!(ducha(&asked).status, 0);
    let consequences = std::fs::read_to_string(folder.join("sheets/consequences.csv")).unwrap();
    let until: Vec<_> = consequences.lines().map(|line| line.split(',').nth(8).unwrap()).collect();
    assert_eq!(until, ["until", "2026-10-10 16:30", "2026-10-10"]);
}

const ORGANISATION: &str = r#"
[[subject]]
id = "canteen-1"
kind = "canteen"
name = { zh = "第一食堂", en = "Canteen 1" }
[[subject]]
id = "canteen-2"
kind = "canteen"
name = { zh = "第二食堂", en = "Canteen 2" }
"#;

/// The lines of the part with this beginning of a title, without the title.
fn part<'t>(output: &'t str, title: &str) -> Vec<&'t str> {
    let rest = output.split(&format!("── {title}")).nth(1).unwrap();
    rest.lines().skip(1).take_while(|line| !line.is_empty()).collect()
}

/// The starter with a second ladder on the same score, whose graver tier brings the same interview until another day.
fn two_ladders() -> String {
    let second = r#"
[[consequence]]
id = "interview-at-once"
name = { zh = "约谈负责人", en = "Interview of the leader" }
kind = "interview"
decided_by = "office"
[[ladder]]
id = "safety"
name = { zh = "安全等次", en = "Grade of safety" }
kind = "penalty"
subjects = ["canteen"]
select = "band"
on = { tally = "month" }
[[ladder.tier]]
id = "calm"
name = { zh = "平稳", en = "Calm" }
at_least = 80
[[ladder.tier]]
id = "alarm"
name = { zh = "警示", en = "Alarm" }
less_than = 80
consequences = ["interview"]
"#;
    starter() + second
}

#[test]
fn at_a_glance_tells_windows_and_the_unknown() {
    let folder = folder("glance");
    let rules = file(&folder, "rules.toml", starter());
    let org = file(&folder, "org.toml", ORGANISATION);
    let rows = "id,subject,date,clause\nR-1,canteen-1,2026-09-09,C-01\nR-2,canteen-1,2026-10-09,C-01\n";
    let records = file(&folder, "rows.csv", rows);
    let run = ducha(&["assess", &rules, &records, "--org", &org]);
    assert!(run.output.contains("\n── At a glance: 2026-09-09 to 2026-10-09 ─"), "{}", run.output);
    assert_eq!(
        part(&run.output, "At a glance"),
        [
            "    Unit       Deducted  Awarded  Grade                    Penalty or reward  What follows",
            "    Canteen 1         6        0  Good (2026-09, 2026-10)",
            "    Canteen 2         0        0  Good (2026-09, 2026-10)",
        ]
    );
    let unknown = ducha(&[
        "assess",
        &rules,
        &records,
        "--org",
        &org,
        "--period",
        "2026-10",
        "--history-from",
        "2026-11-01",
    ]);
    assert_eq!(
        part(&unknown.output, "At a glance ─")[1..],
        [
            "    Canteen 1         ?        ?  ?                                    ?",
            "    Canteen 2         ?        ?  ?                                    ?",
        ]
    );
}

#[test]
fn equal_consequences_count_once_and_each_names_its_rules() {
    let folder = folder("two-ladders");
    let rules = file(&folder, "rules.toml", two_ladders());
    let org = file(&folder, "org.toml", ORGANISATION);
    let rows = "id,subject,date,clause,points,reason\n".to_owned()
        + &(1..=5).map(|n| format!("R-{n},canteen-1,2026-10-0{n},C-03,5,rude\n")).collect::<String>();
    let records = file(&folder, "rows.csv", rows);
    let run = ducha(&["assess", &rules, &records, "--org", &org, "--period", "2026-10"]);
    let follows: Vec<&str> = run.output.lines().filter(|line| line.starts_with("  → ")).collect();
    assert_eq!(
        follows,
        [
            "  → 10-31 Interview of the leader: proposed by the general office, decided by the general manager; until 2026-11-04; by: Grade of the month, Grade of safety",
            "  → 10-31 Rectification notice: decided by the general office, carried out by the head of the department; until 2026-11-04; notices: Rectification notice",
        ]
    );
    assert_eq!(
        part(&run.output, "At a glance")[1],
        "    Canteen 1        25        0  Fail   Alarm                         2"
    );
}
