//! A draw that anyone can repeat and check (art. 23; 双随机: both the inspected and the inspectors are drawn).
//!
//! Each candidate gets a ticket: the SHA-256 digest of the seed, the draw's name and the candidate's id, one to a line. The tickets are
//! sorted as texts, those who may not be taken are passed over with the reason, and the first so many are drawn. Whoever has
//! the seed can do the same with a pencil and a digest:
//!
//! ```console
//! $ printf '%s\n%s\n%s\n' SEED DRAW CANDIDATE | sha256sum
//! ```
//!
//! Publish the seed's digest ([`commitment`]) before the draw and the seed after it, so that nobody can choose a seed to their liking.

use alloc::{format, string::String, string::ToString as _, vec::Vec};
use core::fmt;
use ducha_core::Lang;
use ducha_rulebook::Digest;
use serde::{Deserialize, Serialize};

/// Somebody or something that may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Why it may not be taken, if so; it keeps its ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Exclusion>,
}

/// Why a candidate may not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// The inspector belongs to the unit (art. 9).
    OwnUnit,
    /// The inspector left the unit too short a time ago.
    CoolingOff,
    /// The inspector keeps away for a reason declared beforehand.
    Recused,
    /// The person is no inspector on that day.
    NotInOffice,
    /// It is taken already.
    Taken,
}

impl Exclusion {
    /// For people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::OwnUnit, Lang::Zh) => "属于被检查单位，回避",
            (Self::OwnUnit, Lang::En) => "belongs to the unit",
            (Self::CoolingOff, Lang::Zh) => "离开被检查单位未满规定时间，回避",
            (Self::CoolingOff, Lang::En) => "left the unit too short a time ago",
            (Self::Recused, Lang::Zh) => "已申报回避",
            (Self::Recused, Lang::En) => "declared to keep away",
            (Self::NotInOffice, Lang::Zh) => "当日不是检查人员",
            (Self::NotInOffice, Lang::En) => "is no inspector on that day",
            (Self::Taken, Lang::Zh) => "已另有安排",
            (Self::Taken, Lang::En) => "taken already",
        }
    }
}

/// One draw: from whom, how many, and who came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Its name, which no other draw under the seed has.
    pub draw: String,
    /// From whom, by ids.
    pub candidates: Vec<Candidate>,
    /// How many are drawn.
    pub take: u32,
    /// Who came out, in the order of their tickets; fewer than were to be drawn where too few may be taken.
    pub drawn: Vec<String>,
}

/// The draws of one seed: what is published, and what anyone can check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// The seed.
    pub seed: String,
    /// The digest of the seed, published beforehand.
    pub commitment: String,
    /// The draws.
    pub draws: Vec<Draw>,
}

/// What is wrong with a published draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DrawFault {
    /// The seed is not the one whose digest was published.
    Commitment {
        /// The digest of the seed.
        is: String,
        /// The digest published.
        published: String,
    },
    /// A name or id holds a line break, so that a ticket could be read in two ways.
    LineBreak {
        /// In which draw.
        draw: String,
    },
    /// Two draws have one name.
    SameName {
        /// The name.
        draw: String,
    },
    /// A candidate stands there twice.
    Twice {
        /// In which draw.
        draw: String,
        /// The candidate.
        candidate: String,
    },
    /// Others come out.
    Others {
        /// In which draw.
        draw: String,
        /// Who comes out.
        comes_out: Vec<String>,
        /// Who was published.
        published: Vec<String>,
    },
}

impl DrawFault {
    /// For people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Commitment { is, published }, Lang::Zh) => {
                format!("种子与事先公布的摘要不符：种子的摘要是 {is}，公布的是 {published}")
            }
            (Self::Commitment { is, published }, Lang::En) => {
                format!("the seed is not the one announced: its digest is {is}, announced was {published}")
            }
            (Self::LineBreak { draw }, Lang::Zh) => format!("抽取 {draw} 的名称或编号含有换行"),
            (Self::LineBreak { draw }, Lang::En) => {
                format!("a name or id of the draw {draw} holds a line break")
            }
            (Self::SameName { draw }, Lang::Zh) => format!("有两次抽取同名：{draw}"),
            (Self::SameName { draw }, Lang::En) => format!("two draws have the name {draw}"),
            (Self::Twice { draw, candidate }, Lang::Zh) => format!("抽取 {draw} 中 {candidate} 出现两次"),
            (Self::Twice { draw, candidate }, Lang::En) => {
                format!("{candidate} stands twice in the draw {draw}")
            }
            (Self::Others { draw, comes_out, published }, Lang::Zh) => format!(
                "抽取 {draw} 的结果不符：应为 {}，公布的是 {}",
                comes_out.join("、"),
                published.join("、")
            ),
            (Self::Others { draw, comes_out, published }, Lang::En) => format!(
                "the draw {draw} comes out otherwise: {}; published was {}",
                comes_out.join(", "),
                published.join(", ")
            ),
        }
    }
}

impl fmt::Display for DrawFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text(Lang::En))
    }
}

impl core::error::Error for DrawFault {}

/// A candidate's ticket.
///
/// ```
/// let ticket = ducha_casework::draw::ticket("2026-11", "inspectors", "zhang");
/// // printf '%s\n%s\n%s\n' 2026-11 inspectors zhang | sha256sum
/// assert_eq!(&ticket[..8], "c7d35092");
/// ```
#[must_use]
pub fn ticket(seed: &str, draw: &str, candidate: &str) -> String {
    Digest::of(format!("{seed}\n{draw}\n{candidate}\n").as_bytes()).to_string()
}

/// What is published before the draw: the digest of the seed and a line break.
#[must_use]
pub fn commitment(seed: &str) -> String {
    Digest::of(format!("{seed}\n").as_bytes()).to_string()
}

impl Draws {
    /// No draws yet under that seed.
    #[must_use]
    pub fn new(seed: impl Into<String>) -> Self {
        let seed = seed.into();
        Self { commitment: commitment(&seed), seed, draws: Vec::new() }
    }

    /// Draws so many of the candidates, and keeps the draw. Gives who came out.
    pub fn draw(&mut self, draw: impl Into<String>, candidates: Vec<Candidate>, take: u32) -> Vec<String> {
        let draw = draw.into();
        let drawn = comes_out(&self.seed, &draw, &candidates, take);
        self.draws.push(Draw { draw, candidates, take, drawn: drawn.clone() });
        drawn
    }

    /// Repeats all draws, and tells everything that is wrong with what was published.
    #[must_use]
    pub fn verify(&self) -> Vec<DrawFault> {
        let mut faults = Vec::new();
        let is = commitment(&self.seed);
        if is != self.commitment {
            faults.push(DrawFault::Commitment { is, published: self.commitment.clone() });
        }
        for (place, draw) in self.draws.iter().enumerate() {
            draw.verify(&self.seed, &mut faults);
            if self.draws.iter().take(place).any(|before| before.draw == draw.draw) {
                faults.push(DrawFault::SameName { draw: draw.draw.clone() });
            }
        }
        faults
    }
}

impl Draw {
    fn verify(&self, seed: &str, faults: &mut Vec<DrawFault>) {
        let ids = || self.candidates.iter().map(|candidate| candidate.id.as_str());
        if [seed, &self.draw].into_iter().chain(ids()).any(|text| text.contains('\n')) {
            faults.push(DrawFault::LineBreak { draw: self.draw.clone() });
        }
        for (place, id) in ids().enumerate() {
            if ids().take(place).any(|before| before == id) {
                faults.push(DrawFault::Twice { draw: self.draw.clone(), candidate: id.into() });
            }
        }
        let comes_out = comes_out(seed, &self.draw, &self.candidates, self.take);
        if comes_out != self.drawn {
            faults.push(DrawFault::Others {
                draw: self.draw.clone(),
                comes_out,
                published: self.drawn.clone(),
            });
        }
    }

    /// All candidates in the order of their tickets, each with its ticket.
    #[must_use]
    pub fn in_order(&self, seed: &str) -> Vec<(String, &Candidate)> {
        in_order(seed, &self.draw, &self.candidates)
    }
}

fn in_order<'c>(seed: &str, draw: &str, candidates: &'c [Candidate]) -> Vec<(String, &'c Candidate)> {
    let mut all: Vec<_> =
        candidates.iter().map(|candidate| (ticket(seed, draw, &candidate.id), candidate)).collect();
    all.sort_by(|(a, of_a), (b, of_b)| (a, &of_a.id).cmp(&(b, &of_b.id)));
    all
}

fn comes_out(seed: &str, draw: &str, candidates: &[Candidate], take: u32) -> Vec<String> {
    let eligible =
        in_order(seed, draw, candidates).into_iter().filter(|(_, candidate)| candidate.excluded.is_none());
    eligible
        .take(usize::try_from(take).unwrap_or(usize::MAX))
        .map(|(_, candidate)| candidate.id.clone())
        .collect()
}
