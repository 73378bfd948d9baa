use super::{annex, named, wrong};
use crate::check::check_versions;
use std::{format, string::String, vec, vec::Vec};

const SCORE: &str = r#"
[[tally]]
id = "score"
name = { zh = "得分", en = "score" }
kind = "sum"
measure = "points"
subjects = ["department"]
window = "month"
full_marks = 100
floor = 0
"#;

fn clause(price: &str, more: &str) -> String {
    format!(
        "[[clause]]\nid = \"C\"\nname = {{ zh = \"条\", en = \"c\" }}\naspect = \"price\"\nprice = {price}\n{more}\n"
    )
}

fn ladder(tiers: &[&str], more: &str) -> String {
    let tiers: Vec<String> = tiers
        .iter()
        .enumerate()
        .map(|(i, rest)| format!("{{ {}, {rest} }}", named(&format!("t{i}"))))
        .collect();
    format!(
        "[[ladder]]\nid = \"grade\"\nname = {{ zh = \"级\", en = \"grade\" }}\nkind = \"grade\"\nsubjects = [\"department\"]\n{more}\ntier = [{}]\n",
        tiers.join(", ")
    )
}

fn graded(step: &str, tables: &str, tiers: &[&str]) -> Vec<String> {
    let on = "select = \"band\"\non = { tally = \"score\" }";
    wrong(&annex(step, &format!("{tables}\n{SCORE}\n{}", ladder(tiers, on))))
}

const PRINTED: [&str; 3] = ["at_least = 90", "at_least = 80, at_most = 89", "at_most = 79"];

#[test]
fn printed_grades_are_sound_for_whole_points_and_have_holes_for_tenths() {
    assert_eq!(graded("1", "", &PRINTED), Vec::<String>::new());
    assert_eq!(
        graded("0.1", "", &PRINTED),
        ["RB101 /ladder/0/tier/2/at_most", "RB101 /ladder/0/tier/1/at_most"]
    );
}

#[test]
fn factors_shares_and_weights_make_the_step_finer() {
    let halved = "[[source]]\nid = \"s\"\nname = { zh = \"s\", en = \"s\" }\nkind = \"user\"\nfactor = 0.5\n";
    let flat = clause("{ shape = \"flat\", points = 1 }", "");
    assert_eq!(graded("1", &flat, &PRINTED), Vec::<String>::new());
    assert_eq!(graded("1", &format!("{halved}{flat}"), &PRINTED).len(), 2);
    let self_found = clause("{ shape = \"flat\", points = 1 }", "self_found = { factor = 0.5 }");
    assert_eq!(graded("1", &self_found, &PRINTED).len(), 2);
    let exact = "{ shape = \"per_unit\", points = 1, per = 4, part = \"exact\" }";
    assert_eq!(graded("1", &clause(exact, ""), &PRINTED).len(), 2);
    let begun = "{ shape = \"per_unit\", points = 1, per = 3, part = \"up\" }";
    assert_eq!(graded("1", &clause(begun, ""), &PRINTED), Vec::<String>::new());
    let share = "[[share]]\nid = \"h\"\nscope = {}\nto = \"leader\"\npercent = 10\nrounding = { mode = \"half_up\", to = 0.1 }\nsubject_keeps = true\non_double = \"both\"\n";
    assert_eq!(graded("1", &format!("{flat}{share}"), &PRINTED).len(), 2);
}

#[test]
fn only_clauses_of_the_tallys_scope_count_for_its_step() {
    let off = clause("{ shape = \"per_unit\", points = 1, per = 4, part = \"exact\" }", "");
    let scoped = SCORE.replace("floor = 0", "floor = 0\nscope = { aspects = [\"conduct\"] }");
    let on = "select = \"band\"\non = { tally = \"score\" }";
    let found = wrong(&annex("1", &format!("{off}\n{scoped}\n{}", ladder(&PRINTED, on))));
    assert_eq!(found, ["RB118 /tally/0/scope"]);
}

#[test]
fn bands_are_proved_over_the_tallys_own_bounds() {
    let closed = ["at_least = 90, at_most = 100", "at_least = 0, less_than = 90"];
    assert_eq!(graded("0.5", "", &closed), Vec::<String>::new());
    assert_eq!(
        graded("0.5", "", &["at_least = 90, at_most = 99", "at_least = 1, less_than = 90"]),
        ["RB105 /ladder/0/tier/1/at_least", "RB105 /ladder/0/tier/0/at_most"]
    );
    // A catch-all holds what no band does, but two bands must still not hold the same.
    assert_eq!(graded("0.5", "", &["at_least = 90", "otherwise = true"]), Vec::<String>::new());
    assert_eq!(
        graded("0.5", "", &["at_least = 90", "at_most = 90", "otherwise = true"]),
        ["RB102 /ladder/0/tier/1/at_most"]
    );
}

#[test]
fn a_declared_domain_takes_the_place_of_what_is_derived() {
    let on = "select = \"band\"\non = { tally = \"score\" }\ndomain = { step = 1 }";
    assert_eq!(wrong(&annex("0.1", &format!("{SCORE}\n{}", ladder(&PRINTED, on)))), Vec::<String>::new());
}

#[test]
fn a_weighted_index_is_as_fine_as_its_rounding() {
    let rating =
        "[[source]]\nid = \"users\"\nname = { zh = \"s\", en = \"s\" }\nkind = \"user\"\nfull_marks = 100\n";
    let index = |to: &str| {
        format!(
            "{rating}{SCORE}\n[[index]]\nid = \"i\"\nname = {{ zh = \"i\", en = \"i\" }}\nsubjects = [\"department\"]\nwindow = \"month\"\naggregate = \"weighted\"\nof = [{{ tally = \"score\", weight = 0.8 }}, {{ rating = \"users\", weight = 0.2, rounding = {{ mode = \"half_up\", to = 0.01 }} }}]\nrounding = {{ mode = \"half_up\", to = {to} }}\n{}",
            ladder(&PRINTED, "select = \"band\"\non = { index = \"i\" }")
        )
    };
    assert_eq!(wrong(&annex("1", &index("1"))), Vec::<String>::new());
    let fine = wrong(&annex("1", &index("0.01")));
    assert_eq!(fine, ["RB101 /ladder/0/tier/2/at_most", "RB101 /ladder/0/tier/1/at_most"]);
}

fn counted(bands: &str, more: &str) -> Vec<String> {
    let price = format!("{{ shape = \"count\", over = \"finding\", bands = [{bands}] }}");
    wrong(&annex("1", &clause(&price, more)))
}

#[test]
fn counts_without_a_band_are_found() {
    let dormitory = "{ at_least = 1, at_most = 3, points = 0 }, { at_least = 5, at_most = 9, points = 5 }, { at_least = 10, points = 10 }";
    assert_eq!(counted(dormitory, ""), ["RB101 /clause/0/price/bands/0/at_most"]);
    assert_eq!(
        counted("{ at_least = 1, at_most = 3, points = 1 }, { at_least = 4, points = 5 }", ""),
        Vec::<String>::new()
    );
    // In square metres 3.5 can be, and 0.5.
    let metres = "unit = { name = { zh = \"平方米\", en = \"square metre\" }, whole = false }";
    assert_eq!(
        counted("{ at_least = 1, at_most = 3, points = 1 }, { at_least = 4, points = 5 }", metres),
        ["RB101 /clause/0/price/bands/0/at_most", "RB105 /clause/0/price/bands/0/at_least"]
    );
    assert_eq!(
        counted("{ more_than = 0, less_than = 4, points = 1 }, { at_least = 4, points = 5 }", metres),
        Vec::<String>::new()
    );
    assert_eq!(
        counted("{ at_least = 1, at_most = 3, points = 1 }", ""),
        ["RB105 /clause/0/price/bands/0/at_most"]
    );
    assert_eq!(
        counted("{ at_least = 2, lose_item = true }, { at_most = 1, each = 2 }", ""),
        ["RB110 /clause/0"]
    );
}

fn matched(tiers: &[&str]) -> Vec<String> {
    wrong(&annex("1", &format!("{SCORE}\n{}", ladder(tiers, "select = \"worst_matching\""))))
}

#[test]
fn conditions_on_one_value_prove_a_catch_all_and_joined_ones_do_not() {
    let covering =
        ["when = [{ tally = \"score\", at_least = 60 }]", "when = [{ tally = \"score\", less_than = 60 }]"];
    assert_eq!(matched(&covering), Vec::<String>::new());
    let joined = [
        "when = [{ tally = \"score\", at_least = 60 }]",
        "when = [{ tally = \"score\", less_than = 60 }, { count_of = \"score\", at_least = 1 }]",
    ];
    assert_eq!(matched(&joined), ["RB108 /ladder/0/tier"]);
    let caught = ["otherwise = true", "when = [{ largest_of = \"score\", at_least = 10 }]"];
    assert_eq!(matched(&caught), Vec::<String>::new());
}

#[test]
fn conditions_are_one_value_or_one_row_of_windows() {
    let with = |condition: &str| {
        let second = format!(
            "[[ladder]]\nid = \"row\"\nname = {{ zh = \"r\", en = \"r\" }}\nkind = \"penalty\"\nsubjects = [\"department\"]\nselect = \"worst_matching\"\ntier = [{{ {}, otherwise = true }}, {{ {}, when = [{condition}] }}]\n",
            named("none"),
            named("row")
        );
        let grade =
            ladder(&["at_least = 60", "less_than = 60"], "select = \"band\"\non = { tally = \"score\" }");
        wrong(&annex("1", &format!("{SCORE}\n{grade}\n{second}")))
    };
    let when = "/ladder/1/tier/1/when/0";
    let row = "ladder = \"grade\", tier = \"t1\"";
    assert_eq!(
        with(&format!("{{ {row}, windows = 3, out_of = 3, gaps = \"break\" }}")),
        Vec::<String>::new()
    );
    assert_eq!(with(&format!("{{ {row} }}")), Vec::<String>::new());
    assert_eq!(with(&format!("{{ {row}, windows = 3 }}")), [format!("RB110 {when}")]);
    assert_eq!(
        with(&format!("{{ {row}, windows = 4, out_of = 3, gaps = \"skip\" }}")),
        [format!("RB114 {when}/windows")]
    );
    assert_eq!(with("{ ladder = \"grade\" }"), [format!("RB110 {when}")]);
    assert_eq!(with("{ ladder = \"grade\", tier = \"row\" }"), [format!("RB116 {when}/tier")]);
    assert_eq!(with("{ tally = \"score\" }"), [format!("RB110 {when}")]);
    assert_eq!(
        with("{ tally = \"score\", count_of = \"score\", at_least = 1 }"),
        [format!("RB112 {when}/count_of")]
    );
    assert_eq!(with("{ tally = \"score\", at_least = 1, windows = 2 }"), [format!("RB111 {when}/windows")]);
    assert_eq!(
        with("{ tally = \"score\", at_least = 1, more_than = 1 }"),
        [format!("RB103 {when}/more_than")]
    );
    // The assessed window is one of the row: a ladder cannot ask for its own tier in it.
    assert_eq!(with("{ ladder = \"row\", tier = \"row\" }"), [format!("RB170 {when}/ladder")]);
}

#[test]
fn counting_a_consequence_that_its_own_ladder_fires_is_a_cycle_and_a_reset_is_none() {
    let tables = |counted: &str| {
        format!(
            "[[consequence]]\n{}\nkind = \"notice\"\ndecided_by = \"office\"\n[[tally]]\n{}\nkind = \"sum\"\nmeasure = \"consequences\"\nconsequences = [\"note\"]\nsubjects = [\"department\"]\nwindow = \"month\"\n{}",
            named("note").replace(", name", "\nname"),
            named("notes").replace(", name", "\nname"),
            ladder(
                &["at_most = 1", "at_least = 2, consequences = [\"note\"]"],
                &format!("select = \"band\"\non = {{ tally = \"{counted}\" }}"),
            )
        )
    };
    assert_eq!(wrong(&annex("1", &tables("notes"))), ["RB170 /ladder/0/on/tally"]);
    let again = "[[recurrence]]\nid = \"again\"\ncounts = \"findings\"\nkey = [\"subject\", \"clause\"]\nwindow = \"year\"\nfactors = [1, 2]\nreset = [{ ladder = \"grade\", tier = \"t1\" }]\n";
    let clause = clause("{ shape = \"flat\", points = 1 }", "recurrence = \"again\"");
    let reset = format!(
        "{again}{clause}{SCORE}{}",
        ladder(&["at_least = 60", "less_than = 60"], "select = \"band\"\non = { tally = \"score\" }")
    );
    assert_eq!(wrong(&annex("1", &reset)), Vec::<String>::new());
}

#[test]
fn tiers_run_with_what_is_worse() {
    let points = SCORE.replace("full_marks = 100\nfloor = 0\n", "");
    let on = "select = \"band\"\non = { tally = \"score\" }";
    let added = |tiers: &[&str]| wrong(&annex("1", &format!("{points}\n{}", ladder(tiers, on))));
    assert_eq!(added(&["less_than = 10", "at_least = 10"]), Vec::<String>::new());
    assert_eq!(added(&["at_least = 10", "less_than = 10"]), ["RB107 /ladder/0/tier/1"]);
    assert_eq!(
        graded("1", "", &["at_least = 90", "less_than = 60", "at_least = 60, less_than = 90"]),
        ["RB107 /ladder/0/tier/2"]
    );
}

#[test]
fn banded_money_is_proved_over_the_tier_that_fires_it() {
    let money = |bands: &str| {
        let consequence = format!(
            "[[consequence]]\nid = \"pay\"\nname = {{ zh = \"p\", en = \"p\" }}\nkind = \"money\"\ndecided_by = \"finance\"\nmoney = {{ nature = \"service_fee\", direction = \"withheld\", formula = {{ formula = \"banded\", bands = [{bands}] }} }}\n"
        );
        graded("1", &consequence, &["at_least = 60", "less_than = 60, consequences = [\"pay\"]"])
    };
    let bands = "/consequence/0/money/formula/bands";
    assert_eq!(
        money("{ at_least = 30, amount = 10 }, { less_than = 30, amount = 20 }"),
        Vec::<String>::new()
    );
    assert_eq!(
        money("{ at_least = 30, at_most = 59, amount = 10 }, { at_least = 0, less_than = 30, amount = 20 }"),
        Vec::<String>::new()
    );
    assert_eq!(
        money("{ at_least = 31, amount = 10 }, { less_than = 30, amount = 20 }"),
        [format!("RB101 {bands}/1/less_than")]
    );
    assert_eq!(
        money(
            "{ at_least = 60, amount = 5 }, { at_least = 30, less_than = 60, amount = 10 }, { less_than = 30, amount = 20 }"
        ),
        [format!("RB106 {bands}/0")]
    );
}

#[test]
fn one_drop_needs_no_word_about_several() {
    let on = "select = \"band\"\non = { tally = \"score\" }";
    let with = |veto: &str, more: &str| {
        let price = clause("{ shape = \"flat\", points = 1 }", &format!("veto = [{veto}]"));
        let grade = ladder(&["at_least = 60", "less_than = 60"], &format!("{on}\n{more}"));
        wrong(&annex("1", &format!("{price}{SCORE}{grade}")))
    };
    let one = "{ effect = \"down\", ladder = \"grade\", tiers = 1 }";
    assert_eq!(with(one, ""), Vec::<String>::new());
    assert_eq!(with(&format!("{one}, {one}"), ""), ["RB160 /ladder/0"]);
    assert_eq!(with(&format!("{one}, {one}"), "several_down = \"sum\""), Vec::<String>::new());
    assert_eq!(with("{ effect = \"down\", ladder = \"grade\" }", ""), ["RB110 /clause/0/veto/0"]);
    assert_eq!(with("{ effect = \"lose_item\" }", ""), ["RB110 /clause/0"]);
    assert_eq!(
        with("{ effect = \"worst_tier\", ladder = \"grade\", tally = \"score\" }", ""),
        ["RB111 /clause/0/veto/0/tally"]
    );
}

#[test]
fn keys_of_balances_and_sums_keep_to_their_kind() {
    let tally = |more: &str| {
        let fact = "[[fact]]\nid = \"study\"\nname = { zh = \"f\", en = \"f\" }\n";
        wrong(&annex(
            "1",
            &format!(
                "{fact}[[tally]]\nid = \"b\"\nname = {{ zh = \"b\", en = \"b\" }}\nmeasure = \"points\"\nsubjects = [\"driver\"]\n{more}\n"
            ),
        ))
    };
    let cycle = "window = { cycle = \"12 months\", anchor = \"first_licence\" }";
    let redeem = "redeem = [{ fact = \"study\", points = 1, max_per_window = 6, only_below = 12 }]";
    let carry = "carry = { unless = \"fine_paid\" }";
    assert_eq!(tally(&format!("kind = \"balance\"\n{cycle}\n{redeem}\n{carry}")), Vec::<String>::new());
    assert_eq!(
        tally(&format!("kind = \"balance\"\nwindow = \"ever\"\n{redeem}\n{carry}")),
        ["RB111 /tally/0/carry"]
    );
    assert_eq!(tally(&format!("kind = \"sum\"\n{cycle}\n{redeem}")), ["RB111 /tally/0/redeem"]);
    assert_eq!(
        tally(&format!("kind = \"balance\"\n{cycle}\n{redeem}\nfull_marks = 12")),
        ["RB111 /tally/0/full_marks"]
    );
    assert_eq!(tally(&format!("kind = \"sum\"\n{cycle}\nfloor = 5\nceiling = 1"))[0], "RB114 /tally/0/floor");
}

#[test]
fn weights_of_eighty_and_twenty_are_a_whole_and_percents_are_not() {
    let index = |weights: [&str; 2]| {
        format!(
            "{SCORE}\n[[index]]\nid = \"i\"\nname = {{ zh = \"i\", en = \"i\" }}\nsubjects = [\"department\"]\nwindow = \"month\"\naggregate = \"weighted\"\nof = [{{ tally = \"score\", weight = {} }}, {{ tally = \"score\", weight = {} }}]\nrounding = {{ mode = \"half_up\", to = 0.01 }}\n",
            weights[0], weights[1]
        )
    };
    assert_eq!(wrong(&annex("1", &index(["0.8", "0.2"]))), Vec::<String>::new());
    assert_eq!(wrong(&annex("1", &index(["80", "20"]))), ["RB140 /index/0/of"]);
}

#[test]
fn a_clause_outside_the_rulebooks_days_is_never_in_force() {
    let with = |more: &str| wrong(&annex("1", &clause("{ shape = \"remark\" }", more)));
    assert_eq!(with("from = 2026-05-01\nuntil = 2026-06-01"), Vec::<String>::new());
    assert_eq!(with("until = 2025-06-01"), ["RB180 /clause/0/until"]);
    assert_eq!(with("from = 2026-05-01\nuntil = 2026-04-01"), ["RB180 /clause/0/until"]);
}

#[test]
fn a_transition_answers_for_a_changed_window() {
    let tally = |window: &str| {
        format!(
            "[[tally]]\nid = \"t\"\nname = {{ zh = \"t\", en = \"t\" }}\nkind = \"sum\"\nmeasure = \"points\"\nsubjects = [\"department\"]\nwindow = \"{window}\"\n"
        )
    };
    let mut old = annex("1", &tally("month"));
    old.rulebook.from = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    old.rulebook.until = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
    let codes = |new: &crate::Annex| -> Vec<(usize, String)> {
        check_versions(&[new, &old]).iter().map(|d| (d.place.source, super::told(d))).collect()
    };
    assert_eq!(codes(&annex("1", &tally("quarter"))), [(0, String::from("RB192 /tally/0/window"))]);
    assert_eq!(codes(&annex("1", &tally("month"))), vec![]);
    let transition = "[[transition]]\ntally = \"t\"\nrule = \"close\"\n";
    assert_eq!(codes(&annex("1", &format!("{}{transition}", tally("quarter")))), vec![]);
}

#[test]
fn a_draft_beside_an_adopted_version_is_no_overlap() {
    let draft = annex("1", "");
    let mut adopted = draft.clone();
    adopted.rulebook.status = crate::annex::identity::Status::Adopted;
    assert_eq!(check_versions(&[&adopted, &draft]), vec![]);
    assert_eq!(check_versions(&[&adopted, &adopted]).len(), 1);
}

#[test]
fn an_example_may_show_that_two_rows_of_one_id_are_refused() {
    let rows = "record = [{ type = \"finding\", id = \"r\", subject = \"d\", clause = \"C\", occurred_on = 2026-10-01 }, { type = \"finding\", id = \"r\", subject = \"d\", clause = \"C\", occurred_on = 2026-10-02 }]";
    let with = |expect: &str| {
        let example = format!(
            "[[example]]\nid = \"e\"\nname = {{ zh = \"e\", en = \"e\" }}\n{rows}\nexpect = [{expect}]\n"
        );
        wrong(&annex("1", &format!("{SCORE}{}{example}", clause("{ shape = \"remark\" }", ""))))
    };
    assert_eq!(with("{ record = \"r\", refused = \"conflict\" }"), Vec::<String>::new());
    assert_eq!(with("{ tally = \"score\", value = 100 }"), ["RB221 /example/0/record/1/id"]);
}

#[test]
fn versions_that_begin_on_one_day_are_told_apart_by_what_they_are() {
    use crate::annex::identity::Status;
    use ducha_core::Lang;
    let mut one = annex("1", "");
    one.rulebook.status = Status::Adopted;
    let mut other = one.clone();
    let said = |a: &crate::Annex, b: &crate::Annex| -> Vec<(String, String, bool)> {
        let told = check_versions(&[a, b]);
        told.iter().map(|d| (super::told(d), d.help(Lang::En), d.edit.is_some())).collect()
    };
    let at = String::from("RB190 /rulebook/from");
    let twice = String::from("version 1 is given twice: leave one of the files out");
    assert_eq!(said(&one, &other), [(at.clone(), twice.clone(), false)]);
    one.rulebook.until = chrono::NaiveDate::from_ymd_opt(2027, 1, 1);
    other.rulebook.until = one.rulebook.until;
    assert_eq!(said(&one, &other), [(at.clone(), twice, false)]);
    other.rulebook.version = String::from("2");
    let day = String::from("both begin on one day: correct the from of one of them, or leave one out");
    assert_eq!(said(&one, &other), [(at.clone(), day, false)]);
    other.rulebook.from = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
    let until = String::from("write until = 2026-07-01 in the earlier version");
    assert_eq!(said(&one, &other), [(at, until, true)]);
}

#[test]
fn a_renaming_names_all_earlier_ids() {
    let version = |year: i32, id: &str, replaces: &str| {
        let text = clause("{ shape = \"remark\" }", &format!("replaces = [{replaces}]"));
        let mut annex = annex("1", &text);
        annex.clause[0].id = ducha_core::ClauseId::new(id).unwrap();
        annex.rulebook.from = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        annex
    };
    let (a, b) = (version(2024, "A", ""), version(2025, "B", "\"A\""));
    let told =
        |c: &crate::Annex| -> Vec<String> { check_versions(&[&a, &b, c]).iter().map(super::told).collect() };
    assert_eq!(told(&version(2026, "C", "\"B\"")), ["RB197 /clause/0/replaces/0"]);
    assert_eq!(told(&version(2026, "C", "\"B\", \"A\"")), Vec::<String>::new());
    assert_eq!(told(&version(2026, "C", "\"X\"")), ["RB194 /clause/0/replaces/0"]);
}
