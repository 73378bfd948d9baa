//! A bounded window over the source: always at least one whole row of permitted length, however large the file.

use std::io::{ErrorKind, Read, Result};

/// How far the window reads ahead, beyond what a row may need.
const READ_AHEAD: usize = 64 * 1024;

#[derive(Debug)]
pub(crate) struct Window<R> {
    source: R,
    buffer: Vec<u8>,
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
        Self { source, buffer: Vec::new(), start: 0, need, ended: false, line: 1, offset: 0 }
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
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Reads on until a whole row of permitted length is held or the source has ended.
    pub(crate) fn fill(&mut self) -> Result<()> {
        if self.ended || self.bytes().len() >= self.need {
            return Ok(());
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let wanted = self.need.saturating_add(READ_AHEAD);
        let mut chunk = [0_u8; 16 * 1024];
        while self.buffer.len() < wanted {
            match self.source.read(&mut chunk) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => self.buffer.extend_from_slice(chunk.get(..n).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
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
        let gone = gone.len();
        self.line = self.line.saturating_add(breaks);
        self.offset = self.offset.saturating_add(u64::try_from(gone).unwrap_or(u64::MAX));
        self.start = self.start.saturating_add(gone);
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
