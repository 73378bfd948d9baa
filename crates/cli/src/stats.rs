//! `ducha assess --stats`: how much there was, what came of it, and how fast.
//!
//! Findings in order under plain rules pass as a stream, in memory that does not grow with the file; everything else is a
//! batch. The numbers are the same.

use crate::args::{Assess, Format as Form};
use crate::assess::json;
use crate::document::{Block, Column, Document, Rows as Table};
use crate::input::Paths;
use crate::mistakes::Pen;
use crate::outcome::{Outcome, Status, Step};
use crate::progress::Progress;
use crate::question::Question;
use crate::words::{self, Say};
use ducha::core::{Lang, row::Row};
use ducha::intake::{Encoding, Format, Options, Records};
use ducha::parallel::Threads;
use ducha::rulebook::Rulebook;
use ducha::rulebook::annex::window::{NamedWindow, Window};
use ducha::scoring::assessment::Outcome as Known;
use ducha::scoring::engine::{self, Scorer, StreamStop};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

/// Why a file is no stream, in both languages.
struct Why {
    zh: String,
    en: String,
}

impl Why {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    fn of_row(line: u64, stop: StreamStop) -> Self {
        let zh = match stop {
            StreamStop::Order => "不按日期、时刻、编号的顺序",
            StreamStop::NotPlain => "所载不止普通的检查发现",
            StreamStop::Twice => "编号已出现过",
            StreamStop::HeadRoom => "数值超出 64 位",
            _ => "行或对象过多",
        };
        Self::new(format!("第 {line} 行{zh}"), format!("line {line}: {stop}"))
    }
}

/// What is told.
#[derive(Debug, Serialize)]
struct Stats {
    /// `stream` or `batch`.
    way: &'static str,
    /// Why it is no stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    rows: u64,
    scored: u64,
    /// Rows that were refused, when they were read or scored.
    refused: u64,
    /// Rows that were taken back, repeated, not known yet or out of scope.
    otherwise: u64,
    subjects: usize,
    ladders: Vec<LadderStats>,
    seconds: f64,
    rows_per_second: f64,
    nanoseconds_per_row: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory_kib: Option<u64>,
}

/// How many standings there are on each tier.
#[derive(Debug, Serialize)]
struct LadderStats {
    ladder: String,
    tiers: Vec<(String, u64)>,
    undetermined: u64,
}

/// Tells how an assessment goes.
pub(crate) fn run(asked: &Assess, lang: Lang, pen: Pen) -> Step<Outcome> {
    let progress = Progress::new();
    let began = now();
    let mut stats = match stream(asked, lang, pen, &progress)? {
        Ok(stats) => stats,
        Err(because) => batch(asked, &because, lang, pen, &progress)?,
    };
    progress.end();
    stats.time(began.elapsed());
    let output = match asked.format {
        Form::Json => json(&stats)?,
        Form::Markdown => stats.document(lang).markdown(),
        Form::Table | Form::Csv => stats.document(lang).text(),
    };
    let mut outcome = Outcome::done(output);
    if asked.strict && stats.refused > 0 {
        let rows = usize::try_from(stats.refused).unwrap_or(usize::MAX);
        outcome.beside = format!("{}\n", Say::Refused { rows }.text(lang));
        outcome.status = Status::Mistakes;
    }
    Ok(outcome)
}

#[allow(clippy::disallowed_methods, reason = "how fast it was is what is asked")]
fn now() -> Instant {
    Instant::now()
}

/// The file as a stream; or why it is none.
fn stream(asked: &Assess, lang: Lang, pen: Pen, progress: &Progress) -> Step<Result<Stats, Why>> {
    let question = &asked.question;
    let found = Paths::of(&question.files, lang)?;
    let Some(path) = &found.records else {
        return Err(Outcome::wrong_use(Say::NoRecords.text(lang)));
    };
    let days = question.period.is_some()
        || question.history_from.is_some()
        || question.as_of.is_some()
        || question.as_known_on.is_some();
    if days || question.org.is_some() {
        return Ok(Err(Why::new("指定了时段、日期或组织", "a period, a day or an organisation was given")));
    }
    let Some(encoding) = Encoding::of_name(&question.encoding) else {
        return Err(Outcome::wrong_use(Say::UnknownEncoding { name: &question.encoding }.text(lang)));
    };
    let rulebooks = found.rules(None, lang)?.read_rulebooks(lang, pen)?;
    // A month that the records begin in is taken as complete, and so is every day; a longer window may begin before.
    let mut tallies = rulebooks.iter().flat_map(|book| &book.annex().tally);
    if !tallies.all(|t| matches!(t.window, Window::Named(NamedWindow::Month | NamedWindow::Day))) {
        return Ok(Err(Why::new("有累计项的时段长于一月", "a tally counts over more than a month")));
    }
    let scorer = Scorer::compile(&rulebooks).map_err(Outcome::wrong_use)?;
    let mut stream = match scorer.stream() {
        Ok(stream) => stream,
        Err(error) => return Ok(Err(Why::new("规则不止于普通的计分", error.to_string()))),
    };
    let name = path.display().to_string();
    let (file, size) = open(path, lang)?;
    let format = Format::of_file_name(&name).unwrap_or(Format::Csv);
    let Ok(mut records) = Records::open(file, format, Options { encoding, ..Options::default() }) else {
        return Ok(Err(Why::new("表头无法读取", "the heading cannot be read")));
    };
    let mut rows = 0_usize;
    while let Some(row) = records.next_row() {
        if let Ok(placed) = row {
            let Row::Finding(finding) = &placed.value else {
                let line = placed.line;
                return Ok(Err(Why::new(
                    format!("第 {line} 行不是检查发现"),
                    format!("line {line} is no finding"),
                )));
            };
            if let Err(stop) = stream.push(finding) {
                return Ok(Err(Why::of_row(placed.line, stop)));
            }
        }
        rows = rows.saturating_add(1);
        progress.part(rows, || (records.bytes_read(), size));
    }
    let unread = records.account().refused;
    let scored = stream.rows();
    let seen = match stream.finish() {
        Ok(seen) => seen,
        Err(stop) => return Ok(Err(Why::of_row(0, stop))),
    };
    let refused = u64::try_from(seen.refused.len()).unwrap_or(u64::MAX);
    let annex_ladders = rulebooks.iter().flat_map(|book| &book.annex().ladder);
    let ladders = annex_ladders.zip(&seen.ladders).map(|(ladder, column)| {
        let mut told =
            LadderStats::of(ladder.name.get(lang), ladder.tier.iter().map(|tier| tier.name.get(lang)));
        column.tiers.iter().for_each(|tier| told.count(tier.ok().map(|place| place as usize)));
        told
    });
    Ok(Ok(Stats {
        way: "stream",
        because: None,
        rows: scored.saturating_add(unread),
        scored: scored.saturating_sub(refused),
        refused: refused.saturating_add(unread),
        otherwise: 0,
        subjects: seen.subjects.len(),
        ladders: ladders.collect(),
        seconds: 0.0,
        rows_per_second: 0.0,
        nanoseconds_per_row: 0.0,
        peak_memory_kib: None,
    }))
}

fn open(path: &Path, lang: Lang) -> Step<(File, u64)> {
    let cannot = |error: &std::io::Error| {
        let say = Say::CannotRead { file: &path.display().to_string(), why: &words::of_file(error, lang) };
        Outcome::wrong_use(say.text(lang))
    };
    let file = File::open(path).map_err(|error| cannot(&error))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    Ok((file, size))
}

/// Everything at once.
fn batch(asked: &Assess, because: &Why, lang: Lang, pen: Pen, progress: &Progress) -> Step<Stats> {
    let question = Question::of(&asked.question, lang, pen, progress)?;
    let scorer = Scorer::compile(&question.rulebooks).map_err(Outcome::wrong_use)?;
    let request = question.request();
    let scored =
        scorer.assess_with(&engine::Question::from(&request), &Threads).map_err(Outcome::wrong_use)?;
    let mut account = scored.account().clone();
    question.rows.complete(&mut account);
    let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    let subjects: std::collections::BTreeSet<_> =
        scored.tallies().iter().map(|tally| &tally.subject).collect();
    Ok(Stats {
        way: "batch",
        because: Some(match lang {
            Lang::Zh => because.zh.clone(),
            Lang::En => because.en.clone(),
        }),
        rows: count(account.given),
        scored: count(account.scored),
        refused: count(account.refused),
        otherwise: count(account.given.saturating_sub(account.scored).saturating_sub(account.refused)),
        subjects: subjects.len(),
        ladders: ladders_of(&scored, &question.rulebooks, lang),
        seconds: 0.0,
        rows_per_second: 0.0,
        nanoseconds_per_row: 0.0,
        peak_memory_kib: None,
    })
}

/// How many standings there are on each tier, ladder by ladder in the order of the latest version that has it.
fn ladders_of(scored: &engine::Scored<'_>, books: &[Rulebook], lang: Lang) -> Vec<LadderStats> {
    let mut told: BTreeMap<&str, LadderStats> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for book in books {
        for ladder in &book.annex().ladder {
            let tiers = ladder.tier.iter().map(|tier| tier.name.get(lang));
            if told.insert(ladder.id.as_str(), LadderStats::of(ladder.name.get(lang), tiers)).is_none() {
                order.push(ladder.id.as_str());
            }
        }
    }
    for standing in scored.standings() {
        let version = books.iter().find(|book| book.version() == standing.version);
        let ladder = version.and_then(|book| book.annex().ladder.iter().find(|l| l.id == standing.ladder));
        let place = match &standing.tier {
            Known::Determined(tier) => ladder.and_then(|l| l.tier.iter().position(|t| t.id == *tier)),
            Known::Undetermined(_) => None,
        };
        if let Some(one) = told.get_mut(standing.ladder.as_str()) {
            one.count(place);
        }
    }
    order.into_iter().filter_map(|id| told.remove(id)).collect()
}

impl LadderStats {
    fn of<'t>(name: &str, tiers: impl Iterator<Item = &'t str>) -> Self {
        let tiers = tiers.map(|tier| (tier.to_owned(), 0)).collect();
        Self { ladder: name.to_owned(), tiers, undetermined: 0 }
    }

    fn count(&mut self, place: Option<usize>) {
        match place.and_then(|place| self.tiers.get_mut(place)) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.undetermined = self.undetermined.saturating_add(1),
        }
    }
}

impl Stats {
    fn time(&mut self, took: Duration) {
        self.seconds = took.as_secs_f64();
        if self.rows > 0 && self.seconds > 0.0 {
            #[allow(clippy::cast_precision_loss, reason = "a rate is told to a few digits")]
            let rows = self.rows as f64;
            self.rows_per_second = rows / self.seconds;
            self.nanoseconds_per_row = self.seconds * 1e9 / rows;
        }
        self.peak_memory_kib = peak_memory();
    }

    fn document(&self, lang: Lang) -> Document {
        let pick = |zh: &'static str, en: &'static str| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let mut document = Document::default();
        let mut table = Table {
            columns: vec![Column::words(pick("项目", "What")), Column::number(pick("数量", "How many"))],
            ..Table::default()
        };
        let counts = [
            (pick("行", "rows"), self.rows),
            (pick("已计分", "scored"), self.scored),
            (pick("退回", "refused"), self.refused),
            (pick("撤销、重复或不在范围", "taken back, repeated or out of scope"), self.otherwise),
            (pick("对象", "subjects"), u64::try_from(self.subjects).unwrap_or(u64::MAX)),
        ];
        table.rows.extend(counts.into_iter().map(|(what, many)| vec![what.to_owned(), many.to_string()]));
        document.add(Block::Rows(table));
        for ladder in &self.ladders {
            document.add(Block::Part(ladder.ladder.clone()));
            let mut table = Table {
                columns: vec![Column::words(pick("等次", "Tier")), Column::number(pick("数量", "How many"))],
                ..Table::default()
            };
            let open = (pick("未定", "undetermined").to_owned(), ladder.undetermined);
            let tiers = ladder.tiers.iter().map(|(tier, many)| (tier.clone(), *many));
            let open = (open.1 > 0).then_some(open);
            table.rows.extend(tiers.chain(open).map(|(tier, many)| vec![tier, many.to_string()]));
            document.add(Block::Rows(table));
        }
        document.add(Block::Part(pick("速度", "Speed").to_owned()));
        let (seconds, rate, each) = (self.seconds, self.rows_per_second, self.nanoseconds_per_row);
        document.add(Block::Line(match lang {
            Lang::Zh => {
                format!("用时 {seconds:.3} 秒：每秒 {rate:.0} 行，每行 {each:.0} 纳秒（读取规则在内）")
            }
            Lang::En => format!(
                "{seconds:.3} s: {rate:.0} rows a second, {each:.0} ns a row, reading the rules included"
            ),
        }));
        if let Some(memory) = self.peak_memory_kib {
            let megabytes = memory.div_ceil(1024);
            document.add(Block::Line(match lang {
                Lang::Zh => format!("内存峰值 {megabytes} MiB"),
                Lang::En => format!("peak memory {megabytes} MiB"),
            }));
        }
        document.add(Block::Line(match (&self.because, lang) {
            (None, Lang::Zh) => "按流处理：内存不随文件增长".into(),
            (None, Lang::En) => "as a stream: memory does not grow with the file".into(),
            (Some(because), Lang::Zh) => format!("整批处理，不能按流处理：{because}"),
            (Some(because), Lang::En) => format!("as a batch, not as a stream: {because}"),
        }));
        document
    }
}

/// The most memory that the process had at once, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
