//! Digests: layout and remarks change the text alone, a price changes the meaning.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod texts;

use ducha_rulebook::{Rulebook, Source, key::WITHOUT_EFFECT};
use expect_test::expect;
use texts::HEAD;

const REST: &str = r#"[[limit]]
id = "mend"
name = { zh = "整改", en = "Mending" }
length = "3 working days"
roll = "following"

[[clause]]
id = "C1"
name = { zh = "地面", en = "Floor" }
aspect = "service_quality"
cite = ["附件一第 3 页"]
article = 15
rectify = "mend"
price = { shape = "flat", points = 0.50 }

[[consequence]]
id = "told"
name = { zh = "通报", en = "Circular" }
kind = "notice"
decided_by = "office"
notices = [{ zh = "通报", en = "Circular" }]
"#;

fn book() -> String {
    [HEAD, REST].concat()
}

fn digests(text: &str) -> (String, String) {
    let book = Rulebook::read(&Source::new("a.toml", text)).map_err(|report| report.diagnostics).unwrap();
    (book.digest_meaning().to_string(), book.digest_text().to_string())
}

#[track_caller]
fn meaning_changes(from: &str, to: &str) -> bool {
    assert!(book().contains(from), "{from}");
    let (old, new) = (digests(&book()), digests(&book().replacen(from, to, 1)));
    assert_ne!(old.1, new.1, "the text changed");
    old.0 != new.0
}

#[test]
fn layout_names_and_citations_do_not_change_the_meaning() {
    for (from, to) in [
        ("[[limit]]", "# a remark\n[[limit]]"),
        ("\nroll = \"following\"", "\n\n   roll   =   'following'  # remark"),
        (
            "id = \"C1\"\nname = { zh = \"地面\", en = \"Floor\" }",
            "name = { en = \"Ground\", zh = \"地\" }\nid = \"C1\"",
        ),
        ("points = 0.50", "points = \"0.5\""),
        ("from = 2026-01-01", "from = \"2026-01-01\""),
        ("\"3 working days\"", "\"3个工作日\""),
        ("附件一第 3 页", "附件二"),
        ("article = 15\n", ""),
        ("article = 15\n", "veto = []\n"),
        (
            "aspect =",
            "text = { zh = \"长\", en = \"long\" }\nnote = { zh = \"注\", en = \"note\" }\naspect =",
        ),
        ("Canteen annex", "Annex"),
    ] {
        assert!(!meaning_changes(from, to), "{from} -> {to}");
    }
}

#[test]
fn prices_limits_dates_and_notices_change_the_meaning() {
    for (from, to) in [
        ("points = 0.50", "points = 1.50"),
        ("3 working days", "3 calendar days"),
        ("from = 2026-01-01", "from = 2026-01-02"),
        ("rectify = \"mend\"\n", ""),
        ("id = \"C1\"", "id = \"C2\""),
        ("point_step = 0.5", "point_step = 0.25"),
        ("notices = [{ zh = \"通报\"", "notices = [{ zh = \"公告\""),
        ("aspect =", "cap = { window = \"month\", order = \"after_factors\", max = 1 }\naspect ="),
    ] {
        assert!(meaning_changes(from, to), "{from} -> {to}");
    }
}

#[test]
fn the_digest_of_the_text_is_sha_256_of_its_bytes() {
    // From FIPS 180-2, appendix B.1.
    let abc = ducha_rulebook::Digest::of(b"abc").to_string();
    assert_eq!(abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(digests(&book()).1, ducha_rulebook::Digest::of(book().as_bytes()).to_string());
}

/// Much of what can stand in a meaning: bands, windows, a limit in Chinese, quotes and marks that JSON escapes, empty lists.
const MANY: &str = r#"[[source]]
id = "rounds"
name = { zh = "巡查", en = "Rounds" }
kind = "office"
factor = 1.250
[[recurrence]]
id = "again"
counts = "findings"
key = ["subject", "clause"]
window = { rolling = "30个自然日", last_day = "included" }
factors = [1, 2.0, "+02.50"]
[[clause]]
id = "C2"
name = { zh = "排队", en = "Queue" }
aspect = "service_quality"
unit = { name = { zh = "“处”\t\"", en = "place \\ \"x\" \u0001 \u007f é" }, whole = true }
price = { shape = "count", over = "inspection", bands = [
    { at_least = 1, at_most = 2, points = 1 },
    { at_least = 3, points = "3.0" },
] }
cap = { window = "inspection", order = "after_factors", max = 4.00 }
recurrence = "again"
veto = []
"#;

#[test]
fn digests_of_rules_that_are_in_use_never_change() {
    let text = [&book(), MANY, texts::LADDER].concat();
    let (meaning, text) = digests(&text);
    expect!["caaeaa8cdf045dd9c8e41bc6d7e7215fd1b5de15e5eec8695f74227985fdfff1"].assert_eq(&meaning);
    expect!["11d2f9a3fef9f82b5e9863d375c27634b7d3838d63154111154a10d0b4197b0c"].assert_eq(&text);
}

#[test]
fn keys_without_effect_are_listed_once() {
    let mut seen = std::collections::BTreeSet::new();
    assert!(WITHOUT_EFFECT.iter().all(|entry| seen.insert(entry)));
}
