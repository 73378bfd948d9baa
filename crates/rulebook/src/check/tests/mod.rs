//! The traps and their sound neighbours: what must be found, and what must not.
#![allow(clippy::arithmetic_side_effects, reason = "small numbers of tests")]

mod procedure;
mod proofs;
mod traps;

use super::check;
use crate::{
    Annex, Diagnostic,
    sample::{Fill, annexes},
};
use serde_json::Value as Json;
use std::{format, string::String, vec::Vec};

/// Lines that every rulebook of these tests begins with.
const HEAD: &str = r#"
format = 1
[rulebook]
id = "t"
version = "1"
title = { zh = "试", en = "test" }
status = "draft"
from = 2026-01-01
calendar = "cn"
currency = "CNY"
"#;

/// A name, where only the rest matters.
fn named(id: &str) -> String {
    format!("id = \"{id}\", name = {{ zh = \"{id}\", en = \"{id}\" }}")
}

fn annex(point_step: &str, tables: &str) -> Annex {
    let text = format!("{HEAD}\npoint_step = {point_step}\n{tables}");
    let source = crate::Source::new("t.toml", text);
    crate::read::read(&source).unwrap_or_else(|wrong| panic!("{wrong:#?}")).annex
}

/// Codes and pointers of what is wrong, in the order of the checks.
fn wrong(annex: &Annex) -> Vec<String> {
    check(annex).iter().map(told).collect()
}

fn told(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.code.text().code, diagnostic.place.pointer)
}

/// Numbers with a point as texts, as the reader hands them on.
fn quoted(data: Json) -> Json {
    match data {
        Json::Number(number) if !number.is_u64() => Json::String(format!("{number}")),
        Json::Array(items) => items.into_iter().map(quoted).collect(),
        Json::Object(keys) => keys.into_iter().map(|(key, value)| (key, quoted(value))).collect(),
        other => other,
    }
}

#[test]
fn no_annex_of_the_key_table_makes_a_check_panic() {
    let mut seen = 0;
    for fill in [Fill::Full, Fill::Least] {
        for data in annexes(fill) {
            let annex: Annex = serde_json::from_value(quoted(data)).unwrap();
            let _ = check(&annex);
            let _ = super::check_versions(&[&annex, &annex]);
            seen += 1;
        }
    }
    assert!(seen > 0);
}
