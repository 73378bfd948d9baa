//! The commands on small files: exit statuses, mistakes, previews, comparisons, layout.
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

use expect_test::expect_file;
use harness::{MONTH, ducha, ducha_with, file, folder, starter};
use serde_json::Value;
use std::fs;

#[test]
fn the_starter_passes_and_means_the_same_in_both_languages() {
    let folder = folder("starter");
    let mut digests = Vec::new();
    for lang in ["zh", "en"] {
        let path = file(&folder, &format!("{lang}.toml"), ducha(&["new", "--lang", lang]).output);
        let run = ducha(&["check", &path]);
        assert_eq!(
            (run.status, run.output.as_str()),
            (0, "1 file: 0 errors, 0 warnings; 1 worked example, 0 failing\n")
        );
        let records = file(&folder, "month.csv", MONTH);
        let out = ducha(&["assess", &path, &records, "--format", "json"]).output;
        let assessment: Value = serde_json::from_str(&out).unwrap();
        digests.push(assessment["rulebooks"][0]["digest"]["meaning"].clone());
    }
    assert_eq!(digests[0], digests[1]);
}

/// A rulebook with one of each: an unknown word, an unknown reference, a hole between tiers, a limit without unit.
fn broken() -> String {
    starter()
        .replace("kind = \"sum\"", "kind = \"summ\"")
        .replace("recurrence = \"again\"", "recurrence = \"agian\"")
        .replace("length = \"3 working days\"", "length = \"3 days\"")
}

#[test]
fn mistakes_are_drawn_into_the_lines_in_both_languages() {
    let folder = folder("broken");
    file(&folder, "broken.toml", broken());
    for lang in ["zh", "en"] {
        let run = harness::run(
            std::process::Command::new(env!("CARGO_BIN_EXE_ducha")).current_dir(&folder).args([
                "check",
                "broken.toml",
                "--lang",
                lang,
            ]),
        );
        assert_eq!(run.status, 1);
        match lang {
            "zh" => expect_file!["golden/broken.zh.txt"].assert_eq(&run.output),
            _ => expect_file!["golden/broken.en.txt"].assert_eq(&run.output),
        }
    }
}

#[test]
fn a_hole_between_tiers_and_a_failing_example_are_pointed_at() {
    let folder = folder("hole");
    let text = starter().replace("less_than = 80", "less_than = 79").replace("value = 92.5", "value = 92");
    let line = text.lines().position(|line| line == "less_than = 79").unwrap() + 1;
    let next = text.lines().position(|line| line == "at_least = 80").unwrap() + 1;
    let hole = file(&folder, "hole.toml", &text);
    let run = ducha(&["check", &hole]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.output.lines().take(8).collect::<Vec<_>>(),
        [
            "error[RB101]: the bands leave a hole: 79 ≤ v < 80, such as 79, lies in no band (values are multiples of 0.5)",
            &format!("   --> {hole}:{line}:13"),
            "    |",
            &format!("{next} | at_least = 80"),
            "    |            -- the next band begins here",
            "...",
            &format!("{line} | less_than = 79"),
            "    |             ^^",
        ]
    );
    let failing = file(&folder, "failing.toml", starter().replace("value = 92.5", "value = 92"));
    let run = ducha(&["check", &failing]);
    assert_eq!(run.status, 1);
    assert!(run.output.contains("value: expected 92, got 92.5"), "{}", run.output);
    assert!(run.output.contains("1 failing"), "{}", run.output);
}

#[test]
fn json_rulebooks_name_places_by_pointer() {
    let folder = folder("json");
    let text = r#"{"format":1,"rulebook":{"id":"a","version":"1","title":{"zh":"一","en":"x"},"status":"draft",
        "from":"2026-01-01","point_step":1,"calendar":"moon"}}"#;
    let run = ducha(&["check", &file(&folder, "rules.json", text)]);
    assert_eq!(run.status, 1);
    assert!(run.output.contains("at /rulebook/calendar"), "{}", run.output);
}

#[test]
fn versions_of_one_id_are_checked_together_and_other_rulebooks_apart() {
    let folder = folder("versions");
    let adopted = "status = \"adopted\"\nadopted_on = 2025-12-01\nadopted_by = { zh = \"办公会\", en = \"The meeting\" }";
    let starter = starter().replace("status = \"draft\"", adopted);
    let now = starter.replace("from = 2026-01-01\n", "from = 2026-01-01\nuntil = 2027-01-01\n");
    let now = file(&folder, "now.toml", now);
    let next = starter.replace("version = \"2026\"", "version = \"2027\"");
    let next = next.replace("from = 2026-01-01\n", "from = 2027-01-01\n").replace("2026-10", "2027-10");
    let after = file(&folder, "next.toml", &next);
    let run = ducha(&["check", &now, &after]);
    assert_eq!(run.status, 0, "{}", run.output);
    let clash = file(&folder, "clash.toml", next.replace("from = 2027-01-01", "from = 2026-07-01"));
    let run = ducha(&["check", &now, &clash]);
    assert_eq!(run.status, 1, "two versions are in force on one day: {}", run.output);
    assert!(run.output.contains("clash.toml") && run.output.contains("now.toml"), "{}", run.output);
    let apart = file(&folder, "apart.toml", starter.replace("\"my-campus\"", "\"another\""));
    assert_eq!(ducha(&["check", &now, &apart]).status, 0);
}

#[test]
fn every_row_is_accounted_for_with_its_line() {
    let folder = folder("rows");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    let out = ducha(&["assess", &rules, &records, "--format", "json"]).output;
    let assessment: Value = serde_json::from_str(&out).unwrap();
    let account = &assessment["account"];
    assert_eq!(
        (&account["given"], &account["scored"], &account["refused"]),
        (&4.into(), &2.into(), &2.into())
    );
    let rows: Vec<(u64, &str, &str)> = account["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().unwrap(),
                row["id"].as_str().unwrap(),
                row["reason"]["step"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(rows, [(4, "R-3", "row.unreadable"), (5, "R-4", "row.clause_unknown")]);
    assert_eq!(account["rows"][0]["reason"]["args"]["code"]["value"], "no_such_day");
    assert_eq!(assessment["complete_from"], "2026-10-01");
}

#[test]
fn the_exit_status_tells_how_it_went() {
    let folder = folder("status");
    let rules = file(&folder, "rules.toml", starter());
    let broken = file(&folder, "broken.toml", broken());
    let records = file(&folder, "month.csv", MONTH);
    let clean = file(&folder, "clean.csv", MONTH.lines().take(3).collect::<Vec<_>>().join("\n"));
    let odd = file(&folder, "odd.csv", "id,subject,colour\n");
    for (status, arguments) in [
        (0, vec!["assess", &rules, &records]),
        (1, vec!["assess", &rules, &records, "--strict"]),
        (0, vec!["assess", &rules, &clean, "--strict"]),
        (1, vec!["assess", &broken, &records]),
        (1, vec!["assess", &rules, &odd]),
        (1, vec!["check", &broken]),
        (2, vec!["assess", &rules]),
        (2, vec!["assess", &records]),
        (2, vec!["assess", &rules, "no-such-file.csv"]),
        (2, vec!["assess", &rules, &records, &clean]),
        (2, vec!["assess", &rules, &records, "--period", "2026-13"]),
        (2, vec!["assess", &rules, &records, "--as-of", "31.10.2026"]),
        (2, vec!["assess", &rules, &records, "--encoding", "latin-9"]),
        (2, vec!["check", &records]),
        (2, vec!["check", "rules.docx"]),
        (2, vec!["explain", &rules, &records, "--subject", "nobody"]),
        (2, vec!["compare", &rules, &rules]),
        (2, vec!["conjure"]),
    ] {
        let run = ducha(&arguments);
        assert_eq!(run.status, status, "{arguments:?}\n{}{}", run.output, run.beside);
        assert_eq!(run.beside.is_empty(), status == 0 || arguments == ["check", &broken], "{arguments:?}");
    }
}

#[test]
fn rows_none_of_which_could_be_read_have_no_report_day() {
    let folder = folder("unread");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "short.csv", "id,subject,date,clause\nR-1,canteen-1\n");
    let run = ducha(&["assess", &rules, &records]);
    assert_eq!(run.status, 0);
    assert!(!run.output.contains("1970"), "{}", run.output);
    assert!(run.output.contains("\n  Not official: a draft was used that was not adopted (art. 26)\n"));
}

#[test]
fn a_printed_sheet_tells_beside_it_that_rows_were_refused() {
    let folder = folder("sheet");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    let run = ducha(&["assess", &rules, &records, "--format", "csv"]);
    assert_eq!(run.status, 0);
    assert_eq!(
        run.beside,
        "2 rows were refused; this sheet leaves them out, --out DIR writes the reasons to not-scored.csv\n"
    );
    let out = folder.join("sheets").display().to_string();
    let run = ducha(&["assess", &rules, &records, "--format", "csv", "--out", &out]);
    assert!(!run.beside.contains("refused"), "{}", run.beside);
}

#[test]
fn each_format_goes_to_its_files() {
    let folder = folder("formats");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    for (format, names) in [
        ("table", vec!["assessment.txt"]),
        ("json", vec!["assessment.json"]),
        ("markdown", vec!["assessment.md"]),
        ("csv", vec!["entries.csv", "standings.csv", "consequences.csv", "not-scored.csv"]),
    ] {
        let out = folder.join(format);
        let arguments = ["assess", &rules, &records, "--format", format];
        let printed = ducha(&arguments).output;
        let to = out.display().to_string();
        let run = ducha(&[&arguments[..], &["--out", &to]].concat());
        assert_eq!((run.status, run.output.as_str()), (0, ""));
        assert_eq!(fs::read_to_string(out.join(names[0])).unwrap(), printed);
        assert_eq!(fs::read_dir(&out).unwrap().count(), names.len());
        assert!(printed.contains("R-1"), "{printed}");
    }
}

#[test]
fn explained_results_say_how_they_came_about() {
    let folder = folder("explain");
    let rules = file(&folder, "rules.toml", starter());
    let records = file(&folder, "month.csv", MONTH);
    let table = ducha(&["assess", &rules, &records, "--explain"]).output;
    assert!(table.contains("3 units × 0.5 points = 1.5 points (C-02)"), "{table}");
    let text = ducha(&["explain", &rules, &records, "--subject", "canteen-1", "--lang", "zh"]).output;
    assert!(text.contains("100 − 3.5 + 0 = 96.5"), "{text}");
    let json = ducha(&["explain", &rules, &records, "--subject", "canteen-1", "--format", "json"]).output;
    let json: Value = serde_json::from_str(&json).unwrap();
    let text = &json["tallies"][0]["derivation"]["text"];
    assert!(
        text["zh"].as_str().unwrap().contains("月度得分")
            && text["en"].as_str().unwrap().contains("Score of the month")
    );
}

#[test]
fn layout_changes_and_meaning_stays() {
    let folder = folder("layout-of-rules");
    let tidy = starter();
    let untidy = tidy.replace(" = ", "=").replace("\n\n", "\n\n\n\n").replace("\n[[", "  \n[[");
    let path = file(&folder, "rules.toml", &untidy);
    let records = file(&folder, "month.csv", MONTH);
    let meaning = || {
        let out = ducha(&["assess", &path, &records, "--format", "json"]).output;
        let assessment: Value = serde_json::from_str(&out).unwrap();
        assessment["rulebooks"][0]["digest"].clone()
    };
    let before = meaning();
    let run = ducha(&["fmt", "--check", &path]);
    assert_eq!(run.status, 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), untidy, "--check wrote");
    assert_eq!(ducha(&["fmt", &path]).status, 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), untidy);
    assert_eq!(ducha(&["fmt", "--check", &path]).status, 0);
    let after = meaning();
    assert_eq!(before["meaning"], after["meaning"]);
    assert_ne!(before["text"], after["text"]);
    let broken = file(&folder, "broken.toml", "format = = 1\n");
    assert_eq!(ducha(&["fmt", &broken]).status, 1);
    assert_eq!(fs::read_to_string(&broken).unwrap(), "format = = 1\n");
}

#[test]
fn what_records_say_does_not_steer_the_terminal() {
    let folder = folder("controls");
    let rules = file(&folder, "rules.toml", starter());
    let evil = "\u{1b}[31m\u{202e}";
    let rows = format!(
        "id,subject,date,clause,points,place,reason\nR-1,canteen-1,2026-10-09,C-03,2,{evil}hall,{evil}rude\nR-2,canteen-1,{evil},C-03,2,,\n"
    );
    let records = file(&folder, "rows.csv", rows);
    let asked = |arguments: &[&str]| {
        let run = ducha(&[&[arguments[0], &rules, &records], &arguments[1..]].concat());
        let all = run.output + &run.beside;
        assert!(!all.contains(['\u{1b}', '\u{202e}']), "{arguments:?}\n{all:?}");
        all
    };
    let table = asked(&["assess", "--explain"]);
    assert!(table.contains("  \\u{1b}[31m\\u{202e}hall  mend by 10-13  R-1\n"), "{table}");
    assert!(table.contains("reason: \\u{1b}[31m\\u{202e}rude)"), "{table}");
    asked(&["assess", "--format", "markdown", "--explain"]);
    asked(&["assess", "--format", "csv"]);
    asked(&["explain", "--subject", "canteen-1"]);
    asked(&["explain", "--subject", evil]);
    asked(&["explain", "--subject", evil, "--lang", "zh"]);
    asked(&["preview", "--record", &format!("{{\"id\":\"{evil}\"}}")]);
    let heading = file(&folder, "heading.csv", format!("id,subject,{evil}\n"));
    let run = ducha(&["assess", &rules, &heading]);
    assert!(!run.beside.contains(['\u{1b}', '\u{202e}']), "{:?}", run.beside);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let folder = folder("colours");
    let path = file(&folder, "broken.toml", broken());
    assert!(!ducha(&["check", &path]).output.contains('\u{1b}'));
    assert!(ducha(&["check", &path, "--color", "always"]).output.contains('\u{1b}'));
    assert!(!ducha_with(&["check", &path], &[("NO_COLOR", "1")]).output.contains('\u{1b}'));
}

#[test]
fn the_rulebooks_of_the_examples_pass_and_accepted_defects_warn() {
    let campus = ["examples/campus/rulebook-2026.toml", "examples/campus/rulebook-2025.toml"];
    let run = ducha(&["check", campus[0], campus[1]]);
    assert_eq!(run.status, 0, "{}", run.output);
    let mut regimes = 0;
    for entry in fs::read_dir(harness::root().join("examples/rulebooks")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let run = ducha(&["check", &path.display().to_string()]);
            assert_eq!(run.status, 0, "{}", run.output);
            regimes += 1;
        }
    }
    assert!(regimes >= 8, "only {regimes} regimes were found");
    let run = ducha(&["check", "examples/rulebooks/wake-county-food.toml"]);
    assert!(run.output.contains("warning[RB101]") && run.output.contains("declared as an accepted defect"));
    let text = fs::read_to_string(harness::root().join("examples/rulebooks/wake-county-food.toml")).unwrap();
    let strict = text.replace("[[accepted_defect]]", "[[undeclared]]");
    assert_eq!(ducha(&["check", &file(&folder("accepted"), "wake.toml", strict)]).status, 1);
}

#[test]
fn what_64_bits_do_not_hold_is_said_to_be_reckoned_by_the_reference() {
    let folder = folder("without-engine");
    let fine = format!(
        "format = 1\n[rulebook]\nid = \"fine\"\nversion = \"1\"\ntitle = {{ zh = \"示例\", en = \"Example\" }}\n{}",
        r#"status = "draft"
from = 2026-01-01
point_step = 0.000000000001
calendar = "cn"
[[clause]]
id = "C-1"
name = { zh = "垃圾未清", en = "refuse not cleared" }
aspect = "service_quality"
price = { shape = "per_unit", points = 20000000.000000000001 }
[[tally]]
id = "month"
name = { zh = "当月扣分", en = "deductions of the month" }
kind = "sum"
measure = "points"
subjects = ["department"]
window = "month"
"#
    );
    let rules = file(&folder, "fine.toml", fine);
    let records = file(
        &folder,
        "records.csv",
        "id,subject,occurred_on,type,clause,quantity\nF-1,canteen,2026-10-08,finding,C-1,3\n",
    );
    for (lang, said) in [
        ("en", "note: 64 bits do not hold these numbers; the reference evaluator reckoned them"),
        ("zh", "注意：64 位整数容不下这些数值，本结果由参考计算得出"),
    ] {
        for command in [&["assess"][..], &["explain", "--subject", "canteen"]] {
            let run = ducha(&[command, &["--lang", lang, &rules, &records]].concat());
            assert_eq!(run.status, 0, "{}", run.beside);
            assert!(run.beside.contains(said), "{}", run.beside);
            assert!(run.output.contains("60000000.000000000003"), "{}", run.output);
        }
    }
}
