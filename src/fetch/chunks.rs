//! A body in chunks (RFC 9112 7.1), taken apart. It ends with the last chunk: what trails behind is not waited for.

use super::{Error, head};

/// The most bytes of the line that says how long a chunk is, its extensions included.
const LINE: usize = 16 * 1024;

/// What comes next.
#[derive(Debug)]
enum State {
    /// The line with a chunk's size.
    Size,
    /// So many bytes of a chunk.
    Data(u64),
    /// The end of the line behind a chunk.
    Behind,
    /// Nothing.
    Ended,
}

#[derive(Debug)]
pub(super) struct Chunks {
    state: State,
    line: Vec<u8>,
    /// How many more bytes may go into lines around the chunks.
    left: usize,
}

impl Chunks {
    /// `most` bounds the bytes of the lines around the chunks.
    pub(super) fn new(most: usize) -> Self {
        Self { state: State::Size, line: Vec::new(), left: most }
    }

    pub(super) fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Takes bytes as they were sent, and puts those of the chunks into `out`.
    pub(super) fn take(&mut self, mut sent: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        while !sent.is_empty() && !self.is_ended() {
            sent = match self.state {
                State::Data(left) => self.data(left, sent, out),
                _ => self.line(sent)?,
            };
        }
        Ok(())
    }

    fn data<'a>(&mut self, left: u64, sent: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
        let (chunk, rest) = sent.split_at(sent.len().min(usize::try_from(left).unwrap_or(usize::MAX)));
        out.extend_from_slice(chunk);
        let left = left - chunk.len() as u64;
        self.state = if left == 0 { State::Behind } else { State::Data(left) };
        rest
    }

    fn line<'a>(&mut self, sent: &'a [u8]) -> Result<&'a [u8], Error> {
        let end = memchr::memchr(b'\n', sent);
        let (front, rest) = sent.split_at(end.map_or(sent.len(), |at| at + 1));
        self.line.extend_from_slice(front);
        self.left =
            self.left.checked_sub(front.len()).filter(|_| self.line.len() <= LINE).ok_or_else(|| {
                Error::Malformed(
                    "the lines around its chunks are longer than any server writes them".to_owned(),
                )
            })?;
        if end.is_some() {
            self.state = self.next()?;
            self.line.clear();
        }
        Ok(rest)
    }

    /// What comes behind a line.
    fn next(&self) -> Result<State, Error> {
        let line = self.line.trim_ascii_end();
        let wrong = |expected| {
            Error::Malformed(format!(
                "\"{}\" stands where {expected} of its chunks is due",
                head::quote(line)
            ))
        };
        if matches!(self.state, State::Behind) {
            return if line.is_empty() { Ok(State::Size) } else { Err(wrong("the end of one")) };
        }
        match size(line) {
            Some(0) => Ok(State::Ended),
            Some(size) => Ok(State::Data(size)),
            None => Err(wrong("the size of one")),
        }
    }
}

/// The hexadecimal number in front of a line; extensions behind it say nothing here.
fn size(line: &[u8]) -> Option<u64> {
    let number = line.split(|byte| *byte == b';').next()?.trim_ascii_end();
    let number = std::str::from_utf8(number)
        .ok()
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u64::from_str_radix(number, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(sent: &[u8]) -> Result<(Vec<u8>, bool), Error> {
        let (mut chunks, mut out) = (Chunks::new(1000), Vec::new());
        chunks.take(sent, &mut out)?;
        Ok((out, chunks.is_ended()))
    }

    #[test]
    fn a_body_ends_with_its_last_chunk() {
        for (sent, expected, ended) in [
            ("5\r\nabcde\r\n0\r\n", "abcde", true),
            ("5\r\nabcde\r\n0\r\nETag: x\r\nnonsense", "abcde", true),
            ("005;name=\"v\" \r\nabcde\r\nA\r\n0123456789\r\n000\r\n\r\n", "abcde0123456789", true),
            ("5\nabcde\n0\n", "abcde", true),
            ("5\r\nabcde\r\n", "abcde", false),
            ("5\r\nabc", "abc", false),
            ("", "", false),
        ] {
            assert_eq!(
                read(sent.as_bytes()).expect("chunks"),
                (expected.as_bytes().to_vec(), ended),
                "{sent:?}"
            );
        }
    }

    #[test]
    fn what_is_no_chunk_is_none() {
        let endless = "0".repeat(LINE + 1);
        for sent in [
            "zz\r\n",
            "-5\r\n",
            "+5\r\n",
            "0x5\r\n",
            "\r\n",
            "10000000000000005\r\n",
            "1\r\nab\r\n",
            &endless,
        ] {
            assert!(matches!(read(sent.as_bytes()), Err(Error::Malformed(_))), "{sent:.20?}");
        }
        // Each chunk is well, and they are more line than chunk.
        assert!(matches!(read("1;abcdefgh\r\na\r\n".repeat(100).as_bytes()), Err(Error::Malformed(_))));
    }

    proptest! {
        #[test]
        fn chunks_hold_what_was_put_into_them(
            parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..40), 0..20),
            piece in 1_usize..30,
        ) {
            let mut sent = Vec::new();
            for part in &parts {
                sent.extend_from_slice(format!("{:X};x\r\n", part.len()).as_bytes());
                sent.extend_from_slice(part);
                sent.extend_from_slice(b"\r\n");
            }
            sent.extend_from_slice(b"0\r\ntrailer: x\r\n\r\n");
            let (mut chunks, mut out) = (Chunks::new(1000), Vec::new());
            for piece in sent.chunks(piece) {
                chunks.take(piece, &mut out).expect("chunks");
            }
            prop_assert_eq!(out, parts.concat());
            prop_assert!(chunks.is_ended());
        }
    }
}
