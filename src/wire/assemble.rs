//! Pieces to items: which headline, which text and which stamp belong together.

use super::dateline::Dateline;
use super::furniture::{self, Effect};
use super::item::{Item, Paragraph, Role};
use super::piece::{Kind, Piece};
use super::section;
use super::stamp::{self, Stamp};
use crate::note::Note;

/// Puts the pieces of a page together. The rule is local: a stamp belongs to the item in front of it, as long
/// as that has none, else to the one behind it.
pub(super) fn items<'p>(pieces: &[Piece<'p>]) -> (Vec<Item<'p>>, Vec<Note>) {
    let facts = Facts::of(pieces);
    let mut assembler = Assembler::new(facts);
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1..).unwrap_or_default();
        assembler.piece(piece, next);
    }
    assembler.finish(pieces)
}

/// What has to be known of the whole page before its first piece is read.
#[derive(Debug, Default, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a plain fact of the page, and none rules out another"
)]
struct Facts {
    /// A section header stands on the page: what comes before it is the lead.
    headed: bool,
    /// How many stamps tell of a first publication.
    stamps: usize,
    /// Some stamp is an age.
    ages: bool,
    /// Some item has a dateline.
    datelines: bool,
    /// One stands before the first section header: the lead begins there.
    lead_dateline: bool,
    /// The last piece is a stamp: stamps stand behind their items.
    ends_in_stamp: bool,
}

impl Facts {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let mut facts = Self::default();
        let shown =
            pieces.iter().filter(|piece| !piece.furniture && !matches!(piece.kind, Kind::Furniture(_)));
        for piece in shown {
            facts.ends_in_stamp = false;
            match &piece.kind {
                Kind::Section(_) => facts.headed = true,
                Kind::Dateline { .. } => {
                    facts.datelines = true;
                    facts.lead_dateline |= !facts.headed;
                }
                Kind::Stamp { stamp, .. } if !stamp.modified => {
                    facts.stamps += 1;
                    facts.ages |= stamp.is_age();
                    facts.ends_in_stamp = true;
                }
                _ => {}
            }
        }
        facts
    }
}

/// A line that waits for its text.
#[derive(Clone, Copy)]
struct Headline<'p> {
    text: &'p str,
    line: u32,
    link: Option<&'p str>,
}

struct Assembler<'p> {
    facts: Facts,
    items: Vec<Item<'p>>,
    notes: Vec<Note>,
    open: Option<Item<'p>>,
    /// Furniture ended the open item: no paragraph follows, but its stamp may.
    sealed: bool,
    headline: Option<Headline<'p>>,
    /// A stamp that waits for the item behind it.
    pending: Option<Stamp<'p>>,
    section: Option<&'p str>,
    /// The section header that ends the lead has been read.
    listing: bool,
}

impl<'p> Assembler<'p> {
    fn new(facts: Facts) -> Self {
        Self {
            facts,
            items: Vec::new(),
            notes: Vec::new(),
            open: None,
            sealed: false,
            headline: None,
            pending: None,
            section: None,
            listing: !facts.headed,
        }
    }

    fn piece(&mut self, piece: &Piece<'p>, next: &[Piece<'p>]) {
        match &piece.kind {
            Kind::Stamp { stamp, glued } => self.stamp(stamp, *glued, piece, next),
            Kind::Section(name) => self.section(name),
            Kind::TickerHeader => self.boundary(),
            Kind::Ticker(ticker) => {
                self.boundary();
                self.items.push(Item::from_ticker(*ticker, piece.line, piece.link));
            }
            Kind::Dateline { dateline, body } => self.dateline(dateline, body, piece),
            _ if piece.furniture => self.boundary(),
            Kind::Furniture(Effect::End) => self.boundary(),
            Kind::Furniture(Effect::Skip) => {}
            Kind::Short(text) => self.short(text, piece, next),
            Kind::Prose(text) => self.prose(text, piece),
        }
    }

    /// What stands behind a boundary belongs to nothing in front of it.
    fn boundary(&mut self) {
        self.headline = None;
        self.pending = None;
        self.sealed = true;
    }

    fn section(&mut self, name: &'p str) {
        self.close();
        self.boundary();
        self.section = Some(name);
        self.listing = true;
        // The page's section is the one of its first header; the lead takes it.
        for lead in self.items.iter_mut().filter(|item| item.role == Role::Lead) {
            lead.section.get_or_insert(name);
        }
    }

    fn stamp(&mut self, stamp: &Stamp<'p>, glued: bool, piece: &Piece<'p>, next: &[Piece<'p>]) {
        if stamp.modified {
            return self.modified(stamp);
        }
        if let Some(open) = self.untimed() {
            open.stamp = Some(stamp.clone());
            return take_link(open, piece.link);
        }
        let bare_date = stamp.is_bare_date();
        if self.headline.is_some() && (!bare_date || begins_with_text(next)) {
            let item = Item { stamp: Some(stamp.clone()), ..self.begin(piece) };
            return self.replace(item);
        }
        let of_the_page = bare_date && next.first().is_none_or(|next| next.line != piece.line);
        if of_the_page {
            return;
        }
        if self.is_orphan(glued) {
            let message = format!("the item that \"{}\" belongs to is not on the page", stamp.printed);
            return self.notes.push(Note::at(stamp.line, message));
        }
        self.close();
        self.pending = Some(stamp.clone());
    }

    fn modified(&mut self, stamp: &Stamp<'p>) {
        let item = self.open.as_mut().or(self.items.last_mut());
        if let Some(item) = item.filter(|item| item.role != Role::Ticker) {
            item.modified.get_or_insert_with(|| stamp.clone());
        }
    }

    /// The open item, where it has its text and waits for its stamp.
    fn untimed(&mut self) -> Option<&mut Item<'p>> {
        self.open.as_mut().filter(|open| open.stamp.is_none() && !open.paragraphs.is_empty())
    }

    /// Whether a stamp behind no item belongs to one that was cut off in front of the page, on a page whose
    /// stamps stand behind their items.
    fn is_orphan(&self, glued: bool) -> bool {
        let nothing_before = self.open.is_none() && self.items.iter().all(|item| item.role != Role::Item);
        let behind_items = glued || (self.facts.ends_in_stamp && self.facts.stamps > 1);
        nothing_before && self.facts.ages && behind_items
    }

    fn dateline(&mut self, dateline: &Dateline<'p>, body: &'p str, piece: &Piece<'p>) {
        if let Some(word) = dateline.suspicious_place() {
            let message = format!("\"{word}\" may be a kicker and a city in one word; it was kept whole");
            self.notes.push(Note::at(piece.line, message));
        }
        let paragraph = Paragraph { text: body, subhead: false };
        if let Some(open) = self.open.as_mut().filter(|open| open.paragraphs.is_empty() && !self.sealed) {
            open.dateline = Some(dateline.clone());
            open.paragraphs.push(paragraph);
            return take_link(open, piece.link);
        }
        let mut item = self.begin(piece);
        item.dateline = Some(dateline.clone());
        item.paragraphs.push(paragraph);
        self.replace(item);
    }

    fn short(&mut self, text: &'p str, piece: &Piece<'p>, next: &[Piece<'p>]) {
        let next = next.iter().find(|piece| !matches!(piece.kind, Kind::Furniture(Effect::Skip)));
        let kind = next.map(|next| &next.kind);
        let names_the_section = section::is_section(text) && matches!(kind, Some(Kind::Short(_)));
        if names_the_section && self.items.is_empty() && self.open.is_none() {
            self.section = Some(text);
            return;
        }
        let prose_follows = matches!(kind, Some(Kind::Prose(_))) && next.is_some_and(|next| !next.furniture);
        if prose_follows
            && self.in_text()
            && let Some(open) = &mut self.open
        {
            return open.paragraphs.push(Paragraph { text, subhead: true });
        }
        self.headline = Some(Headline { text, line: piece.line, link: piece.link });
    }

    /// Whether the open item is a text that more may follow.
    fn in_text(&self) -> bool {
        let unfinished = |open: &Item<'_>| {
            !open.paragraphs.is_empty() && (open.stamp.is_none() || self.continues_behind(open))
        };
        !self.sealed && self.open.as_ref().is_some_and(unfinished)
    }

    /// A single article prints its date between its paragraphs.
    fn continues_behind(&self, open: &Item<'_>) -> bool {
        let absolute = open.stamp.as_ref().is_some_and(|stamp| !stamp.is_age());
        (self.facts.stamps == 1 && absolute && !self.facts.headed)
            || (open.role == Role::Lead && !self.listing)
    }

    fn prose(&mut self, text: &'p str, piece: &Piece<'p>) {
        let paragraph = Paragraph { text, subhead: false };
        let waiting = |open: &&mut Item<'p>| open.paragraphs.is_empty();
        if let Some(open) = self.open.as_mut().filter(waiting) {
            open.paragraphs.push(paragraph);
            return take_link(open, piece.link);
        }
        if self.in_text()
            && self.headline.is_none()
            && let Some(open) = &mut self.open
        {
            open.paragraphs.push(paragraph);
            return;
        }
        if self.begins_item() {
            let mut item = self.begin(piece);
            item.paragraphs.push(paragraph);
            self.replace(item);
        }
    }

    /// Whether prose without a dateline is an item: between ages, behind a headline or a time.
    fn begins_item(&self) -> bool {
        if !self.listing {
            return self.headline.is_some() && !self.facts.lead_dateline;
        }
        let stamped = self.items.iter().chain(&self.open).any(|item| item.stamp.is_some());
        let listed = self.facts.ages || self.facts.stamps > 1;
        // Without any time, prose is news only where the rest of the page shows it to be a wire page.
        self.facts.stamps > 0 && (self.pending.is_some() || (listed && stamped) || self.facts.headed)
    }

    /// A new item with the headline and the stamp that wait for it.
    fn begin(&mut self, piece: &Piece<'p>) -> Item<'p> {
        let headline = self.headline.take();
        let mut item = Item {
            line: headline.map_or(piece.line, |headline| headline.line),
            role: if self.listing { Role::Item } else { Role::Lead },
            headline: headline.map(|headline| furniture::without_credit(headline.text)),
            section: self.section,
            link: headline.and_then(|headline| headline.link),
            stamp: self.pending.take(),
            ..Item::default()
        };
        take_link(&mut item, piece.link);
        item
    }

    fn replace(&mut self, item: Item<'p>) {
        self.close();
        self.sealed = false;
        self.open = Some(item);
    }

    fn close(&mut self) {
        if let Some(item) = self.open.take() {
            let told = !item.paragraphs.is_empty() || (item.headline.is_some() && item.stamp.is_some());
            self.items.extend(told.then_some(item));
        }
    }

    fn finish(mut self, pieces: &[Piece<'p>]) -> (Vec<Item<'p>>, Vec<Note>) {
        self.close();
        self.cut(pieces);
        self.single();
        self.notes.sort();
        (self.items, self.notes)
    }

    /// Leaves out what a cut page holds of its last item. Nothing is invented for it.
    fn cut(&mut self, pieces: &[Piece<'p>]) {
        let mut shown = pieces.iter().rev().filter(|piece| !piece.furniture);
        if let (Some(last), before) = (shown.next(), shown.next())
            && let Kind::Short(text) = last.kind
        {
            let behind_stamp = matches!(before.map(|piece| &piece.kind), Some(Kind::Stamp { .. }));
            let begun = self.facts.ages && behind_stamp;
            if begun || stamp::is_cut(text) || section::is_cut_header(text) {
                self.notes.push(Note::at(last.line, "the page is cut here"));
            }
        }
        let Some(item) = self.items.last().filter(|item| item.role == Role::Item) else { return };
        let timeless = self.facts.ages && item.stamp.is_none();
        let others = self.items.len() > 1;
        let unfinished = !self.facts.ages
            && others
            && is_unfinished(item)
            && !self.items.iter().rev().skip(1).any(is_unfinished);
        if timeless || unfinished {
            let message = "the page is cut inside this item; it was left out";
            self.notes.push(Note::at(item.line, message));
            self.items.pop();
        }
    }

    /// On a page with one item and no list, the item is the lead.
    fn single(&mut self) {
        if let [item] = self.items.as_mut_slice()
            && item.role == Role::Item
            && !self.facts.headed
            && !self.facts.ages
        {
            item.role = Role::Lead;
        }
    }
}

fn begins_with_text(pieces: &[Piece<'_>]) -> bool {
    matches!(pieces.first().map(|piece| &piece.kind), Some(Kind::Dateline { .. } | Kind::Prose(_)))
}

fn take_link<'p>(item: &mut Item<'p>, link: Option<&'p str>) {
    if item.link.is_none() {
        item.link = link;
    }
}

/// Whether an item's text stops in the middle of a sentence.
fn is_unfinished(item: &Item<'_>) -> bool {
    let last = item.paragraphs.last().and_then(|paragraph| paragraph.text.chars().next_back());
    last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'))
}

#[cfg(test)]
mod tests {
    use crate::page::{self, Markup};

    /// What an item shows of how it was put together: headline or `-`, first words, stamp or `-`.
    fn told(page: &str) -> Vec<String> {
        let page = page::read(page.as_bytes(), Markup::Text, None);
        let (items, _) = crate::wire::items(&page);
        let short = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        let told = items.iter().map(|item| {
            let headline = item.headline.map_or("-".into(), short);
            let text: Vec<_> = item.paragraphs.iter().map(|paragraph| short(paragraph.text)).collect();
            let stamp = item.stamp.as_ref().map_or("-".into(), |stamp| short(stamp.printed));
            format!("{headline} {} {stamp}", text.join("+"))
        });
        told.collect()
    }

    #[track_caller]
    fn case(page: &str, expected: &[&str]) {
        assert_eq!(told(page), expected, "{page}");
    }

    #[test]
    fn a_stamp_belongs_to_the_item_in_front_of_it() {
        case(
            "URK (ANP) - Een zin over vissers.\n3 uur geledenGOES (ANP) - Nog een zin.\n4 uur geleden\n",
            &["- Een 3", "- Nog 4"],
        );
        case(
            "14:05 Brand in Urk\nIn de haven woedt brand.\n13:00 Regen in Goes\nHet regent al dagen.\n",
            &["Brand In 14:05", "Regen Het 13:00"],
        );
    }

    #[test]
    fn a_page_cut_in_front_leaves_a_stamp_behind_nothing() {
        case(
            "2 uur geledenURK (ANP) - Een zin over vissers.\n3 uur geleden\nGOES (ANP) - Nog een zin.\n4 uur geleden\n",
            &["- Een 3", "- Nog 4"],
        );
    }

    #[test]
    fn the_lead_needs_no_dateline() {
        let list = "Meer uit Binnenland\n\nURK (ANP) - Een zin over vissers.\n3 uur geleden\n";
        case(
            &format!(
                "Dijk hersteld\n\nHet werk is klaar.\n\nNieuwe klei\n\nEr kwam veel klei aan te pas.\n\n{list}"
            ),
            &["Dijk Het+Nieuwe+Er -", "- Een 3"],
        );
        case(
            &format!(
                "Wees welkom\n\nWij plaatsen koekjes.\n\nDijk hersteld\n\nGOES (ANP) - Het werk is klaar.\n\n{list}"
            ),
            &["Dijk Het -", "- Een 3"],
        );
    }

    #[test]
    fn a_date_of_the_page_is_no_items() {
        case(
            "maandag 3 november 2025\n\nDijk hersteld\nGOES (ANP) - Het werk is klaar.\n2 uur geleden\n",
            &["Dijk Het 2"],
        );
    }
}
