//! A text for people as data, and its two forms: fixed-width text and Markdown.

use crate::visible;
use unicode_width::UnicodeWidthStr;

/// A piece of a document.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// The heading of the whole.
    Title(String),
    /// The heading of a part.
    Part(String),
    /// The heading of a subject.
    Subject(String),
    /// A line of its own.
    Line(String),
    /// A line that says what follows.
    Mark(String),
    /// Rows in columns.
    Rows(Rows),
    /// Indented lines that keep their layout.
    Tree(String),
}

/// Rows in columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// The columns' names and whether they hold numbers, which stand to the right.
    pub(crate) columns: Vec<Column>,
    /// Whether the fixed-width text shows the names too.
    pub(crate) headed: bool,
    /// The cells.
    pub(crate) rows: Vec<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) number: bool,
}

impl Column {
    /// A column of words.
    pub(crate) fn words(name: &str) -> Self {
        Self { name: name.to_owned(), number: false }
    }

    /// A column of numbers.
    pub(crate) fn number(name: &str) -> Self {
        Self { name: name.to_owned(), number: true }
    }
}

/// A text for people.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document(Vec<Block>);

impl Document {
    /// Adds a piece, with what records say made harmless.
    pub(crate) fn add(&mut self, block: Block) {
        let line = |text: String| visible::line(&text).into_owned();
        self.0.push(match block {
            Block::Title(text) => Block::Title(line(text)),
            Block::Part(text) => Block::Part(line(text)),
            Block::Subject(text) => Block::Subject(line(text)),
            Block::Line(text) => Block::Line(line(text)),
            Block::Mark(text) => Block::Mark(line(text)),
            Block::Tree(text) => Block::Tree(text.lines().map(visible::line).collect::<Vec<_>>().join("\n")),
            Block::Rows(rows) => Block::Rows(Rows {
                rows: rows.rows.into_iter().map(|row| row.into_iter().map(line).collect()).collect(),
                ..rows
            }),
        });
    }

    /// As fixed-width text; a Chinese character is two columns wide.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.0 {
            match block {
                Block::Title(text) => {
                    out.push_str(&format!("{text}\n{}\n", "═".repeat(text.width())));
                }
                Block::Part(text) => {
                    let rest = 78_usize.saturating_sub(text.width());
                    out.push_str(&format!("\n── {text} {}\n", "─".repeat(rest)));
                }
                Block::Subject(text) => out.push_str(&format!("\n{text}\n")),
                Block::Line(text) => out.push_str(&format!("  {text}\n")),
                Block::Mark(text) => out.push_str(&format!("  → {text}\n")),
                Block::Rows(rows) => rows.write_text(&mut out),
                Block::Tree(text) => text.lines().for_each(|line| out.push_str(&format!("    {line}\n"))),
            }
        }
        out
    }

    /// As Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        let mut in_list = false;
        for block in &self.0 {
            let is_item = matches!(block, Block::Line(_) | Block::Mark(_));
            if in_list && !is_item {
                out.push('\n');
            }
            in_list = is_item;
            match block {
                Block::Title(text) => out.push_str(&format!("# {}\n\n", escaped(text))),
                Block::Part(text) => out.push_str(&format!("## {}\n\n", escaped(text))),
                Block::Subject(text) => out.push_str(&format!("### {}\n\n", escaped(text))),
                Block::Line(text) => out.push_str(&format!("- {}\n", escaped(text))),
                Block::Mark(text) => out.push_str(&format!("- → **{}**\n", escaped(text))),
                Block::Rows(rows) => rows.write_markdown(&mut out),
                Block::Tree(text) => out.push_str(&format!("```text\n{}\n```\n\n", text.trim_end())),
            }
        }
        out
    }
}

impl Rows {
    fn write_text(&self, out: &mut String) {
        let mut widths = vec![0_usize; self.columns.len()];
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let header = self.headed.then_some(&names);
        for row in self.rows.iter().chain(header) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        for row in header.into_iter().chain(&self.rows) {
            let mut line = String::from("   ");
            for ((cell, width), column) in row.iter().zip(&widths).zip(&self.columns) {
                if *width == 0 {
                    continue;
                }
                let space = " ".repeat(width.saturating_sub(cell.width()));
                line.push(' ');
                if column.number {
                    line.push_str(&format!("{space}{cell} "));
                } else {
                    line.push_str(&format!("{cell}{space} "));
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    fn write_markdown(&self, out: &mut String) {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        out.push_str(&line(self.columns.iter().map(|column| escaped(&column.name)).collect()));
        let rule = |column: &Column| if column.number { "---:" } else { "---" }.to_owned();
        out.push_str(&line(self.columns.iter().map(rule).collect()));
        for row in &self.rows {
            out.push_str(&line(row.iter().map(|cell| escaped(cell)).collect()));
        }
        out.push('\n');
    }
}

/// Text in which Markdown sees no marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_latin_cells_stand_in_line() {
        let rows = Rows {
            columns: vec![Column::words("名称"), Column::number("分")],
            headed: true,
            rows: vec![vec!["食堂".into(), "−2".into()], vec!["Canteen".into(), "−10.5".into()]],
        };
        let mut document = Document::default();
        document.add(Block::Rows(rows));
        assert_eq!(document.text(), "    名称        分\n    食堂        −2\n    Canteen  −10.5\n");
    }

    #[test]
    fn no_block_steers_the_terminal() {
        let red = || "a\n\u{1b}[31m\u{202e}b".to_owned();
        let rows = Rows { columns: vec![Column::words("")], headed: false, rows: vec![vec![red()]] };
        let mut document = Document::default();
        let blocks = [
            Block::Title(red()),
            Block::Part(red()),
            Block::Subject(red()),
            Block::Line(red()),
            Block::Mark(red()),
            Block::Rows(rows),
            Block::Tree("step\n  \u{1b}[31m".to_owned()),
        ];
        blocks.into_iter().for_each(|block| document.add(block));
        let shown = "a \\u{1b}[31m\\u{202e}b";
        let rest = "─".repeat(78 - shown.len());
        assert_eq!(
            document.text(),
            format!(
                "{shown}\n{}\n\n── {shown} {rest}\n\n{shown}\n  {shown}\n  → {shown}\n    {shown}\n    step\n      \\u{{1b}}[31m\n",
                "═".repeat(shown.len())
            )
        );
        assert!(!document.markdown().contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn markdown_keeps_what_people_wrote_from_becoming_marks() {
        let rows = Rows {
            columns: vec![Column::words("a|b")],
            headed: true,
            rows: vec![vec!["line\nbreak *x*".into()]],
        };
        let mut document = Document::default();
        document.add(Block::Rows(rows));
        assert_eq!(document.markdown(), "| a\\|b |\n| --- |\n| line break \\*x\\* |\n\n");
    }
}
