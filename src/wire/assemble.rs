//! Pieces to items: which headline, which text and which stamp belong together.

use super::dateline::Dateline;
use super::day::Day;
use super::facts::{Facts, is_shown};
use super::furniture::{self, Effect};
use super::item::{Item, Paragraph, Role};
use super::piece::{Kind, Piece, Stands};
use super::section;
use super::stamp::{self, Stamp, Time};
use crate::note::{self, Note};

/// Puts the pieces of a page together. A stamp belongs to the item in front of it, as long as that has none; on a
/// page whose stamps stand before their items, to the one behind it.
pub(super) fn items<'p>(pieces: &[Piece<'p>]) -> (Vec<Item<'p>>, Vec<Note>) {
    let facts = Facts::of(pieces);
    let mut assembler = Assembler::new(facts);
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1..).unwrap_or_default();
        assembler.piece(piece, next);
    }
    assembler.finish(pieces)
}

/// A line that waits for its text.
#[derive(Clone, Copy)]
struct Headline<'p> {
    text: &'p str,
    line: u32,
    link: Option<&'p str>,
    heading: bool,
}

struct Assembler<'p> {
    facts: Facts,
    items: Vec<Item<'p>>,
    /// How many complete items are short ones.
    listed: usize,
    /// How many complete items have a stamp.
    stamped: usize,
    notes: Vec<Note>,
    open: Option<Item<'p>>,
    /// Furniture ended the open item: no paragraph follows, but its stamp may.
    sealed: bool,
    headline: Option<Headline<'p>>,
    /// A stamp that waits for the item behind it.
    pending: Option<Stamp<'p>>,
    section: Option<&'p str>,
    /// The day that stands over the times of day.
    day: Option<Day>,
    /// The open item had its stamp before any text: what follows is its text.
    opened_by_stamp: bool,
    /// The section header that ends the lead has been read.
    listing: bool,
}

impl<'p> Assembler<'p> {
    fn new(facts: Facts) -> Self {
        Self {
            facts,
            items: Vec::new(),
            listed: 0,
            stamped: 0,
            notes: Vec::new(),
            open: None,
            sealed: false,
            headline: None,
            pending: None,
            section: None,
            day: None,
            opened_by_stamp: false,
            listing: !facts.headed,
        }
    }

    fn piece(&mut self, piece: &Piece<'p>, next: &[Piece<'p>]) {
        match &piece.kind {
            // The date and the clock of the page.
            Kind::Stamp { .. } if piece.furniture && self.untimed().is_none() => self.boundary(),
            Kind::Stamp { stamp, .. } if stamp.modified => self.modified(stamp),
            Kind::Stamp { stamp, stands } if self.day.is_some() && stamp.is_clock() => {
                let stamp = self.dated(stamp);
                self.timed(&stamp, *stands, piece, next);
            }
            Kind::Stamp { stamp, stands } => self.timed(stamp, *stands, piece, next),
            Kind::Section(name) => self.section(name),
            Kind::TickerHeader => self.boundary(),
            Kind::Ticker(ticker) => {
                self.boundary();
                self.complete(Item::from_ticker(*ticker, piece.line, piece.link));
            }
            Kind::Dateline { dateline, body } => self.dateline(dateline, body, piece),
            _ if piece.furniture => self.boundary(),
            Kind::Furniture { text, .. } if self.is_headline(text, next) => self.short(text, piece, next),
            Kind::Furniture { effect, .. } => self.furniture(*effect, piece),
            Kind::Short(text) => self.short(text, piece, next),
            Kind::Prose(text) => self.prose(text, piece, next),
        }
    }

    fn timed(&mut self, stamp: &Stamp<'p>, stands: Stands<'p>, piece: &Piece<'p>, next: &[Piece<'p>]) {
        if self.facts.before {
            self.stamp_before(stamp, stands, next);
        } else {
            self.stamp(stamp, stands, piece, next);
        }
    }

    fn furniture(&mut self, effect: Effect, piece: &Piece<'p>) {
        if effect == Effect::More
            && let Some(open) = &mut self.open
        {
            take_link(open, piece.link);
        }
        if effect != Effect::Skip {
            self.boundary();
        }
    }

    /// Words that a site says beside its news are news between an item that is complete and a dateline.
    fn is_headline(&self, text: &str, next: &[Piece<'p>]) -> bool {
        let due = self.headline.is_none() && self.open.as_ref().is_none_or(|open| open.stamp.is_some());
        let dated = matches!(next.first().map(|next| &next.kind), Some(Kind::Dateline { .. }));
        self.listing && due && dated && furniture::may_be_news(text)
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
        if std::mem::replace(&mut self.listing, true) {
            return;
        }
        // The page's section is the one of its first header; the lead, which none stands behind, takes it.
        for lead in self.items.iter_mut().filter(|item| item.role == Role::Lead) {
            lead.section.get_or_insert(name);
        }
    }

    /// A stamp of a page whose stamps stand before their items: what is open is complete.
    fn stamp_before(&mut self, stamp: &Stamp<'p>, stands: Stands<'p>, next: &[Piece<'p>]) {
        let alone = stamp.is_bare_date() && !matches!(stands, Stands::Front(_)) && !self.facts.dated;
        if alone {
            return self.day(stamp);
        }
        self.headline_alone();
        if let Some(pending) = &mut self.pending {
            return more_exact(pending, stamp);
        }
        self.close();
        // A headline may stand above a line with a date and its text.
        let above = matches!(stands, Stands::Front(_)) && begins_with_text(next);
        self.headline = self.headline.filter(|_| above);
        self.sealed = false;
        self.pending = Some(stamp.clone());
    }

    /// A date by itself is that of the page, and the day of the times of day behind it.
    fn day(&mut self, stamp: &Stamp<'p>) {
        if self.facts.clocks
            && let Time::Moment(moment) = stamp.time
        {
            self.day = Some(moment.day);
        }
    }

    /// A stamp with the day that stands over it.
    fn dated(&self, stamp: &Stamp<'p>) -> Stamp<'p> {
        let mut stamp = stamp.clone();
        if let (Time::Moment(moment), Some(day)) = (&mut stamp.time, self.day)
            && moment.day == Day::Unsaid
        {
            moment.day = day;
        }
        stamp
    }

    /// An item that is a headline and its stamp.
    fn headline_alone(&mut self) {
        if self.headline.is_some() && self.pending.is_some() {
            let item = self.begin(0, None);
            self.replace(item);
            self.close();
        }
    }

    fn stamp(&mut self, stamp: &Stamp<'p>, stands: Stands<'p>, piece: &Piece<'p>, next: &[Piece<'p>]) {
        if let Some(open) = self.untimed() {
            open.stamp = Some(stamp.clone());
            return take_link(open, piece.link);
        }
        let bare_date = stamp.is_bare_date() && !self.facts.dated;
        if self.headline.is_some() && (!bare_date || begins_with_text(next)) {
            let item = Item { stamp: Some(stamp.clone()), ..self.begin(piece.line, piece.link) };
            self.replace(item);
            self.opened_by_stamp = true;
            return;
        }
        // Some sites print both an age and a time.
        let ages = self.facts.ages;
        if let Some(first) = self.open.as_mut().filter(|_| ages).and_then(|open| open.stamp.as_mut()) {
            return more_exact(first, stamp);
        }
        let alone = bare_date && next.first().is_none_or(|next| next.line != piece.line);
        if alone {
            return self.day(stamp);
        }
        if self.is_orphan(matches!(stands, Stands::Glued)) {
            let message = format!("the item that \"{}\" belongs to is not on the page", stamp.printed);
            return note::keep(&mut self.notes, Note::at(stamp.line, message));
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
        let nothing_before = self.open.is_none() && self.listed == 0;
        let behind_items = glued || (self.facts.ends_in_stamp && self.facts.stamps > 1);
        nothing_before && self.facts.ages && behind_items
    }

    fn dateline(&mut self, dateline: &Dateline<'p>, body: &'p str, piece: &Piece<'p>) {
        if let Some(word) = dateline.suspicious_place() {
            let message = format!("\"{word}\" may be a kicker and a city in one word; it was kept whole");
            note::keep(&mut self.notes, Note::at(piece.line, message));
        }
        // A dateline may stand on a line of its own.
        let text = Some(Paragraph { text: body, subhead: false }).filter(|_| !body.is_empty());
        if let Some(open) = self.open.as_mut().filter(|open| open.paragraphs.is_empty() && !self.sealed) {
            open.dateline = Some(dateline.clone());
            open.paragraphs.extend(text);
            return take_link(open, piece.link);
        }
        let mut item = self.begin(piece.line, piece.link);
        item.dateline = Some(dateline.clone());
        item.paragraphs.extend(text);
        self.replace(item);
    }

    fn short(&mut self, text: &'p str, piece: &Piece<'p>, next: &[Piece<'p>]) {
        let skipped = |piece: &Piece<'_>| matches!(piece.kind, Kind::Furniture { effect: Effect::Skip, .. });
        let next = next.iter().find(|piece| !skipped(piece));
        let kind = next.map(|next| &next.kind);
        if section::is_section(text) && self.names_the_section(text, piece, kind) {
            return;
        }
        let prose_follows = matches!(kind, Some(Kind::Prose(_))) && next.is_some_and(|next| !next.furniture);
        let said = self.is_said(text, kind);
        if (prose_follows || said)
            && self.in_text()
            && let Some(open) = &mut self.open
        {
            return open.paragraphs.push(Paragraph { text, subhead: !said });
        }
        // A byline below a heading is no headline.
        let below = self.headline.is_some_and(|headline| headline.heading) && !piece.heading;
        if !below || matches!(kind, Some(Kind::Short(_))) {
            self.headline =
                Some(Headline { text, line: piece.line, link: piece.link, heading: piece.heading });
        }
    }

    /// A section in a bare word: above the news of it, or the rubric of one item, beside its headline or its time.
    fn names_the_section(&mut self, name: &'p str, piece: &Piece<'p>, next: Option<&Kind<'_>>) -> bool {
        let first = self.items.is_empty() && self.open.is_none();
        let above = match next {
            Some(Kind::Short(_)) => first || piece.heading,
            Some(Kind::Stamp { .. } | Kind::Dateline { .. }) => true,
            _ => false,
        };
        if !above {
            return false;
        }
        if piece.heading {
            self.headline_alone();
        }
        let rubric = self.pending.is_some() || (self.headline.is_some() && !piece.heading);
        let timed = matches!(next, Some(Kind::Stamp { .. })) && !self.facts.before;
        if timed && !piece.heading && self.untimed().is_some() {
            return true;
        }
        if !first && !rubric {
            self.close();
            self.boundary();
        }
        self.section = Some(name);
        true
    }

    /// A line of the lead that is no subhead: it ends as sentences do, and is long or leads to no text.
    fn is_said(&self, text: &str, next: Option<&Kind<'_>>) -> bool {
        const LONGEST_SUBHEAD: usize = 8;
        let lead = self.open.as_ref().is_some_and(|open| open.role == Role::Lead) && !self.listing;
        let spoken = text.trim_end_matches(['"', '”', '’', '\'', '»', ')']);
        let ends = spoken.ends_with(['.', '!', '?', '…']);
        let words = text.split(' ').count();
        let leads_on = matches!(next, Some(Kind::Prose(_)));
        let dated = matches!(next, Some(Kind::Dateline { .. }));
        lead && ends
            && !dated
            && words > 3
            && (words > LONGEST_SUBHEAD || !leads_on || spoken.len() < text.len())
    }

    /// Whether the open item is a text that more may follow.
    fn in_text(&self) -> bool {
        let unfinished = |open: &Item<'_>| {
            let continues = open.stamp.is_none()
                || self.facts.before
                || self.opened_by_stamp
                || self.continues_behind(open);
            !open.paragraphs.is_empty() && continues
        };
        !self.sealed && self.open.as_ref().is_some_and(unfinished)
    }

    /// A single article prints its date between its paragraphs.
    fn continues_behind(&self, open: &Item<'_>) -> bool {
        let absolute = open.stamp.as_ref().is_some_and(|stamp| !stamp.is_age());
        (self.facts.stamps == 1 && absolute && !self.facts.headed)
            || (open.role == Role::Lead && !self.listing)
    }

    fn prose(&mut self, text: &'p str, piece: &Piece<'p>, next: &[Piece<'p>]) {
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
        if self.begins_item(next) {
            let mut item = self.begin(piece.line, piece.link);
            item.paragraphs.push(paragraph);
            self.replace(item);
        }
    }

    /// Whether prose without a dateline is an item: between ages, behind a time, or behind a headline and in front of
    /// a time.
    fn begins_item(&self, next: &[Piece<'p>]) -> bool {
        if !self.listing {
            return self.headline.is_some() && !self.facts.lead_dateline;
        }
        let stamped = self.stamped > 0
            || self.open.as_ref().is_some_and(|open| open.stamp.is_some())
            || (self.headline.is_some() && is_stamped(next));
        let listed = self.facts.ages || self.facts.stamps > 1;
        // Without any time, prose is news only where the rest of the page shows it to be a wire page.
        self.facts.stamps > 0 && (self.pending.is_some() || (listed && stamped) || self.facts.headed)
    }

    /// A new item with the headline and the stamp that wait for it.
    fn begin(&mut self, line: u32, link: Option<&'p str>) -> Item<'p> {
        let headline = self.headline.take();
        let mut item = Item {
            line: headline.map_or(line, |headline| headline.line),
            role: if self.listing { Role::Item } else { Role::Lead },
            headline: headline.map(|headline| furniture::without_credit(headline.text)),
            section: self.section,
            link: headline.and_then(|headline| headline.link),
            stamp: self.pending.take(),
            ..Item::default()
        };
        take_link(&mut item, link);
        item
    }

    fn replace(&mut self, item: Item<'p>) {
        self.close();
        self.sealed = false;
        self.opened_by_stamp = false;
        self.open = Some(item);
    }

    fn close(&mut self) {
        if let Some(item) = self.open.take() {
            let told = !item.paragraphs.is_empty() || (item.headline.is_some() && item.stamp.is_some());
            if told {
                self.complete(item);
            }
        }
    }

    fn complete(&mut self, item: Item<'p>) {
        self.listed += usize::from(item.role == Role::Item);
        self.stamped += usize::from(item.stamp.is_some());
        self.items.push(item);
    }

    fn finish(mut self, pieces: &[Piece<'p>]) -> (Vec<Item<'p>>, Vec<Note>) {
        if self.facts.before {
            self.headline_alone();
        }
        let textless =
            self.open.as_ref().filter(|open| open.dateline.is_some() && open.paragraphs.is_empty());
        let cut = textless.map(|open| Note::at(open.line, "the page is cut here").of_loss());
        self.close();
        self.cut(pieces);
        if self.notes.iter().all(|note| !note.message.starts_with("the page is cut")) {
            self.notes.extend(cut);
        }
        self.single();
        self.notes.sort();
        (self.items, self.notes)
    }

    /// Leaves out what a cut page holds of its last item. Nothing is invented for it.
    fn cut(&mut self, pieces: &[Piece<'p>]) {
        if let Some(line) = self.begun(pieces) {
            self.notes.push(Note::at(line, "the page is cut here").of_loss());
        }
        let Some(item) = self.items.last().filter(|item| item.role == Role::Item) else { return };
        let timeless = self.facts.ages && item.stamp.is_none();
        let others = self.items.len() > 1 || self.facts.headed;
        let unfinished = !self.facts.ages
            && others
            && is_unfinished(item)
            && !self.items.iter().rev().skip(1).any(is_unfinished);
        if timeless || unfinished {
            let message = "the page is cut inside this item; it was left out";
            self.notes.push(Note::at(item.line, message).of_loss());
            self.items.pop();
        }
    }

    /// The last line, where it begins an item of which there is no more: a headline, a part of a dateline or of a
    /// stamp.
    fn begun(&self, pieces: &[Piece<'_>]) -> Option<u32> {
        const LINES_IN_FRONT: usize = 2;
        let is_line = |piece: &&Piece<'_>| matches!(piece.kind, Kind::Short(_));
        let shown = || pieces.iter().rev().filter(|piece| is_shown(piece));
        let last = shown().next()?;
        let Kind::Short(text) = last.kind else { return None };
        let lines = shown().take_while(is_line).count();
        let before = shown().nth(lines).map(|piece| &piece.kind);
        let behind = matches!(before, Some(Kind::Stamp { .. } | Kind::Section(_)));
        let listed = (self.facts.ages || self.facts.headed) && !self.facts.before;
        let begins = listed && behind && lines <= LINES_IN_FRONT;
        (begins || stamp::is_cut(text) || section::is_cut_header(text)).then_some(last.line)
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

/// Whether a stamp stands behind a text, after a few paragraphs of it.
fn is_stamped(next: &[Piece<'_>]) -> bool {
    const PARAGRAPHS: usize = 8;
    let behind = next.iter().take(PARAGRAPHS).find(|piece| !matches!(piece.kind, Kind::Prose(_)));
    behind.is_some_and(|piece| matches!(&piece.kind, Kind::Stamp { stamp, .. } if !stamp.modified))
}

/// Of two stamps of one item the more exact one counts: an instant, then a moment of a known day.
fn more_exact<'p>(stamp: &mut Stamp<'p>, other: &Stamp<'p>) {
    let exactness = |stamp: &Stamp<'_>| match stamp.time {
        Time::Instant(_) => 3,
        Time::Moment(_) if stamp.is_clock() || stamp.is_bare_date() => 1,
        Time::Age(_) | Time::Hours(_) | Time::Moment(_) => 2,
        Time::Unread => 0,
    };
    if exactness(other) > exactness(stamp) {
        *stamp = other.clone();
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
    fn a_section_in_a_bare_word_is_no_headline() {
        case(
            "Sport\n\nURK (ANP) - Een zin over vissers.\n3 uur geleden\n\nMuziek\n\nGOES (ANP) - Nog een zin.\n4 uur geleden\n",
            &["- Een 3", "- Nog 4"],
        );
        // The rubric of one item, between its headline and its time.
        case(
            "Trainer vertrekt\nVoetbal\n2 uur geleden\nDe ploeg zoekt een ander. Die moet er snel zijn.\n\
             Orkest speelt\nMuziek\n3 uur geleden\nDe zaal wordt verbouwd. Dat duurt lang.\n",
            &["Trainer De 2", "Orkest De 3"],
        );
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
