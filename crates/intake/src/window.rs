//! A bounded window over the source: always at least one whole row of permitted length, however large the file.

use std::io::{ErrorKind, Read, Result};

/// How far the window reads ahead, beyond what a row may need.
const READ_AHEAD: usize = 128 * 1024;

/// How much room a source is given at least.
const ROOM: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct Window<R> {
    source: R,
    /// What is held, and room for more.
    buffer: Vec<u8>,
    /// How far the buffer is filled.
    filled: usize,
    /// The beginning of what is held once more, up to the first byte that is no UTF-8: checked once for many rows, so that a
    /// text can be cut out of it without a check of its own. A row begins and ends where a character does.
    text: String,
    /// Where in the buffer the next row begins.
    start: usize,
    /// How many bytes are held at least, unless the source ends.
    need: usize,
    ended: bool,
    line: u64,
    offset: u64,
}

impl<R: Read> Window<R> {
    /// A window that holds rows of at most `limit` bytes with their line break.
    pub(crate) fn new(source: R, limit: usize) -> Self {
        // Two bytes more: a line break CR LF behind a row of exactly the limit.
        let need = limit.saturating_add(2);
        Self {
            source,
            buffer: Vec::new(),
            filled: 0,
            text: String::new(),
            start: 0,
            need,
            ended: false,
            line: 1,
            offset: 0,
        }
    }

    /// The physical line on which the window begins, counted from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes lie before the window.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the source has ended, so that [`Self::bytes`] is all that is left.
    pub(crate) const fn is_last(&self) -> bool {
        self.ended
    }

    /// What is held, from the beginning of the next row on.
    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.filled).unwrap_or_default()
    }

    /// Reads on until a whole row of permitted length is held or the source has ended.
    #[inline]
    pub(crate) fn fill(&mut self) -> Result<()> {
        if self.ended || self.filled.wrapping_sub(self.start) >= self.need { Ok(()) } else { self.read_on() }
    }

    #[cold]
    fn read_on(&mut self) -> Result<()> {
        self.forget();
        let wanted = self.need.saturating_add(READ_AHEAD);
        while self.filled < wanted {
            if self.buffer.len().saturating_sub(self.filled) < ROOM {
                let doubled = self.buffer.len().saturating_mul(2).min(wanted);
                self.buffer.resize(doubled.max(self.filled.saturating_add(ROOM)), 0);
            }
            match self.source.read(self.buffer.get_mut(self.filled..).unwrap_or_default()) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => self.filled = self.filled.saturating_add(count).min(self.buffer.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.check_text();
        Ok(())
    }

    /// Drops what lies before the window.
    fn forget(&mut self) {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled = self.filled.saturating_sub(self.start);
        // Behind bytes that are no UTF-8 the text begins anew.
        if self.text.is_char_boundary(self.start) {
            self.text.drain(..self.start);
        } else {
            self.text.clear();
        }
        self.start = 0;
    }

    /// Takes over as text what was read since.
    fn check_text(&mut self) {
        let unchecked = self.buffer.get(self.text.len()..self.filled).unwrap_or_default();
        let valid = match std::str::from_utf8(unchecked) {
            Ok(text) => text,
            Err(error) => unchecked
                .get(..error.valid_up_to())
                .and_then(|valid| std::str::from_utf8(valid).ok())
                .unwrap_or_default(),
        };
        self.text.push_str(valid);
    }

    /// What is held as text, from the beginning of the next row on: as far as it is UTF-8.
    #[inline]
    pub(crate) fn text(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// The text of the last `count` bytes that were passed over.
    #[inline]
    pub(crate) fn text_behind(&self, count: usize) -> &str {
        self.text.get(self.start.saturating_sub(count)..self.start).unwrap_or_default()
    }

    /// Goes on by `count` bytes, which hold that many line breaks.
    #[inline]
    pub(crate) fn pass(&mut self, count: usize, breaks: u64) {
        self.line = self.line.saturating_add(breaks);
        self.offset = self.offset.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        self.start = self.start.saturating_add(count).min(self.filled);
    }

    /// Goes on by `count` bytes, counting the line breaks among them.
    pub(crate) fn consume(&mut self, count: usize) {
        let held = self.bytes();
        let gone = held.get(..count).unwrap_or(held);
        let mut previous = 0;
        let mut breaks: u64 = 0;
        for &byte in gone {
            if byte == b'\r' || (byte == b'\n' && previous != b'\r') {
                breaks = breaks.saturating_add(1);
            }
            previous = byte;
        }
        self.pass(gone.len(), breaks);
    }

    /// Goes on behind the next line break, wherever it is.
    pub(crate) fn skip_line(&mut self) -> Result<()> {
        loop {
            self.fill()?;
            if let Some((_, next)) = line_end(self.bytes()) {
                self.consume(next);
                return Ok(());
            }
            self.consume(self.bytes().len());
            if self.ended {
                return Ok(());
            }
        }
    }
}

/// Where the first physical line ends and where the next begins: behind LF, CR LF or a CR of its own.
pub(crate) fn line_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.iter().position(|b| matches!(b, b'\r' | b'\n'))?;
    let length = if bytes.get(end..)?.starts_with(b"\r\n") { 2 } else { 1 };
    Some((end, end.saturating_add(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_whatever_their_ends() {
        let mut window = Window::new(&b"a\r\nb\rc\nd"[..], 3);
        let mut seen = Vec::new();
        loop {
            window.fill().unwrap();
            if window.bytes().is_empty() {
                break;
            }
            seen.push((window.line(), window.bytes()[0]));
            window.skip_line().unwrap();
        }
        assert_eq!(seen, [(1, b'a'), (2, b'b'), (3, b'c'), (4, b'd')]);
    }

    #[test]
    fn a_long_line_is_passed_over_in_bounded_memory() {
        let long = std::io::repeat(b'x').take(10_000_000);
        let mut window = Window::new(long.chain(&b"\nend"[..]), 100);
        window.skip_line().unwrap();
        window.fill().unwrap();
        assert_eq!((window.line(), window.bytes()), (2, &b"end"[..]));
        assert!(window.buffer.capacity() < 1_000_000);
    }
}
