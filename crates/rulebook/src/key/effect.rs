//! Which keys say something to people only.

use super::{Key, Kind};

/// Keys without effect on any result, as table and key; `*` stands for every table.
///
/// They are names, remarks, citations and the file's own tests. The digest of meaning leaves them out, as well as every
/// key of the kind [`Kind::Article`], which is a citation, too. What is shown as part of a result stays in: the notices of a
/// consequence, the units of what is counted.
pub const WITHOUT_EFFECT: &[(&str, &str)] = &[
    ("*", "name"),
    ("*", "cite"),
    ("*", "note"),
    ("Annex", "interpretation"),
    ("Annex", "accepted_defect"),
    ("Annex", "example"),
    ("Identity", "title"),
    ("Identity", "adopted_by"),
    ("Identity", "issuer"),
    ("RegisteredShape", "doc"),
    ("Clause", "text"),
    ("Guard", "law"),
    ("Guard", "section"),
];

/// Names that are references or parts of the meaning although their key is called like a remark.
const WITH_EFFECT: &[(&str, &str)] = &[("registered", "name"), ("RegisteredShape", "name"), ("Unit", "name")];

/// Whether a key can change a result.
#[must_use]
pub fn has_effect(table: &str, key: &Key) -> bool {
    let silent = matches!(key.kind, Kind::Article)
        || WITHOUT_EFFECT.iter().any(|(t, k)| *k == key.name && (*t == "*" || *t == table));
    !silent || WITH_EFFECT.contains(&(table, key.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Keyed, Table};
    use crate::{Annex, sample};
    use alloc::{collections::BTreeMap, vec::Vec};

    #[test]
    fn every_listed_key_exists() {
        let mut found = BTreeMap::new();
        sample::tables(&Annex::KIND, &mut found);
        let mut all: Vec<&Table> = Vec::new();
        for kind in found.values() {
            match kind {
                Kind::Table(table) => all.push(table),
                Kind::Tagged(tagged) => all.extend(tagged.variants),
                _ => {}
            }
        }
        for (table, key) in WITHOUT_EFFECT.iter().chain(WITH_EFFECT) {
            let exists =
                |t: &&&Table| (*table == "*" || *table == t.name) && t.keys.iter().any(|k| k.name == *key);
            assert!(all.iter().any(|t| exists(&t)), "{table} {key}");
        }
    }
}
