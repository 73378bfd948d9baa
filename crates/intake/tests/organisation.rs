//! The organisation file: what is understood, and what is told with its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use chrono::NaiveDate;
use ducha_core::{Lang, SubjectId};
use ducha_intake::{OrganisationFormat, read_organisation};

const TOML: &str = r#"
[[subject]]
id = "office"
kind = "group"
name = { zh = "督查办", en = "Inspection office" }

[[subject]]
id = "canteen"
kind = "department"
name = { zh = "第一食堂", en = "Canteen 1" }
from = 2024-09-01
parent = "office"
leader = [{ person = "wang", until = 2026-10-15 }, { person = "li", acting = true, from = 2026-10-15 }]
line = "canteen"
class = "large"
anchor = { first_licence = 2020-05-01 }

[[subject]]
id = "wang"
kind = "employee"
name = { zh = "王一", en = "Wang Yi" }
parent = [{ of = "canteen", until = 2026-10-15 }, { of = "office", from = 2026-10-15 }]

[[subject]]
id = "li"
kind = "employee"
name = { zh = "李二", en = "Li Er" }
parent = "canteen"
"#;

const JSON: &str = r#"{"subject": [
  {"id": "office", "kind": "group", "name": {"zh": "督查办", "en": "Inspection office"}},
  {"id": "canteen", "kind": "department", "name": {"zh": "第一食堂", "en": "Canteen 1"}, "from": "2024-09-01",
   "parent": "office",
   "leader": [{"person": "wang", "until": "2026-10-15"}, {"person": "li", "acting": true, "from": "2026-10-15"}],
   "line": "canteen", "class": "large", "anchor": {"first_licence": "2020-05-01"}},
  {"id": "wang", "kind": "employee", "name": {"zh": "王一", "en": "Wang Yi"},
   "parent": [{"of": "canteen", "until": "2026-10-15"}, {"of": "office", "from": "2026-10-15"}]},
  {"id": "li", "kind": "employee", "name": {"zh": "李二", "en": "Li Er"}, "parent": "canteen"}
]}"#;

fn faults(text: &str, format: OrganisationFormat) -> Vec<(u64, u64, &'static str)> {
    let faults = read_organisation(text.as_bytes(), format).unwrap_err();
    for lang in [Lang::Zh, Lang::En] {
        assert!(faults.iter().all(|fault| !fault.text(lang).contains("{subject}")));
    }
    faults.iter().map(|fault| (fault.line, fault.column, fault.reason.code())).collect()
}

#[test]
fn leaders_and_parents_are_dated() {
    let organisation = read_organisation(TOML.as_bytes(), OrganisationFormat::Toml).unwrap();
    let canteen = SubjectId::new("canteen").unwrap();
    let leader = |day| organisation.leader_on(&canteen, day).unwrap().person.to_string();
    assert_eq!(leader(NaiveDate::from_ymd_opt(2026, 10, 14).unwrap()), "wang");
    assert_eq!(leader(NaiveDate::from_ymd_opt(2026, 10, 15).unwrap()), "li");
}

#[test]
fn json_of_the_same_shape_is_the_same_organisation() {
    assert_eq!(
        read_organisation(JSON.as_bytes(), OrganisationFormat::Json).unwrap(),
        read_organisation(TOML.as_bytes(), OrganisationFormat::Toml).unwrap()
    );
}

#[test]
fn a_plain_list_in_gb18030_is_enough_for_a_simple_organisation() {
    let list = "编号,种类,名称,英文名称,上级,负责人,起始日期,终止日期\r\n\
                office,group,督查办,,,,,\r\n\
                canteen,department,第一食堂,Canteen 1,office,wang,2024/9/1,\r\n\
                wang,employee,王一,Wang Yi,canteen,,,\r\n,,,,,,,\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(list);
    let organisation = read_organisation(&gb, OrganisationFormat::Csv).unwrap();
    assert_eq!(organisation, read_organisation(list.as_bytes(), OrganisationFormat::Csv).unwrap());
    let canteen = organisation.subject(&SubjectId::new("canteen").unwrap()).unwrap();
    assert_eq!((canteen.name.zh.as_str(), canteen.name.en.as_str()), ("第一食堂", "Canteen 1"));
    assert_eq!(canteen.from, NaiveDate::from_ymd_opt(2024, 9, 1));
}

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    let text = r#"[[subject]]
id = "食堂"
kind = "department"
name = { zh = "食堂", en = "Canteen" }

[[subject]]
id = "a"
knd = "department"
name = { zh = "甲" }
from = "2026-02-30"
until = 2026-10-03T09:05:00
parent = "nobody"
leader = [{ person = "b", acting = "yes" }]
anchor = { "first licence" = 2020-05-01 }

[[subject]]
id = "b"
kind = "employee"
name = { zh = "乙", en = "B" }
parent = [{ of = "c", until = 2026-01-01 }, { of = "nobody", from = 2025-01-01 }]
class = 1.5

[[subject]]
id = "b"
kind = "employee"
name = { zh = "乙", en = "B" }

[[subject]]
id = "c"
kind = "team"
name = { zh = "丙", en = "C" }
parent = "d"
leader = [{ person = "d", from = 2026-01-01, until = 2025-01-01 }]

[[subject]]
id = "d"
kind = "team"
name = { zh = "丁", en = "D" }
parent = [{ of = "c" }, { of = "nobody" }]
"#;
    assert_eq!(
        faults(text, OrganisationFormat::Toml),
        [
            (2, 6, "bad_id"),
            (6, 1, "missing_key"),
            (8, 1, "misspelt_key"),
            (9, 8, "missing_key"),
            (10, 8, "no_such_day"),
            (11, 9, "wrong_kind"),
            (13, 36, "wrong_kind"),
            (14, 12, "bad_id"),
            (21, 9, "wrong_kind"),
            (23, 1, "duplicate_subject"),
            (28, 1, "reversed_span"),
            (28, 1, "cycle"),
            (35, 1, "overlapping_spans"),
            (35, 1, "cycle"),
            (39, 32, "unknown_subject"),
        ]
    );
}

#[test]
fn broken_syntax_is_told_together_with_what_can_still_be_read() {
    let text = "[[subject]]\nid = \"a\nkind = \"team\"\nname = { zh = \"甲\", en = \"A\" }\n\n[[subject]]\nid = \"b\"\nkind = \"team\"\nname = { zh = \"乙\", en = \"B\" }\ncolour = \"red\"\n";
    let found = faults(text, OrganisationFormat::Toml);
    assert_eq!((found[0].0, found[0].2), (2, "syntax"));
    assert!(found.contains(&(10, 1, "unknown_key")), "{found:?}");
}

#[test]
fn json_mistakes_have_places_too() {
    let text = "{\"subject\": [\n  {\"id\": \"a\", \"kind\": \"team\", \"name\": {\"zh\": \"甲\", \"en\": \"A\", \"de\": \"A\"},\n   \"parent\": \"x\", \"parent\": \"y\"}\n]}";
    assert_eq!(faults(text, OrganisationFormat::Json), [(2, 68, "unknown_key"), (3, 29, "duplicate_key")]);
    assert_eq!(faults("{\"subject\": [\n  {]}", OrganisationFormat::Json), [(2, 4, "syntax")]);
}

#[test]
fn list_mistakes_have_places_too() {
    let heading = "id,kind,name,colour\n,team,甲,\n";
    assert_eq!(
        faults(heading, OrganisationFormat::Csv),
        [(1, 1, "missing"), (1, 9, "misspelt_column"), (1, 14, "unknown_column")]
    );
    let rows = "编号,种类,名称\n,team,甲\nb,team\nc,,丙,\nd,,丁\n";
    assert_eq!(
        faults(rows, OrganisationFormat::Csv),
        [(2, 1, "missing_key"), (3, 1, "cell_count"), (4, 1, "cell_count"), (5, 1, "missing_key")]
    );
    assert_eq!(faults("", OrganisationFormat::Csv), [(1, 1, "no_header")]);
}
