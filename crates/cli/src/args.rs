//! The command line.

use crate::lang::Asked;
use crate::terms::OnTerms;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ducha::core::{Period, SubjectId};
use std::path::PathBuf;

/// Ducha: inspection findings go in; penalties come out, with every reason.
///
/// Without a command, the demonstration month is shown.
#[derive(Debug, Parser)]
#[command(name = "ducha", version, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// The language; by default that of the locale, else English
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Asked>,
    /// Colours; by default on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check rulebooks and run their worked examples
    Check {
        /// Rulebooks (.toml, .json); those with one id are checked together, as versions
        #[arg(required = true, value_name = "RULEBOOK")]
        files: Vec<PathBuf>,
    },
    /// Score a file of records: deductions, tiers, what follows
    Assess(Assess),
    /// Show how every number of one subject came about
    Explain(Explain),
    /// What would one more record do
    Preview(Preview),
    /// How two assessments (JSON) differ
    Compare {
        /// The earlier assessment
        before: PathBuf,
        /// The later assessment
        after: PathBuf,
        /// How to print it
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// Print a JSON Schema
    Schema {
        /// Of what
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Print a starter rulebook with comments
    New,
    /// Lay rulebooks out anew; their meaning stays
    Fmt {
        /// Rulebooks (.toml), rewritten in place
        #[arg(required = true, value_name = "RULEBOOK")]
        files: Vec<PathBuf>,
        /// Write nothing; status 1 if a file is laid out otherwise
        #[arg(long)]
        check: bool,
    },
    /// The last day of a time limit, or that it is unknown
    Deadline(Due),
    /// Cases: open, act, show, list, history
    #[command(subcommand)]
    Case(CaseCommand),
    /// What is owed in all cases, and until when
    Due(Owing),
    /// Tell what time has brought about: reminders, what is overdue, the levels above
    Tick(Ticking),
    /// Draws by lot
    #[command(subcommand)]
    Draw(DrawCommand),
    /// A year at a glance: worked, off, made up, unknown
    Calendar {
        /// The year
        year: i32,
        #[command(flatten)]
        which: WhichCalendar,
        /// How to print it
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
}

/// Which question is asked.
#[derive(Debug, Args)]
pub(crate) struct Question {
    /// Rulebooks (.toml, .json) and one file of records (.csv, .jsonl, .ndjson), in any order
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The organisation: who is assessed, who leads whom (.toml, .json, .csv)
    #[arg(long, value_name = "FILE")]
    pub(crate) org: Option<PathBuf>,
    /// The period, as in 2026-10, 2026-Q4, 2026 or 2026-10-01..2026-10-15; without it, all windows that the records touch
    #[arg(long, value_parser = Period::parse)]
    pub(crate) period: Option<Period>,
    /// The first day from which the records are complete; by default the first day of the period, else of the month of
    /// the earliest record that a version in force prices
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) history_from: Option<NaiveDate>,
    /// The report day; by default the period's last day, else the day of the latest record
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<NaiveDate>,
    /// Only what was known at the end of this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_known_on: Option<NaiveDate>,
    /// The encoding of the records: auto, utf-8 or gb18030
    #[arg(long, default_value = "auto")]
    pub(crate) encoding: String,
}

#[derive(Debug, Args)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) question: Question,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// With the derivation of every number (JSON always has them)
    #[arg(long)]
    pub(crate) explain: bool,
    /// Write files into this directory instead of printing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Status 1 if a row was refused
    #[arg(long)]
    pub(crate) strict: bool,
    /// Only how many rows there were, what became of them, how many stand on each tier, and how fast that was told
    #[arg(long, conflicts_with_all = ["explain", "out"])]
    pub(crate) stats: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) question: Question,
    /// Whose numbers
    #[arg(long)]
    pub(crate) subject: SubjectId,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct Preview {
    #[command(flatten)]
    pub(crate) question: Question,
    /// The record, as one JSON object
    #[arg(long, value_name = "JSON")]
    pub(crate) record: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct Due {
    /// The day of the event, as 2026-09-24, or its moment, as 2026-09-24T16:30 (local time unless it tells its offset)
    pub(crate) start: String,
    /// The limit, as "3 working days" or 3个工作日
    #[arg(allow_hyphen_values = true)]
    pub(crate) limit: String,
    #[command(flatten)]
    pub(crate) which: WhichCalendar,
    #[command(flatten)]
    pub(crate) terms: OnTerms,
    /// The moment at which it is asked how the deadline stands: what remains, or by how much it is overdue
    #[arg(long, value_name = "MOMENT")]
    pub(crate) now: Option<String>,
    /// When to be reminded: so long before the end, in working time for working days and hours; may be repeated
    #[arg(long, value_name = "LIMIT")]
    pub(crate) remind: Vec<String>,
    /// With every step and the rule that it follows
    #[arg(long)]
    pub(crate) explain: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

/// Which calendar is asked: mainland China's, and what is laid over it.
#[derive(Debug, Args)]
pub(crate) struct WhichCalendar {
    /// A campus's own days (.toml, .ics), laid over China's calendar; the last one given lies on top
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Vec<PathBuf>,
    /// The working hours of half days in .ics files, as 08:00-12:00; a .toml file tells its own
    #[arg(long, value_name = "HOURS")]
    pub(crate) half_day: Option<String>,
    /// By the notices that were public at the end of this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_noticed_on: Option<NaiveDate>,
    /// Take the weekends of unknown days as off and the rest as worked; the answer says so
    #[arg(long)]
    pub(crate) assume_weekends: bool,
}

/// Which desk: its journal, its rules, who holds which office, what time it is.
#[derive(Debug, Args)]
pub(crate) struct DeskAt {
    /// The journal: a file, made on first use, or postgres://…
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) db: String,
    /// Rulebooks (.toml, .json): all versions of one
    #[arg(long, required = true, value_name = "RULEBOOK")]
    pub(crate) rules: Vec<PathBuf>,
    /// The organisation: who is assessed, who leads whom (.toml, .json, .csv)
    #[arg(long, value_name = "FILE")]
    pub(crate) org: Option<PathBuf>,
    /// Who holds which office (.csv: person, role, unit, from, until, on_behalf_of)
    #[arg(long, value_name = "FILE")]
    pub(crate) offices: Option<PathBuf>,
    /// When it is recorded; by default now
    #[arg(id = "recorded", long = "now", value_name = "MOMENT")]
    pub(crate) now: Option<String>,
    #[command(flatten)]
    pub(crate) which: WhichCalendar,
}

/// Who acts, in which capacity.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// In which capacity: office, inspector, department_head, leading_group, complainant …
    #[arg(id = "capacity", long = "as", value_name = "PARTY")]
    pub(crate) capacity: String,
    /// The person
    #[arg(long, value_name = "PERSON")]
    pub(crate) by: SubjectId,
    /// For whom, where the office is another's
    #[arg(long, value_name = "PERSON")]
    pub(crate) on_behalf_of: Option<SubjectId>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// Open a case
    Open(CaseOpen),
    /// Act in a case
    Act(CaseAct),
    /// Show a case; with --as and --by also what that person may do now
    Show(CaseShow),
    /// List the cases
    List(CaseList),
    /// What happened in a case
    History(CaseHistory),
}

#[derive(Debug, Args)]
pub(crate) struct CaseOpen {
    /// The kind of case, as rectification
    pub(crate) kind: String,
    /// Its id among the cases of that kind
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    #[command(flatten)]
    pub(crate) who: Who,
    /// When it happened; by default as it is recorded
    #[arg(long, value_name = "MOMENT")]
    pub(crate) at: Option<String>,
    /// What the case or the act says, as a JSON object
    #[arg(long, value_name = "JSON")]
    pub(crate) data: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CaseAct {
    /// The case, as rectification/R-1
    pub(crate) case: String,
    /// What is done, as notify
    pub(crate) act: String,
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    #[command(flatten)]
    pub(crate) who: Who,
    /// When it happened; by default as it is recorded
    #[arg(long, value_name = "MOMENT")]
    pub(crate) at: Option<String>,
    /// What the case or the act says, as a JSON object
    #[arg(long, value_name = "JSON")]
    pub(crate) data: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CaseShow {
    /// The case, as rectification/R-1
    pub(crate) case: String,
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    #[command(flatten)]
    pub(crate) who: Option<Who>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CaseList {
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    /// Only cases of this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Only cases that are not over
    #[arg(long)]
    pub(crate) open: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CaseHistory {
    /// The case, as rectification/R-1
    pub(crate) case: String,
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct Owing {
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    /// Only what is due within this limit from now, as "3 working days"
    #[arg(long, value_name = "LIMIT")]
    pub(crate) within: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = DueFormat::Table)]
    pub(crate) format: DueFormat,
}

/// How duties are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DueFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For calendars: iCalendar tasks
    Ics,
}

#[derive(Debug, Args)]
pub(crate) struct Ticking {
    #[command(flatten)]
    pub(crate) desk: DeskAt,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DrawCommand {
    /// Repeat a published draw, and tell what comes out otherwise
    Verify {
        /// The draws, or the plan that holds them (.json)
        file: PathBuf,
    },
}

/// How an assessment is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, in a fixed-width font
    Table,
    /// Everything, for programs
    Json,
    /// What was deducted and awarded, for a spreadsheet; with --out also standings, consequences and rows not scored
    Csv,
    /// For people, as Markdown
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    Rulebook,
    Record,
    Assessment,
    Restatement,
    Preview,
}

/// A civil day, as in 2026-10-31.
fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write a day as in 2026-10-31".to_owned())
}
