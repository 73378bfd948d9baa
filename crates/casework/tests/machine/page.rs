//! docs/casework.md tells what the code does.

use ducha_casework::{Act, Case, KINDS, Status, diagram, with_kind};
use ducha_core::Lang;
use std::fmt::Write;

/// The page's part about a kind of case: its diagram, and who may do what.
fn part<C: Case>() -> String {
    let mut out = String::new();
    let (zh, en) = C::LABEL;
    writeln!(out, "### {zh} {en}: `{}`\n", C::KIND).unwrap();
    writeln!(out, "```mermaid\n{}```\n", diagram::<C>(Lang::En)).unwrap();
    writeln!(out, "| Act | 动作 | Who may | Art. |\n|---|---|---|---|").unwrap();
    for act in C::Act::ALL {
        let rule = act.rule();
        let by: Vec<_> = rule.by.iter().map(|party| party.text(Lang::En)).collect();
        let (zh, en) = rule.label;
        writeln!(out, "| `{}`: {en} | {zh} | {} | {} |", rule.word, by.join(", "), rule.article).unwrap();
    }
    let statuses: Vec<_> = C::Status::ALL
        .iter()
        .map(|status| format!("`{}` {}", status.word(), status.text(Lang::Zh)))
        .collect();
    writeln!(out, "\n{}.", statuses.join(", ")).unwrap();
    out
}

#[test]
fn the_page_tells_what_the_code_does() {
    let parts: Vec<String> = KINDS.iter().map(|kind| with_kind!(*kind, C => part::<C>()).unwrap()).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/casework.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (begin, end) = ("<!-- read off the code: begin -->\n\n", "\n<!-- read off the code: end -->");
    let (head, rest) = page.split_once(begin).unwrap();
    let (told, tail) = rest.split_once(end).unwrap();
    let should = parts.join("\n");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, format!("{head}{begin}{should}{end}{tail}")).unwrap();
        return;
    }
    assert!(told == should, "docs/casework.md tells otherwise; renew it with UPDATE_EXPECT=1");
}
