//! How far an inspection has come, and what it has yielded by then.

use super::{Event, Inspection, Opening, Power, Status, Team};
use crate::{
    found::{Found, numbered, plain},
    party::Stamp,
};
use alloc::{boxed::Box, format, string::String, vec::Vec};
use ducha_core::{
    ClauseId, Matter, Record, SubjectId,
    record::{self, Evidence, Finding},
};

/// The outline of an inspection (art. 21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The main content, point by point.
    pub content: Vec<String>,
    /// The clauses that will be looked at; all that apply where empty.
    pub clauses: Vec<ClauseId>,
    /// When it was drafted, and by whom.
    pub drafted: Stamp,
}

/// A use of a power (arts. 16, 17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerUse {
    /// Which power; it names its article.
    pub power: Power,
    /// On what or whom.
    pub on: String,
    /// Where what came of it is kept.
    pub reference: Option<String>,
    /// When, and by whom.
    pub stamp: Stamp,
}

impl PowerUse {
    /// The evidence that came of it, if any did.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        Some(Evidence { kind: self.power.yields()?, reference: self.reference.clone()? })
    }
}

/// Something that was noted during an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// What.
    pub found: Found,
    /// When, and by whom.
    pub stamp: Stamp,
    /// The power whose use was hindered, where that is what was noted.
    pub hindered: Option<Power>,
}

/// An inspection that has started. There is none without an outline (art. 21), nor without a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The outline.
    pub outline: Outline,
    /// Who inspects.
    pub team: Team,
    /// When it started, and by whom.
    pub started: Stamp,
    /// The powers that were used.
    pub uses: Vec<PowerUse>,
    /// What was noted.
    pub noted: Vec<Noted>,
    /// When the work on site ended.
    pub left: Option<Stamp>,
}

/// The report of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it says, in short.
    pub summary: String,
    /// Clauses that did not apply.
    pub not_applicable: Vec<ClauseId>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// That the unit saw the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// It signed.
    Signed {
        /// When, and who.
        stamp: Stamp,
        /// What it remarked.
        remarks: Option<String>,
    },
    /// It refused to, before a witness.
    Refused {
        /// When, and who recorded it.
        stamp: Stamp,
        /// Who saw it.
        witness: SubjectId,
        /// The reason that it gave.
        why: String,
    },
}

/// How far an inspection has come. What it must have by then it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    Planned { team: Option<Team> },
    Outlined { outline: Outline, team: Option<Team> },
    UnderWay { visit: Box<Visit> },
    Reported { visit: Box<Visit>, report: Report, signature: Option<Signature> },
    Closed { visit: Box<Visit>, report: Report, signature: Signature },
    Cancelled { team: Option<Team> },
}

impl Stage {
    /// The stage after an event; the same where the event is of another stage.
    pub(super) fn after(self, event: &Event, stamp: &Stamp) -> Self {
        match (self, event) {
            (Self::Planned { .. }, Event::Appointed { team }) => Self::Planned { team: Some(team.clone()) },
            (Self::Outlined { outline, .. }, Event::Appointed { team }) => {
                Self::Outlined { outline, team: Some(team.clone()) }
            }
            (Self::Planned { team }, Event::Recused { person, .. }) => {
                Self::Planned { team: team.filter(|team| !team.has(person)) }
            }
            (Self::Outlined { outline, team }, Event::Recused { person, .. }) => {
                Self::Outlined { outline, team: team.filter(|team| !team.has(person)) }
            }
            (Self::Planned { team } | Self::Outlined { team, .. }, Event::Outlined { content, clauses }) => {
                let outline =
                    Outline { content: content.clone(), clauses: clauses.clone(), drafted: stamp.clone() };
                Self::Outlined { outline, team }
            }
            (Self::Outlined { outline, team: Some(team) }, Event::Started) => {
                let started = stamp.clone();
                let visit = Visit { outline, team, started, uses: Vec::new(), noted: Vec::new(), left: None };
                Self::UnderWay { visit: Box::new(visit) }
            }
            (Self::UnderWay { visit }, Event::Reported { summary, not_applicable }) => {
                let report = Report {
                    summary: summary.clone(),
                    not_applicable: not_applicable.clone(),
                    stamp: stamp.clone(),
                };
                Self::Reported { visit, report, signature: None }
            }
            (Self::UnderWay { visit }, event) => {
                Self::UnderWay { visit: Box::new(visit.after(event, stamp)) }
            }
            (Self::Reported { visit, report, .. }, Event::Signed { remarks }) => {
                let signature = Signature::Signed { stamp: stamp.clone(), remarks: remarks.clone() };
                Self::Reported { visit, report, signature: Some(signature) }
            }
            (Self::Reported { visit, report, .. }, Event::RefusedToSign { witness, why }) => {
                let signature =
                    Signature::Refused { stamp: stamp.clone(), witness: witness.clone(), why: why.clone() };
                Self::Reported { visit, report, signature: Some(signature) }
            }
            (Self::Reported { visit, report, signature: Some(signature) }, Event::Closed) => {
                Self::Closed { visit, report, signature }
            }
            (Self::Planned { team } | Self::Outlined { team, .. }, Event::Cancelled { .. }) => {
                Self::Cancelled { team }
            }
            (stage, _) => stage,
        }
    }
}

impl Visit {
    fn after(mut self, event: &Event, stamp: &Stamp) -> Self {
        let stamp = stamp.clone();
        match event {
            Event::Found { found } => {
                self.noted.push(Noted { found: (**found).clone(), stamp, hindered: None });
            }
            Event::Hindered { power, found } => {
                self.noted.push(Noted { found: (**found).clone(), stamp, hindered: Some(*power) });
            }
            Event::PowerUsed { power, on, reference } => self.uses.push(PowerUse {
                power: *power,
                on: on.clone(),
                reference: reference.clone(),
                stamp,
            }),
            Event::Left => self.left = Some(stamp),
            _ => {}
        }
        self
    }
}

impl Inspection {
    /// What it was opened with.
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    pub(super) const fn stands(&self) -> Status {
        match self.stage {
            Stage::Planned { .. } => Status::Planned,
            Stage::Outlined { .. } => Status::Outlined,
            Stage::UnderWay { .. } => Status::UnderWay,
            Stage::Reported { .. } => Status::Reported,
            Stage::Closed { .. } => Status::Closed,
            Stage::Cancelled { .. } => Status::Cancelled,
        }
    }

    /// Who inspects, once they are appointed; also when it is over.
    #[must_use]
    pub fn team(&self) -> Option<&Team> {
        match &self.stage {
            Stage::Planned { team } | Stage::Outlined { team, .. } | Stage::Cancelled { team } => {
                team.as_ref()
            }
            Stage::UnderWay { visit } | Stage::Reported { visit, .. } | Stage::Closed { visit, .. } => {
                Some(&visit.team)
            }
        }
    }

    /// Who leads the team.
    #[must_use]
    pub fn lead(&self) -> Option<&SubjectId> {
        self.team().map(|team| &team.lead)
    }

    /// Who keeps away from it.
    pub fn recused(&self) -> impl Iterator<Item = &SubjectId> {
        self.recused.iter()
    }

    /// The outline, once there is one.
    #[must_use]
    pub fn outline(&self) -> Option<&Outline> {
        match &self.stage {
            Stage::Outlined { outline, .. } => Some(outline),
            _ => self.visit().map(|visit| &visit.outline),
        }
    }

    /// The visit, once it has started.
    #[must_use]
    pub fn visit(&self) -> Option<&Visit> {
        match &self.stage {
            Stage::UnderWay { visit } | Stage::Reported { visit, .. } | Stage::Closed { visit, .. } => {
                Some(visit)
            }
            _ => None,
        }
    }

    /// The report, once there is one.
    #[must_use]
    pub const fn report(&self) -> Option<&Report> {
        match &self.stage {
            Stage::Reported { report, .. } | Stage::Closed { report, .. } => Some(report),
            _ => None,
        }
    }

    /// The signature, or the refusal to sign, once there is one.
    #[must_use]
    pub const fn signature(&self) -> Option<&Signature> {
        match &self.stage {
            Stage::Reported { signature, .. } => signature.as_ref(),
            Stage::Closed { signature, .. } => Some(signature),
            _ => None,
        }
    }

    /// What it yields once it is reported: that it took place, also when nothing was found, and what was found.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let (Some(visit), Some(report)) = (self.visit(), self.report()) else { return Vec::new() };
        let Opening { inspection, unit, methods, source, .. } = &self.opening;
        let method = Some(methods.most_telling());
        let took_place = numbered(inspection.as_str(), "").map(|id| {
            let told = record::Inspection {
                inspection: inspection.clone(),
                method,
                inspector: Some(visit.team.lead.clone()),
                source: source.clone(),
                not_applicable: report.not_applicable.clone(),
                weight: None,
            };
            let stamp = Stamp { recorded: report.stamp.recorded, ..visit.started.clone() };
            plain(id, unit, &stamp, Matter::Inspection(told))
        });
        let found = (1_u32..).zip(&visit.noted).filter_map(|(number, noted)| {
            let finding = Finding {
                inspection: Some(inspection.clone()),
                method,
                source: source.clone(),
                ..noted.found.finding(&noted.stamp)
            };
            let id = numbered(inspection.as_str(), &format!("-F{number}"))?;
            Some(noted.found.record(id, unit, &noted.stamp, finding))
        });
        took_place.into_iter().chain(found).collect()
    }
}
