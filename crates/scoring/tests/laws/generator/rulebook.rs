//! Random rulebooks, written as a clerk would write them.

use super::{Tape, Without};
use std::fmt::Write;

fn name(text: &str) -> String {
    format!("name = {{ zh = \"{text}\", en = \"{text}\" }}")
}

const ROLLING: &str = "{ rolling = \"12 months\", last_day = \"included\" }";
const ROLLING_DAYS: &str = "{ rolling = \"30 calendar days\", last_day = \"excluded\" }";

/// One version, or two of which the second renames, reprices and retires.
pub(crate) fn texts(tape: &mut Tape<'_>, without: Without) -> Vec<String> {
    let two = tape.one_in(2) && !without.versions;
    let change = tape.pick(&["2026-10-12", "2026-07-01", "2026-01-01"]);
    let first = version(tape, without, "1", "2024-01-01", two.then_some(change));
    if !two {
        return vec![first];
    }
    let mut second = first
        .replace("version = \"1\"", "version = \"2\"")
        .replace("from = 2024-01-01", &format!("from = {change}"))
        .replace(&format!("\nuntil = {change}"), "");
    // Prices change; whatever else may change is tried one at a time.
    second = second
        .replace("price = { shape = \"flat\", points = 2 }", "price = { shape = \"flat\", points = 3 }");
    if tape.one_in(2) {
        second = second.replace("max = 6, window", "max = 4, window");
    }
    if tape.one_in(2) {
        second = second
            .replace("at_least = 85 }", "at_least = 90 }")
            .replace("less_than = 85 }", "less_than = 90 }");
    }
    vec![first, second]
}

fn version(tape: &mut Tape<'_>, without: Without, version: &str, from: &str, until: Option<&str>) -> String {
    let mut text = String::new();
    let until = until.map_or_else(String::new, |day| format!("\nuntil = {day}"));
    let calendar = tape.pick(&["every_day", "cn", "weekends"]);
    write!(
        text,
        "format = 1\n[rulebook]\nid = \"gen\"\nversion = \"{version}\"\ntitle = {{ zh = \"试\", en = \"Trial\" }}\n\
         status = \"draft\"\nfrom = {from}{until}\npoint_step = 0.5\ncalendar = \"{calendar}\"\ncurrency = \"CNY\"\n\
         [[rulebook.term]]\nid = \"2026-autumn\"\n{}\nfrom = 2026-09-01\nuntil = 2027-02-01\n",
        name("term")
    )
    .unwrap();
    vocabulary(tape, &mut text);
    policies(tape, without, &mut text);
    clauses(tape, without, &mut text);
    awards(tape, &mut text);
    tallies(tape, &mut text);
    ladders(tape, &mut text);
    indexes(tape, without, &mut text);
    text
}

fn vocabulary(tape: &mut Tape<'_>, text: &mut String) {
    let factor = tape.pick(&["", "factor = 0.5", "factor = 2", "factor = 0"]);
    write!(
        text,
        "[[line]]\nid = \"L1\"\n{n}\n[[section]]\nid = \"S1\"\n{n}\nline = \"L1\"\n[[section]]\nid = \"S2\"\n{n}\n\
         [[class]]\nid = \"K1\"\n{n}\nfactor = 0.9\n\
         [[source]]\nid = \"office\"\n{n}\nkind = \"office\"\n\
         [[source]]\nid = \"own\"\n{n}\nkind = \"self\"\n\
         [[source]]\nid = \"users\"\n{n}\nkind = \"user\"\nfull_marks = 100\n{factor}\n\
         [[limit]]\nid = \"mend\"\n{n}\nlength = \"3 calendar days\"\nroll = \"following\"\n",
        n = name("word")
    )
    .unwrap();
}

fn policies(tape: &mut Tape<'_>, without: Without, text: &mut String) {
    let counts = tape.pick(&["inspections", "findings", "decided"]);
    let key = tape.pick(&[
        "\"subject\", \"clause\"",
        "\"subject\", \"section\"",
        "\"subject\", \"clause\", \"place\"",
        "\"subject\", \"line\"",
    ]);
    let window = tape.pick(&[
        ROLLING,
        "\"month\"",
        "\"ever\"",
        ROLLING_DAYS,
        "\"year\"",
        "\"inspection\"",
        "\"term\"",
    ]);
    let factors = tape.pick(&["1, 2, 3", "1, 2", "1, 1.5, 2", "2, 3"]);
    let remarks = tape.pick(&["", "count_remarks = true\n"]);
    let reset = tape.pick(&[
        "",
        "reset = [{ fact = \"sanction_executed\" }]\n",
        "reset = [{ ladder = \"yearly\", tier = \"twelve\" }]\n",
    ]);
    write!(
        text,
        "[[recurrence]]\nid = \"again\"\ncounts = \"{counts}\"\nkey = [{key}]\nwindow = {window}\nfactors = [{factors}]\n{remarks}{reset}"
    )
    .unwrap();
    let factors = tape.pick(&["2", "1.5, 3", "1", "2, 1"]);
    write!(text, "[[unrectified]]\nid = \"unmended\"\nfactors = [{factors}]\n").unwrap();
    if tape.one_in(2) {
        let scope = tape.pick(&["sections = [\"S1\"]", "lines = [\"L1\"]", ""]);
        let window =
            tape.pick(&["\"month\"", "\"day\"", "\"inspection\"", ROLLING_DAYS, "\"year\"", "\"week\""]);
        let order = tape.pick(&["after_factors", "before_factors"]);
        write!(
            text,
            "[[cap]]\nid = \"lid\"\nscope = {{ {scope} }}\nmax = 6\nwindow = {window}\norder = \"{order}\"\n"
        )
        .unwrap();
    }
    if without.connections {
        return;
    }
    // Shares that can hit one finding must agree.
    let (keeps, double) = (tape.pick(&["true", "false"]), tape.pick(&["both", "higher"]));
    if tape.one_in(3) {
        let to = tape.pick(&["leader", "upper_leader", "unit"]);
        write!(
            text,
            "[[share]]\nid = \"part\"\nscope = {{}}\nto = \"{to}\"\npercent = 30\nrounding = {{ mode = \"half_up\", to = 0.1 }}\nsubject_keeps = {keeps}\non_double = \"{double}\"\n"
        )
        .unwrap();
    }
    if tape.one_in(4) {
        let split = tape.pick(&["each", "largest_remainder"]);
        write!(
            text,
            "[[share]]\nid = \"all\"\nscope = {{ clauses = [\"C1\"] }}\nto = \"members\"\nsplit = \"{split}\"\npercent = 50\nrounding = {{ mode = \"half_up\", to = 0.1 }}\nsubject_keeps = {keeps}\non_double = \"{double}\"\n"
        )
        .unwrap();
    }
    if tape.one_in(2) {
        let scope = tape.pick(&["", "scope = { sections = [\"S1\"] }\n"]);
        write!(
            text,
            "[[accountability]]\nid = \"head\"\nfact = \"overdue\"\nclause = \"C6\"\nto = \"leader\"\n{scope}"
        )
        .unwrap();
    }
}

fn clauses(tape: &mut Tape<'_>, without: Without, text: &mut String) {
    let shapes = [
        "{ shape = \"flat\", points = 2 }",
        "{ shape = \"per_unit\", points = 1.5 }",
        "{ shape = \"per_unit\", points = 1, per = 2, part = \"up\" }",
        "{ shape = \"per_unit\", points = 1, per = 2, part = \"down\" }",
        "{ shape = \"all_or_nothing\" }",
        "{ shape = \"remark\" }",
        "{ shape = \"count\", over = \"finding\", bands = [{ less_than = 2, points = 0 }, { at_least = 2, at_most = 3, points = 1 }, { more_than = 3, each = 1 }] }",
        "{ shape = \"count\", over = \"day\", bands = [{ less_than = 2, points = 0 }, { at_least = 2, at_most = 3, points = 1 }, { more_than = 3, lose_item = true }] }",
        "{ shape = \"count\", over = \"month\", bands = [{ less_than = 3, points = 0.5 }, { at_least = 3, each = 1 }] }",
        "{ shape = \"count\", over = \"inspection\", bands = [{ less_than = 3, points = 0.5 }, { at_least = 3, points = 4 }] }",
        "{ shape = \"by_source\", prices = [{ source = \"office\", points = 2 }, { source = \"users\", points = 3 }, { source = \"own\", points = 1 }] }",
    ];
    let mut downs = 0;
    for number in 0..8 {
        let section = tape.pick(&["section = \"S1\"\n", "section = \"S2\"\n", "line = \"L1\"\n", ""]);
        let per_quantity = tape.pick(&["", ", per_quantity = true"]);
        let price = match number {
            0 => shapes[0].to_owned(),
            4 => format!("{{ shape = \"range\", min = 0.5, max = 5{per_quantity} }}"),
            5 => {
                let levels = "[{ id = \"slight\", name = { zh = \"轻\", en = \"slight\" }, points = 1 }, { id = \"grave\", name = { zh = \"重\", en = \"grave\" }, points = 5 }]";
                format!("{{ shape = \"severity\", levels = {levels}{per_quantity} }}")
            }
            6 => "{ shape = \"flat\", points = 5 }".to_owned(),
            7 => {
                let part = tape.pick(&[
                    "\"up\"",
                    "\"down\"",
                    "\"exact\", rounding = { mode = \"half_up\", to = 0.1 }",
                ]);
                let bonus = tape.pick(&["", ", bonus = 0.5, max_bonus = 2"]);
                format!(
                    "{{ shape = \"rate\", target = 95, better = \"higher\", step = 1, points = 1, part = {part}, scale = 100, max = 10{bonus} }}"
                )
            }
            _ => shapes[tape.below(shapes.len())].to_owned(),
        };
        write!(
            text,
            "[[clause]]\nid = \"C{number}\"\n{}\naspect = \"service_quality\"\nworth = 8\nrectify = \"mend\"\n{section}price = {price}\n",
            name("clause")
        )
        .unwrap();
        if number == 7 {
            continue;
        }
        if tape.one_in(2) || number == 0 {
            text.push_str("recurrence = \"again\"\n");
        }
        if tape.one_in(2) {
            text.push_str("unrectified = \"unmended\"\n");
        }
        if tape.one_in(3) {
            let window = tape.pick(&[
                "\"inspection\"",
                "\"day\"",
                "\"month\"",
                ROLLING_DAYS,
                "\"quarter\"",
                "\"ever\"",
                "\"term\"",
            ]);
            let order = tape.pick(&["after_factors", "before_factors"]);
            let max = tape.pick(&["max = 6, ", "", "max = 3, "]);
            writeln!(text, "cap = {{ {max}window = {window}, order = \"{order}\" }}").unwrap();
        }
        let extra = tape.pick(&[
            "",
            "",
            "",
            "once_per = \"inspection\"\n",
            "once_per = \"day\"\n",
            "warning = { validity = \"30 calendar days\", last_day = \"included\" }\n",
            "self_found = { factor = 0.5, within = \"3 working days\" }\n",
            "self_found = { factor = 0 }\n",
            "money = { nature = \"contract_penalty\", price = { shape = \"per_unit\", amount = 50 } }\n",
            "consequences = [\"notice\"]\n",
        ]);
        text.push_str(extra);
        let veto = tape.below(12);
        match veto {
            8 => text.push_str("veto = [{ effect = \"lose_item\" }]\n"),
            9 => text.push_str("veto = [{ effect = \"lose_all\", tally = \"score\" }]\n"),
            10 => text.push_str("veto = [{ effect = \"worst_tier\", ladder = \"grade\", at_least = 2 }]\n"),
            11 => {
                downs += 1;
                text.push_str("veto = [{ effect = \"down\", ladder = \"grade\", tiers = 1 }]\n");
            }
            _ => {}
        }
    }
    let _ = (downs, without);
}

fn awards(tape: &mut Tape<'_>, text: &mut String) {
    let stacking = tape.pick(&["highest", "cumulative"]);
    let group = tape.pick(&["", "group = \"G\"\n"]);
    let group = if stacking == "highest" { group } else { "" };
    let cap =
        tape.pick(&["", "cap = { max = 4, window = \"month\" }\n", "cap = { max = 3, window = \"year\" }\n"]);
    write!(
        text,
        "[[award]]\nid = \"A1\"\n{n}\nstacking = \"{stacking}\"\npoints = 2\n{group}{cap}\
         [[award]]\nid = \"A2\"\n{n}\nstacking = \"{stacking}\"\n{group}{cap}levels = [{{ id = \"city\", {n}, points = 3 }}, {{ id = \"province\", {n}, points = 5 }}]\n\
         [[award]]\nid = \"A3\"\n{n}\nstacking = \"cumulative\"\nmin = 1\nmax = 5\n",
        n = name("award")
    )
    .unwrap();
}

fn tallies(tape: &mut Tape<'_>, text: &mut String) {
    let everyone = "subjects = [\"department\", \"employee\", \"group\"]";
    let n = name("tally");
    let most = tape.pick(&["", "max_deduction = 8\n"]);
    let ceiling = tape.pick(&["", "ceiling = 105\n", "ceiling = 100\n"]);
    let window = tape.pick(&["month", "quarter", "half_year"]);
    write!(
        text,
        "[[tally]]\nid = \"score\"\n{n}\nkind = \"sum\"\nmeasure = \"points\"\n{everyone}\nwindow = \"{window}\"\nfull_marks = 100\nfloor = 0\n{ceiling}{most}awards = [\"A1\", \"A2\", \"A3\"]\n"
    )
    .unwrap();
    let dated = tape.pick(&["", "dated_by = \"recorded_on\"\n", "dated_by = \"decided_on\"\n"]);
    let inherit = tape.pick(&["", "inherit = true\n"]);
    let ages = tape.pick(&["", "ages = [{ up_to = \"1 month\", last_day = \"included\", weight = 2 }, { up_to = \"12 months\", last_day = \"included\", weight = 1 }]\n"]);
    write!(
        text,
        "[[tally]]\nid = \"year\"\n{n}\nkind = \"sum\"\nmeasure = \"points\"\n{everyone}\nwindow = {ROLLING}\n{dated}{inherit}{ages}"
    )
    .unwrap();
    let scope = tape.pick(&["", "scope = { sections = [\"S1\"] }\n", "scope = { sources = [\"office\"] }\n"]);
    let window =
        tape.pick(&["\"year\"", ROLLING, "{ cycle = \"12 months\", anchor = \"hired\" }", "\"ever\""]);
    let consume = tape.pick(&[
        "",
        "consume = [{ ladder = \"points\", tier = \"six\", points = 6 }]\n",
        "consume = [{ ladder = \"points\", tier = \"six\" }]\n",
    ]);
    let redeem = tape.pick(&[
        "",
        "redeem = [{ fact = \"training_passed\", points = 3, max_per_window = 4 }]\n",
        "redeem = [{ fact = \"training_passed\", points = 1, only_below = 6 }]\n",
    ]);
    let carry =
        if window.starts_with("{ c") { tape.pick(&["", "carry = { unless = \"fine_paid\" }\n"]) } else { "" };
    let clear = tape.pick(&["", "clear = [{ facts = [\"training_passed\"], ladder = \"points\", tier = \"six\", all_settled_by = \"fine_paid\" }]\n"]);
    write!(
        text,
        "[[tally]]\nid = \"balance\"\n{n}\nkind = \"balance\"\nmeasure = \"points\"\nsubjects = [\"employee\"]\nwindow = {window}\n{scope}{consume}{redeem}{carry}{clear}"
    )
    .unwrap();
    let window = tape.pick(&["\"day\"", "\"inspection\"", "\"week\"", "\"term\""]);
    let mut sum = |id: &str, keys: &str| {
        write!(text, "[[tally]]\nid = \"{id}\"\n{n}\nkind = \"sum\"\n{everyone}\n{keys}\n").unwrap();
    };
    sum("short", &format!("measure = \"points\"\nwindow = {window}"));
    if tape.one_in(3) {
        sum("money", "measure = \"money\"\nwindow = \"month\"");
    }
    if tape.one_in(3) {
        sum("findings", "measure = \"findings\"\nwindow = \"quarter\"");
        sum("visits", "measure = \"inspections\"\nwindow = \"quarter\"");
    }
    if tape.one_in(5) {
        sum(
            "notices",
            &format!("measure = \"consequences\"\nconsequences = [\"notice\"]\nwindow = {ROLLING}"),
        );
    }
}

fn ladders(tape: &mut Tape<'_>, text: &mut String) {
    let n = name("tier");
    let everyone = "subjects = [\"department\", \"employee\", \"group\"]";
    let several = tape.pick(&["largest", "sum"]);
    let judged = tape.pick(&["", "judged = \"each_record\"\n"]);
    write!(
        text,
        "[[consequence]]\nid = \"notice\"\n{n}\nkind = \"notice\"\ndecided_by = \"office\"\nwithin = \"mend\"\n\
         [[consequence]]\nid = \"praise\"\n{n}\nkind = \"reward\"\ndecided_by = \"office\"\n\
         [[consequence]]\nid = \"cut\"\n{n}\nkind = \"money\"\ndecided_by = \"department_head\"\n\
         extent = {{ unit = {{ zh = \"天\", en = \"days\" }}, base = 7, each = 7, max = 30 }}\n\
         [consequence.money]\nnature = \"performance_pay\"\ndirection = \"withheld\"\n\
         formula = {{ formula = \"percent\", percent = 30, of = \"wage\", rounding = {{ mode = \"down\", to = 0.01 }} }}\n\
         guards = [{{ law = {{ zh = \"法\", en = \"law\" }}, section = \"16\", max_percent = 20, of = \"wage\", keep_at_least = \"minimum_wage\", rounding = {{ mode = \"down\", to = 0.01 }} }}]\n\
         [[ladder]]\nid = \"grade\"\n{n}\nkind = \"grade\"\n{everyone}\nselect = \"band\"\non = {{ tally = \"score\" }}\nseveral_down = \"{several}\"\n{judged}tier = [\n\
         {{ id = \"good\", {n}, consequences = [\"praise\"], at_least = 95 }},\n\
         {{ id = \"fair\", {n}, less_than = 95, at_least = 85 }},\n\
         {{ id = \"poor\", {n}, consequences = [\"notice\"], less_than = 85 }},\n]\n\
         [[ladder]]\nid = \"yearly\"\n{n}\nkind = \"penalty\"\n{everyone}\nselect = \"band\"\non = {{ tally = \"year\" }}\ntier = [\n\
         {{ id = \"below\", {n}, less_than = 6 }},\n\
         {{ id = \"some\", {n}, at_least = 6, less_than = 12, consequences = [\"notice\"] }},\n\
         {{ id = \"twelve\", {n}, at_least = 12, consequences = [\"cut\"] }},\n]\n\
         [[ladder]]\nid = \"points\"\n{n}\nkind = \"penalty\"\nsubjects = [\"employee\"]\nselect = \"band\"\non = {{ tally = \"balance\" }}\ntier = [\n\
         {{ id = \"under\", {n}, less_than = 6 }},\n\
         {{ id = \"six\", {n}, at_least = 6, consequences = [\"cut\"] }},\n]\n"
    )
    .unwrap();
    if tape.one_in(2) {
        let (windows, gaps) =
            (tape.pick(&["2, out_of = 2", "2, out_of = 3", "1, out_of = 1"]), tape.pick(&["break", "skip"]));
        write!(
            text,
            "[[ladder]]\nid = \"row\"\n{n}\nkind = \"penalty\"\n{everyone}\nselect = \"worst_matching\"\ntier = [\n\
             {{ id = \"free\", {n}, otherwise = true }},\n\
             {{ id = \"often\", {n}, consequences = [\"notice\"], when = [{{ ladder = \"grade\", tier = \"fair\", or_worse = true, windows = {windows}, gaps = \"{gaps}\" }}] }},\n\
             {{ id = \"heavy\", {n}, consequences = [\"cut\"], when = [{{ largest_of = \"score\", at_least = 4 }}, {{ count_of = \"score\", at_least = 2 }}] }},\n]\n"
        )
        .unwrap();
    }
    if !text.contains("id = \"notices\"") {
        return;
    }
    text.push_str(&format!(
        "[[ladder]]\nid = \"conversion\"\n{n}\nkind = \"penalty\"\n{everyone}\nselect = \"band\"\non = {{ tally = \"notices\" }}\ntier = [\n\
         {{ id = \"few\", {n}, less_than = 2 }},\n\
         {{ id = \"many\", {n}, at_least = 2, consequences = [\"cut\"] }},\n]\n"
    ));
}

fn indexes(tape: &mut Tape<'_>, without: Without, text: &mut String) {
    let n = name("index");
    let window = if text.contains("id = \"score\"") {
        let at = text.find("id = \"score\"").unwrap();
        let rest = &text[at..];
        let line = rest.lines().find(|line| line.starts_with("window")).unwrap();
        line.to_owned()
    } else {
        String::new()
    };
    let missing = tape.pick(&["undetermined", "reweigh"]);
    write!(
        text,
        "[[index]]\nid = \"whole\"\n{n}\nsubjects = [\"department\"]\n{window}\naggregate = \"weighted\"\nmissing = \"{missing}\"\nclass_factor = true\n\
         rounding = {{ mode = \"half_up\", to = 0.01 }}\n\
         of = [{{ tally = \"score\", weight = 0.7 }}, {{ rating = \"users\", weight = 0.3, rounding = {{ mode = \"half_up\", to = 0.1 }} }}]\n\
         [[index]]\nid = \"rate\"\n{n}\nsubjects = [\"department\", \"employee\"]\n{window}\naggregate = \"sum\"\nof = [{{ tally = \"score\" }}]\n\
         normalise = {{ to = 100, rounding = {{ mode = \"half_up\", to = 0.01 }} }}\n"
    )
    .unwrap();
    if text.contains("id = \"visits\"") {
        write!(
            text,
            "[[index]]\nid = \"each\"\n{n}\nsubjects = [\"department\"]\nwindow = \"quarter\"\naggregate = \"quotient\"\nof = [{{ tally = \"findings\" }}, {{ tally = \"visits\" }}]\n\
         rounding = {{ mode = \"half_up\", to = 0.01 }}\n"
    )
    .unwrap();
    }
    if without.connections {
        return;
    }
    let aggregate = tape.pick(&["mean", "min", "max", "sum"]);
    write!(
        text,
        "[[index]]\nid = \"people\"\n{n}\nsubjects = [\"department\"]\n{window}\naggregate = \"{aggregate}\"\nover = \"members\"\nof = [{{ tally = \"score\" }}]\n\
         rounding = {{ mode = \"half_up\", to = 0.01 }}\n"
    )
    .unwrap();
    let ties = tape.pick(&["share_rank", "dense", "none_at_boundary"]);
    write!(
        text,
        "[[ranking]]\nid = \"best\"\n{n}\nsubjects = [\"department\"]\n{window}\non = {{ tally = \"score\" }}\nbest = \"highest\"\nties = \"{ties}\"\ntop = 1\ntop_consequences = [\"praise\"]\nbottom = 1\nbottom_consequences = [\"notice\"]\nmin_subjects = 2\n"
    )
    .unwrap();
}
