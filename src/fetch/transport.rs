//! What stands between the connection and the client: answers are made such that the client's own parser takes what
//! browsers take, and end with the last byte of their content.

use std::fmt;
use std::io;
use std::sync::Arc;

use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport};

use super::chunks::Chunks;
use super::{Error, head};

/// Puts itself in front of each connection to a page's server.
#[derive(Debug)]
pub(super) struct Patience {
    /// Whether the page is fetched through a proxy. The way to the proxy is the client's alone.
    pub(super) through_proxy: bool,
    /// The most bytes around the chunks of a body.
    pub(super) most: usize,
}

impl<In: Transport> Connector<In> for Patience {
    type Out = Either<In, Patient<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let leads_to_proxy = self.through_proxy && details.config.proxy().is_none();
        Ok(chained.map(|connection| {
            if leads_to_proxy {
                return Either::A(connection);
            }
            let now = Arc::clone(&details.current_time);
            Either::B(Patient {
                connection,
                answer: Answer::new(self.most),
                ready: Vec::new(),
                used: 0,
                moves: false,
                now,
            })
        }))
    }
}

/// A connection whose answers are read by [`Answer`].
pub(super) struct Patient<T> {
    connection: T,
    answer: Answer,
    /// What the client may read.
    ready: Vec<u8>,
    /// How much of it the client has read.
    used: usize,
    /// Whether the client read something when it looked last.
    moves: bool,
    now: Arc<dyn Fn() -> Instant + Send + Sync>,
}

impl<T: Transport> Patient<T> {
    /// Waits for bytes, and hands on what they come to. False at the end.
    fn read(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let came = self.connection.maybe_await_input(timeout).map_err(|error| self.answer.broken(error))?;
        let buffers = self.connection.buffers();
        let sent = buffers.input();
        let length = sent.len();
        if !came || length == 0 {
            self.answer.end().map_err(wrapped)?;
            return Ok(false);
        }
        self.answer.take(sent, &mut self.ready).map_err(wrapped)?;
        buffers.input_consume(length);
        Ok(true)
    }
}

fn wrapped(error: Error) -> ureq::Error {
    ureq::Error::Other(Box::new(error))
}

impl<T: Transport> Transport for Patient<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.connection.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let began = (self.now)();
        self.ready.drain(..self.used);
        let before = self.ready.len();
        self.used = 0;
        while self.ready.len() == before && !self.answer.is_ended() {
            let after = left(timeout.after, began, (self.now)());
            if !self.read(NextTimeout { after, ..timeout })? {
                break;
            }
        }
        Ok(self.ready.len() > before)
    }

    fn is_open(&mut self) -> bool {
        self.connection.is_open()
    }

    fn is_tls(&self) -> bool {
        self.connection.is_tls()
    }
}

/// What is left of a time.
fn left(of: Duration, began: Instant, now: Instant) -> Duration {
    match (of, began, now) {
        (Duration::Exact(of), Instant::Exact(began), Instant::Exact(now)) => {
            Duration::Exact(of.saturating_sub(now.saturating_duration_since(began)))
        }
        _ => of,
    }
}

impl<T: Transport> Buffers for Patient<T> {
    fn output(&mut self) -> &mut [u8] {
        self.connection.buffers().output()
    }

    fn input(&self) -> &[u8] {
        &self.ready[self.used..]
    }

    // Nothing but the connection fills what is read.
    fn input_append_buf(&mut self) -> &mut [u8] {
        &mut []
    }

    fn input_appended(&mut self, _: usize) {}

    fn input_consume(&mut self, amount: usize) {
        self.moves = amount > 0;
        self.used = (self.used + amount).min(self.ready.len());
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.connection.buffers().tmp_and_output()
    }

    fn can_use_input(&self) -> bool {
        self.moves && !self.input().is_empty()
    }
}

impl<T: fmt::Debug> fmt::Debug for Patient<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Patient").field(&self.connection).finish()
    }
}

/// An answer that is coming in.
#[derive(Debug)]
enum Body {
    /// Its head is not whole.
    NotYet,
    /// The client knows where it ends.
    Plain,
    Chunked(Chunks),
}

#[derive(Debug)]
struct Answer {
    head: Vec<u8>,
    /// Where the last line of the head begins.
    line: usize,
    /// How many bytes of heads came in.
    heads: usize,
    body: Body,
    most: usize,
}

impl Answer {
    fn new(most: usize) -> Self {
        Self { head: Vec::new(), line: 0, heads: 0, body: Body::NotYet, most }
    }

    fn is_ended(&self) -> bool {
        matches!(&self.body, Body::Chunked(chunks) if chunks.is_ended())
    }

    /// Takes bytes as they were sent, and puts what the client may read into `out`.
    fn take(&mut self, mut sent: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        while matches!(self.body, Body::NotYet) && !sent.is_empty() {
            sent = self.head_line(sent, out)?;
        }
        match &mut self.body {
            Body::NotYet => Ok(()),
            Body::Plain => {
                out.extend_from_slice(sent);
                Ok(())
            }
            Body::Chunked(chunks) => chunks.take(sent, out),
        }
    }

    fn head_line<'a>(&mut self, sent: &'a [u8], out: &mut Vec<u8>) -> Result<&'a [u8], Error> {
        let end = memchr::memchr(b'\n', sent);
        let (front, rest) = sent.split_at(end.map_or(sent.len(), |at| at + 1));
        self.heads += front.len();
        if self.heads > head::MOST {
            return Err(Error::Malformed(format!("its head has more than {} bytes", head::MOST)));
        }
        self.head.extend_from_slice(front);
        let is_blank = self.head[self.line..].iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        match (end, is_blank, self.line) {
            // Blank lines before an answer say nothing (RFC 9112 2.2).
            (Some(_), true, 0) => self.head.clear(),
            (Some(_), true, _) => self.head_ended(out)?,
            (Some(_), false, _) => self.line = self.head.len(),
            (None, ..) => {}
        }
        // Of what is no HTTP there is no end of a head to wait for.
        let front = self.head.trim_ascii_start();
        if !head::begins_http(front) {
            return Err(Error::Malformed(format!(
                "it begins with \"{}\", which is no HTTP",
                head::quote(front)
            )));
        }
        Ok(rest)
    }

    fn head_ended(&mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        let head = head::read(&std::mem::take(&mut self.head))?;
        self.line = 0;
        // What comes before the answer (RFC 9110 15.2) is not waited for, and what nobody asked for is for the client.
        if (100..200).contains(&head.status) && head.status != 101 {
            return Ok(());
        }
        out.extend_from_slice(&head.bytes);
        self.body = if head.chunked { Body::Chunked(Chunks::new(self.most)) } else { Body::Plain };
        Ok(())
    }

    /// Whether the connection may end here. Of a plain body the client knows it.
    fn end(&self) -> Result<(), Error> {
        match &self.body {
            Body::Plain => Ok(()),
            Body::Chunked(chunks) if chunks.is_ended() => Ok(()),
            Body::NotYet | Body::Chunked(_) => Err(Error::Truncated),
        }
    }

    /// A body that the connection breaks off in is not whole, though it said nothing of its length.
    fn broken(&self, error: ureq::Error) -> ureq::Error {
        match error {
            ureq::Error::Io(why) if is_break(why.kind()) && !matches!(self.body, Body::NotYet) => {
                wrapped(Error::Truncated)
            }
            other => other,
        }
    }
}

fn is_break(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What comes of bytes that are sent in pieces of a size.
    fn read(sent: &[u8], piece: usize) -> (Vec<u8>, String) {
        let (mut answer, mut out) = (Answer::new(1000), Vec::new());
        for piece in sent.chunks(piece) {
            if let Err(error) = answer.take(piece, &mut out) {
                return (out, error.to_string());
            }
        }
        (out, format!("{:?}", answer.end()))
    }

    /// Bytes that are nearly an answer.
    fn nearly() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            Just(&b"HTTP/1.1 200 OK\r\n"[..]),
            Just(&b"HTTP/1.1 103 x\n"[..]),
            Just(&b"Transfer-Encoding: gzip, chunked\r\n"[..]),
            Just(&b"Content-Length: 5"[..]),
            Just(&b"Location: /\xe9\x1b\0"[..]),
            Just(&b"ETag:"[..]),
            Just(&b"\r\n"[..]),
            Just(&b"\n \t"[..]),
            Just(&b"5;x\r\nabcde\r\n"[..]),
            Just(&b"0\r\n"[..]),
            Just(&b"\x1f\x8b\xff"[..]),
        ];
        proptest::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn it_does_not_matter_in_which_pieces_an_answer_comes(
            front in prop_oneof![Just(&b"HTTP/1.1 200 OK\r\n"[..]), Just(&b""[..])],
            rest in nearly(),
            piece in 1_usize..40,
        ) {
            let sent = [front, &rest].concat();
            let (whole, how) = read(&sent, sent.len().max(1));
            let (pieced, how_too) = read(&sent, piece);
            // What was wrong may be seen before the rest of it is there.
            prop_assert_eq!(how.is_empty(), how_too.is_empty());
            prop_assert!(whole.starts_with(&pieced) || pieced.starts_with(&whole));
            if !how.starts_with("the answer") {
                prop_assert_eq!((whole, how), (pieced, how_too));
            }
        }
    }

    #[test]
    fn what_comes_before_an_answer_is_passed_over() {
        let hints = b"\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody";
        assert_eq!(read(hints, 7).0, b"HTTP/1.1 200\r\nconnection: close\r\n\r\nbody");
        let endless = b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20_000);
        assert_eq!(
            read(&endless, 100_000).1,
            "the answer cannot be read: its head has more than 262144 bytes"
        );
    }

    #[test]
    fn a_body_that_breaks_off_is_not_whole() {
        let broken = |sent: &[u8]| {
            let mut answer = Answer::new(1000);
            answer.take(sent, &mut Vec::new()).expect("a front");
            answer.broken(io::Error::from(io::ErrorKind::ConnectionReset).into())
        };
        let is_own = |error: &ureq::Error| matches!(error, ureq::Error::Other(why) if why.is::<Error>());
        // The client takes a reset for the end of a body that said nothing of its length.
        assert!(is_own(&broken(b"HTTP/1.1 200 OK\r\n\r\nKYIV (AN")));
        assert!(!is_own(&broken(b"HTTP/1.1 200 OK\r\n")));
    }

    #[test]
    fn what_is_no_http_is_not_waited_for() {
        assert!(read(b"SSH-2", 1).1.contains("\"S\", which is no HTTP"));
    }

    #[test]
    fn time_runs_while_nothing_comes_of_what_is_sent() {
        let began = Instant::now();
        let Instant::Exact(at) = began else { panic!("a moment") };
        let second = std::time::Duration::from_secs(1);
        assert_eq!(left(Duration::from_secs(3), began, Instant::Exact(at + second)), Duration::from_secs(2));
        assert_eq!(
            left(Duration::from_secs(3), began, Instant::Exact(at + 9 * second)),
            Duration::from_secs(0)
        );
    }
}
