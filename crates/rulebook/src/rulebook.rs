//! A rulebook in hand is a checked one.

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Place, Pointer, Severity};
use crate::digest::{self, Digest};
use crate::late_digest::LateDigest;
use crate::read::{self, Data, LineIndex, Places, Source};
use crate::{
    Annex,
    annex::{clause::Clause, duty::AcceptedDefect},
};
use alloc::{format, string::String, sync::Arc, vec::Vec};
use chrono::NaiveDate;
use ducha_core::{ClauseId, RulebookId, message::Args};

/// One version of the annex (art. 25): read, checked, and ready to score by. A copy shares what it holds.
#[derive(Debug, Clone)]
pub struct Rulebook {
    contents: Arc<Contents>,
}

/// What a rulebook holds.
#[derive(Debug, Clone)]
struct Contents {
    annex: Annex,
    /// The places of the clauses, in the order of their ids.
    clauses: Vec<usize>,
    digest_meaning: LateDigest,
    digest_text: LateDigest,
    warnings: Vec<Diagnostic>,
    /// For the places of what is wrong between versions.
    places: Places,
}

/// Everything that is wrong with a rulebook file, with the text that the places are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is wrong, in the order of the text; warnings stand among errors.
    pub diagnostics: Vec<Diagnostic>,
    /// The file.
    pub source: Source,
}

impl Report {
    /// The lines of the file's text.
    #[must_use]
    pub fn lines(&self) -> LineIndex {
        LineIndex::new(&self.source.text)
    }
}

impl Rulebook {
    /// Reads and checks the text, or tells everything that is wrong with it, each with its place.
    ///
    /// # Errors
    /// A [`Report`] with at least one error.
    pub fn read(source: &Source) -> Result<Self, Report> {
        let fail = |mut diagnostics: Vec<Diagnostic>| {
            sort(&mut diagnostics);
            Report { diagnostics, source: source.clone() }
        };
        let reading = read::read(source).map_err(fail)?;
        let mut diagnostics = check::check(&reading.annex);
        accept_defects(&reading.annex.accepted_defect, &reading.data, &mut diagnostics);
        if !reading.diagnostics.is_empty() {
            // What cannot be read hides nothing else that is wrong, but what only follows from it is no news.
            let defects = &reading.annex.accepted_defect;
            diagnostics.retain(|found| {
                let may_be_accepted = || {
                    reading.doubt.is_nameless(found)
                        && defects.iter().any(|defect| defect.code == found.code.text().code)
                };
                found.severity == Severity::Error && !reading.doubt.is_open(found) && !may_be_accepted()
            });
        }
        let places = Places::of(&reading.tree);
        locate(&mut diagnostics, &places);
        diagnostics.extend(reading.diagnostics);
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(fail(diagnostics));
        }
        sort(&mut diagnostics);
        let contents = Contents {
            digest_text: LateDigest::new(source.text.clone()),
            digest_meaning: LateDigest::new(digest::canonical(&reading.data)),
            clauses: by_id(&reading.annex.clause),
            annex: reading.annex,
            places,
            warnings: diagnostics,
        };
        Ok(Self { contents: Arc::new(contents) })
    }

    /// What the file holds.
    #[must_use]
    pub fn annex(&self) -> &Annex {
        &self.contents.annex
    }

    /// The clause of an id.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        let clause = |place: &usize| self.contents.annex.clause.get(*place);
        let places = &self.contents.clauses;
        let at = places.partition_point(|place| clause(place).is_some_and(|clause| clause.id < *id));
        places.get(at).and_then(clause).filter(|clause| clause.id == *id)
    }

    /// Its id; the same in all versions.
    #[must_use]
    pub fn id(&self) -> &RulebookId {
        &self.contents.annex.rulebook.id
    }

    /// The version's name.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.contents.annex.rulebook.version
    }

    /// The first day in force.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.contents.annex.rulebook.from
    }

    /// The first day no longer in force; nothing while that is open.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        self.contents.annex.rulebook.until
    }

    /// Whether the version is in force on that day, by its own dates.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from() <= day && self.until().is_none_or(|until| day < until)
    }

    /// The digest of what it means: the same whatever the layout, comments, names and citations.
    #[must_use]
    pub fn digest_meaning(&self) -> Digest {
        self.contents.digest_meaning.get()
    }

    /// The digest of the file's text, citations and comments included.
    #[must_use]
    pub fn digest_text(&self) -> Digest {
        self.contents.digest_text.get()
    }

    /// Where something stands in the file's text: the bytes of the value at the pointer, or of the nearest thing around it.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> (usize, usize) {
        self.contents.places.locate(pointer)
    }

    /// What looks wrong, or is wrong and accepted, in the order of the text.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.contents.warnings
    }

    fn warnings_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut Arc::make_mut(&mut self.contents).warnings
    }
}

/// The places of clauses in the order of their ids.
fn by_id(clauses: &[Clause]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..clauses.len()).collect();
    places.sort_by_key(|place| clauses.get(*place).map(|clause| &clause.id));
    places
}

/// Reads and checks several versions, and what must hold between them.
///
/// # Errors
/// Everything that is wrong in any of them; the `source` of each place counts the sources from 0.
pub fn read_all(sources: &[Source]) -> Result<Vec<Rulebook>, Vec<Diagnostic>> {
    let mut books = Vec::new();
    let mut wrong = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        match Rulebook::read(source) {
            Ok(mut book) => {
                book.warnings_mut().iter_mut().flat_map(places).for_each(|place| place.source = index);
                books.push(book);
            }
            Err(mut report) => {
                for diagnostic in &mut report.diagnostics {
                    places(diagnostic).for_each(|place| place.source = index);
                }
                wrong.append(&mut report.diagnostics);
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let annexes: Vec<&Annex> = books.iter().map(Rulebook::annex).collect();
    let mut between = check::check_versions(&annexes);
    for diagnostic in &mut between {
        for place in places(diagnostic).filter(|place| place.span.is_none()) {
            place.span = books.get(place.source).map(|book| book.locate(&place.pointer));
        }
    }
    sort(&mut between);
    if between.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(between);
    }
    for diagnostic in between {
        if let Some(book) = books.get_mut(diagnostic.place.source) {
            book.warnings_mut().push(diagnostic);
        }
    }
    Ok(books)
}

/// Into the order of the text.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.place.source, d.place.span, d.code);
        key(a).cmp(&key(b)).then_with(|| a.place.pointer.cmp(&b.place.pointer))
    });
}

/// All places that a diagnostic names.
fn places(diagnostic: &mut Diagnostic) -> impl Iterator<Item = &mut Place> {
    let related = diagnostic.related.iter_mut().map(|related| &mut related.place);
    let edit = diagnostic.edit.iter_mut().map(|edit| &mut edit.place);
    core::iter::once(&mut diagnostic.place).chain(related).chain(edit)
}

/// Turns errors that the file accepts into warnings, and tells of accepted defects that were not found.
fn accept_defects(defects: &[AcceptedDefect], data: &Data<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut idle = Vec::new();
    for (index, defect) in defects.iter().enumerate() {
        let at = Pointer::root().key("accepted_defect").item(index);
        let Some(code) = Code::ALL.iter().find(|code| code.text().code == defect.code) else {
            let args = Args::none().with("text", defect.code.as_str());
            idle.push(Diagnostic::new(Code::UnknownCode, at.key("code"), args));
            continue;
        };
        let mut found = false;
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == *code) {
            if table_of(&diagnostic.place.pointer, data) == defect.at {
                diagnostic.severity = Severity::Warning;
                diagnostic.accepted = Some(defect.reason.clone());
                found = true;
            }
        }
        if !found {
            let args = Args::none().with("code", defect.code.as_str()).with("at", defect.at.as_str());
            idle.push(Diagnostic::new(Code::UnusedAcceptedDefect, at, args));
        }
    }
    diagnostics.extend(idle);
}

/// The top-level table at a pointer by kind and id, as in `ladder/grade`; without id, its kind.
fn table_of(pointer: &Pointer, data: &Data<'_>) -> String {
    let mut segments = pointer.segments();
    let Some(table) = segments.next() else { return String::new() };
    let id = segments
        .next()
        .and_then(|index| index.parse::<usize>().ok())
        .and_then(|index| data.get(&table)?.items().get(index)?.get("id")?.text());
    match id {
        Some(id) => format!("{table}/{id}"),
        None => table,
    }
}

/// Gives each place its bytes.
fn locate(diagnostics: &mut [Diagnostic], all: &Places) {
    for diagnostic in diagnostics {
        for place in places(diagnostic).filter(|place| place.span.is_none()) {
            place.span = Some(all.locate(&place.pointer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Name;
    use ducha_core::{Label, Lang};

    fn defect(code: &str, at: &str) -> AcceptedDefect {
        AcceptedDefect {
            code: code.into(),
            at: at.into(),
            reason: Label::new("原文如此", "the original has it"),
            source: "Wake County".into(),
        }
    }

    fn hole(ladder: usize) -> Diagnostic {
        let at = Pointer::root().key("ladder").item(ladder).key("tier").item(1).key("at_least");
        Diagnostic::new(Code::BandHole, at, Args::none())
    }

    /// Ladders of these ids.
    fn ladders<'a>(ids: &[&'a str]) -> Data<'a> {
        let table = |key: &'static str, value| Data::Table(Vec::from([(Name::Free(key.into()), value)]));
        let items = ids.iter().map(|id| table("id", Data::Text((*id).into())));
        table("ladder", Data::List(items.collect()))
    }

    #[test]
    fn an_accepted_defect_warns_with_its_reason_and_no_other_does() {
        let data = ladders(&["grade", "penalty"]);
        let mut told = Vec::from([hole(0), hole(1)]);
        accept_defects(&[defect("RB101", "ladder/grade")], &data, &mut told);
        let severities: Vec<Severity> = told.iter().map(|d| d.severity).collect();
        assert_eq!(severities, [Severity::Warning, Severity::Error]);
        assert_eq!(told[0].accepted.as_ref().map(|reason| reason.get(Lang::En)), Some("the original has it"));
        assert_eq!(told[1].accepted, None);
    }

    #[test]
    fn an_accepted_defect_that_is_not_there_warns_and_an_unknown_code_fails() {
        let data = ladders(&["grade"]);
        let mut told = Vec::from([hole(0)]);
        accept_defects(&[defect("RB101", "ladder/other"), defect("RB7", "ladder/grade")], &data, &mut told);
        let codes: Vec<(Code, Severity, &str)> =
            told.iter().map(|d| (d.code, d.severity, d.place.pointer.as_str())).collect();
        assert_eq!(
            codes,
            [
                (Code::BandHole, Severity::Error, "/ladder/0/tier/1/at_least"),
                (Code::UnusedAcceptedDefect, Severity::Warning, "/accepted_defect/0"),
                (Code::UnknownCode, Severity::Error, "/accepted_defect/1/code"),
            ]
        );
    }

    #[test]
    fn mistakes_of_several_files_name_their_file() {
        let sources = [Source::new("a.toml", "format = 1"), Source::new("b.toml", "format = 2")];
        let told = read_all(&sources).unwrap_err();
        let of = |source: usize| told.iter().filter(|d| d.place.source == source).count();
        assert_eq!((of(0), of(1)), (1, 2), "{told:?}");
    }

    #[test]
    fn every_clause_is_found_by_its_id_and_no_other() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/campus/rulebook-2026.toml");
        let text = std::fs::read_to_string(file).unwrap();
        let book = Rulebook::read(&Source::new("rulebook-2026.toml", text)).unwrap();
        let clauses = &book.annex().clause;
        assert!(clauses.len() > 100 && !clauses.is_sorted_by_key(|clause| &clause.id));
        for clause in clauses {
            assert_eq!(book.clause(&clause.id), Some(clause));
            let other = format!("{}-0", clause.id);
            assert_eq!(book.clause(&ClauseId::new(&other).unwrap()), None);
        }
    }

    #[test]
    fn a_place_that_does_not_exist_falls_back_to_what_encloses_it() {
        let source = Source::new("a.toml", "[[ladder]]\nid = \"grade\"\n[[ladder.tier]]\nid = \"a\"\n");
        let places = Places::of(&read::parse(&source).0.unwrap());
        let at = Pointer::root().key("ladder").item(0).key("tier").item(0);
        let text = |pointer: &Pointer| {
            let (start, end) = places.locate(pointer);
            source.text.get(start..end).unwrap()
        };
        assert_eq!(text(&at.key("id")), "\"a\"");
        assert_eq!(text(&at.key("at_least")), "[[ladder.tier]]");
        assert_eq!(text(&Pointer::root().key("ladder").item(0).key("on").key("tally")), "[[ladder]]");
        assert_eq!(text(&Pointer::root().key("tally").item(7)), "");
    }
}
