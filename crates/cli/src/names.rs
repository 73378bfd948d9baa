//! Names for people: what the rulebook calls its rules, and what the regulation's own words are called.

use chrono::NaiveDate;
use ducha::core::{Lang, SubjectId};
use ducha::rulebook::annex::consequence::Role;
use ducha::rulebook::annex::money::{Direction, Nature};
use ducha::rulebook::{Annex, Rulebook};
use ducha::scoring::Assessment;
use ducha::scoring::assessment::{Due, EntryKind, Fate};
use std::collections::BTreeMap;

/// The names that stand in rulebooks and in the roster.
pub(crate) struct Names<'a> {
    rulebooks: &'a [Rulebook],
    subjects: BTreeMap<&'a SubjectId, &'a str>,
    lang: Lang,
}

impl<'a> Names<'a> {
    pub(crate) fn new(assessment: &'a Assessment, rulebooks: &'a [Rulebook], lang: Lang) -> Self {
        let subjects = assessment.subjects.iter().map(|s| (&s.id, s.name.get(lang))).collect();
        Self { rulebooks, subjects, lang }
    }

    /// The name of a subject, or its id.
    pub(crate) fn subject<'n>(&'n self, id: &'n SubjectId) -> &'n str {
        self.subjects.get(id).copied().filter(|name| !name.is_empty()).unwrap_or(id.as_str())
    }

    /// The annex of a version; any other where that one is not in hand.
    pub(crate) fn annex(&self, version: &str) -> Option<&'a Annex> {
        let found = self.rulebooks.iter().find(|book| book.version() == version);
        found.or_else(|| self.rulebooks.last()).map(Rulebook::annex)
    }

    /// The annexes in hand, the latest first.
    pub(crate) fn annexes(&self) -> impl Iterator<Item = &'a Annex> {
        self.rulebooks.iter().rev().map(Rulebook::annex)
    }

    pub(crate) fn clause<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let clause = self.annex(version).and_then(|a| a.clause.iter().find(|c| c.id.as_str() == id));
        clause.map_or(id, |clause| clause.name.get(self.lang))
    }

    pub(crate) fn award<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let award = self.annex(version).and_then(|a| a.award.iter().find(|c| c.id.as_str() == id));
        award.map_or(id, |award| award.name.get(self.lang))
    }

    pub(crate) fn tally<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let tally = self.annex(version).and_then(|a| a.tally.iter().find(|t| t.id.as_str() == id));
        tally.map_or(id, |tally| tally.name.get(self.lang))
    }

    pub(crate) fn index<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let index = self.annex(version).and_then(|a| a.index.iter().find(|i| i.id.as_str() == id));
        index.map_or(id, |index| index.name.get(self.lang))
    }

    pub(crate) fn ladder<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let ladder = self.annex(version).and_then(|a| a.ladder.iter().find(|l| l.id.as_str() == id));
        ladder.map_or(id, |ladder| ladder.name.get(self.lang))
    }

    pub(crate) fn tier<'n>(&'n self, version: &str, id: &'n str) -> &'n str {
        let mut tiers = self.annex(version).into_iter().flat_map(|a| a.ladder.iter().flat_map(|l| &l.tier));
        tiers.find(|t| t.id.as_str() == id).map_or(id, |tier| tier.name.get(self.lang))
    }

    /// Whether anything follows from a tier.
    pub(crate) fn tier_bites(&self, version: &str, id: &str) -> bool {
        let mut tiers = self.annex(version).into_iter().flat_map(|a| a.ladder.iter().flat_map(|l| &l.tier));
        tiers.any(|t| t.id.as_str() == id && !t.consequences.is_empty())
    }

    pub(crate) fn ranking<'n>(&'n self, id: &'n str) -> &'n str {
        let mut rankings = self.rulebooks.iter().rev().flat_map(|book| &book.annex().ranking);
        rankings.find(|r| r.id.as_str() == id).map_or(id, |ranking| ranking.name.get(self.lang))
    }

    pub(crate) fn fact<'n>(&'n self, id: &'n str) -> &'n str {
        let mut facts = self.rulebooks.iter().rev().flat_map(|book| &book.annex().fact);
        facts.find(|f| f.id.as_str() == id).map_or(id, |fact| fact.name.get(self.lang))
    }
}

fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Who acts under the regulation.
pub(crate) fn role(role: Role, lang: Lang) -> &'static str {
    let (zh, en) = match role {
        Role::LeadingGroup => ("领导小组", "the leading group"),
        Role::GeneralManager => ("总经理", "the general manager"),
        Role::OfficeMeeting => ("总经理办公会", "the general manager's office meeting"),
        Role::Office => ("综合办公室", "the general office"),
        Role::DepartmentHead => ("部门负责人", "the head of the department"),
        Role::TeamLeader => ("班组长", "the team leader"),
        Role::Inspector => ("检查人员", "the inspector"),
        Role::Employee => ("员工", "the employee"),
        Role::Personnel => ("人事部门", "personnel"),
        Role::Finance => ("财务部门", "finance"),
        Role::Client => ("甲方", "the client"),
        Role::Authority => ("主管机关", "the authority"),
    };
    pick(lang, zh, en)
}

/// What money is in law, and which way it goes.
pub(crate) fn money(nature: Nature, direction: Direction, lang: Lang) -> &'static str {
    let (zh, en) = match (nature, direction) {
        (Nature::PerformancePay, Direction::Withheld) => ("少发绩效工资", "less performance pay"),
        (Nature::PerformancePay, Direction::Paid) => ("发绩效工资", "performance pay"),
        (Nature::Bonus, Direction::Withheld) => ("少发奖金", "less bonus"),
        (Nature::Bonus, Direction::Paid) => ("发奖金", "bonus"),
        (Nature::Compensation, Direction::Withheld) => ("赔偿", "compensation owed"),
        (Nature::Compensation, Direction::Paid) => ("获赔偿", "compensation paid"),
        (Nature::ContractPenalty, Direction::Withheld) => ("合同违约金", "contract penalty"),
        (Nature::ContractPenalty, Direction::Paid) => ("退还违约金", "contract penalty returned"),
        (Nature::ServiceFee, Direction::Withheld) => ("扣减服务费", "less service fee"),
        (Nature::ServiceFee, Direction::Paid) => ("支付服务费", "service fee"),
    };
    pick(lang, zh, en)
}

/// What money is in law.
pub(crate) fn nature(nature: Nature, lang: Lang) -> &'static str {
    let (zh, en) = match nature {
        Nature::PerformancePay => ("绩效工资", "performance pay"),
        Nature::Bonus => ("奖金", "bonus"),
        Nature::Compensation => ("赔偿", "compensation"),
        Nature::ContractPenalty => ("合同违约金", "contract penalty"),
        Nature::ServiceFee => ("服务费", "service fee"),
    };
    pick(lang, zh, en)
}

/// Which way money goes.
pub(crate) fn direction(direction: Direction, lang: Lang) -> &'static str {
    let (zh, en) = match direction {
        Direction::Withheld => ("扣减", "withheld"),
        Direction::Paid => ("发给", "paid"),
    };
    pick(lang, zh, en)
}

/// What became of a row.
pub(crate) fn fate(fate: Fate, lang: Lang) -> &'static str {
    let (zh, en) = match fate {
        Fate::Revoked => ("已撤销", "revoked"),
        Fate::Superseded => ("已替代", "superseded"),
        Fate::Duplicate => ("重复", "duplicate"),
        Fate::NotYetKnown => ("尚未知悉", "not yet known"),
        Fate::OutOfScope => ("不在期内", "out of scope"),
        Fate::Refused => ("退回", "refused"),
    };
    pick(lang, zh, en)
}

/// What kind of entry, where it is not a plain deduction.
pub(crate) fn entry(kind: EntryKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        EntryKind::Deduction => ("扣分", "deduction"),
        EntryKind::Unrectified => ("未整改补扣", "not rectified"),
        EntryKind::Award => ("加分", "award"),
        EntryKind::Share => ("连带分担", "shared liability"),
        EntryKind::Accountability => ("逾期问责", "leader's liability"),
        _ => ("其他", "other"),
    };
    pick(lang, zh, en)
}

/// The end of a time limit: its last day as `day` writes it, and the hour where it ends within that day.
pub(crate) fn end(due: &Due, day: impl Fn(NaiveDate) -> String) -> Option<String> {
    let on = day(due.on?);
    Some(due.at.map_or_else(|| on.clone(), |at| format!("{on} {}", at.format("%H:%M"))))
}

/// Whether subjects of this kind are single persons.
pub(crate) fn is_person(kind: &str) -> bool {
    matches!(kind, "employee" | "person" | "driver" | "staff" | "worker" | "inspector")
}
