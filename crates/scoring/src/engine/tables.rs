//! The rules of all versions as tables: clauses by number, whatever several of them share, and what must be reckoned together.

use super::{
    codes::Codes,
    dossier::NONE,
    reach::Reach,
    scale::{ScaledFactor, at_scale},
};
use crate::{
    draft::in_scope,
    versions::{Version, Versions},
};
use alloc::{boxed::Box, vec, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{Points, SourceId};
use ducha_rulebook::annex::{
    clause::{CapOrder, Clause, VetoEffect},
    policy::{KeyPart, Recurrence},
    price::{CountOver, Price},
    vocabulary::Scope,
};

/// All versions in hand, ready to reckon entries by. Versions have the numbers that [`Versions`] gives them.
#[derive(Debug, Clone)]
pub(super) struct Tables {
    pub(super) versions: Vec<VersionTable>,
    /// For each unit whether it takes in the records of all subjects.
    pub(super) units: Vec<Unit>,
}

/// Clauses (or an award) whose entries depend on each other: they are reckoned together, apart from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Of each subject alone.
    OfSubject,
    /// Of all subjects together, for a recurrence that does not ask for the same subject, or that a tier resets.
    OfAll,
}

/// One version.
#[derive(Debug, Clone)]
pub(super) struct VersionTable {
    /// The place of each clause by its number among all codes; [`NONE`] where the version does not have it.
    pub(super) clause_of: Box<[u32]>,
    pub(super) items: Box<[Item]>,
    /// The unit of each award.
    pub(super) award_units: Box<[u32]>,
    pub(super) recurrences: Box<[RecurrenceItem]>,
}

/// A clause of a version.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its number among the codes of all versions.
    pub(super) code: u32,
    pub(super) unit: u32,
    /// The codes that mean this clause.
    pub(super) kin: Box<[u32]>,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    /// Its place among the recurrences; [`NONE`] where it has none.
    pub(super) recurrence: u32,
    pub(super) unrectified: u32,
    pub(super) before: Box<[CapItem]>,
    pub(super) after: Box<[CapItem]>,
    /// The cap that it keeps where the judging version no longer has the clause, with its order.
    pub(super) retired: Option<(CapOrder, CapItem)>,
    /// Whether a finding can lose the item whole.
    pub(super) can_lose: bool,
    /// A price that needs nothing but the quantity.
    pub(super) simple: Simple,
    /// Whether the price before factors looks at nothing that was found earlier.
    pub(super) looks_back: bool,
}

/// Prices that are one product, at the scorer's scale; what inspectors choose, and everything else, is read from the clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Simple {
    /// The same for every finding.
    Flat(i64),
    /// So much for each unit.
    PerUnit(i64),
    /// Not simple.
    No,
}

/// A cap that findings of a clause may meet.
#[derive(Debug, Clone)]
pub(super) struct CapItem {
    /// What is used up together has one key.
    pub(super) key: u32,
    /// Nothing where neither the cap nor the clause says how much.
    pub(super) max: Option<i64>,
    pub(super) window: Reach,
    /// The version whose cap it is.
    pub(super) version: u32,
    /// The clause that should have a worth, by its place in that version.
    pub(super) clause: u32,
    /// Only findings from these sources, where there are any.
    pub(super) sources: Box<[SourceId]>,
}

/// How repetition raises the price.
#[derive(Debug, Clone)]
pub(super) struct RecurrenceItem {
    pub(super) factors: Box<[ScaledFactor]>,
    pub(super) window: Reach,
    pub(super) by_subject: bool,
    pub(super) by_clause: bool,
}

/// Sets of codes that are joined step by step.
struct Joined(Vec<u32>);

impl Joined {
    fn root(&self, of: u32) -> u32 {
        let mut at = of;
        while let Some(up) = self.0.get(at as usize).copied().filter(|up| *up != at) {
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(root) = self.0.get_mut(high as usize) {
            *root = low;
        }
    }
}

/// A policy's factors as whole numbers; nothing where one has too many places.
fn scaled_factors(factors: &[ducha_core::Factor]) -> Option<Box<[ScaledFactor]>> {
    factors.iter().map(|factor| ScaledFactor::of(*factor)).collect()
}

/// What the codes of all versions mean in each, found once: rules are looked up by number from here on.
struct Meaning<'v, 'a> {
    versions: &'v Versions<'a>,
    codes: &'v Codes,
    /// By version and code the place of the clause that is meant; [`NONE`] where nothing is.
    meant: Vec<Vec<u32>>,
    /// By code whether a finding can lose the item in some version.
    loses: Vec<bool>,
    /// The caps over several clauses of all versions; one id is one cap.
    caps: Codes,
}

impl<'v, 'a> Meaning<'v, 'a> {
    fn new(versions: &'v Versions<'a>, codes: &'v Codes) -> Self {
        let mut loses = vec![false; codes.len()];
        let mut ids: Vec<Option<&ducha_core::ClauseId>> = vec![None; codes.len()];
        for clause in versions.iter().flat_map(|version| &version.annex.clause) {
            let Some(code) = codes.number(clause.id.as_str()) else { continue };
            let loses_item = clause.veto.iter().any(|veto| veto.effect == VetoEffect::LoseItem);
            if let Some(loses) = loses.get_mut(code as usize) {
                *loses |= loses_item;
            }
            if let Some(id) = ids.get_mut(code as usize) {
                *id = Some(&clause.id);
            }
        }
        let of_version = |version: Version<'a>| {
            let mut meant = places(version, codes);
            for (place, id) in meant.iter_mut().zip(&ids).filter(|(place, _)| **place == NONE) {
                let clause = id.and_then(|id| version.clause_meant(id));
                let found = clause.and_then(|clause| {
                    version.annex.clause.iter().position(|other| core::ptr::eq(other, clause))
                });
                *place = found.map_or(NONE, number);
            }
            meant
        };
        Self {
            versions,
            codes,
            meant: versions.iter().map(of_version).collect(),
            loses,
            caps: cap_codes(versions),
        }
    }

    /// The place of the clause that a code means in a version.
    fn place(&self, version: Version<'_>, code: u32) -> Option<u32> {
        let place = self.meant.get(version.number)?.get(code as usize).copied()?;
        (place != NONE).then_some(place)
    }

    fn code(&self, clause: &Clause) -> Option<u32> {
        self.codes.number(clause.id.as_str())
    }
}

/// The place of each code's own clause in a version.
fn places(version: Version<'_>, codes: &Codes) -> Vec<u32> {
    let mut places = vec![NONE; codes.len()];
    for (place, clause) in (0_u32..).zip(&version.annex.clause) {
        if let Some(of) = codes.number(clause.id.as_str()).and_then(|code| places.get_mut(code as usize)) {
            *of = place;
        }
    }
    places
}

impl Tables {
    /// The tables of these versions; nothing where a number is too fine or too large.
    pub(super) fn compile(versions: &Versions<'_>, codes: &Codes, scale: u32) -> Option<Self> {
        let awards = award_codes(versions);
        let mut joined = Joined((0..number(codes.len())).collect());
        let meaning = Meaning::new(versions, codes);
        let (of_all, resets_by_tier) = join(&meaning, &mut joined);
        let mut units = vec![Unit::OfSubject; codes.len().saturating_add(awards.len())];
        if resets_by_tier {
            // What a tier rests on is everything, awards too.
            units = vec![Unit::OfAll];
        }
        for code in of_all {
            if let Some(unit) = units.get_mut(joined.root(code) as usize) {
                *unit = Unit::OfAll;
            }
        }
        let mut tables = Vec::new();
        for version in versions.iter() {
            // A code of another version that means a clause here is its kin.
            let mut kin: Vec<Vec<u32>> = vec![Vec::new(); version.annex.clause.len()];
            for code in 0..number(codes.len()) {
                let place = meaning.place(version, code);
                if let Some(kin) = place.and_then(|place| kin.get_mut(place as usize)) {
                    kin.push(code);
                }
            }
            let items = (0_u32..).zip(version.annex.clause.iter().zip(kin)).map(|(place, (clause, kin))| {
                let code = codes.number(clause.id.as_str())?;
                let unit = if resets_by_tier { 0 } else { joined.root(code) };
                item(&meaning, version, (place, clause), kin, scale, unit)
            });
            let recurrences = version.annex.recurrence.iter().map(|policy| {
                Some(RecurrenceItem {
                    factors: scaled_factors(&policy.factors)?,
                    window: Reach::of(&policy.window),
                    by_subject: policy.key.contains(&KeyPart::Subject),
                    by_clause: policy.key.contains(&KeyPart::Clause),
                })
            });
            let award_unit = |id: &str| {
                let place = awards.number(id)?;
                Some(if resets_by_tier { 0 } else { number(codes.len()).saturating_add(place) })
            };
            tables.push(VersionTable {
                clause_of: places(version, codes).into_boxed_slice(),
                items: items.collect::<Option<_>>()?,
                award_units: version
                    .annex
                    .award
                    .iter()
                    .map(|award| award_unit(award.id.as_str()))
                    .collect::<Option<_>>()?,
                recurrences: recurrences.collect::<Option<_>>()?,
            });
        }
        Some(Self { versions: tables, units })
    }

    pub(super) fn version(&self, number: u32) -> Option<&VersionTable> {
        self.versions.get(number as usize)
    }

    pub(super) fn item(&self, version: u32, clause: u32) -> Option<&Item> {
        self.version(version)?.items.get(clause as usize)
    }
}

/// A place in a list of rules, which is far shorter than 32 bits.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

/// The awards of all versions; one id is one award.
fn award_codes(versions: &Versions<'_>) -> Codes {
    let mut codes = Codes::default();
    for award in versions.iter().flat_map(|version| &version.annex.award) {
        codes.add(award.id.as_str());
    }
    codes
}

/// Joins the clauses that depend on each other, and tells of which all subjects do, and whether a tier resets a count.
fn join(meaning: &Meaning<'_, '_>, joined: &mut Joined) -> (Vec<u32>, bool) {
    let (versions, codes) = (meaning.versions, meaning.codes);
    let mut of_all = Vec::new();
    let mut resets_by_tier = false;
    let mut all_are_one = false;
    let code = |clause: &Clause| meaning.code(clause);
    for version in versions.iter() {
        // A clause and what it is called in other versions.
        for of in 0..number(codes.len()) {
            let meant = meaning.place(version, of).and_then(|place| version.annex.clause.get(place as usize));
            if let Some(meant) = meant.and_then(code) {
                joined.join(of, meant);
            }
        }
        for cap in &version.annex.cap {
            let without_sources = Scope { sources: Vec::new(), ..cap.scope.clone() };
            let mut first = None;
            for pricing in versions.iter() {
                for clause in &pricing.annex.clause {
                    if !in_scope(&without_sources, version, pricing, clause, None) {
                        continue;
                    }
                    if let Some(of) = code(clause) {
                        joined.join(of, *first.get_or_insert(of));
                    }
                }
            }
        }
        for clause in &version.annex.clause {
            let policy = clause.recurrence.as_ref();
            let policy =
                policy.and_then(|id| version.annex.recurrence.iter().find(|policy| policy.id == *id));
            let (Some(policy), Some(of)) = (policy, code(clause)) else { continue };
            let by_tier = policy.reset.iter().any(|reset| reset.tier.is_some());
            resets_by_tier |= by_tier;
            all_are_one |= by_tier || !asks_for_clause(policy);
            if by_tier || !policy.key.contains(&KeyPart::Subject) {
                of_all.push(of);
            }
        }
    }
    if all_are_one {
        (0..number(codes.len())).for_each(|code| joined.join(0, code));
    }
    (of_all, resets_by_tier)
}

fn asks_for_clause(policy: &Recurrence) -> bool {
    policy.key.contains(&KeyPart::Clause)
}

fn item(
    meaning: &Meaning<'_, '_>,
    version: Version<'_>,
    (at, clause): (u32, &Clause),
    kin: Vec<u32>,
    scale: u32,
    unit: u32,
) -> Option<Item> {
    let place = |found: Option<usize>| found.map_or(NONE, number);
    let annex = version.annex;
    let code = meaning.code(clause)?;
    let fits = |points: Points| at_scale(points, scale);
    let simple = match &clause.price {
        Price::Flat { points } => Simple::Flat(fits(*points)?),
        Price::PerUnit { points, per: None, part: None } => Simple::PerUnit(fits(*points)?),
        Price::Remark {} => Simple::Flat(0),
        _ => Simple::No,
    };
    let last = meaning.versions.iter().next_back();
    let is_retired = last.is_some_and(|last| meaning.place(last, code).is_none());
    let retired = match &clause.cap {
        Some(cap) if is_retired => Some((cap.order, own_cap(version, (at, clause), meaning, scale)?)),
        _ => None,
    };
    Some(Item {
        code,
        unit,
        kin: kin.into_boxed_slice(),
        from: clause.from,
        until: clause.until,
        recurrence: place(
            clause.recurrence.as_ref().and_then(|id| annex.recurrence.iter().position(|r| r.id == *id)),
        ),
        unrectified: place(
            clause.unrectified.as_ref().and_then(|id| annex.unrectified.iter().position(|u| u.id == *id)),
        ),
        before: caps(meaning, version, clause, scale, CapOrder::BeforeFactors)?,
        after: caps(meaning, version, clause, scale, CapOrder::AfterFactors)?,
        retired,
        can_lose: meaning.loses.get(code as usize).copied().unwrap_or(false),
        simple,
        looks_back: clause.once_per.is_some()
            || clause.warning.is_some()
            || matches!(&clause.price, Price::Count { over, .. } if *over != CountOver::Finding),
    })
}

/// The cap of the clause itself, with its place.
fn own_cap(
    version: Version<'_>,
    (at, clause): (u32, &Clause),
    meaning: &Meaning<'_, '_>,
    scale: u32,
) -> Option<CapItem> {
    let cap = clause.cap.as_ref()?;
    let max = match cap.max.or(clause.worth) {
        None => None,
        Some(max) => Some(at_scale(max, scale)?),
    };
    Some(CapItem {
        key: meaning.code(clause)?,
        max,
        window: Reach::of(&cap.window),
        version: number(version.number),
        clause: at,
        sources: Box::default(),
    })
}

/// The caps of one order that a finding of the clause may meet: the clause's own in each version, then those over several.
// semantics §4.5
fn caps(
    meaning: &Meaning<'_, '_>,
    pricing: Version<'_>,
    clause: &Clause,
    scale: u32,
    order: CapOrder,
) -> Option<Box<[CapItem]>> {
    let mut found = Vec::new();
    let code = meaning.code(clause)?;
    for version in meaning.versions.iter() {
        let meant = meaning.place(version, code);
        let meant = meant.and_then(|place| Some((place, version.annex.clause.get(place as usize)?)));
        if let Some(meant) =
            meant.filter(|(_, meant)| meant.cap.as_ref().is_some_and(|cap| cap.order == order))
        {
            found.push(own_cap(version, meant, meaning, scale)?);
        }
    }
    for version in meaning.versions.iter() {
        for cap in version.annex.cap.iter().filter(|cap| cap.order == order) {
            let without_sources = Scope { sources: Vec::new(), ..cap.scope.clone() };
            if in_scope(&without_sources, version, pricing, clause, None) {
                found.push(CapItem {
                    key: number(meaning.codes.len()).saturating_add(meaning.caps.number(cap.id.as_str())?),
                    max: Some(at_scale(cap.max, scale)?),
                    window: Reach::of(&cap.window),
                    version: number(version.number),
                    clause: NONE,
                    sources: cap.scope.sources.clone().into_boxed_slice(),
                });
            }
        }
    }
    Some(found.into_boxed_slice())
}

/// The caps over several clauses of all versions; one id is one cap.
fn cap_codes(versions: &Versions<'_>) -> Codes {
    let mut codes = Codes::default();
    for cap in versions.iter().flat_map(|version| &version.annex.cap) {
        codes.add(cap.id.as_str());
    }
    codes
}
