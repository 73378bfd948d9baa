//! The files that were given: told apart by their endings, and read.

use crate::mistakes::{self, Pen};
use crate::outcome::{Outcome, Step};
use crate::visible;
use crate::words::{self, Say};
use ducha::core::{Lang, Organisation};
use ducha::intake::{Format, OrganisationFormat, read_organisation};
use ducha::rulebook::read_all;
use ducha::rulebook::{Rulebook, Source};
use std::path::{Path, PathBuf};

/// A rulebook file by its name, not read yet.
#[derive(Debug)]
pub(crate) struct RulebookFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The files of one question.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) rulebooks: Vec<RulebookFile>,
    pub(crate) organisation: Option<(String, Vec<u8>)>,
    pub(crate) records: Option<(String, Vec<u8>)>,
}

/// What a file is, by its ending.
enum Kind {
    Rulebook,
    Records,
}

fn kind_of(path: &Path) -> Option<Kind> {
    let name = path.file_name()?.to_str()?;
    if Format::of_file_name(name).is_some() {
        return Some(Kind::Records);
    }
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    matches!(ending.as_str(), "toml" | "json").then_some(Kind::Rulebook)
}

/// The bytes of a file, or why it cannot be read.
pub(crate) fn bytes_of(path: &Path, lang: Lang) -> Step<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        Outcome::wrong_use(
            Say::CannotRead { file: &path.display().to_string(), why: &words::of_file(&error, lang) }
                .text(lang),
        )
    })
}

/// The files of one question, told apart by their endings and not read yet.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    pub(crate) rulebooks: Vec<PathBuf>,
    pub(crate) records: Option<PathBuf>,
}

impl Paths {
    /// Tells the files apart by their endings.
    pub(crate) fn of(paths: &[PathBuf], lang: Lang) -> Step<Self> {
        let mut found = Self::default();
        for path in paths {
            let name = path.display().to_string();
            match kind_of(path) {
                Some(Kind::Rulebook) => found.rulebooks.push(path.clone()),
                Some(Kind::Records) if found.records.is_none() => found.records = Some(path.clone()),
                Some(Kind::Records) => {
                    return Err(Outcome::wrong_use(Say::SecondRecords { file: &name }.text(lang)));
                }
                None if path.is_dir() => drop(bytes_of(path, lang)?),
                None => return Err(Outcome::wrong_use(Say::UnknownEnding { file: &name }.text(lang))),
            }
        }
        Ok(found)
    }

    /// Reads all but the records.
    pub(crate) fn rules(&self, organisation: Option<&Path>, lang: Lang) -> Step<Given> {
        let mut given = Given::default();
        for path in &self.rulebooks {
            let name = path.display().to_string();
            given.rulebooks.push(RulebookFile { name, bytes: bytes_of(path, lang)? });
        }
        if let Some(path) = organisation {
            given.organisation = Some((path.display().to_string(), bytes_of(path, lang)?));
        }
        Ok(given)
    }
}

/// Reads the files, told apart by their endings.
pub(crate) fn gather(paths: &[PathBuf], organisation: Option<&Path>, lang: Lang) -> Step<Given> {
    let found = Paths::of(paths, lang)?;
    let mut given = found.rules(organisation, lang)?;
    if let Some(path) = &found.records {
        given.records = Some((path.display().to_string(), bytes_of(path, lang)?));
    }
    Ok(given)
}

impl Given {
    /// The rulebooks' texts.
    pub(crate) fn sources(&self, lang: Lang) -> Step<Vec<Source>> {
        let texts = self.rulebooks.iter().map(|file| match std::str::from_utf8(&file.bytes) {
            Ok(text) => Ok(Source::new(&file.name, text)),
            Err(_) => Err(Outcome::wrong_use(Say::NotUtf8 { file: &file.name }.text(lang))),
        });
        texts.collect()
    }

    /// The versions of one rulebook, checked together.
    pub(crate) fn read_rulebooks(&self, lang: Lang, pen: Pen) -> Step<Vec<Rulebook>> {
        let sources = self.sources(lang)?;
        if sources.is_empty() {
            return Err(Outcome::wrong_use(Say::NoRulebook.text(lang)));
        }
        let books = read_all(&sources)
            .map_err(|wrong| Outcome::mistakes(mistakes::render_all(&wrong, &sources, lang, pen)))?;
        let first = books.first().map(Rulebook::id);
        if let Some(other) = books.iter().find(|book| Some(book.id()) != first) {
            let first = first.map_or("", |id| id.as_str());
            let say = Say::SeveralRulebooks { one: first, other: other.id().as_str() };
            return Err(Outcome::wrong_use(say.text(lang)));
        }
        Ok(books)
    }

    /// The organisation, if one was given.
    pub(crate) fn read_organisation(&self, lang: Lang) -> Step<Option<Organisation>> {
        let Some((name, bytes)) = &self.organisation else { return Ok(None) };
        let Some(format) = OrganisationFormat::of_file_name(name) else {
            return Err(Outcome::wrong_use(Say::UnknownOrganisationEnding { file: name }.text(lang)));
        };
        let organisation = read_organisation(bytes, format).map_err(|faults| {
            let lines = faults.iter().map(|fault| {
                format!(
                    "{name}:{}:{}: {} [{}]\n",
                    fault.line,
                    fault.column,
                    visible::line(&fault.text(lang)),
                    fault.reason.code()
                )
            });
            Outcome::mistakes(lines.collect::<String>())
        })?;
        Ok(Some(organisation))
    }
}
