//! What is accumulated (§2, §7, §8).

use crate::{
    BALANCE, POINTS, ask, assess, book, clause, day, fact, finding, fired, ladder, organisation, record,
    tally, team, value, version,
};
use ducha_core::Record;
use ducha_scoring::Request;

#[test]
fn s7_4_entries_and_facts_of_one_day_come_in_canonical_order() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{BALANCE}redeem = [{{ fact = \"training_passed\", points = 2 }}]"))
        + &ladder("l", "tally = \"t\"", 6, "");
    let books = [book(&rules)];
    let first = finding("F1", "a", "2026-10-01", "C-1");
    for (training, crossed) in [("A", false), ("Z", true)] {
        let records = [
            first.clone(),
            fact(training, "a", "2026-10-05", "training_passed", ""),
            finding("M", "a", "2026-10-05", "C-1"),
        ];
        let assessment = assess(&ask(&books, &records, "2026-10-31"));
        assert_eq!(value(&assessment, "t", "a", ""), "4");
        assert_eq!(!fired(&assessment).is_empty(), crossed, "training recorded as {training}");
    }
}

#[test]
fn s7_4_a_ladder_whose_first_tier_is_the_rest_uses_points_up() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{BALANCE}consume = [{{ ladder = \"l\", tier = \"l-some\" }}]"))
        + &ladder("l", "tally = \"t\"", 6, "");
    let books = [book(&rules)];
    let records: Vec<Record> = (1..=5).map(|n| finding(&format!("F{n}"), "a", "2026-10-05", "C-1")).collect();
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(value(&assessment, "t", "a", ""), "3");
    // Twice in one day: each has an id of its own, and none depends on the records of that day.
    assert_eq!(fired(&assessment), ["warn-l@a/l.l-some:2026-10-05", "warn-l@a/l.l-some:2026-10-05#2"]);
}

#[test]
fn s7_4_what_cleared_a_balance_does_not_clear_the_next() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{BALANCE}clear = [{{ facts = [\"training_passed\"] }}]"));
    let books = [book(&rules)];
    let mut records = vec![
        finding("F1", "a", "2026-10-01", "C-1"),
        fact("X1", "a", "2026-10-02", "training_passed", ""),
        finding("F2", "a", "2026-10-03", "C-1"),
        fact("X2", "a", "2026-10-04", "wage", r#","value":"3000""#),
    ];
    assert_eq!(value(&assess(&ask(&books, &records, "2026-10-31")), "t", "a", ""), "3");
    records.push(fact("X3", "a", "2026-10-05", "training_passed", ""));
    assert_eq!(value(&assess(&ask(&books, &records, "2026-10-31")), "t", "a", ""), "0");
}

#[test]
fn s7_4_a_ceiling_holds_within_the_fold() {
    let rules = clause("C-1", 5, "")
        + &tally(
            "t",
            &format!("{BALANCE}ceiling = 6\nredeem = [{{ fact = \"training_passed\", points = 2 }}]"),
        );
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-10-01", "C-1"),
        finding("F2", "a", "2026-10-02", "C-1"),
        fact("X1", "a", "2026-10-03", "training_passed", ""),
    ];
    assert_eq!(value(&assess(&ask(&books, &records, "2026-10-31")), "t", "a", ""), "4");
}

#[test]
fn s7_1_a_scope_selects_by_what_the_judging_version_means() {
    let sections = |home: &str| {
        clause("C-1", 3, &format!("section = \"{home}\""))
            + "[[section]]\nid = \"s1\"\nname = { zh = \"一\", en = \"one\" }\n[[section]]\nid = \"s2\"\nname = { zh = \"二\", en = \"two\" }\n"
            + &tally("t", &format!("{POINTS}window = \"month\"\nscope = {{ sections = [\"{home}\"] }}"))
    };
    let books = [version("1", "2026-01-01", &sections("s1")), version("2", "2026-10-15", &sections("s2"))];
    let records = [finding("F1", "a", "2026-10-05", "C-1"), finding("F2", "a", "2026-10-20", "C-1")];
    assert_eq!(value(&assess(&ask(&books, &records, "2026-10-31")), "t", "a", ""), "6");
}

#[test]
fn s7_1_an_indicator_that_was_met_is_no_finding() {
    let rules = clause("C-1", 3, "")
        + "[[clause]]\nid = \"C-2\"\nname = { zh = \"满意率\", en = \"satisfaction\" }\naspect = \"conduct\"\nprice = { shape = \"rate\", target = 90, better = \"higher\", step = 1, points = 1, part = \"up\" }\n"
        + &tally("n", "kind = \"sum\"\nmeasure = \"findings\"\nwindow = \"month\"");
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-10-05", "C-1"),
        record(
            r#"{"type":"measurement","id":"M1","subject":"a","occurred_on":"2026-10-06","clause":"C-2","value":"95"}"#,
        ),
    ];
    assert_eq!(value(&assess(&ask(&books, &records, "2026-10-31")), "n", "a", ""), "1");
}

#[test]
fn s7_1_a_closed_month_does_not_fade_with_age() {
    let rules = clause("C-1", 3, "")
        + &tally(
            "t",
            &format!(
                "{POINTS}window = \"month\"\nages = [{{ up_to = \"2 months\", last_day = \"excluded\", weight = 1 }}]"
            ),
        );
    let books = [book(&rules)];
    let records = [finding("F1", "a", "2026-08-05", "C-1")];
    let assessment = assess(&ask(&books, &records, "2026-12-31"));
    assert_eq!(value(&assessment, "t", "a", "2026-08"), "3");
}

#[test]
fn s7_3_the_cap_of_an_award_holds_over_its_own_window() {
    let rules = clause("C-1", 3, "")
        + "[[award]]\nid = \"A-1\"\nname = { zh = \"表扬\", en = \"praise\" }\nstacking = \"cumulative\"\npoints = 4\ncap = { max = 6, window = \"year\" }\n"
        + &tally("t", &format!("{POINTS}window = \"month\"\nfull_marks = 100\nawards = [\"A-1\"]"));
    let books = [book(&rules)];
    let praise = |id: &str, day: &str| {
        record(&format!(
            r#"{{"type":"commendation","id":"{id}","subject":"a","occurred_on":"{day}","award":"A-1"}}"#
        ))
    };
    let records = [praise("P1", "2026-09-05"), praise("P2", "2026-10-05"), praise("P3", "2026-11-05")];
    let assessment = assess(&ask(&books, &records, "2026-11-30"));
    let months = ["2026-09", "2026-10", "2026-11"].map(|month| value(&assessment, "t", "a", month));
    assert_eq!(months, ["104", "102", "100"]);
}

#[test]
fn s7_5_a_succession_does_not_rewrite_what_ended_before_it() {
    let rules = clause("C-1", 3, "") + &tally("t", &format!("{POINTS}window = \"month\"\ninherit = true"));
    let books = [book(&rules)];
    let records = [
        finding("F1", "a", "2026-08-05", "C-1"),
        finding("F2", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-10", "succeeded_by", r#","other":"b""#),
        finding("F3", "a", "2026-10-20", "C-1"),
        finding("F4", "b", "2026-10-21", "C-1"),
    ];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(value(&assessment, "t", "a", "2026-08"), "3", "August was over");
    assert_eq!(value(&assessment, "t", "b", "2026-08"), "0");
    assert_eq!(value(&assessment, "t", "a", "2026-10"), "3", "what a did after it passed on stays its own");
    assert_eq!(value(&assessment, "t", "b", "2026-10"), "6");
}

#[test]
fn s2_a_tally_once_closed_stays_closed_in_later_versions() {
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{POINTS}window = {{ rolling = \"12 months\", last_day = \"excluded\" }}"));
    let closing = rules.clone() + "[[transition]]\ntally = \"t\"\nrule = \"close\"\n";
    let books = [
        version("1", "2026-01-01", &rules),
        version("2", "2026-05-01", &closing),
        version("3", "2026-09-01", &rules),
    ];
    let records = [finding("F1", "a", "2026-04-05", "C-1"), finding("F2", "a", "2026-06-05", "C-1")];
    for as_of in ["2026-08-31", "2026-10-31"] {
        assert_eq!(value(&assess(&ask(&books, &records, as_of)), "t", "a", ""), "3", "{as_of}");
    }
}

#[test]
fn s8_1_ratings_of_a_window_that_is_not_complete_tell_nothing() {
    let rules = clause("C-1", 3, "")
        + "[[source]]\nid = \"users\"\nname = { zh = \"用户\", en = \"users\" }\nkind = \"user\"\nfull_marks = 100\n"
        + "[[index]]\nid = \"i\"\nname = { zh = \"满意度\", en = \"satisfaction\" }\nsubjects = [\"team\"]\nwindow = \"year\"\naggregate = \"sum\"\nof = [{ rating = \"users\", rounding = { mode = \"half_up\", to = 1 } }]\n";
    let books = [book(&rules)];
    let records = [record(
        r#"{"type":"rating","id":"N1","subject":"a","occurred_on":"2026-10-05","source":"users","score":"80"}"#,
    )];
    let mut request = ask(&books, &records, "2026-10-31");
    let value = |request: &Request<'_>| assess(request).indexes[0].value.value().map(ToString::to_string);
    assert_eq!(value(&request).as_deref(), Some("80"));
    request.complete_from = Some(day("2026-09-01"));
    assert_eq!(value(&request), None);
}

#[test]
fn s8_2_a_veto_of_the_whole_tally_is_one_of_its_normalised_score_too() {
    let rules = clause("C-1", 1, "worth = 10\nveto = [{ effect = \"lose_all\", tally = \"t\" }]")
        + &tally("t", &format!("{POINTS}window = \"month\"\nfull_marks = 10\nfloor = 0"))
        + "[[index]]\nid = \"i\"\nname = { zh = \"得分率\", en = \"score\" }\nsubjects = [\"team\"]\nwindow = \"month\"\naggregate = \"sum\"\nof = [{ tally = \"t\" }]\nnormalise = { to = 100, rounding = { mode = \"half_up\", to = 1 } }\n";
    let books = [book(&rules)];
    let records = [finding("F1", "a", "2026-10-05", "C-1")];
    let assessment = assess(&ask(&books, &records, "2026-10-31"));
    assert_eq!(assessment.indexes[0].value.value().map(ToString::to_string).as_deref(), Some("0"));
}

#[test]
fn s7_4_what_was_redeemed_does_not_leave_again_and_a_cycle_adds_up_its_own() {
    let rolling = "kind = \"balance\"\nmeasure = \"points\"\nwindow = { rolling = \"12 months\", last_day = \"excluded\" }\n";
    let cycle = "kind = \"balance\"\nmeasure = \"points\"\nwindow = { cycle = \"12 months\", anchor = \"licence\" }\n";
    let rules = clause("C-1", 3, "")
        + &tally("t", &format!("{rolling}redeem = [{{ fact = \"training_passed\", points = 2 }}]"))
        + &tally("c", cycle);
    let books = [book(&rules)];
    let organisation = organisation([team("a", r#","anchor":{"licence":"2024-09-01"}"#)]);
    let records = [
        finding("F1", "a", "2025-12-05", "C-1"),
        finding("F2", "a", "2026-10-05", "C-1"),
        fact("X1", "a", "2026-10-06", "training_passed", ""),
    ];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    request.period = ducha_core::Period::parse("2026-10").ok();
    let assessment = assess(&request);
    let of = |id: &str| assessment.tallies.iter().find(|t| t.tally.as_str() == id).expect("a tally");
    let leaving: Vec<_> = of("t").leaving.iter().map(|l| (l.on.to_string(), l.points.to_string())).collect();
    assert_eq!(leaving, [("2026-12-05".into(), "1".into()), ("2027-10-05".into(), "3".into())]);
    assert_eq!(of("c").deducted.to_string(), "3", "the cycle before has its own");
}

#[test]
fn s8_3_the_class_factor_goes_into_the_division() {
    let rules = clause("C-1", 1, "")
        + "[[class]]\nid = \"new\"\nname = { zh = \"新\", en = \"new\" }\nfactor = 0.9\n[[source]]\nid = \"x\"\nname = { zh = \"甲\", en = \"x\" }\nkind = \"user\"\n[[source]]\nid = \"y\"\nname = { zh = \"乙\", en = \"y\" }\nkind = \"user\"\n"
        + "[[index]]\nid = \"i\"\nname = { zh = \"均分\", en = \"mean\" }\nsubjects = [\"team\"]\nwindow = \"month\"\naggregate = \"mean\"\nclass_factor = true\nrounding = { mode = \"half_up\", to = 1 }\nof = [\n  { rating = \"x\", rounding = { mode = \"half_up\", to = 1 } },\n  { rating = \"y\", rounding = { mode = \"half_up\", to = 1 } },\n]\n";
    let books = [book(&rules)];
    let organisation = organisation([team("a", r#","class":"new""#)]);
    let rate = |id: &str, source: &str, score: u32| {
        record(&format!(
            r#"{{"type":"rating","id":"{id}","subject":"a","occurred_on":"2026-10-05","source":"{source}","score":"{score}"}}"#
        ))
    };
    let records = [rate("N1", "x", 4), rate("N2", "y", 5)];
    let mut request = ask(&books, &records, "2026-10-31");
    request.organisation = Some(&organisation);
    // 4.5 × 0.9 = 4.05, which is 4; the mean rounded first would be 5 × 0.9 = 4.5, which is 5.
    let index = &assess(&request).indexes[0];
    assert_eq!(index.value.value().map(ToString::to_string).as_deref(), Some("4"));
}
