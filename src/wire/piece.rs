//! A visible line, split into the pieces that the wire glues together: `12 minuten geledenTEHERAN (ANP) - …`.

use super::beside;
use super::dateline::{self, Before, Dateline};
use super::furniture::{self, Effect};
use super::glue::{Glue, leading, trailing, trim_separator, whole_stamp};
use super::headline::{self, is_headline, is_short};
use super::moment;
use super::section::{self, Ticker};
use super::stamp::{self, Stamp};
use crate::note::Note;
use crate::page::{Anchor, Block};
use crate::parallel;

/// One piece of a line, with where it stands.
#[derive(Debug)]
pub(super) struct Piece<'p> {
    pub(super) line: u32,
    pub(super) link: Option<&'p str>,
    /// Stands in the site's navigation, header or footer.
    pub(super) furniture: bool,
    /// Stands in a heading.
    pub(super) heading: bool,
    pub(super) kind: Kind<'p>,
}

/// What a piece is.
#[derive(Debug)]
pub(super) enum Kind<'p> {
    Stamp {
        stamp: Stamp<'p>,
        stands: Stands<'p>,
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
    Furniture {
        effect: Effect,
        text: &'p str,
    },
}

/// Where a stamp stands on its line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stands<'p> {
    Alone,
    /// The next text is glued to it.
    Glued,
    /// In front of a text: the line from it on.
    Front(&'p str),
    /// Behind a text: that text with it. `apart`: in an element of its own.
    Behind {
        whole: &'p str,
        apart: bool,
    },
}

/// What stands in front of a line, as far as a dateline without agencies has to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Age,
    /// An item whose dateline names its agencies: the next item's would too.
    Wired,
    Other,
}

/// Marks in front of the lines of a list.
const BULLETS: [char; 6] = ['•', '·', '▪', '►', '▶', ' '];

/// The most pieces that a page is split into, which bounds the memory that glued lines can take.
const MAX_PIECES: usize = 2_000_000;

/// Splits every block of a page into its pieces: a few runs of them, in the page's order. Notes where there were too
/// many.
pub(super) fn split<'p>(blocks: &[Block<'p>]) -> (Vec<Vec<Piece<'p>>>, Option<Note>) {
    let runs = parallel::map_large(runs(blocks), run);
    let count: usize = runs.iter().map(|(pieces, _)| pieces.len()).sum();
    if count <= MAX_PIECES || runs.len() == 1 {
        let (runs, notes): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
        return (runs, notes.into_iter().flatten().next());
    }
    let (pieces, too_many) = run((After::Other, blocks));
    (vec![pieces], too_many)
}

fn run<'p>((after, blocks): (After, &[Block<'p>])) -> (Vec<Piece<'p>>, Option<Note>) {
    let mut splitter = Splitter { after, ..Splitter::new(blocks.len() * 2) };
    for block in blocks {
        splitter.block(block);
        if splitter.pieces.len() > MAX_PIECES {
            let message = "the page holds too much from here on; the rest was not read";
            return (splitter.pieces, Some(Note::at(block.line, message).of_loss()));
        }
    }
    (splitter.pieces, None)
}

/// So many blocks are split in one go.
const RUN: usize = 2_048;

/// Cuts a large page where one block alone tells what matters for those behind it.
fn runs<'b, 'p>(mut blocks: &'b [Block<'p>]) -> Vec<(After, &'b [Block<'p>])> {
    let mut runs = Vec::new();
    let mut after = After::Other;
    while blocks.len() > 2 * RUN
        && let Some((end, next)) = (RUN..2 * RUN).find_map(|end| Some((end, alone(&blocks[end - 2..end])?)))
    {
        let (run, rest) = blocks.split_at(end);
        runs.push((after, run));
        (after, blocks) = (next, rest);
    }
    runs.push((after, blocks));
    runs
}

/// What stands in front of the next block, where the second of two blocks ends in a stamp or in a dateline with its
/// agencies, whatever came before it.
fn alone(blocks: &[Block<'_>]) -> Option<After> {
    let [before, last] = blocks else { return None };
    let mut alone = Splitter::new(2);
    alone.block(last);
    let told = match alone.pieces.last().map(|piece| &piece.kind) {
        Some(Kind::Stamp { .. }) => true,
        Some(Kind::Dateline { dateline, .. }) => dateline.names_agencies(),
        _ => false,
    };
    let sure = told && !section::is_edition(before.text) && section::ticker(last.text, true).is_none();
    sure.then_some(alone.after)
}

struct Splitter<'p> {
    pieces: Vec<Piece<'p>>,
    /// Below the header of a ticker, where its lines need no dash.
    in_ticker: bool,
    /// The line above named the site's editions.
    edition: bool,
    after: After,
}

impl<'p> Splitter<'p> {
    fn new(capacity: usize) -> Self {
        Self { pieces: Vec::with_capacity(capacity), in_ticker: false, edition: false, after: After::Other }
    }

    fn block(&mut self, block: &Block<'p>) {
        let text = block.text;
        let edition = std::mem::replace(&mut self.edition, section::is_edition(text));
        if edition && is_short(text) && !text.contains(' ') {
            return self.push(block, text, Kind::Section(text));
        }
        if self.edition {
            return self.push(block, text, Kind::Furniture { effect: Effect::End, text });
        }
        if let Some(kind) = self.whole_line(text) {
            return self.push(block, text, kind);
        }
        if let Some(stamps) = beside::stamps(text, block.line).filter(|_| block.times.is_empty()) {
            return stamps.into_iter().for_each(|stamp| self.stamp(block, stamp, Stands::Alone));
        }
        self.timed(block, text);
    }

    /// Adds a piece of which `text` is what the page shows.
    fn push(&mut self, block: &Block<'p>, text: &str, kind: Kind<'p>) {
        self.in_ticker = match kind {
            Kind::TickerHeader => true,
            Kind::Ticker(_) => self.in_ticker,
            _ => false,
        };
        self.after = match &kind {
            Kind::Stamp { .. } => After::Age,
            Kind::Dateline { dateline, .. } if dateline.names_agencies() => After::Wired,
            Kind::Prose(_) | Kind::Furniture { effect: Effect::Skip, .. } if self.after == After::Wired => {
                After::Wired
            }
            _ => After::Other,
        };
        self.pieces.push(Piece {
            line: block.line,
            link: link(block, text),
            furniture: block.furniture,
            heading: block.heading,
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
        let furniture = || furniture::effect(text).map(|effect| Kind::Furniture { effect, text });
        section::header(text).map(Kind::Section).or_else(furniture)
    }

    /// Sets `<time datetime>` elements at the ends of a line apart.
    fn timed(&mut self, block: &Block<'p>, text: &'p str) {
        let stamps = |start: usize, end: usize| {
            let printed = text[start..end].trim();
            printed.len() == text.len() || printed.is_empty() || whole_stamp(printed, 0).is_some()
        };
        let mut body = text;
        let mut offset = 0;
        let mut behind = None;
        for element in &block.times {
            let (start, end) = (element.start, element.end);
            let Some(time) = moment::from_attribute(element.datetime).filter(|_| stamps(start, end)) else {
                continue;
            };
            let stamp =
                |modified| Stamp { modified, ..Stamp::new(text[start..end].trim(), time.into(), block.line) };
            // The age that a site prints beside its element says less.
            let to_end = text[end..].is_empty() || whole_stamp(&text[end..], 0).is_some();
            if start == offset && !to_end {
                self.stamp(block, stamp(false), Stands::Front(&text[start..]));
                body = trim_separator(&text[end..]);
                offset = text.len() - body.len();
            } else if to_end && start >= offset {
                body = text[offset..start].trim_end();
                let prefix = stamp::prefix(body).filter(|(_, rest)| rest.is_empty());
                body = if prefix.is_some() { "" } else { body };
                behind = Some(stamp(prefix.is_some_and(|(modified, _)| modified)));
                break;
            }
        }
        if !body.is_empty() {
            self.chunks(block, body, behind.is_none());
        }
        if let Some(stamp) = behind {
            let behind = Stands::Behind { whole: &text[offset..], apart: true };
            self.stamp(block, stamp, if body.is_empty() { Stands::Alone } else { behind });
        }
    }

    fn stamp(&mut self, block: &Block<'p>, stamp: Stamp<'p>, stands: Stands<'p>) {
        self.push(block, stamp.printed, Kind::Stamp { stamp, stands });
    }

    /// Splits stamps off until nothing is left. `to_end`: the text reaches to the end of its line.
    fn chunks(&mut self, block: &Block<'p>, mut text: &'p str, to_end: bool) {
        let seam = |rest: &str| block.is_seam(rest);
        let mut glue = Glue::new(block, text);
        let all = text;
        while !text.is_empty() && self.pieces.len() <= MAX_PIECES {
            let from = all.len() - text.len();
            if let Some((stamp, rest, glued)) = leading(text, block.line, seam) {
                let stands = match rest {
                    "" => Stands::Alone,
                    _ if whole_stamp(rest, 0).is_some() => Stands::Alone,
                    _ if glued => Stands::Glued,
                    _ => Stands::Front(text),
                };
                self.stamp(block, stamp, stands);
                text = rest;
            } else if let Some((start, stamp, end)) = glue.next(from) {
                self.rest(block, all[from..start].trim_end());
                self.stamp(block, stamp, Stands::Glued);
                text = &all[end..];
            } else if let Some((before, stamp)) = trailing(text, block.line, seam).filter(|_| to_end) {
                self.rest(block, before);
                let apart = seam(stamp.printed);
                return self.stamp(block, stamp, Stands::Behind { whole: text, apart });
            } else {
                return self.rest(block, text);
            }
        }
    }

    /// A text without stamps at its ends.
    fn rest(&mut self, block: &Block<'p>, text: &'p str) {
        let (text, more) = without_more(block, text.trim_start_matches(BULLETS));
        // A bullet in a line of its own says nothing.
        if text.is_empty() {
            return;
        }
        let first = self.pieces.len();
        let headed = headed(block, text);
        match self.dated(block, text) {
            // `Kop DEN HAAG (ANP) - …` could be one place in mixed case, but for the markup.
            Some((dateline, body)) if headed.is_none() => {
                self.push(block, text, Kind::Dateline { dateline, body });
            }
            None if furniture::effect(text) == Some(Effect::More) => {
                self.push(block, text, Kind::Furniture { effect: Effect::More, text });
            }
            None if furniture::without_credit(text).len() < text.len() && is_short(text) => {
                self.push(block, text, Kind::Short(text));
            }
            _ => match headed {
                Some((headline, behind)) => {
                    self.push(block, headline, Kind::Short(headline));
                    self.push(block, &text[headline.len()..], behind);
                }
                None if block.heading || is_short(text) => self.push(block, text, Kind::Short(text)),
                None => self.push(block, text, Kind::Prose(text)),
            },
        }
        if let Some(piece) = self.pieces.get_mut(first).filter(|piece| piece.link.is_none()) {
            piece.link = more;
        }
    }

    /// A text that begins with a dateline. On the line behind an age one without agencies may as well be the
    /// headline of a match, which is short.
    fn dated(&self, block: &Block<'_>, text: &'p str) -> Option<(Dateline<'p>, &'p str)> {
        let same_line = self.pieces.last().is_some_and(|last| last.line == block.line);
        let credited = furniture::without_credit(text).len() < text.len();
        let before = match self.after {
            After::Age => Before::Age,
            After::Wired => Before::Prose,
            After::Other => Before::Other,
        };
        let found = dateline::split(text, before)?;
        let match_headline = self.after == After::Age && !same_line && is_headline(text);
        (!found.0.agencies.is_empty() || !(match_headline || credited)).then_some(found)
    }
}

/// The address of a piece: of the whole line, or of the anchor that holds all that is text in it.
fn link<'p>(block: &Block<'p>, text: &str) -> Option<&'p str> {
    if block.anchors.is_empty() {
        return block.link;
    }
    let start = block.offset(text)?;
    let end = start + text.len();
    let bare = |range: std::ops::Range<usize>| {
        block.text.get(range).is_some_and(|text| !text.contains(char::is_alphanumeric))
    };
    let holds = |anchor: &&Anchor| {
        let (from, to) = (anchor.start.max(start), anchor.end.min(end));
        from < to && bare(start..from) && bare(to..end)
    };
    // Those in front of the piece are passed over by a search, so that no line is read again for each piece.
    let first = block.anchors.partition_point(|anchor| anchor.end <= start);
    let nearest = block.anchors.get(first..).unwrap_or_default().first();
    nearest.filter(holds).map(|anchor| anchor.href).or(block.link)
}

/// `Een brug is dicht. Lees meer`: a text without the link at its end that leads to all of it.
fn without_more<'p>(block: &Block<'p>, text: &'p str) -> (&'p str, Option<&'p str>) {
    let last = block.anchors.last().and_then(|anchor| {
        let start = anchor.start.checked_sub(block.offset(text)?)?;
        let (before, more) = text.split_at_checked(start)?;
        let leads_on = !before.is_empty() && furniture::effect(more) == Some(Effect::More);
        leads_on.then_some((before.trim_end(), Some(anchor.href)))
    });
    last.unwrap_or((text, None))
}

/// A headline in one line with its text: in capitals with a bar behind it, or in an element of its own in front of
/// a dateline.
fn headed<'p>(block: &Block<'p>, text: &'p str) -> Option<(&'p str, Kind<'p>)> {
    if let Some((headline, body)) = headline::in_capitals(text) {
        return Some((headline, Kind::Prose(body)));
    }
    let start = block.offset(text)?;
    let first = block.seams.partition_point(|seam| *seam as usize <= start);
    let inside = block.seams.get(first..).unwrap_or_default().iter().map(|seam| *seam as usize);
    inside.take_while(|seam| *seam < start + text.len().min(headline::LONGEST)).find_map(|seam| {
        let (headline, behind) = text.split_at_checked(seam - start)?;
        let headline = headline.trim_end();
        let (dateline, body) = dateline::split(behind.trim_start(), Before::Other)?;
        let dated = !dateline.agencies.is_empty() && !dateline.places.is_empty();
        let written = is_short(headline) && headline.contains(char::is_lowercase);
        (dated && written).then_some((headline, Kind::Dateline { dateline, body }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cut_into_runs_is_split_alike() {
        let lines = [
            "URK (ANP) - Een zin over vissers.",
            "3 uur geledenGOES (ANP/RTR) - Nog een zin.",
            "Een alinea die verder gaat.",
            "NAC - Willem II werd gestaakt.",
            "Een kop zonder punt",
            "4 uur geleden",
            "Editie: Zeeland",
            "Net binnen",
            "- Sport 9:41 Goes wint",
            "KATS - Tekst zonder bureau.",
        ];
        let mut state = 7usize;
        let blocks: Vec<_> = (0..3 * RUN + 100)
            .map(|line| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let text = lines[(state >> 33) % lines.len()];
                Block { line: u32::try_from(line).unwrap_or(0), text, ..Block::default() }
            })
            .collect();
        assert!(runs(&blocks).len() > 2);
        let shown =
            |pieces: Vec<Piece<'_>>| pieces.iter().map(|piece| format!("{piece:?}")).collect::<Vec<_>>();
        let whole = shown(run((After::Other, &blocks)).0);
        assert_eq!(shown(split(&blocks).0.into_iter().flatten().collect()), whole);
    }
}
