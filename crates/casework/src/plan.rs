//! The plan of inspections (art. 23): more of them for key departments and for those with many problems; the unannounced ones
//! and their inspectors drawn by lot.

use crate::{
    directory::Directory,
    draw::{Candidate, Draws, Exclusion},
};
use alloc::{collections::BTreeSet, format, string::String, string::ToString as _, vec::Vec};
use chrono::NaiveDate;
use ducha_calendar::{LastDay, TimeLimit, WorkCalendar, live_until};
use ducha_core::{ClassId, Lang, Period, SubjectId, SubjectKindId};
use ducha_rulebook::annex::{
    consequence::Role,
    procedure::{Inspections, Planning},
};
use serde::{Deserialize, Serialize};

/// A unit that may be inspected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub id: SubjectId,
    /// What it is.
    pub kind: SubjectKindId,
    /// Its class, by which the rules may call it a key department.
    pub class: Option<ClassId>,
}

/// A substantiated problem: where and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The unit.
    pub unit: SubjectId,
    /// The day of the act.
    pub on: NaiveDate,
}

/// That an inspector left a unit, or keeps away from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The inspector.
    pub inspector: SubjectId,
    /// The unit.
    pub unit: SubjectId,
    /// The first day on which the inspector no longer belonged to the unit; nothing for a recusal that was declared.
    pub left_on: Option<NaiveDate>,
}

/// What a plan is made of.
#[derive(Clone, Copy)]
pub struct Matter<'a> {
    /// For which window.
    pub window: Period,
    /// The rule of art. 23.
    pub planning: &'a Planning,
    /// The rule of teams.
    pub inspections: &'a Inspections,
    /// The units.
    pub units: &'a [Unit],
    /// The substantiated problems; those outside the look-back do not count.
    pub problems: &'a [Problem],
    /// Who inspects.
    pub inspectors: &'a [SubjectId],
    /// Who keeps away from where.
    pub recusals: &'a [Recusal],
    /// Who belongs where.
    pub directory: &'a dyn Directory,
    /// The working days.
    pub calendar: &'a dyn WorkCalendar,
}

impl core::fmt::Debug for Matter<'_> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("Matter").field("window", &self.window).finish_non_exhaustive()
    }
}

/// How many inspections of a unit, and why so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// The unit.
    pub unit: SubjectId,
    /// How many.
    pub inspections: u32,
    /// For every unit.
    pub base: u32,
    /// More for a key department.
    pub for_key: u32,
    /// How many substantiated problems lie in the look-back.
    pub problems: u32,
    /// More for these.
    pub for_problems: u32,
    /// Whether there would be more but for the most that the rules allow.
    pub at_most: bool,
    /// The inspections themselves, those drawn first.
    pub visits: Vec<Visit>,
}

impl Planned {
    /// Why so many.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { inspections, base, for_key, problems, for_problems, .. } = self;
        let mut text = match lang {
            Lang::Zh => format!("{inspections} 次 = 基数 {base}"),
            Lang::En => format!("{inspections} = {base} for every unit"),
        };
        if *for_key > 0 {
            text.push_str(&match lang {
                Lang::Zh => format!(" + 重点部门 {for_key}"),
                Lang::En => format!(" + {for_key} as a key department"),
            });
        }
        if *for_problems > 0 {
            text.push_str(&match lang {
                Lang::Zh => format!(" + 查实问题 {problems} 件加 {for_problems}"),
                Lang::En => format!(" + {for_problems} for {problems} substantiated problems"),
            });
        }
        if self.at_most {
            text.push_str(match lang {
                Lang::Zh => "，以上限为准",
                Lang::En => ", at the most that is allowed",
            });
        }
        text.push_str(match lang {
            Lang::Zh => "（办法第23条）",
            Lang::En => " (art. 23)",
        });
        text
    }
}

/// One inspection of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The how-manyth of the unit in this window, from 1.
    pub number: u32,
    /// The day, of those drawn; the office fixes that of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Whether it is unannounced.
    pub unannounced: bool,
    /// The inspectors, of those drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inspectors: Vec<SubjectId>,
    /// How many inspectors lack, where too few may be taken.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lacking: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A plan with the draws that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// For which window.
    pub window: Period,
    /// The units, by their ids.
    pub units: Vec<Planned>,
    /// The draws.
    pub draws: Draws,
    /// The first day of the window that the calendar does not know, if there is one: no visit was drawn for it or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_from: Option<NaiveDate>,
}

/// Makes the plan of a window.
///
/// The same matter and seed always give the same plan; the order in which units, problems and inspectors are given is of no account.
#[must_use]
pub fn plan(matter: &Matter<'_>, seed: &str) -> Plan {
    let (days, unknown_from) = working_days(matter);
    let mut draws = Draws::new(seed);
    let mut units: Vec<Planned> = matter
        .units
        .iter()
        .filter(|unit| is_inspected(matter, unit))
        .map(|unit| counted(matter, unit))
        .collect();
    units.sort_by(|a, b| a.unit.cmp(&b.unit));
    units.dedup_by(|a, b| a.unit == b.unit);
    let total: u32 = units.iter().fold(0, |sum, unit| sum.saturating_add(unit.inspections));
    let unannounced = percent_up(total, matter.planning.unannounced_percent.unwrap_or(0));
    let all =
        units.iter().flat_map(|unit| (1..=unit.inspections).map(|number| format!("{}#{number}", unit.unit)));
    let all: Vec<Candidate> = all.map(|id| Candidate { id, excluded: None }).collect();
    let drawn: BTreeSet<String> =
        draws.draw(format!("{}/unannounced", matter.window.from), all, unannounced).into_iter().collect();
    for unit in &mut units {
        let mut taken = BTreeSet::new();
        for number in 1..=unit.inspections {
            let is_drawn = drawn.contains(&format!("{}#{number}", unit.unit));
            let visit = if is_drawn {
                drawn_visit(matter, &unit.unit, number, &days, &mut taken, &mut draws)
            } else {
                Visit { number, on: None, unannounced: false, inspectors: Vec::new(), lacking: 0 }
            };
            unit.visits.push(visit);
        }
    }
    Plan { window: matter.window, units, draws, unknown_from }
}

fn is_inspected(matter: &Matter<'_>, unit: &Unit) -> bool {
    matter.planning.subjects.is_empty() || matter.planning.subjects.contains(&unit.kind)
}

/// How many inspections of a unit: the declared formula.
fn counted(matter: &Matter<'_>, unit: &Unit) -> Planned {
    let rule = matter.planning;
    let is_key = unit.class.as_ref().is_some_and(|class| rule.key_classes.contains(class));
    let for_key = if is_key { rule.key_extra.unwrap_or(0) } else { 0 };
    let within = |on: NaiveDate| {
        on < matter.window.from
            && rule.look_back.is_none_or(|back| still_counts(on, back, matter.window.from))
    };
    let of_unit = matter
        .problems
        .iter()
        .filter(|problem| within(problem.on) && matter.directory.within(&problem.unit, &unit.id, problem.on));
    let problems = u32::try_from(of_unit.count()).unwrap_or(u32::MAX);
    let times = rule.per_problems.and_then(|per| problems.checked_div(per)).unwrap_or(0);
    let for_problems = times.saturating_mul(rule.extra.unwrap_or(0));
    let all = rule.base.saturating_add(for_key).saturating_add(for_problems);
    let inspections = rule.at_most.map_or(all, |most| all.min(most));
    Planned {
        unit: unit.id.clone(),
        inspections,
        base: rule.base,
        for_key,
        problems,
        for_problems,
        at_most: inspections < all,
        visits: Vec::new(),
    }
}

/// Whether what happened on a day is still looked back at on another: counted forward from the act (Civil Code 202).
fn still_counts(on: NaiveDate, back: TimeLimit, from: NaiveDate) -> bool {
    live_until(on, back, LastDay::Included).is_ok_and(|until| from < until)
}

/// So many percent, rounded up to whole inspections.
fn percent_up(total: u32, percent: u32) -> u32 {
    let hundredths = u64::from(total).saturating_mul(u64::from(percent));
    u32::try_from(hundredths.div_ceil(100)).unwrap_or(u32::MAX)
}

/// The working days of the window, up to the first that the calendar does not know.
fn working_days(matter: &Matter<'_>) -> (Vec<NaiveDate>, Option<NaiveDate>) {
    let mut days = Vec::new();
    let mut at = matter.window.from;
    while at < matter.window.until {
        match matter.calendar.day(at).day() {
            None => return (days, Some(at)),
            Some(day) if day.is_working() => days.push(at),
            Some(_) => {}
        }
        match at.succ_opt() {
            Some(next) => at = next,
            None => break,
        }
    }
    (days, None)
}

/// An unannounced inspection: its day and its inspectors are drawn.
fn drawn_visit(
    matter: &Matter<'_>,
    unit: &SubjectId,
    number: u32,
    days: &[NaiveDate],
    taken: &mut BTreeSet<NaiveDate>,
    draws: &mut Draws,
) -> Visit {
    let name = format!("{}/{unit}#{number}", matter.window.from);
    let candidates = days.iter().map(|day| Candidate {
        id: day.to_string(),
        excluded: taken.contains(day).then_some(Exclusion::Taken),
    });
    let drawn = draws.draw(format!("{name}/day"), candidates.collect(), 1);
    let on = drawn.first().and_then(|day| day.parse().ok());
    taken.extend(on);
    let day = on.unwrap_or(matter.window.from);
    let mut ids: Vec<&SubjectId> = matter.inspectors.iter().collect();
    ids.sort();
    ids.dedup();
    let candidates = ids.into_iter().map(|inspector| Candidate {
        id: inspector.to_string(),
        excluded: recused(matter, inspector, unit, day),
    });
    let wanted = matter.inspections.inspectors;
    let drawn = draws.draw(format!("{name}/inspectors"), candidates.collect(), wanted);
    let inspectors: Vec<SubjectId> = drawn.iter().filter_map(|id| SubjectId::new(id.as_str()).ok()).collect();
    let found = u32::try_from(inspectors.len()).unwrap_or(u32::MAX);
    Visit { number, on, unannounced: true, inspectors, lacking: wanted.saturating_sub(found) }
}

/// Why an inspector keeps away from a unit on a day, if so (art. 9).
fn recused(
    matter: &Matter<'_>,
    inspector: &SubjectId,
    unit: &SubjectId,
    day: NaiveDate,
) -> Option<Exclusion> {
    if matter.directory.holding(inspector, Role::Inspector, unit, day).is_none() {
        return Some(Exclusion::NotInOffice);
    }
    if matter.directory.within(inspector, unit, day) {
        return Some(Exclusion::OwnUnit);
    }
    let of =
        matter.recusals.iter().filter(|recusal| recusal.inspector == *inspector && recusal.unit == *unit);
    for recusal in of {
        let Some(left) = recusal.left_on else { return Some(Exclusion::Recused) };
        let cooling = matter.inspections.cooling_off;
        if cooling.is_some_and(|cooling| still_counts(left, cooling, day)) {
            return Some(Exclusion::CoolingOff);
        }
    }
    None
}
