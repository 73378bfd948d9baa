//! What a mistake in reading leaves open: which findings of the checks only follow from it.
//!
//! Where a value cannot be read, the annex has a stand-in or lacks it, and the checks run all the same. A finding that rests on
//! such a value is no news; any other one is told beside the mistake. What a finding rests on is known by its code.

use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::key::Target;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};

/// With more unread places than this, nothing within an element is trusted.
const MANY: usize = 100;

/// Stands for a key that nobody knows: it may mean any key that is not given.
pub(crate) const ANY_KEY: &str = "*";

/// A place where the annex lacks what the file says, or has a stand-in for it.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    pub(crate) at: Pointer,
    /// Whether the key says something to people only: then nothing rests on it.
    pub(crate) is_silent: bool,
}

/// A table of the file's top level, or an item of a list there: `/rulebook`, `/ladder/2`.
pub(crate) type Element = Pointer;

/// The element in which a place lies.
pub(crate) fn element(at: &Pointer) -> Element {
    let mut segments = at.segments();
    let table = segments.next().map_or_else(Pointer::root, |table| Pointer::root().key(&table));
    match segments.next() {
        Some(index) if is_index(&index) => table.key(&index),
        _ => table,
    }
}

fn is_index(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which element names which others.
#[derive(Debug, Default)]
pub(crate) struct Links {
    to: BTreeMap<Element, BTreeSet<Element>>,
    /// Elements that name a value which is not there.
    open: BTreeSet<Element>,
}

impl Links {
    /// An element names others, or one of those that share an id.
    pub(crate) fn add(&mut self, from: Element, to: &[Element]) {
        self.to.entry(from).or_default().extend(to.iter().cloned());
    }

    /// An element names something that is not there.
    pub(crate) fn add_open(&mut self, from: Element, target: Target) {
        if matches!(target, Target::Tally | Target::Index | Target::Ladder | Target::Source) {
            self.open.insert(from);
        }
    }

    /// The element and all values that it rests on: tallies, indexes, ladders and sources.
    fn closure(&self, from: &Element) -> BTreeSet<Element> {
        let mut found = BTreeSet::from([from.clone()]);
        let mut next = Vec::from([from]);
        while let Some(element) = next.pop() {
            for to in self.to.get(element).into_iter().flatten() {
                let table = to.segments().next().unwrap_or_default();
                let is_value = matches!(table.as_str(), "tally" | "index" | "ladder" | "source");
                if is_value && found.insert(to.clone()) {
                    next.push(to);
                }
            }
        }
        found
    }
}

/// The places of a file that were not read, and what may rest on them.
#[derive(Debug)]
pub(crate) struct Doubt {
    unread: BTreeMap<Element, Vec<Vec<String>>>,
    /// Tables with the keys in which such a place lies; no key where it is the whole table.
    keys: BTreeSet<(String, String)>,
    links: Links,
}

impl Doubt {
    pub(crate) fn new(unread: Vec<Unread>, links: Links) -> Self {
        let mut by_element: BTreeMap<Element, Vec<Vec<String>>> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        for unread in unread.into_iter().filter(|unread| !unread.is_silent) {
            let path: Vec<String> = unread.at.segments().collect();
            let element = element(&unread.at);
            let inner = element.segments().count();
            keys.insert((
                path.first().cloned().unwrap_or_default(),
                path.get(inner).cloned().unwrap_or_default(),
            ));
            let list = by_element.entry(element.clone()).or_default();
            match list.len() {
                0..MANY => list.push(path),
                MANY => list.push(element.segments().collect()),
                _ => {}
            }
        }
        Self { unread: by_element, keys, links }
    }

    /// Whether a finding may follow from what was not read alone.
    pub(crate) fn is_open(&self, found: &Diagnostic) -> bool {
        if self.unread.is_empty() {
            return false;
        }
        let rests = rests_on(found);
        let places = core::iter::once(&found.place).chain(found.related.iter().map(|related| &related.place));
        let own = places.clone().any(|place| self.touches(&place.pointer, found.code, rests.own));
        own || self.touches_any(rests.tables)
            || self.touches_any(&[("accepted_defect", &["code", "at"])])
            || (!rests.of_others.is_empty()
                && places
                    .map(|place| element(&place.pointer))
                    .any(|from| self.others(&from, rests.of_others)))
    }

    /// Whether the element in which a finding lies lacks its id.
    pub(crate) fn is_nameless(&self, found: &Diagnostic) -> bool {
        let element = element(&found.place.pointer);
        let id: Vec<String> = element.key("id").segments().collect();
        self.unread.get(&element).is_some_and(|unread| unread.contains(&id))
    }

    fn touches(&self, place: &Pointer, code: Code, own: Own) -> bool {
        let unread = self.unread.get(&element(place)).into_iter().flatten();
        let whole = self.unread.get(&Pointer::root()).into_iter().flatten();
        let place: Vec<String> = place.segments().collect();
        unread.chain(whole).any(|unread| touch(unread, &place, code, own))
    }

    /// Whether one of the tables was not read within one of the keys; any key where none is named.
    fn touches_any(&self, tables: &[(&str, &[&str])]) -> bool {
        tables.iter().any(|(table, keys)| {
            let here = (table.to_string(), String::new());
            self.keys
                .range(here..)
                .take_while(|(name, _)| name == table)
                .any(|(_, key)| key.is_empty() || keys.is_empty() || keys.contains(&key.as_str()))
        })
    }

    /// Whether one of the keys was not read in what the element names, or that is not there at all.
    fn others(&self, from: &Element, keys: &[&str]) -> bool {
        self.links.closure(from).iter().any(|element| {
            let unread = self.unread.get(element).filter(|_| element != from).into_iter().flatten();
            let start = element.segments().count();
            let is_read_by = |key: &String| key == "id" || key == ANY_KEY || keys.contains(&key.as_str());
            self.links.open.contains(element)
                || unread.map(|path| path.get(start)).any(|key| key.is_none_or(is_read_by))
        })
    }
}

/// What of its own element a finding rests on.
#[derive(Debug, Clone, Copy)]
enum Own {
    /// The keys of the table in which it stands.
    Table,
    /// The element, but for other items of the lists within it.
    Way,
    /// All of the element.
    Whole,
    /// These keys of the element, but for what follows from a tier.
    Keys(&'static [&'static str]),
}

/// What a finding rests on.
struct Rests {
    own: Own,
    /// Keys of the values that its element names.
    of_others: &'static [&'static str],
    /// Keys of whole tables.
    tables: &'static [(&'static str, &'static [&'static str])],
}

/// What the values of a tally or index rest on.
const REACH: &[&str] = &[
    "aggregate",
    "ages",
    "awards",
    "bonuses",
    "ceiling",
    "class_factor",
    "consume",
    "floor",
    "full_marks",
    "max_deduction",
    "measure",
    "missing",
    "normalise",
    "of",
    "over",
    "redeem",
    "rounding",
    "scope",
];

fn rests_on(found: &Diagnostic) -> Rests {
    let plain = |own| Rests { own, of_others: &[], tables: &[] };
    let named = |of_others| Rests { own: Own::Way, of_others, tables: &[] };
    match found.code {
        Code::ValueBeyond
        | Code::RangeReversed
        | Code::TwoBounds
        | Code::EmptyBounds
        | Code::LengthUnit
        | Code::HoursRoll
        | Code::PartOpen
        | Code::EndlessPart
        | Code::DivisionWithoutRounding
        | Code::TermsOverlap => plain(Own::Table),
        Code::OffStep => Rests { own: Own::Table, of_others: &[], tables: &[("rulebook", &["point_step"])] },
        Code::AgesOutOfOrder
        | Code::LevelElsewhere
        | Code::ListedTwice
        | Code::OtherwiseMisused
        | Code::ExpectsNothing
        | Code::RecordTwice
        | Code::RecordMissing => plain(Own::Whole),
        Code::BandHole | Code::BandOverlap | Code::BandUncovered | Code::TiersOutOfOrder => bands(found),
        Code::NoCatchAll => Rests { own: Own::Whole, of_others: REACH, tables: STEPS },
        Code::TierElsewhere => named(&["tier"]),
        Code::SubjectsMissing | Code::VetoElsewhere => named(&["subjects"]),
        Code::WindowMismatch => named(&["window"]),
        Code::NeverJudged | Code::RowNeverEnds => named(&["window", "on", "tier"]),
        Code::NotMoney => named(&["measure"]),
        Code::LoseAllIdle => named(&["kind"]),
        Code::FormulaWithoutValue => {
            Rests { own: Own::Way, of_others: &[], tables: &[("ladder", &["on", ANY_KEY])] }
        }
        Code::ShapeUndeclared => {
            Rests { own: Own::Way, of_others: &[], tables: &[("registered_shape", &[])] }
        }
        Code::DoubleLiabilityOpen | Code::SharesDisagree => {
            const SCOPED: &[&str] = &["aspect", "criticality", "line", "section", ANY_KEY];
            Rests {
                own: Own::Way,
                of_others: &[],
                tables: &[("clause", SCOPED), ("section", &["line", ANY_KEY]), ("share", &["scope"])],
            }
        }
        _ => plain(Own::Way),
    }
}

/// The step of points, and what decides whether a clause is in a scope although its aspect has a stand-in.
const STEPS: &[(&str, &[&str])] = &[("rulebook", &["point_step"]), ("clause", &["aspect"])];

/// Fewer clauses, awards or factors leave fewer values; a hole among fewer is one among more.
fn bands(found: &Diagnostic) -> Rests {
    match found.place.pointer.segments().next().as_deref() {
        Some("ladder") => {
            let keys = Own::Keys(&["domain", "kind", "on", "select", "tier"]);
            Rests { own: keys, of_others: REACH, tables: STEPS }
        }
        Some("clause") => Rests { own: Own::Keys(&["price", "unit"]), of_others: &[], tables: &[] },
        _ => Rests {
            own: Own::Keys(&["money"]),
            of_others: &[],
            tables: &[
                ("rulebook", &["point_step"]),
                ("clause", &["aspect"]),
                ("index", &[]),
                ("ladder", &[]),
                ("ranking", &[]),
                ("source", &[]),
                ("tally", &[]),
            ],
        },
    }
}

/// Whether a finding at a place may follow from what was not read in its own element.
fn touch(unread: &[String], place: &[String], code: Code, own: Own) -> bool {
    let common = unread.iter().zip(place).take_while(|(a, b)| a == b).count();
    if common == unread.len() || common == place.len() {
        return true;
    }
    if unread.last().is_some_and(|key| key == "id") && !names_ids(code) {
        return false;
    }
    let rest = unread.get(common..).unwrap_or_default();
    match own {
        // The keys beside the place; both paths end one step further.
        Own::Table => rest.len() == 1 && place.len() == common.saturating_add(1),
        Own::Way => !rest.iter().take(rest.len().saturating_sub(1)).any(|segment| is_index(segment)),
        Own::Whole => true,
        Own::Keys(keys) => {
            let is_read = unread.iter().any(|segment| keys.contains(&segment.as_str()));
            is_read && !unread.iter().any(|segment| segment == "consequences" || segment == "when")
        }
    }
}

/// Whether a finding is about ids within its element.
const fn names_ids(code: Code) -> bool {
    matches!(
        code,
        Code::ListedTwice
            | Code::TierElsewhere
            | Code::LevelElsewhere
            | Code::RecordTwice
            | Code::RecordMissing
    )
}
