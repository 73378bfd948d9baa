//! The tables of the casework: which keys need one another, which numbers make no sense, and what they use.

use super::{annex, told, wrong};
use crate::{Code, check::check};
use std::{format, string::String, vec::Vec};

/// Limits of these ids, with nothing else.
fn limits(ids: &[&str]) -> String {
    let one = |id: &&str| {
        format!(
            "[[limit]]\nid = \"{id}\"\nname = {{ zh = \"限\", en = \"limit\" }}\nlength = \"3 working days\"\nroll = \"following\"\n"
        )
    };
    ids.iter().map(one).collect()
}

fn planned(keys: &str) -> Vec<String> {
    wrong(&annex("1", &format!("[planning]\nevery = \"quarter\"\nbase = 2\n{keys}")))
}

#[test]
fn an_increase_needs_its_number_its_measure_and_its_look_back() {
    assert_eq!(planned(""), [""; 0]);
    assert_eq!(planned("per_problems = 3\nextra = 1\nlook_back = \"3 months\""), [""; 0]);
    assert_eq!(planned("per_problems = 3"), ["RB110 /planning", "RB110 /planning"]);
    assert_eq!(planned("per_problems = 3\nextra = 1"), ["RB110 /planning"]);
    assert_eq!(planned("extra = 1"), ["RB110 /planning"]);
    assert_eq!(planned("look_back = \"3 months\""), ["RB110 /planning"]);
    assert_eq!(planned("key_extra = 1"), ["RB110 /planning"]);
    let class = "key_classes = [\"key\"]\n[[class]]\nid = \"key\"\nname = { zh = \"重点\", en = \"key\" }\nfactor = 1";
    assert_eq!(planned(class), ["RB110 /planning"]);
    assert_eq!(planned(&format!("key_extra = 1\n{class}")), [""; 0]);
}

#[test]
fn numbers_of_a_plan_stay_within_reason() {
    assert_eq!(planned("unannounced_percent = 100\nat_most = 2"), [""; 0]);
    assert_eq!(planned("unannounced_percent = 101"), ["RB113 /planning/unannounced_percent"]);
    assert_eq!(planned("at_most = 1"), ["RB114 /planning/base"]);
    let none = planned("per_problems = 0\nextra = 0\nlook_back = \"3 months\"");
    assert_eq!(none, ["RB113 /planning/per_problems", "RB113 /planning/extra"]);
    let unsteady = planned("per_problems = 1\nextra = 1\nlook_back = \"30 working days\"");
    assert_eq!(unsteady, ["RB132 /planning/look_back"]);
}

#[test]
fn a_plan_is_made_for_windows_that_begin_and_end() {
    let every = |word: &str| wrong(&annex("1", &format!("[planning]\nevery = \"{word}\"\nbase = 1")));
    for word in ["day", "week", "month", "quarter", "half_year", "year"] {
        assert_eq!(every(word), [""; 0], "{word}");
    }
    assert_eq!(every("ever"), ["RB230 /planning/every"]);
    assert_eq!(every("inspection"), ["RB230 /planning/every"]);
    assert_eq!(every("term"), ["RB110 /rulebook"]);
}

#[test]
fn a_team_has_an_inspector_and_a_result_an_answer() {
    assert_eq!(wrong(&annex("1", "[inspection]\ninspectors = 2\ncooling_off = \"1 year\"")), [""; 0]);
    let nobody = wrong(&annex("1", "[inspection]\ninspectors = 0\ncooling_off = \"24 hours\""));
    assert_eq!(nobody, ["RB113 /inspection/inspectors", "RB132 /inspection/cooling_off"]);
    let source = "[[source]]\nid = \"users\"\nname = { zh = \"师生\", en = \"users\" }\nkind = \"user\"\n";
    let survey = |keys: &str| wrong(&annex("1", &format!("{source}[survey]\nsource = \"users\"\n{keys}")));
    assert_eq!(survey("fewest_answers = 1"), [""; 0]);
    assert_eq!(survey("fewest_answers = 0"), ["RB113 /survey/fewest_answers"]);
}

#[test]
fn extensions_have_a_number_and_a_length() {
    let rectified = |keys: &str| {
        wrong(&annex("1", &format!("{}[rectification]\nwithin = \"soon\"\n{keys}", limits(&["soon"]))))
    };
    assert_eq!(rectified("reminders = [\"2 working days\", \"2 hours\"]"), [""; 0]);
    assert_eq!(rectified("extensions = 1\nextend_at_most = \"5 working days\""), [""; 0]);
    assert_eq!(rectified("extensions = 1"), ["RB110 /rectification"]);
    assert_eq!(rectified("extend_at_most = \"5 working days\""), ["RB110 /rectification"]);
}

/// Every key of the casework that names a limit, each with a limit of its own.
const LIMITS: [(&str, &[&str]); 6] = [
    ("inspection", &["report_within"]),
    (
        "complaint",
        &["opinion_within", "feedback_within", "acknowledge_within", "assess_within", "reopen_within"],
    ),
    ("rectification", &["within", "reinspect_within"]),
    ("sanction", &["decide_within", "notify_within", "execute_within"]),
    ("publication", &["objections_within", "publish_within"]),
    ("survey", &["open_for"]),
];

#[test]
fn limits_and_facts_by_which_the_casework_runs_are_used() {
    let mut tables = String::from(
        "[[source]]\nid = \"users\"\nname = { zh = \"师生\", en = \"users\" }\nkind = \"user\"\n[[fact]]\nid = \"late\"\nname = { zh = \"逾期\", en = \"late\" }\n",
    );
    let mut ids = Vec::new();
    for (table, keys) in LIMITS {
        tables.push_str(&format!("[{table}]\n"));
        tables.push_str(match table {
            "inspection" => "inspectors = 1\n",
            "rectification" => "overdue_fact = \"late\"\n",
            "survey" => "source = \"users\"\n",
            _ => "",
        });
        for key in keys {
            let id = format!("{table}-{key}");
            tables.push_str(&format!("{key} = \"{id}\"\n"));
            ids.push(id);
        }
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(wrong(&annex("1", &(tables.clone() + &limits(&ids)))), [""; 0]);
    let annex = annex("1", &(tables + &limits(&ids) + &limits(&["idle"])));
    let unused: Vec<String> = check(&annex).iter().filter(|d| d.code == Code::Unused).map(told).collect();
    assert_eq!(unused, [format!("RB119 /limit/{}", ids.len())]);
}

#[test]
fn an_unknown_chain_is_told_with_the_one_that_was_meant() {
    let chain = "[[escalation]]\nid = \"chain\"\nname = { zh = \"链\", en = \"chain\" }\nlevel = [{ id = \"one\", name = { zh = \"一\", en = \"one\" }, answers = \"office\", within = \"soon\" }]\n";
    let text = format!(
        "{}\npoint_step = 1\n{}{chain}[rectification]\nwithin = \"soon\"\nescalation = \"chian\"",
        super::HEAD,
        limits(&["soon"])
    );
    let source = crate::Source::new("t.toml", text);
    let wrong = crate::read::read(&source).map_or_else(|told| told, |reading| reading.diagnostics);
    let said: Vec<(String, Option<&str>)> =
        wrong.iter().map(|d| (told(d), d.edit.as_ref().map(|edit| edit.replacement.as_str()))).collect();
    assert_eq!(said, [(String::from("RB011 /rectification/escalation"), Some("\"chain\""))]);
}
