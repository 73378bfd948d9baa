//! Refusals say the same in both languages.

use ducha_casework::Reason;
use ducha_core::{Lang, message::placeholders};
use std::collections::BTreeSet;

#[test]
fn every_reason_names_the_same_facts_in_both_languages() {
    let mut keys = BTreeSet::new();
    for reason in Reason::ALL {
        let (zh, en) = (reason.template(Lang::Zh), reason.template(Lang::En));
        assert_eq!(placeholders(zh), placeholders(en), "{}", reason.key());
        assert!(keys.insert(reason.key()), "{} is there twice", reason.key());
    }
}
