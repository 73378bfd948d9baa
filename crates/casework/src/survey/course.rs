//! The course of a survey: who may do what, and what follows.

use super::{Act, Command, Event, Opening, Reach, Sheet, Status, Survey, question::each_once};
use crate::{
    case::{Case, article},
    draft::Draft,
    duty::reckon,
    found::{Found, room},
    party::{Actor, Moment, Party, Stamp},
    refusal::{Reason, Refusal},
};
use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};
use ducha_core::{Article, SubjectId, message::Args, record::Evidence};
use ducha_rulebook::annex::procedure::Surveys;

const ARTICLE: Article = article(4);

fn rules<'a>(draft: &Draft<'a, Survey>) -> Result<&'a Surveys, Refusal> {
    let found = draft.context().rules.survey.as_ref();
    found.ok_or_else(|| draft.refuse(Reason::NoRule, ARTICLE, Args::none().with("rule", "[survey]")))
}

impl Case for Survey {
    const KIND: &'static str = "survey";
    const LABEL: (&'static str, &'static str) = ("问卷调查", "survey");
    type Status = Status;
    type Act = Act;
    type Opening = Opening;
    type Command = Command;
    type Event = Event;

    fn opens(_: &Opening) -> Act {
        Act::Prepare
    }

    fn concerns(opening: &Opening) -> &SubjectId {
        &opening.unit
    }

    fn act(command: &Command) -> Act {
        match command {
            Command::Open {} => Act::Open,
            Command::Count { .. } => Act::Count,
            Command::Hear { .. } => Act::Hear,
            Command::Find { .. } => Act::Find,
            Command::Close { .. } => Act::Close,
            Command::Evaluate {} => Act::Evaluate,
            Command::Cancel { .. } => Act::Cancel,
        }
    }

    fn status(&self) -> Status {
        self.status
    }

    fn unit(&self) -> &SubjectId {
        &self.opening.unit
    }

    fn open(opening: &Opening, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        room(&opening.survey, draft, ARTICLE)?;
        if let Reach::Targeted { whom } = &opening.reach {
            draft.given(whom, ("调查对象", "whom it asks"), ARTICLE)?;
        }
        if opening.channels.is_empty() {
            draft.given("", ("收集方式", "how answers come"), ARTICLE)?;
        }
        if opening.questions.is_empty() {
            draft.given("", ("题目", "the questions"), ARTICLE)?;
        }
        each_once(opening.questions.iter().map(|question| &question.id), draft)?;
        let rules = rules(draft)?;
        opening.questions.iter().try_for_each(|question| question.check(rules, draft))?;
        draft.event(Event::Prepared(opening.clone()));
        Ok(())
    }

    fn guard(&self, act: Act, actor: &Actor, draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let own = || {
            let day = draft.at().date();
            draft.context().directory.within(&actor.person, &self.opening.unit, day)
        };
        // Nobody judges their own unit (art. 9), and nobody counts its answers.
        if actor.party == Party::INSPECTOR && own() {
            let args = Args::none().with("person", &actor.person).with("unit", &self.opening.unit);
            return Err(draft.refuse(Reason::OwnWork, article(9), args));
        }
        if let (Act::Count, Some(until)) = (act, self.open_until(draft))
            && draft.at() > until
        {
            let args = Args::none().with("until", until.format("%Y-%m-%d %H:%M").to_string());
            return Err(draft.refuse(Reason::SurveyOver, ARTICLE, args));
        }
        Ok(())
    }

    fn decide(&self, command: &Command, draft: &mut Draft<'_, Self>) -> Result<(), Refusal> {
        let event = match command {
            Command::Open {} => {
                let limit = rules(draft)?.open_for.as_ref();
                Event::Opened { open_for: limit.map(|limit| draft.terms(limit, ARTICLE)).transpose()? }
            }
            Command::Count { sheets } => {
                self.countable(sheets, draft)?;
                Event::Counted { sheets: sheets.clone() }
            }
            Command::Hear { hearing, reference, said } => {
                draft.given(reference, ("记录编号", "where the record is kept"), article(17))?;
                draft.given(said, ("意见内容", "what was said"), article(17))?;
                Event::Heard { hearing: *hearing, reference: reference.clone(), said: said.clone() }
            }
            Command::Find { found, rests_on } => {
                found.check(&self.opening.unit, draft, article(2))?;
                let evidence = self.evidence(rests_on, draft)?;
                let evidence = found.evidence.iter().cloned().chain(evidence).collect();
                Event::Found { found: Box::new(Found { evidence, ..(**found).clone() }) }
            }
            Command::Close { why } => {
                if self.open_until(draft).is_some_and(|until| draft.at() < until) {
                    let why = why.as_deref().unwrap_or("");
                    draft.given(why, ("提前截止的理由", "why it closes before its time"), ARTICLE)?;
                }
                Event::Closed { why: why.clone() }
            }
            Command::Evaluate {} => self.evaluate(draft)?,
            Command::Cancel { why } => {
                draft.given(why, ("理由", "the reason"), ARTICLE)?;
                Event::Cancelled { why: why.clone() }
            }
        };
        draft.event(event);
        Ok(())
    }

    fn begin(event: &Event, _: &Stamp) -> Option<Self> {
        let Event::Prepared(opening) = event else { return None };
        Some(Self {
            status: Status::Prepared,
            opening: opening.clone(),
            opened: None,
            counts: BTreeMap::new(),
            sheets: BTreeSet::new(),
            heard: Vec::new(),
            found: Vec::new(),
            closed: None,
            evaluated: None,
        })
    }

    fn evolve(mut self, event: &Event, stamp: &Stamp) -> Self {
        match event {
            Event::Prepared(_) => {}
            Event::Opened { open_for } => {
                self.status = Status::Open;
                self.opened = Some((stamp.at, open_for.clone()));
            }
            Event::Counted { sheets } => sheets.iter().for_each(|sheet| self.count(sheet)),
            Event::Heard { hearing, reference, .. } => {
                self.heard.push(Evidence { kind: hearing.kind(), reference: reference.clone() });
            }
            Event::Found { found } => self.found.push(((**found).clone(), stamp.clone())),
            Event::Closed { .. } => {
                self.status = Status::Closed;
                self.closed = Some(stamp.clone());
            }
            Event::Evaluated { results } => {
                self.status = Status::Evaluated;
                self.evaluated = Some((results.clone(), stamp.clone()));
            }
            Event::Cancelled { .. } => self.status = Status::Cancelled,
        }
        self
    }
}

impl Survey {
    /// Until when it takes answers, where that is known.
    fn open_until(&self, draft: &Draft<'_, Self>) -> Option<Moment> {
        let (at, Some(terms)) = self.opened.as_ref()? else { return None };
        reckon(terms, *at, draft.context().calendar).ends()
    }

    fn count(&mut self, sheet: &Sheet) {
        if !self.sheets.insert(sheet.sheet.clone()) {
            return;
        }
        for (question, choice) in &sheet.answers {
            let taken = self.counts.entry(question.clone()).or_default().entry(choice.clone()).or_default();
            *taken = taken.saturating_add(1);
        }
    }

    /// Whether the sheets may be counted: each once, in a way that the survey takes, with answers that it offers.
    fn countable(&self, sheets: &[Sheet], draft: &Draft<'_, Self>) -> Result<(), Refusal> {
        let mut counted: BTreeSet<_> = self.sheets.iter().collect();
        for Sheet { sheet, channel, answers } in sheets {
            if !counted.insert(sheet) {
                return Err(draft.refuse(Reason::SheetTwice, ARTICLE, Args::none().with("sheet", sheet)));
            }
            if !self.opening.channels.contains(channel) {
                return Err(draft.refuse(Reason::OtherChannel, ARTICLE, Args::none()));
            }
            for (asked, choice) in answers {
                let args = Args::none().with("question", asked);
                let question = self.opening.questions.iter().find(|question| question.id == *asked);
                let Some(question) = question else {
                    return Err(draft.refuse(Reason::NoSuchQuestion, ARTICLE, args));
                };
                if !question.choices.iter().any(|offered| offered.id == *choice) {
                    return Err(draft.refuse(Reason::NoSuchChoice, ARTICLE, args.with("choice", choice)));
                }
            }
        }
        let answers = u32::try_from(counted.len()).unwrap_or(u32::MAX);
        match self.opening.invited {
            Some(invited) if answers > invited => {
                let args = Args::none().with("answers", answers).with("invited", invited);
                Err(draft.refuse(Reason::MoreThanInvited, ARTICLE, args))
            }
            _ => Ok(()),
        }
    }

    /// The evidence of those references; at least one.
    fn evidence(&self, rests_on: &[String], draft: &Draft<'_, Self>) -> Result<Vec<Evidence>, Refusal> {
        if rests_on.is_empty() {
            draft.given(
                "",
                ("所依据的座谈、走访、来信", "the forum, visit or letter that it rests on"),
                article(17),
            )?;
        }
        let find = |reference: &String| {
            let known = self.heard.iter().find(|known| known.reference == *reference).cloned();
            known.ok_or_else(|| {
                let args = Args::none().with("reference", reference.as_str());
                draft.refuse(Reason::NoSuchEvidence, article(17), args)
            })
        };
        rests_on.iter().map(find).collect()
    }

    fn evaluate(&self, draft: &Draft<'_, Self>) -> Result<Event, Refusal> {
        let rules = rules(draft)?;
        // A mean of no answers is none.
        let fewest = rules.fewest_answers.unwrap_or(1).max(1);
        let result = |question: &super::Question| {
            question.result(self.counts.get(&question.id), &rules.source, fewest).map_err(|_| {
                let to = question.rating.as_ref().map_or_else(String::new, |of| of.rounding.to.to_string());
                let args = Args::none().with("question", &question.id).with("to", to);
                draft.refuse(Reason::NoRounding, ARTICLE, args)
            })
        };
        let results = self.opening.questions.iter().map(result).collect::<Result<_, _>>()?;
        Ok(Event::Evaluated { results })
    }
}
