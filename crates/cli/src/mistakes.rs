//! Mistakes in a rulebook, drawn into its lines.

use crate::words::Say;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use ducha::core::Lang;
use ducha::rulebook::{Diagnostic, Place, Rulebook, Severity, Source};
use ducha::scoring::ExampleOutcome;
use std::ops::Range;

/// With or without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pen {
    /// For a terminal.
    Coloured,
    /// For files and pipes.
    Plain,
}

impl Pen {
    fn renderer(self) -> Renderer {
        match self {
            Self::Coloured => Renderer::styled(),
            Self::Plain => Renderer::plain(),
        }
    }
}

/// All of them, each followed by an empty line.
pub(crate) fn render_all(diagnostics: &[Diagnostic], sources: &[Source], lang: Lang, pen: Pen) -> String {
    diagnostics.iter().map(|diagnostic| render(diagnostic, sources, lang, pen)).collect()
}

/// One diagnostic: code, place, the source line, help, and the edit that would mend it.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &[Source], lang: Lang, pen: Pen) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(Say::Error.text(lang)),
        Severity::Warning => Level::WARNING.with_name(Say::Warning.text(lang)),
    };
    let title = level.primary_title(diagnostic.message(lang)).id(diagnostic.code.text().code);
    let mut main = Group::with_title(title);
    if let Some(snippet) = snippet(diagnostic, diagnostic.place.source, sources, lang) {
        main = main.element(snippet);
    }
    let mut others: Vec<usize> = diagnostic.related.iter().map(|related| related.place.source).collect();
    others.sort_unstable();
    others.dedup();
    for other in others.into_iter().filter(|other| *other != diagnostic.place.source) {
        if let Some(snippet) = snippet(diagnostic, other, sources, lang) {
            main = main.element(snippet);
        }
    }
    let note = |say: String| Level::NOTE.with_name(Say::Note.text(lang)).message(say);
    let is_json =
        sources.get(diagnostic.place.source).is_some_and(|s| s.format == ducha::rulebook::Format::Json);
    if is_json && !diagnostic.place.pointer.as_str().is_empty() {
        main = main.element(note(Say::At { pointer: diagnostic.place.pointer.as_str() }.text(lang)));
    }
    if let Some(article) = diagnostic.article {
        let (zh, en) = article.subject_matter();
        let matter = if lang == Lang::Zh { zh } else { en };
        main = main.element(note(Say::Article { number: article.number(), matter }.text(lang)));
    }
    if let Some(reason) = &diagnostic.accepted {
        main = main.element(note(Say::Accepted { reason: reason.get(lang) }.text(lang)));
    }
    let help = Level::HELP.with_name(Say::Help.text(lang));
    let help_text = diagnostic.help(lang);
    let mut groups = vec![];
    match edit(diagnostic, sources) {
        Some(patch) => {
            groups.push(main);
            groups.push(Group::with_title(help.secondary_title(help_text)).element(patch));
        }
        None if help_text.is_empty() => groups.push(main),
        None => groups.push(main.element(help.message(help_text))),
    }
    format!("{}\n\n", pen.renderer().render(&groups))
}

/// The lines of one file that a diagnostic names, with the marks under them.
fn snippet<'a>(
    diagnostic: &Diagnostic,
    index: usize,
    sources: &'a [Source],
    lang: Lang,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let source = sources.get(index)?;
    let span = |place: &Place| first_line(&source.text, place.range().unwrap_or(0..0));
    let mut snippet = Snippet::source(&source.text).path(&source.name);
    if diagnostic.place.source == index {
        snippet = snippet.annotation(AnnotationKind::Primary.span(span(&diagnostic.place)));
    }
    for related in diagnostic.related.iter().filter(|related| related.place.source == index) {
        let what = related.what.get(lang).to_owned();
        snippet = snippet.annotation(AnnotationKind::Context.span(span(&related.place)).label(what));
    }
    Some(snippet)
}

/// The edit, drawn as the changed line.
fn edit<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source]) -> Option<Snippet<'a, Patch<'a>>> {
    let edit = diagnostic.edit.as_ref()?;
    let source = sources.get(edit.place.source)?;
    let span = within(&source.text, edit.place.range()?);
    Some(Snippet::source(&source.text).path(&source.name).patch(Patch::new(span, edit.replacement.as_str())))
}

/// The part of a range on its first line; a table is marked by its first line alone.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let range = within(text, range);
    let part = text.get(range.clone()).unwrap_or_default();
    let length = part.find(['\r', '\n']).unwrap_or(part.len());
    range.start..range.start.saturating_add(length)
}

/// A range that lies within the text and between its characters.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at = at.saturating_sub(1);
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// A worked example that fails: its place, and what was expected and came out.
pub(crate) fn render_example(
    outcome: &ExampleOutcome,
    book: &Rulebook,
    source: &Source,
    lang: Lang,
    pen: Pen,
) -> String {
    let mut text = String::new();
    let name = book.annex().example.get(outcome.number).map_or("", |example| example.name.get(lang));
    for mismatch in &outcome.mismatches {
        let at = ducha::rulebook::Pointer::root().key("example").item(outcome.number);
        let at = if mismatch.key == "subject" { at } else { at.key("expect").item(mismatch.expectation) };
        let keyed = at.clone().key(&mismatch.key);
        let (start, end) = book.locate(&keyed);
        let title = Say::ExampleFails { example: outcome.example.as_str(), name }.text(lang);
        let label =
            Say::ExpectedGot { key: &mismatch.key, expected: &mismatch.expected, actual: &mismatch.actual };
        let group = Group::with_title(
            Level::ERROR.with_name(Say::Error.text(lang)).primary_title(title).id("example"),
        )
        .element(Snippet::source(&source.text).path(&source.name).annotation(
            AnnotationKind::Primary.span(first_line(&source.text, start..end)).label(label.text(lang)),
        ));
        text.push_str(&pen.renderer().render(&[group]));
        text.push_str("\n\n");
    }
    text
}
