//! The schema accepts what the reader accepts, and refuses what it refuses: table by table, key by key.

use super::*;
use crate::read::{Format, Node, Source, Value, accept_tree, parse};
use crate::sample::{Fill, annexes, samples, source, tables};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::ToString,
};
use jsonschema::Validator;
use proptest::prelude::*;
use std::sync::LazyLock;

fn validator(kind: &Kind) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&document(kind, "test")).unwrap()
}

/// Whether the reader accepts the data, ids and references apart.
fn reads(data: &Json, kind: &Kind) -> bool {
    let source = Source { format: Format::Json, ..source(data) };
    let tree = parse(&source).0.unwrap();
    let accepted = accept_tree(&tree, kind, Format::Json);
    let of_ids = [crate::Code::UnknownReference, crate::Code::DuplicateId];
    accepted.data.is_some() && accepted.diagnostics.iter().all(|found| of_ids.contains(&found.code))
}

/// Values of which most are wrong in most places.
fn odd_values() -> Vec<Json> {
    Vec::from([
        Json::Null,
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(27),
        json!(4_294_967_296_u64),
        json!(""),
        json!("x"),
        json!("a b"),
        json!("文字"),
        json!("y".repeat(129)),
        json!("2.50"),
        json!("-3"),
        json!("1e3"),
        json!("12."),
        json!("2026-10-01"),
        json!("2026-02-30"),
        json!("2026/10/01"),
        json!("08:30"),
        json!("24:00"),
        json!("3 days"),
        json!("0 weeks"),
        json!("2 WEEKS"),
        json!("７ 个自然日"),
        json!("3"),
        json!("month"),
        json!([]),
        json!(["x"]),
        json!([{}]),
        json!({}),
        json!({ "x y": "2026-10-01" }),
        json!({ "zh": "文", "en": "text" }),
        json!({ "shape": "flat", "points": 1 }),
        json!({ "shape": "flt", "points": 1 }),
        json!({ "rolling": "12 months", "last_day": "included" }),
        json!({ "rolling": "12 months" }),
        json!({ "last_day": "included" }),
    ])
}

#[test]
fn names_of_tables_are_unique_in_the_schema() {
    let mut found = BTreeMap::new();
    tables(&Annex::KIND, &mut found);
    for (name, kind) in &found {
        let (Kind::Table(table), Json::Object(defs)) = (kind, &rulebook()["$defs"]) else { continue };
        assert_eq!(defs[name.as_str()]["description"], table.doc, "{name}");
    }
    assert!(found.len() > 60, "{}", found.len());
}

#[test]
fn schema_and_reader_agree_on_every_key_of_every_table() {
    let mut found = BTreeMap::new();
    tables(&Annex::KIND, &mut found);
    let mut refused = 0;
    for (name, kind) in &found {
        let schema = validator(kind);
        let agree = |data: &Json| {
            let read = reads(data, kind);
            assert_eq!(schema.is_valid(data), read, "{name}: {data}");
            read
        };
        for fill in [Fill::Full, Fill::Least] {
            samples(kind, fill).iter().for_each(|data| assert!(agree(data), "{name}: {data}"));
        }
        let all = samples(kind, Fill::Outer);
        // Of tagged tables one sample of every variant, of others the first: the words were tried above.
        let mut tags = BTreeSet::new();
        let new = |data: &&Json| match kind {
            Kind::Tagged(tagged) => tags.insert(data[tagged.tag].to_string()),
            _ => tags.insert(data.is_object().to_string()),
        };
        for data in all.iter().filter(new) {
            let Json::Object(map) = data else { continue };
            for key in map.keys() {
                let mut without = map.clone();
                without.remove(key);
                refused += usize::from(!agree(&Json::Object(without)));
                for odd in odd_values() {
                    let mut changed = map.clone();
                    changed.insert(key.clone(), odd);
                    refused += usize::from(!agree(&Json::Object(changed)));
                }
            }
            let mut more = map.clone();
            more.insert("unheard_of".into(), json!(1));
            assert!(!agree(&Json::Object(more)), "{name}");
        }
    }
    assert!(refused > 5_000, "{refused}");
}

#[test]
fn the_schema_of_records_is_that_of_the_records_in_examples() {
    let schema = jsonschema::validator_for(&record()).unwrap();
    for data in samples(&Record::KIND, Fill::Full) {
        assert!(schema.is_valid(&data) && reads(&data, &Record::KIND), "{data}");
    }
    assert!(!schema.is_valid(&json!({ "type": "finding" })));
}

/// All places in the data.
fn places(data: &Json, at: &str, out: &mut Vec<String>) {
    out.push(at.to_string());
    match data {
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), out));
        }
        Json::Object(map) => map.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), out)),
        _ => {}
    }
}

/// A full file, its places, and the validator: made once.
static FULL: LazyLock<(Json, Vec<String>, Validator)> = LazyLock::new(|| {
    let data = annexes(Fill::Full).remove(0);
    let mut all = Vec::new();
    places(&data, "", &mut all);
    (data, all, validator(&Annex::KIND))
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn schema_and_reader_agree_on_a_whole_file_with_mistakes(
        spots in proptest::collection::vec((any::<prop::sample::Index>(), 0..39_usize), 1..3),
    ) {
        let (full, all, schema) = &*FULL;
        let mut data = full.clone();
        for (spot, odd) in spots {
            if let Some(place) = data.pointer_mut(spot.get(all.as_slice()).as_str()) {
                *place = odd_values()[odd].clone();
            }
        }
        prop_assert_eq!(schema.is_valid(&data), reads(&data, &Annex::KIND));
    }
}

/// The JSON twin of what was read from TOML.
fn twin(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Text(text) | Value::Moment(text, _) => json!(text),
        Value::Number(text) => serde_json::from_str(text).unwrap(),
        Value::Bool(value) => json!(value),
        Value::Null => Json::Null,
        Value::List(items) => Json::Array(items.iter().map(twin).collect()),
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.to_string(), twin(&entry.node))).collect())
        }
    }
}

#[test]
fn the_schema_accepts_the_json_twin_of_every_rulebook_that_is_shipped() {
    let schema = validator(&Annex::KIND);
    let mut files = 0;
    for folder in ["campus", "rulebooks"] {
        let folder = std::format!("{}/../../examples/{folder}", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".toml") || name == "org.toml" {
                continue;
            }
            let source = Source::new(name.as_str(), std::fs::read_to_string(&path).unwrap());
            let twin = twin(&parse(&source).0.unwrap());
            let refusals: Vec<String> =
                schema.iter_errors(&twin).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(refusals.is_empty(), "{name}: {refusals:#?}");
            files += 1;
        }
    }
    assert!(files >= 10, "{files}");
}
