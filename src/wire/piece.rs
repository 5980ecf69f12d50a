//! A visible line, split into the pieces that the wire glues together: `12 minuten geledenTEHERAN (ANP) - …`.

use super::age;
use super::dateline::{self, Before, Dateline};
use super::furniture::{self, Effect};
use super::moment;
use super::section::{self, Ticker};
use super::stamp::{self, Stamp, Time};
use crate::note::Note;
use crate::page::Block;

/// One piece of a line, with where it stands.
#[derive(Debug)]
pub(super) struct Piece<'p> {
    pub(super) line: u32,
    pub(super) link: Option<&'p str>,
    /// Stands in the site's navigation or footer.
    pub(super) furniture: bool,
    pub(super) kind: Kind<'p>,
}

/// What a piece is.
#[derive(Debug)]
pub(super) enum Kind<'p> {
    /// A time; `glued` to the piece behind it.
    Stamp {
        stamp: Stamp<'p>,
        glued: bool,
    },
    Section(&'p str),
    TickerHeader,
    Ticker(Ticker<'p>),
    Dateline {
        dateline: Dateline<'p>,
        body: &'p str,
    },
    /// A line that can be a headline.
    Short(&'p str),
    Prose(&'p str),
    Furniture(Effect),
}

/// A headline is no longer, in bytes.
const LONGEST_HEADLINE: usize = 200;

/// The most pieces that a page is split into, which bounds the memory that glued lines can take.
const MAX_PIECES: usize = 2_000_000;

/// Splits every block of a page into its pieces. Notes where there were too many.
pub(super) fn split<'p>(blocks: &'p [Block<'_>]) -> (Vec<Piece<'p>>, Option<Note>) {
    let mut splitter =
        Splitter { pieces: Vec::with_capacity(blocks.len() * 2), in_ticker: false, edition: false };
    for block in blocks {
        splitter.block(block);
        if splitter.pieces.len() > MAX_PIECES {
            let message = "the page holds too much from here on; the rest was not read";
            return (splitter.pieces, Some(Note::at(block.line, message)));
        }
    }
    (splitter.pieces, None)
}

struct Splitter<'p> {
    pieces: Vec<Piece<'p>>,
    /// Below the header of a ticker, where its lines need no dash.
    in_ticker: bool,
    /// The line above named the site's editions.
    edition: bool,
}

impl<'p> Splitter<'p> {
    fn block(&mut self, block: &'p Block<'_>) {
        let text: &'p str = &block.text;
        let edition = std::mem::replace(&mut self.edition, section::is_edition(text));
        if edition && is_short(text) && !text.contains(' ') {
            return self.push(block, Kind::Section(text));
        }
        if self.edition {
            return self.push(block, Kind::Furniture(Effect::End));
        }
        if let Some(kind) = self.whole_line(text) {
            return self.push(block, kind);
        }
        self.timed(block, text);
    }

    fn push(&mut self, block: &'p Block<'_>, kind: Kind<'p>) {
        self.in_ticker = match kind {
            Kind::TickerHeader => true,
            Kind::Ticker(_) => self.in_ticker,
            _ => false,
        };
        self.pieces.push(Piece {
            line: block.line,
            link: block.link.as_deref(),
            furniture: block.furniture,
            kind,
        });
    }

    /// What only a whole line can be.
    fn whole_line(&self, text: &'p str) -> Option<Kind<'p>> {
        if let Some(ticker) = section::ticker(text, self.in_ticker) {
            return Some(Kind::Ticker(ticker));
        }
        if section::is_ticker_header(text) {
            return Some(Kind::TickerHeader);
        }
        section::header(text).map(Kind::Section).or_else(|| furniture::effect(text).map(Kind::Furniture))
    }

    /// Sets `<time datetime>` elements at the ends of a line apart.
    fn timed(&mut self, block: &'p Block<'_>, text: &'p str) {
        let stamps = |start: usize, end: usize| {
            let printed = text[start..end].trim();
            let whole = printed.len() == text.len();
            whole || printed.is_empty() || stamp::split(printed, 0).is_some_and(|(_, rest)| rest.is_empty())
        };
        let mut body = text;
        let mut offset = 0;
        let mut behind = None;
        for element in &block.times {
            let (start, end) = (element.start, element.end);
            let Some(time) = moment::from_attribute(&element.datetime).filter(|_| stamps(start, end)) else {
                continue;
            };
            let stamp = |modified| Stamp {
                printed: text[start..end].trim(),
                time: time.into(),
                modified,
                line: block.line,
            };
            if start == offset && end < text.len() {
                self.push(block, Kind::Stamp { stamp: stamp(false), glued: false });
                body = trim_separator(&text[end..]);
                offset = text.len() - body.len();
            } else if end == text.len() && start >= offset {
                body = text[offset..start].trim_end();
                let prefix = stamp::prefix(body).filter(|(_, rest)| rest.is_empty());
                body = if prefix.is_some() { "" } else { body };
                behind = Some(stamp(prefix.is_some_and(|(modified, _)| modified)));
                break;
            }
        }
        if !body.is_empty() {
            self.chunks(block, body, text.len() - offset - body.len() == 0);
        }
        if let Some(stamp) = behind {
            self.push(block, Kind::Stamp { stamp, glued: false });
        }
    }

    /// Splits stamps off until nothing is left. `to_end`: the text reaches to the end of its line.
    fn chunks(&mut self, block: &'p Block<'_>, mut text: &'p str, to_end: bool) {
        let whole: &'p str = &block.text;
        let seam = |rest: &str| {
            let at = rest.as_ptr() as usize - whole.as_ptr() as usize;
            u32::try_from(at).is_ok_and(|at| block.seams.binary_search(&at).is_ok())
        };
        let mut glue = Glue::new(text, block.line);
        let all = text;
        while !text.is_empty() && self.pieces.len() <= MAX_PIECES {
            let from = all.len() - text.len();
            if let Some((stamp, rest, glued)) = leading(text, block.line, seam) {
                self.push(block, Kind::Stamp { stamp, glued });
                text = rest;
            } else if let Some((start, stamp, end)) = glue.next(from) {
                self.rest(block, all[from..start].trim_end());
                self.push(block, Kind::Stamp { stamp, glued: true });
                text = &all[end..];
            } else if let Some((before, stamp)) = trailing(text, block.line, seam).filter(|_| to_end) {
                self.rest(block, before);
                return self.push(block, Kind::Stamp { stamp, glued: false });
            } else {
                return self.rest(block, text);
            }
        }
    }

    /// A text without stamps at its ends.
    fn rest(&mut self, block: &'p Block<'_>, text: &'p str) {
        let before = match self.pieces.last().map(|piece| &piece.kind) {
            Some(Kind::Stamp { .. }) => Before::Age,
            _ => Before::Other,
        };
        let kind = match dateline::split(text, before) {
            Some((dateline, body)) => Kind::Dateline { dateline, body },
            None if let Some((headline, body)) = capital_headline(text) => {
                self.push(block, Kind::Short(headline));
                Kind::Prose(body)
            }
            None if block.heading || is_short(text) => Kind::Short(text),
            None => Kind::Prose(text),
        };
        self.push(block, kind);
    }
}

/// `BRAND IN SCHUUR | Een schuur …`: a headline in capitals in front of its text.
fn capital_headline(text: &str) -> Option<(&str, &str)> {
    let bar = memchr::memchr(b'|', &text.as_bytes()[..text.len().min(LONGEST_HEADLINE)])?;
    let (headline, body) = (text[..bar].trim_end(), text[bar + 1..].trim_start());
    let capitals = headline.contains(' ') && !headline.chars().any(char::is_lowercase);
    (capitals && headline.chars().any(char::is_uppercase) && !is_short(body)).then_some((headline, body))
}

/// Whether a line can be a headline: no sentence, and not too long.
fn is_short(text: &str) -> bool {
    let stop = text.ends_with('.') && !text.ends_with("..");
    text.len() <= LONGEST_HEADLINE && !stop && !text.ends_with([':', ';', ','])
}

/// A stamp at the front: the whole line, glued to the text behind it, or set apart from it by markup or a dateline.
fn leading(text: &str, line: u32, seam: impl Fn(&str) -> bool) -> Option<(Stamp<'_>, &str, bool)> {
    let Some((stamp, rest)) = stamp::split(text, line) else {
        return unread(text, line);
    };
    if rest.is_empty() {
        return Some((stamp, rest, false));
    }
    if begins_text(rest) {
        return Some((stamp, rest, true));
    }
    let apart = trim_separator(rest);
    let separated = apart.len() < rest.len();
    let clock = !stamp.is_bare_date() && !stamp.is_age() && begins_text(apart) && !is_sentence(apart);
    let fits = apart.is_empty()
        || seam(rest)
        || seam(apart)
        || stamp::split(apart, line).is_some_and(|(next, _)| next.modified)
        || dateline::split(apart, Before::Age).is_some()
        || clock;
    (separated && fits).then_some((stamp, apart, false))
}

/// What has the form of an age and says nothing that is understood: the whole line, or glued to the text behind it.
fn unread(text: &str, line: u32) -> Option<(Stamp<'_>, &str, bool)> {
    if !stamp::may_begin(text) {
        return None;
    }
    const AGO: &[u8] = b"geleden";
    let head = &text.as_bytes()[..text.len().min(LONGEST_STAMP)];
    let end = memchr::memmem::find(head, AGO).map_or(text.len(), |at| at + AGO.len());
    let (printed, rest) = text.split_at_checked(end)?;
    let stands_apart = rest.is_empty() || begins_text(rest);
    let stamp = Stamp { printed, time: Time::Unread, modified: false, line };
    (stands_apart && age::looks_like(printed)).then_some((stamp, rest, !rest.is_empty()))
}

/// `14:05 Brand in Urk` is a headline with its time; `14:05 Uur was het.` is not.
fn is_sentence(text: &str) -> bool {
    !is_short(text)
}

/// Whether a text glued behind a stamp begins as texts do.
fn begins_text(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '\'' | '‘' | '’' | '"' | '“' | '„' | '”' | '«' | '(' | '#' | '€')
    })
}

fn trim_separator(text: &str) -> &str {
    text.trim_start_matches([' ', '|', '·', '•', '-', '–', '—', ':', ','])
}

/// How far a stamp reaches back from its end, in bytes.
const LONGEST_STAMP: usize = 64;

/// Finds the stamps inside a line that have the next text glued to them. Remembers what each search found,
/// so that no byte is searched twice.
struct Glue<'p> {
    text: &'p str,
    line: u32,
    found: [Search; FINDERS.len()],
}

/// From an offset in a text, the next stamp: where it begins and ends.
type Finder = fn(&str, usize, u32) -> Option<(usize, usize)>;

const FINDERS: [Finder; 2] = [by_age, by_clock];

#[derive(Clone, Copy)]
enum Search {
    Due,
    Found(usize, usize),
    Over,
}

impl<'p> Glue<'p> {
    fn new(text: &'p str, line: u32) -> Self {
        Self { text, line, found: [Search::Due; FINDERS.len()] }
    }

    /// The first glued stamp at or behind `from`.
    fn next(&mut self, from: usize) -> Option<(usize, Stamp<'p>, usize)> {
        for (search, finder) in self.found.iter_mut().zip(FINDERS) {
            let due = match *search {
                Search::Due => true,
                Search::Found(start, _) => start < from,
                Search::Over => false,
            };
            if due {
                *search = finder(self.text, from, self.line)
                    .map_or(Search::Over, |(start, end)| Search::Found(start, end));
            }
        }
        let found = self.found.iter().filter_map(|search| match search {
            Search::Found(start, end) => Some((*start, *end)),
            Search::Due | Search::Over => None,
        });
        let (start, end) = found.min()?;
        let (stamp, _) = stamp::split(&self.text[start..], self.line)?;
        Some((start, stamp, end))
    }
}

/// `… zijn gang.12 minuten geledenTEHERAN`: an age behind a sentence.
fn by_age(text: &str, from: usize, line: u32) -> Option<(usize, usize)> {
    // `ago` and `geleden` have no common letter at their end; `terug` is a word of its own too often.
    memchr::memmem::find_iter(&text.as_bytes()[from..], b"geleden").find_map(|at| {
        let end = from + at + b"geleden".len();
        let glued = text.get(end..).is_some_and(begins_text);
        let apart = |before: &str| before.trim_end().ends_with(is_sentence_end);
        glued.then(|| starting_before(text, from, end, line, apart)).flatten()
    })
}

/// `Kop 16 jan 2026 - 01:25Het ministerie`: a date and a time.
fn by_clock(text: &str, from: usize, line: u32) -> Option<(usize, usize)> {
    memchr::memchr_iter(b':', &text.as_bytes()[from..]).find_map(|at| {
        let end = from + at + 3;
        let minutes = text.as_bytes().get(end - 2..end).is_some_and(|two| two.iter().all(u8::is_ascii_digit));
        let glued = minutes && text.get(end..).is_some_and(begins_text);
        let dated = |before: &str| before.ends_with(' ');
        let found = glued.then(|| starting_before(text, from, end, line, dated)).flatten();
        found.filter(|(start, _)| {
            stamp::split(&text[*start..], line).is_some_and(|(stamp, _)| !stamp.is_clock())
        })
    })
}

/// The longest stamp that ends at `end` and has before it what `apart` asks for.
fn starting_before(
    text: &str,
    from: usize,
    end: usize,
    line: u32,
    apart: impl Fn(&str) -> bool,
) -> Option<(usize, usize)> {
    let first = end.saturating_sub(LONGEST_STAMP).max(from);
    (first + 1..end).find_map(|start| {
        let (before, behind) = text[from..].split_at_checked(start - from)?;
        let ends_here = |(_, rest): (Stamp<'_>, &str)| text.len() - rest.len() == end;
        (apart(before) && stamp::split(behind, line).is_some_and(ends_here)).then_some((start, end))
    })
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | '“' | '»' | ')')
}

/// A stamp at the end: in an inline element of its own, or behind a sentence and without a full stop.
fn trailing(text: &str, line: u32, seam: impl Fn(&str) -> bool) -> Option<(&str, Stamp<'_>)> {
    let last = text.chars().next_back()?;
    if !(last.is_ascii_digit() || last.is_alphabetic()) {
        return None;
    }
    let first = text.len().saturating_sub(LONGEST_STAMP);
    let mut ends: Vec<_> = text.char_indices().rev().take_while(|(at, _)| *at >= first).collect();
    ends.reverse();
    for (at, c) in ends {
        let behind = &text[at + c.len_utf8()..];
        let start = behind.trim_start_matches(' ');
        let apart = seam(start) || seam(behind) || (is_sentence_end(c) && !c.is_alphanumeric());
        if apart && let Some((stamp, "")) = stamp::split(trim_separator(start), line) {
            return Some((text[..at + c.len_utf8()].trim_end_matches([' ', '|', '·', '•', '-', '–']), stamp));
        }
    }
    None
}
