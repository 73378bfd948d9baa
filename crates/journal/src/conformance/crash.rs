//! What a journal must hold when the program that writes, or the machine under it, stops at any moment.
//!
//! A store's own test starts itself anew as the writer ([`write_on`]), strikes it down, and looks at what is left
//! ([`Crashes::round`]): nothing that was acknowledged may be lost, and no append may be there in part.

use crate::{Batch, Event, Expected, Head, Journal, NewEvent, Payload, StreamId, moment};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    convert::Infallible,
    error::Error,
    io::{self, BufRead as _, BufReader, Write},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// The longest time between the last acknowledgement that is waited for and the strike, in microseconds.
const MOMENTS: u64 = 6_000;
/// How many acknowledgements are waited for at most.
const WAITED_FOR: u64 = 12;

/// What each event says of the append that it belongs to.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    append: u64,
    of: u64,
    filler: String,
}

fn part(event: &Event) -> Result<Part, serde_json::Error> {
    event.payload.read()
}

/// Writes one append over two cases; all that there is to know of it follows from its number. Answers the last position.
fn append<J: Journal + ?Sized>(journal: &mut J, append: u64) -> Result<u64, Box<dyn Error>> {
    let of = (append % 23).saturating_add(2);
    let at = moment::read("2026-10-03T14:30:00").ok_or("no time")?;
    // Some fill several pages of a store.
    let filler = "督".repeat(usize::try_from((append % 7).saturating_mul(300))?);
    let payload = Payload::new(&Part { append, of, filler })?;
    let mut events = Vec::new();
    for number in 1..=of {
        events.push(NewEvent {
            id: format!("{append}:{number}").parse()?,
            kind: "case.noted".parse()?,
            schema: 1,
            occurred_at: at,
            recorded_at: at,
            actor: None,
            payload: payload.clone(),
        });
    }
    let last = events.split_off(events.len().saturating_sub(1));
    let (one, other) = (StreamId::new("case/one")?, StreamId::new("case/other")?);
    let batches = [
        Batch { stream: &one, expected: Expected::Any, events: &events },
        Batch { stream: &other, expected: Expected::Any, events: &last },
    ];
    Ok(journal.append_all(&batches)?.last().ok_or("no answer")?.position)
}

/// Appends, and says what was acknowledged, until it is killed or the journal fails.
///
/// # Errors
/// What the journal failed with.
pub fn write_on<J: Journal + ?Sized>(
    journal: &mut J,
    out: &mut impl Write,
) -> Result<Infallible, Box<dyn Error>> {
    let before_last = journal.head()?.position.saturating_sub(1);
    let last = journal.read_all(before_last, 1)?.events;
    let mut number = last.last().map(part).transpose()?.map_or(0, |part| part.append);
    // The test runner may have begun a line.
    writeln!(out)?;
    loop {
        number = number.saturating_add(1);
        let position = append(journal, number)?;
        writeln!(out, "ack {number} {position}")?;
        out.flush()?;
    }
}

/// What the rounds so far have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Crashes {
    /// The numbers of which the moments are made.
    chance: u64,
    /// Up to where the journal was found sound.
    pub checked: Head,
    /// How many appends are there.
    pub appends: u64,
    /// How many of them were acknowledged before the strike.
    pub acknowledged: u64,
}

impl Crashes {
    /// No round yet; the seed decides the moments of the strikes, as far as they can be decided.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { chance: seed, ..Self::default() }
    }

    /// A number that looks like chance (splitmix64).
    fn below(&mut self, end: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.chance ^ (self.chance >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)).checked_rem(end).unwrap_or_default()
    }

    /// Starts the writer, strikes at some moment, opens the journal again and looks at all that was written since the last
    /// round.
    ///
    /// # Errors
    /// What was lost or torn, or what else failed.
    pub fn round<J: Journal>(
        &mut self,
        writer: &mut Command,
        strike: impl FnOnce(&mut Child) -> io::Result<()>,
        open: impl FnOnce() -> J,
    ) -> Result<(), Box<dyn Error>> {
        let (wait_for, then) = (self.below(WAITED_FOR), Duration::from_micros(self.below(MOMENTS)));
        let mut child = writer.stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut acks = BTreeMap::new();
        while u64::try_from(acks.len())? < wait_for {
            note(&lines.next().ok_or("the writer ended by itself")??, &mut acks);
        }
        thread::sleep(then);
        strike(&mut child)?;
        child.wait()?;
        lines.map_while(Result::ok).for_each(|line| note(&line, &mut acks));
        self.look(&mut open(), &acks)
    }

    fn look<J: Journal>(&mut self, journal: &mut J, acks: &BTreeMap<u64, u64>) -> Result<(), Box<dyn Error>> {
        // A server may still finish what a killed program had asked for: all that is judged is this one page.
        let events = journal.read_all(self.checked.position, usize::MAX)?.events;
        let last = events.last().map_or(self.checked, Head::from);
        journal.verify(&self.checked)?;
        let mut rest = events.as_slice();
        let mut found = BTreeMap::new();
        while let Some(first) = rest.first() {
            let Part { append, of, .. } = part(first)?;
            self.appends = self.appends.saturating_add(1);
            if append != self.appends {
                return Err(format!("append {append} stands where {} was due", self.appends).into());
            }
            let whole = rest.split_at_checked(usize::try_from(of)?);
            let (whole, after) = whole.ok_or_else(|| format!("append {append} is there in part"))?;
            for event in whole {
                if part(event)?.append != append {
                    return Err(format!("append {append} is torn at position {}", event.position).into());
                }
            }
            found.insert(append, whole.last().map_or(0, |event| event.position));
            rest = after;
        }
        for (append, position) in acks {
            if found.get(append) != Some(position) {
                return Err(
                    format!("append {append} was acknowledged at position {position} and is lost").into()
                );
            }
        }
        self.acknowledged = self.acknowledged.saturating_add(u64::try_from(acks.len())?);
        // Whoever doesn't know whether his events were written sends them again.
        if self.appends > 0 && append(journal, self.appends)? != last.position {
            return Err("an append that was sent again was written twice".into());
        }
        self.checked = last;
        Ok(())
    }
}

/// Notes an acknowledgement. A line that is not whole was not told: it has fewer words, or its number stands in another place
/// than the append.
fn note(line: &str, acks: &mut BTreeMap<u64, u64>) {
    let words: Vec<&str> = line.split(' ').collect();
    if let ["ack", number, position] = words.as_slice()
        && let (Ok(number), Ok(position)) = (number.parse(), position.parse())
    {
        acks.insert(number, position);
    }
}
