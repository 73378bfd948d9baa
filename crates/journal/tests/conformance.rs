//! The suite against the journal in memory, and against journals that are wrong on purpose: the suite must find them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use ducha_journal::{
    AppendError, Appended, Batch, Event, Expected, Head, Journal, Memory, Page, Snapshot, SnapshotError,
    StoreError, StreamId, StreamSummary, conformance,
};

#[test]
fn memory_passes() {
    let passed = conformance::run(|| {
        let store = Memory::new();
        move || store.clone()
    })
    .unwrap();
    assert!(passed.cases.len() >= 45, "{} cases", passed.cases.len());
}

#[test]
fn a_boxed_journal_passes_too() {
    conformance::run(|| {
        let store = Memory::new();
        move || Box::new(store.clone()) as Box<dyn Journal + Send>
    })
    .unwrap();
}

/// One way to be wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    IgnoresTheExpectedVersion,
    AppendsBatchByBatch,
    ForgetsTheLastOfAPage,
    NeverSaysMore,
    TakesAPrefixForAPattern,
    ChangesPayloads,
    LosesSnapshots,
    HeadLagsBehind,
    Panics,
}

const FAULTS: [(Fault, &str); 9] = [
    (Fault::IgnoresTheExpectedVersion, "of two writers racing on one stream exactly one wins"),
    (Fault::AppendsBatchByBatch, "a conflict in one of several streams writes nothing"),
    (Fault::ForgetsTheLastOfAPage, "pages of every size hold each event once, in order"),
    (Fault::NeverSaysMore, "a page tells whether more follow"),
    (Fault::TakesAPrefixForAPattern, "a prefix means itself: % and _ stand for nothing else"),
    (Fault::ChangesPayloads, "payloads in any script come back byte by byte"),
    (Fault::LosesSnapshots, "a snapshot comes back byte by byte"),
    (Fault::HeadLagsBehind, "a sound journal verifies, up to its head"),
    (Fault::Panics, "an empty journal is empty"),
];

#[derive(Clone)]
struct Faulty(Fault, Memory);

impl Faulty {
    fn page(&self, mut page: Page) -> Page {
        match self.0 {
            Fault::ForgetsTheLastOfAPage if page.events.len() > 2 => drop(page.events.pop()),
            Fault::NeverSaysMore => page.more = false,
            Fault::ChangesPayloads => page.events.iter_mut().for_each(|event: &mut Event| {
                let text: String =
                    event.payload.text().chars().filter(|c| u32::from(*c) < 0x1_0000).collect();
                event.payload = ducha_journal::Payload::stored(text);
            }),
            _ => {}
        }
        page
    }
}

impl Journal for Faulty {
    fn append_all(&mut self, batches: &[Batch<'_>]) -> Result<Vec<Appended>, AppendError> {
        match self.0 {
            Fault::IgnoresTheExpectedVersion => {
                let any: Vec<_> = batches.iter().map(|b| Batch { expected: Expected::Any, ..*b }).collect();
                self.1.append_all(&any)
            }
            Fault::AppendsBatchByBatch => batches.iter().try_fold(Vec::new(), |mut all, batch| {
                all.extend(self.1.append_all(&[*batch])?);
                Ok(all)
            }),
            _ => self.1.append_all(batches),
        }
    }
    fn read(&mut self, stream: &StreamId, after: u64, limit: usize) -> Result<Page, StoreError> {
        self.1.read(stream, after, limit).map(|page| self.page(page))
    }
    fn read_all(&mut self, after: u64, limit: usize) -> Result<Page, StoreError> {
        self.1.read_all(after, limit).map(|page| self.page(page))
    }
    fn streams(
        &mut self,
        prefix: &str,
        after: Option<&StreamId>,
        limit: usize,
    ) -> Result<Vec<StreamSummary>, StoreError> {
        if self.0 == Fault::TakesAPrefixForAPattern {
            let like = |name: &str| {
                name.len() >= prefix.len()
                    && name.chars().zip(prefix.chars()).all(|(n, p)| p == '_' || n == p)
            };
            let all = self.1.streams("", after, usize::MAX)?;
            return Ok(all.into_iter().filter(|s| like(s.stream.as_str())).take(limit).collect());
        }
        self.1.streams(prefix, after, limit)
    }
    fn head(&mut self) -> Result<Head, StoreError> {
        assert!(self.0 != Fault::Panics, "no head for heights");
        let head = self.1.head()?;
        if self.0 == Fault::HeadLagsBehind && head.position > 3 {
            let page = self.1.read_all(head.position.saturating_sub(2), 1)?;
            return Ok(page.events.first().map_or(head, Head::from));
        }
        Ok(head)
    }
    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<(), SnapshotError> {
        if self.0 == Fault::LosesSnapshots { Ok(()) } else { self.1.save_snapshot(snapshot) }
    }
    fn snapshot(&mut self, stream: &StreamId) -> Result<Option<Snapshot>, StoreError> {
        self.1.snapshot(stream)
    }
    fn forget_snapshot(&mut self, stream: &StreamId) -> Result<(), StoreError> {
        self.1.forget_snapshot(stream)
    }
}

#[test]
fn the_suite_finds_what_is_wrong_and_names_it() {
    for (fault, case) in FAULTS {
        let failures = conformance::run(|| {
            let store = Faulty(fault, Memory::new());
            move || store.clone()
        })
        .expect_err("a faulty journal passes");
        assert!(failures.cases.iter().any(|(name, _)| *name == case), "{fault:?}: {failures}");
        assert!(failures.to_string().contains(case), "{failures}");
    }
}
