//! All mistakes come at once: what cannot be read hides nothing else that is wrong, and adds nothing of its own.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on shall fail"
)]

mod texts;

use ducha_core::Lang;
use ducha_rulebook::{Diagnostic, LineIndex, Rulebook, Severity, Source};
use proptest::prelude::*;
use std::{collections::BTreeSet, ops::Range};
use texts::{HEAD, LADDER};

fn diagnose(text: &str) -> Vec<Diagnostic> {
    match Rulebook::read(&Source::new("book.toml", text)) {
        Ok(_) => Vec::new(),
        Err(report) => report.diagnostics,
    }
}

/// The line of a diagnostic, counted from 0.
fn line_of(text: &str, diagnostic: &Diagnostic) -> usize {
    let (line, _) = LineIndex::new(text).line_column(text, diagnostic.place.range().unwrap().start);
    line - 1
}

/// Code and place.
fn told(text: &str) -> BTreeSet<(&'static str, String)> {
    diagnose(text).iter().map(|d| (d.code.text().code, d.place.pointer.to_string())).collect()
}

fn is_of_reading(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.text().code < "RB100"
}

/// The lines of the top-level table (or item of a list of tables) around a line.
fn around(lines: &[&str], line: usize) -> Range<usize> {
    let is_head = |line: &&str| line.starts_with('[') && !line.split(']').next().unwrap().contains('.');
    let start = lines[..=line].iter().rposition(is_head).unwrap_or(0);
    let end = lines[line + 1..].iter().position(is_head).map_or(lines.len(), |next| line + 1 + next);
    start..end
}

/// In how many ways a line `key = value` is broken.
const WAYS: usize = 5;

/// The way that makes a key of which nobody knows what it means.
const UNKNOWN: usize = 3;

fn broken(line: &str, way: usize) -> Option<String> {
    let (key, value) = line.split_once(" = ")?;
    let begins_a_list = value.trim_end().ends_with(['[', '{']);
    if begins_a_list || value.contains("\"\"\"") || line.starts_with([' ', '#', '[']) {
        return None;
    }
    Some(match way {
        0 => format!("{key} = 1979-05-27T07:32:00"),
        1 => format!("{key} = {{ odd = [] }}"),
        2 => format!("{key}x = {value}"),
        UNKNOWN => format!("oddly_called = {value}"),
        _ => String::new(),
    })
}

/// The text with a line broken; nothing where that is no mistake in reading (a key that may be absent was left out).
fn with_broken(lines: &[&str], at: usize, way: usize) -> Option<String> {
    let line = broken(lines[at], way)?;
    let mut lines = lines.to_vec();
    lines[at] = &line;
    let text = lines.join("\n");
    diagnose(&text).iter().any(|d| is_of_reading(d) && d.code.text().code != "RB029").then_some(text)
}

#[test]
fn four_mistakes_of_four_kinds_are_four_and_nothing_else() {
    let clauses = r#"[[clause]]
id = "C1"
name = { zh = "地面", en = "Floor" }
aspect = "rules"
price = { shape = "flat", points = "one" }
[[clause]]
id = "C2"
name = { zh = "台面" }
aspect = "rules"
price = { shape = "flat", points = 1 }
[[section]]
id = "kitchen"
name = { zh = "后厨", en = "Kitchen" }
line = "meals"
"#;
    let text = [HEAD, clauses, &LADDER.replace("less_than = 90", "at_most = 89")].concat();
    let found: Vec<(&str, String, usize)> = diagnose(&text)
        .iter()
        .map(|d| (d.code.text().code, d.place.pointer.to_string(), line_of(&text, d) + 1))
        .collect();
    assert_eq!(
        found,
        [
            ("RB006", String::from("/clause/0/price/points"), 16),
            ("RB003", String::from("/clause/1/name"), 19),
            ("RB011", String::from("/section/0/line"), 25),
            ("RB101", String::from("/ladder/0/tier/1/at_most"), 45),
        ]
    );
}

#[test]
fn full_width_marks_are_told_once_and_hide_nothing() {
    let clauses = r#"[[clause]]
id = “C1”
name = ｛ zh = "地面，“湿滑”"， en = 「Floor」 ｝
aspect ＝ "rules"
price = { shape = "flat"， points = ０．５ }
from = 2026－0９－01
　line = "meals" ＃ 后厨，等
[[section]]
id = "kitchen"
name = { zh = "后厨", en = "Kitchen" }
line = “meals"
line_of = 【"a"、 ‘b’】
"#;
    let text = [HEAD, clauses, &LADDER.replace("less_than = 90", "at_most = 89")].concat();
    let found: Vec<(&str, usize, usize)> = diagnose(&text)
        .iter()
        .map(|d| {
            let at = d.place.range().unwrap().start;
            let (line, column) = LineIndex::new(&text).line_column(&text, at);
            (d.code.text().code, line, column)
        })
        .collect();
    let told = |line, column| ("RB001", line, column);
    assert_eq!(
        found,
        [
            told(13, 6),
            told(14, 8),
            told(14, 24),
            told(14, 31),
            told(14, 39),
            told(15, 8),
            told(16, 25),
            told(16, 36),
            told(17, 8),
            told(18, 1),
            told(18, 17),
            told(22, 8),
            told(23, 11),
            told(23, 15),
            told(23, 17),
            told(23, 20),
            ("RB101", 43, 58),
        ]
    );
    let first = &diagnose(&text)[4];
    assert_eq!(first.message(Lang::Zh), "文件不是合法的 TOML：`｝` 是全角字符，应为 `}`");
}

/// A file with a mistake of meaning in each of several tables.
fn mistaken() -> String {
    let rest = r#"[[clause]]
id = "C1"
name = { zh = "地面", en = "Floor" }
aspect = "rules"
rectify = "l"
price = { shape = "range", min = 3, max = 1 }
[[clause]]
id = "C2"
name = { zh = "台面", en = "Top" }
aspect = "rules"
worth = 0.3
price = { shape = "flat", points = 1 }
[[index]]
id = "i"
name = { zh = "指数", en = "Index" }
subjects = ["department"]
window = "month"
aggregate = "weighted"
rounding = { mode = "half_up", to = 0.1 }
of = [{ tally = "t", weight = 0.5 }, { rating = "office", rounding = { mode = "up", to = 1 }, weight = 0.4 }]
[[source]]
id = "office"
name = { zh = "办公室", en = "Office" }
kind = "office"
full_marks = 100
[[limit]]
id = "l"
name = { zh = "期限", en = "Limit" }
length = "24 hours"
roll = "following"
"#;
    [HEAD, rest, &LADDER.replace("less_than = 90", "at_most = 89")].concat()
}

/// The mistakes of [`mistaken`], with the lines (besides those of their own table) on which each rests.
const MEANT: [(&str, &str, &[&str]); 5] = [
    ("RB114", "/clause/0/price/min", &[]),
    ("RB120", "/clause/1/worth", &["point_step"]),
    ("RB140", "/index/0/of", &[]),
    ("RB133", "/limit/0/roll", &[]),
    // Which values lie in a hole rests on the tally and on the least amount of points.
    (
        "RB101",
        "/ladder/0/tier/1/at_most",
        &["point_step", "measure", "full_marks", "floor", "ceiling", "id = \"t\""],
    ),
];

fn meant() -> BTreeSet<(&'static str, String)> {
    MEANT.iter().map(|(code, place, _)| (*code, (*place).to_owned())).collect()
}

#[test]
fn a_broken_key_hides_no_mistake_elsewhere() {
    let mistaken = mistaken();
    let all = diagnose(&mistaken);
    assert_eq!(told(&mistaken), meant());
    let lines: Vec<&str> = mistaken.lines().collect();
    let mut tried = 0;
    for at in 0..lines.len() {
        for way in 0..WAYS {
            let Some(text) = with_broken(&lines, at, way) else { continue };
            let block = around(&lines, at);
            let found = diagnose(&text);
            for (code, place, rests_on) in MEANT {
                let is_there =
                    found.iter().any(|d| d.code.text().code == code && d.place.pointer.as_str() == place);
                // The lines of its own table, and those that it rests on, may leave a mistake open.
                let line =
                    line_of(&mistaken, all.iter().find(|d| d.place.pointer.as_str() == place).unwrap());
                // A key that nobody knows may mean any key of its table.
                let rests_on_table =
                    way == UNKNOWN && lines[block.start] == "[[tally]]" && !rests_on.is_empty();
                let may_hide = block.contains(&line)
                    || rests_on_table
                    || rests_on.iter().any(|key| lines[at].starts_with(key));
                assert!(is_there || may_hide, "{code} at {place} is hidden by {:?}", lines[at]);
            }
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_mistake_in_words_for_people_hides_nothing_at_all() {
    let all = meant();
    let text = mistaken().replace(", en = ", ", en_ = ");
    let found = told(&text);
    assert!(found.is_superset(&all), "{found:?}");
    let names = text.matches("en_ = ").count();
    assert_eq!(found.len(), names + all.len(), "{found:?}");
}

const SOUND: [&str; 7] = [
    "ahut-property-2020",
    "cn-driver-points",
    "cug-inspection",
    "fmcsa-csa",
    "hk-public-housing",
    "la-county-food",
    "uk-totting-up",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_broken_key_of_a_sound_rulebook_is_told_in_its_table_alone(
        name in prop::sample::select(&SOUND[..]),
        at in any::<prop::sample::Index>(),
        way in 0..WAYS,
    ) {
        let path = format!("{}/../../examples/rulebooks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let can_break: Vec<usize> = (0..lines.len()).filter(|at| broken(lines[*at], way).is_some()).collect();
        let at = *at.get(&can_break);
        if let Some(text) = with_broken(&lines, at, way) {
            let block = around(&lines, at);
            // What a file accepts of its own defects is told as a warning.
            for found in diagnose(&text).into_iter().filter(|found| found.severity == Severity::Error) {
                let line = line_of(&text, &found);
                let said = format!("{} at {}: {}", found.code.text().code, found.place.pointer, found.message(Lang::En));
                prop_assert!(block.contains(&line), "{} breaks, and line {} says {said}", lines[at], line + 1);
            }
        }
    }
}
