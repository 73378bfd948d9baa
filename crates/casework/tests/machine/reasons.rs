//! What is refused reads the same in both languages.

use ducha_casework::Reason;
use ducha_core::Lang;
use std::collections::BTreeSet;

fn places(template: &str) -> BTreeSet<&str> {
    let places = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    places.map(|(place, _)| place.split_once(':').map_or(place, |(name, _)| name)).collect()
}

#[test]
fn both_languages_name_the_same_facts() {
    for reason in Reason::ALL {
        let (zh, en) = (reason.template(Lang::Zh), reason.template(Lang::En));
        assert_eq!(places(zh), places(en), "{reason:?}");
        assert!(!zh.is_empty() && !en.ends_with('.'), "{reason:?}");
    }
    let keys: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.key()).collect();
    assert_eq!(keys.len(), Reason::ALL.len());
}
