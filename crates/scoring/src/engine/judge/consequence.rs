//! Consequences: what fires on whom, and what stands of it (semantics §18.1).

use super::{
    Answers, Judge, Known,
    count::Brought,
    crossing::{By, Crossing},
    window::Win,
};
use crate::{assessment::Cause, engine::dossier::Dossier, versions::Version};
use alloc::{collections::BTreeMap, collections::BTreeSet, format, rc::Rc, string::String, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{ConsequenceId, Points, SubjectId};
use ducha_rulebook::annex::{clause::Clause, consequence::Consequence, ladder::Ranking};

/// Why a consequence fired.
#[derive(Clone, Copy)]
pub(super) enum Why<'a> {
    /// A tier was reached.
    Tier(Crossing<'a>),
    /// A finding alone, by its place among the records that take effect.
    Finding(u32, &'a Clause),
    /// A place in a ranking.
    Ranking(&'a Ranking, Win),
}

/// That a consequence fired: which, on whom, when, why, and the value that the ladder was about.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Firing<'a> {
    pub(super) consequence: &'a Consequence,
    pub(super) version: Version<'a>,
    pub(super) subject: u32,
    pub(super) on: NaiveDate,
    pub(super) why: Why<'a>,
    pub(super) value: Option<Points>,
}

/// On which day a consequence fired by a tier or a finding, by which record, in which window.
#[derive(Clone, Copy)]
pub(super) struct FiredOn<'a> {
    pub(super) consequence: &'a ConsequenceId,
    pub(super) on: NaiveDate,
    /// What did it: a record; or the end of a window, for which a consequence stands, this one or that which it came from.
    pub(super) brought: Brought<'a>,
    /// The id of that.
    pub(super) record: &'a str,
    pub(super) window: Option<Win>,
}

/// On which days consequences fired, by the place of their list in the rules and by subject.
pub(super) type FiredDays<'a> = Answers<(usize, u32), Rc<[FiredOn<'a>]>>;

impl<'a> Firing<'a> {
    /// A stable id, made of what caused it, subject, tier and window or day.
    // semantics §18.1
    pub(super) fn id(&self, dossier: &Dossier<'a>, subject: &SubjectId) -> String {
        let (consequence, on) = (&self.consequence.id, self.on);
        match self.why {
            // Judged at a window's end: once in the window. Judged on each record: once on each crossing.
            Why::Tier(Crossing { by: By::End, rungs, tier, window, .. }) => {
                let window = dossier.shown(window).text();
                format!("{consequence}@{subject}/{}.{}:{window}", rungs.ladder.id, tier.id)
            }
            Why::Tier(Crossing { rungs, tier, .. }) => {
                format!("{consequence}@{subject}/{}.{}:{on}", rungs.ladder.id, tier.id)
            }
            Why::Finding(live, _) => {
                let record = dossier.live(live).map_or("", |live| live.record.id.as_str());
                format!("{consequence}@{subject}/finding:{record}")
            }
            Why::Ranking(ranking, window) => {
                format!("{consequence}@{subject}/{}:{}", ranking.id, dossier.shown(window).text())
            }
        }
    }

    /// What the assessment says of why it fired.
    pub(super) fn cause(&self, dossier: &Dossier<'a>) -> Option<Cause> {
        Some(match self.why {
            Why::Tier(crossing) => Cause::Tier {
                ladder: crossing.rungs.ladder.id.clone(),
                tier: crossing.tier.id.clone(),
                window: dossier.shown(crossing.window),
            },
            Why::Finding(live, clause) => {
                Cause::Finding { record: dossier.live(live)?.record.id.clone(), clause: clause.id.clone() }
            }
            Why::Ranking(ranking, window) => {
                Cause::Ranking { ranking: ranking.id.clone(), window: dossier.shown(window) }
            }
        })
    }
}

impl<'a> Judge<'_, 'a> {
    /// The numbers of the ladders of any version that have one of these consequences.
    fn ladders_with(&self, ids: &[ConsequenceId]) -> impl Iterator<Item = u32> {
        let has = |(_, rungs): &(u32, &[super::ladders::Rungs<'a>])| {
            let mut tiers = rungs.iter().flat_map(|rungs| &rungs.ladder.tier);
            tiers.any(|tier| tier.consequences.iter().any(|id| ids.contains(id)))
        };
        self.ladders.all().filter(has).map(|(number, _)| number)
    }

    /// On which days these consequences fired on a subject, by a tier or by a finding alone, in order.
    // semantics §18.1
    pub(super) fn fired_days(&self, ids: &'a [ConsequenceId], subject: u32) -> Rc<[FiredOn<'a>]> {
        let key = (ids.as_ptr().addr(), subject);
        self.once(&self.fired, key, || {
            let mut fired = Vec::new();
            for ladder in self.ladders_with(ids) {
                for crossing in &self.crossed(ladder, subject).crossings {
                    let named = crossing.tier.consequences.iter().filter(|id| ids.contains(id));
                    fired.extend(named.map(|id| {
                        let brought = crossing.brought.unwrap_or(Brought::AtEnd(id));
                        FiredOn {
                            consequence: id,
                            on: crossing.on,
                            brought,
                            record: self.id_of(brought),
                            window: Some(crossing.window),
                        }
                    }));
                }
            }
            for one in self.notable(subject).iter() {
                let brought = Brought::By(one.live);
                let named = one.clause.consequences.iter().filter(|id| ids.contains(id));
                fired.extend(named.map(|consequence| FiredOn {
                    consequence,
                    on: one.day,
                    brought,
                    record: self.id_of(brought),
                    window: None,
                }));
            }
            fired.sort_by_key(|fired| (fired.on, fired.record, fired.consequence));
            fired.into()
        })
    }

    /// Why the records do not tell whether these consequences fired on a subject on one of the days that are asked about.
    pub(super) fn unknown_on(
        &self,
        ids: &[ConsequenceId],
        subject: u32,
        asked: impl Fn(NaiveDate) -> Known<bool>,
    ) -> Known<()> {
        for ladder in self.ladders_with(ids) {
            for (day, missing) in &self.crossed(ladder, subject).unknown {
                if asked(*day)? {
                    return Err(missing.clone());
                }
            }
        }
        Ok(())
    }

    /// Everything that fired on a subject by its tiers and findings, on whatever day.
    // semantics §18.1
    pub(super) fn firings(&self, subject: u32) -> Vec<Firing<'a>> {
        let mut firings = Vec::new();
        let brings =
            |rungs: &super::ladders::Rungs<'a>| rungs.ladder.tier.iter().any(|t| !t.consequences.is_empty());
        for (ladder, _) in self.ladders.all().filter(|(_, rungs)| rungs.iter().any(brings)) {
            for crossing in &self.crossed(ladder, subject).crossings {
                let version = crossing.rungs.version;
                for consequence in crossing.tier.consequences.iter().filter_map(|id| version.consequence(id))
                {
                    let (on, value, why) = (crossing.on, crossing.value, Why::Tier(*crossing));
                    firings.push(Firing { consequence, version, subject, on, why, value });
                }
            }
        }
        for one in self.notable(subject).iter() {
            let version = self.dossier.live(one.live).and_then(|live| self.version(live.version));
            let Some(version) = version else { continue };
            for consequence in one.clause.consequences.iter().filter_map(|id| version.consequence(id)) {
                let why = Why::Finding(one.live, one.clause);
                firings.push(Firing { consequence, version, subject, on: one.day, why, value: None });
            }
        }
        firings.sort_by(|a, b| (a.on, &a.consequence.id).cmp(&(b.on, &b.consequence.id)));
        firings
    }

    /// The version of a number.
    pub(super) fn version(&self, number: u32) -> Option<Version<'a>> {
        self.dossier.versions.iter().nth(number as usize)
    }

    /// Of what fired, in the order of days and subjects, that in whose place no graver one of the same day stands.
    // semantics §18.1
    pub(super) fn not_replaced(&self, named: &[(String, Firing<'a>)]) -> Vec<(String, Firing<'a>)> {
        let rule = |id: &ConsequenceId| self.dossier.versions.iter().rev().find_map(|v| v.consequence(id));
        let together = |(_, a): &(String, Firing<'_>), (_, b): &(String, Firing<'_>)| {
            (a.on, a.subject) == (b.on, b.subject)
        };
        let mut standing = Vec::new();
        for of_a_day in named.chunk_by(together) {
            let there: BTreeSet<&ConsequenceId> =
                of_a_day.iter().map(|(_, one)| &one.consequence.id).collect();
            let replaced: BTreeSet<&ConsequenceId> =
                there.into_iter().filter_map(rule).flat_map(|graver| &graver.replaces).collect();
            let stands = of_a_day.iter().filter(|(_, one)| !replaced.contains(&one.consequence.id));
            standing.extend(stands.cloned());
        }
        standing
    }
}

/// A balance can reach one tier twice in a day: the second time has an id of its own.
// semantics §18.1
pub(super) fn told_apart(standing: &mut [(String, Firing<'_>)]) {
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for (id, _) in standing {
        let times = times.entry(id.clone()).or_default();
        *times = times.saturating_add(1);
        if *times > 1 {
            *id = format!("{id}#{times}");
        }
    }
}
