//! Items to entries: lasting id, title, content, times.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::Duration;
use sha1::{Digest, Sha1};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use url::Url;
use uuid::Uuid;

use crate::content::{Amount, Renderer};
use crate::link::{self, Addresses, MAX_ADDRESS, Uri};
use crate::note::{self, Note, quote};
use crate::parallel;
use crate::resolve::{self, Instant, Reading, Timed, Window};
use crate::wire::agency::{AGENCIES, Agency};
use crate::wire::dateline::Credit;
use crate::wire::item::{Item, Role};
use crate::wire::{place, sentence};

/// One entry of a feed, before any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// UUID version 5 (RFC 9562 5.5) over the link, else over places and text. Never from the time.
    pub id: Uuid,
    /// Plain text, never empty.
    pub title: String,
    /// Absolute address of the item.
    pub link: Option<Uri>,
    /// What the page says of its first publication, in Amsterdam time.
    pub published: Option<Instant>,
    /// The last change: never empty, and of no other entry on the page while there is room.
    pub updated: Instant,
    /// Between which seconds it was published.
    pub window: Option<Window>,
    /// The places of the dateline, readable.
    pub places: Vec<String>,
    /// The sections of the page it stands in.
    pub sections: Vec<String>,
    /// The agencies of the dateline in its order.
    pub agencies: Vec<Author>,
    /// HTML from `templates/entry.html`.
    pub content: String,
    /// What part it plays on its page.
    pub role: Role,
}

/// An agency as an author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Its name, or the code as printed where it is not known.
    pub name: Cow<'static, str>,
    /// Its code as printed.
    pub code: Cow<'static, str>,
    /// Its home page.
    pub home: Option<&'static str>,
}

impl Author {
    /// The agency with this name, or an unknown one.
    pub fn named(name: &str) -> Self {
        match AGENCIES.iter().find(|agency| agency.name == name) {
            Some(agency) => Self::of(agency),
            None => Self { name: name.to_owned().into(), code: name.to_owned().into(), home: None },
        }
    }

    fn of(agency: &'static Agency) -> Self {
        Self { name: agency.name.into(), code: agency.code.into(), home: Some(agency.home) }
    }

    fn credited(credit: &Credit<'_>) -> Self {
        let author = credit.agency.map_or_else(|| Self::named(credit.code), Self::of);
        // Some agencies are printed in several ways.
        if author.code == credit.code {
            author
        } else {
            Self { code: credit.code.to_owned().into(), ..author }
        }
    }
}

/// The namespace of wirefeed's ids: UUID version 5 of `wirefeed` in the DNS namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x767b_b7ce_a8b4_581a_a820_bffd_3cdb_3604);

/// A title made of a text is no longer, in characters.
const LONGEST_TITLE: usize = 100;

/// What a page tells of one item, its times resolved: what an entry is made of, and what a history keeps.
#[derive(Debug, Clone)]
pub struct Sighting<'i, 'p> {
    /// The item in the page's words.
    pub item: &'i Item<'p>,
    /// Its places, readable.
    pub places: Vec<String>,
    /// Every section in which the page has it.
    pub sections: Vec<&'p str>,
    /// UUID version 5 over places and text.
    pub text_id: Uuid,
    /// UUID version 5 over its link, where no other item of the page has that.
    pub link_id: Option<Uuid>,
    /// Where it can be read.
    pub link: Option<Url>,
    /// Between which seconds the page says that it was published.
    pub window: Option<Window>,
    /// The second in the window that stands for it; items of one page keep the page's order.
    pub published: Option<Instant>,
    /// `published`, a later change that the page prints, or the capture less the item's place in seconds.
    pub updated: Instant,
}

impl Sighting<'_, '_> {
    /// The id that the page alone gives the item.
    pub fn id(&self) -> Uuid {
        self.link_id.unwrap_or(self.text_id)
    }
}

/// What a page tells, in its order. An item that stands twice on the page is one sighting with both sections.
pub fn sightings<'i, 'p>(
    items: &'i [Item<'p>],
    captured: Instant,
    addresses: &Addresses,
) -> (Vec<Sighting<'i, 'p>>, Vec<Note>) {
    let (drafts, mut notes) = drafts(items);
    let readings: Vec<_> = drafts
        .iter()
        .map(|draft| reading(draft.dated, captured, addresses.page.as_ref(), &mut notes))
        .collect();
    let times = resolve::spread(&readings, captured);
    let links = links(&drafts, addresses, &mut notes);
    let changes = changes(&drafts, &times, captured);
    let parts = drafts.into_iter().zip(links).zip(readings).zip(times).zip(changes);
    let sightings = parts.map(|((((draft, (link, link_id)), reading), timed), updated)| Sighting {
        item: draft.item,
        places: draft.places,
        sections: draft.sections,
        text_id: draft.id,
        link_id,
        link,
        window: reading.map(|reading| reading.window),
        published: timed.published,
        updated,
    });
    (sightings.collect(), notes)
}

/// Makes an entry of each, newest first, those without a time behind them.
pub fn entries(sightings: Vec<Sighting<'_, '_>>, amount: Amount) -> Result<Vec<Entry>, minijinja::Error> {
    let renderer = Renderer::new(amount)?;
    let made = parallel::map(sightings, |sighting| {
        let item = sighting.item;
        Ok(Entry {
            id: sighting.id(),
            title: title(item),
            link: sighting.link.as_ref().map(Uri::from),
            published: sighting.published,
            updated: sighting.updated,
            window: sighting.window,
            agencies: authors(item),
            content: renderer.html(item)?,
            role: item.role,
            places: sighting.places,
            sections: sighting.sections.into_iter().map(str::to_owned).collect(),
        })
    });
    let mut entries = made.into_iter().collect::<Result<Vec<_>, minijinja::Error>>()?;
    entries
        .sort_by_key(|entry| (entry.published.is_none(), Reverse(entry.published.unwrap_or(entry.updated))));
    Ok(entries)
}

/// An item with what its id needs.
struct Draft<'i, 'p> {
    item: &'i Item<'p>,
    /// The one of its repeats that has a stamp.
    dated: &'i Item<'p>,
    places: Vec<String>,
    sections: Vec<&'p str>,
    id: Uuid,
}

/// The items without their repeats.
fn drafts<'i, 'p>(items: &'i [Item<'p>]) -> (Vec<Draft<'i, 'p>>, Vec<Note>) {
    let mut drafts: Vec<Draft<'i, 'p>> = Vec::with_capacity(items.len());
    let mut seen: HashMap<Uuid, usize> = HashMap::with_capacity(items.len());
    let mut further: HashSet<(usize, &str)> = HashSet::new();
    let mut notes = Vec::new();
    let named = parallel::map(items.iter().collect(), |item| {
        let places: Vec<_> = item.places().iter().map(|name| place::readable(name)).collect();
        let id = text_id(item, &places);
        (places, id)
    });
    for (item, (places, id)) in items.iter().zip(named) {
        let repeat = seen.get(&id).and_then(|&at| Some((at, drafts.get_mut(at)?)));
        if let Some((at, first)) = repeat.filter(|(_, first)| !are_two(first.item, item)) {
            let new =
                |section: &&'p str| first.sections.first() != Some(section) && further.insert((at, section));
            let section = item.section.filter(new);
            first.sections.extend(section);
            // The one with a headline is shown, the one with a stamp is dated.
            if first.item.headline.is_none() && item.headline.is_some() {
                first.item = item;
            }
            if first.dated.stamp.is_none() {
                first.dated = item;
            }
            let message = "this item stands on the page twice and is one entry";
            note::keep(&mut notes, Note::at(item.line, message));
            continue;
        }
        seen.insert(id, drafts.len());
        drafts.push(Draft {
            item,
            dated: item,
            places,
            sections: item.section.into_iter().chain(item.sections.iter().copied()).collect(),
            id,
        });
    }
    (drafts, notes)
}

/// Whether items with one text are two all the same: each has a headline and a link of its own, as the cards of a column
/// with a fixed text have.
fn are_two(one: &Item<'_>, other: &Item<'_>) -> bool {
    one.link.is_some() && other.link.is_some() && one.link != other.link && one.headline != other.headline
}

/// The id of an item without a link of its own: over its places and its whole text, in NFC, white space folded.
pub(crate) fn text_id(item: &Item<'_>, places: &[String]) -> Uuid {
    let mut hash = Sha1::new_with_prefix(NAMESPACE.as_bytes());
    hash.update(b"text");
    for place in places {
        hash.update(b"\n");
        update(&mut hash, place);
    }
    let paragraphs = item.paragraphs.iter().map(|paragraph| paragraph.text);
    let headline = item.headline.filter(|_| item.paragraphs.is_empty());
    for text in paragraphs.chain(headline) {
        // How a text is cut into lines is the page's markup, not the text.
        hash.update(b" ");
        update(&mut hash, text);
    }
    finish(hash)
}

fn link_id(link: &Url) -> Uuid {
    let mut hash = Sha1::new_with_prefix(NAMESPACE.as_bytes());
    hash.update(b"link\n");
    hash.update(link.as_str());
    finish(hash)
}

/// Another id, made of an id that is taken.
pub(crate) fn next_id(taken: Uuid) -> Uuid {
    let mut hash = Sha1::new_with_prefix(NAMESPACE.as_bytes());
    hash.update(b"next\n");
    hash.update(taken.as_bytes());
    finish(hash)
}

/// The id of a feed, over its address or its title.
pub(crate) fn feed_id(name: &str) -> Uuid {
    let mut hash = Sha1::new_with_prefix(NAMESPACE.as_bytes());
    hash.update(b"feed\n");
    update(&mut hash, name);
    finish(hash)
}

fn update(hash: &mut Sha1, text: &str) {
    // Below U+0300 every text is in NFC; that character's first byte is 0xCC.
    let plain = text.bytes().fold(0, u8::max) < 0xCC;
    if plain || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        hash.update(text.as_bytes());
    } else {
        hash.update(text.nfc().collect::<String>().as_bytes());
    }
}

fn finish(hash: Sha1) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_sha1_bytes(bytes).into_uuid()
}

/// What an item's stamp says, and what its markup says for machines where that agrees with the print. A lead without
/// either may have its date in its address.
fn reading(item: &Item<'_>, captured: Instant, page: Option<&Url>, notes: &mut Vec<Note>) -> Option<Reading> {
    let printed = item.stamp.as_ref().and_then(|stamp| {
        resolve::resolve(&stamp.time, captured)
            .inspect_err(|why| {
                let message = format!("\"{}\" {why}; the item has no time", quote(stamp.printed, 60));
                note::keep(notes, Note::at(stamp.line, message));
            })
            .ok()
    });
    let machine = resolve::exact(&item.machine, printed.as_ref(), captured);
    if machine.is_none() && printed.is_some() && !item.machine.is_empty() {
        note::keep(
            notes,
            Note::at(item.line, "the time in the markup is not the printed one, which was taken"),
        );
    }
    machine.or(printed).or_else(|| {
        let address = page.filter(|_| item.role == Role::Lead)?;
        dated_address(address).and_then(|time| resolve::resolve(&time, captured).ok())
    })
}

/// The date in an address that ends in `-ANP` and day, month, year and a serial: `…-ANP141221005`.
fn dated_address(page: &Url) -> Option<crate::wire::stamp::Time> {
    use crate::wire::clock::Clock;
    use crate::wire::day::Day;
    use crate::wire::moment::Moment;
    let name = page.path_segments()?.rfind(|segment| !segment.is_empty())?;
    let (_, digits) = name.rsplit_once("-ANP")?;
    let number = |at: usize| digits.get(at..at + 2)?.parse::<u32>().ok();
    let year = i32::try_from(2000 + number(4)?).ok()?;
    let date = chrono::NaiveDate::from_ymd_opt(year, number(2)?, number(0)?)?;
    Some(crate::wire::stamp::Time::Moment(Moment { day: Day::Date(date), clock: Clock::Unsaid }))
}

/// Where each item can be read, and its id over that where no other item of the page has it.
fn links(
    drafts: &[Draft<'_, '_>],
    addresses: &Addresses,
    notes: &mut Vec<Note>,
) -> Vec<(Option<Url>, Option<Uuid>)> {
    let page = addresses.page.as_ref().and_then(|page| link::resolve(page.as_str(), None));
    let mut room = addresses.room;
    let own: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let own = own_link(draft.item, addresses, page.as_ref(), notes);
            own.filter(|own| has_room(own, &mut room, draft.item, notes))
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for link in own.iter().flatten() {
        *counts.entry(link.as_str()).or_default() += 1;
    }
    let is_unique = |link: &&Url| counts.get(link.as_str()) == Some(&1);
    let ids: Vec<_> = own.iter().map(|link| link.as_ref().filter(is_unique).map(link_id)).collect();
    let links = own.into_iter().zip(drafts).map(|(own, draft)| {
        // The page is where its lead can be read, but the next lead will be there too: no id.
        let page = addresses.page.as_ref().filter(|_| draft.item.role == Role::Lead);
        own.or_else(|| page.filter(|page| has_room(page, &mut room, draft.item, notes)).cloned())
    });
    links.zip(ids).collect()
}

/// The address that an item has for itself.
fn own_link(
    item: &Item<'_>,
    addresses: &Addresses,
    page: Option<&Url>,
    notes: &mut Vec<Note>,
) -> Option<Url> {
    let url = link::parse(item.link?, addresses.base.as_ref())?;
    if !link::fits(&url) {
        let message = format!("its address grows longer than {MAX_ADDRESS} bytes and was left out");
        note::keep(notes, Note::at(item.line, message).of_loss());
        return None;
    }
    Some(url).filter(|url| link::is_of_item(url, page))
}

/// Takes the room of an address, where there still is some.
fn has_room(url: &Url, room: &mut usize, item: &Item<'_>, notes: &mut Vec<Note>) -> bool {
    let left = room.checked_sub(url.as_str().len());
    if left.is_none() {
        let message = "its address was left out; those of the page take more room than the page itself";
        note::keep(notes, Note::at(item.line, message).of_loss());
    }
    *room = left.unwrap_or(*room);
    left.is_some()
}

/// When each item was last changed: as the page says, else when it appeared; no two at one moment while there is
/// room in the minute of the change.
fn changes(drafts: &[Draft<'_, '_>], times: &[Timed], captured: Instant) -> Vec<Instant> {
    let mut used: HashSet<i64> = HashSet::new();
    let changed = drafts.iter().zip(times).map(|(draft, timed)| {
        let printed = changed(draft.dated, captured).filter(|time| *time > timed.updated)?;
        if used.is_empty() {
            used.extend(times.iter().map(|timed| timed.updated.timestamp()));
        }
        let seconds = (0..60).find(|second| !used.contains(&(printed.timestamp() + second)));
        let time = (printed + Duration::seconds(seconds.unwrap_or(0))).min(captured);
        used.insert(time.timestamp());
        Some(time)
    });
    let changed: Vec<_> = changed.collect();
    changed.into_iter().zip(times).map(|(changed, timed)| changed.unwrap_or(timed.updated)).collect()
}

/// When the page says that an item was changed.
fn changed(item: &Item<'_>, captured: Instant) -> Option<Instant> {
    let stamp = item.modified.as_ref()?;
    resolve::resolve(&stamp.time, captured).ok().map(|reading| reading.published)
}

pub(crate) fn authors(item: &Item<'_>) -> Vec<Author> {
    let credits = item.dateline.as_ref().map_or(&[][..], |dateline| &dateline.agencies);
    credits.iter().chain(&item.credits).map(Author::credited).collect()
}

/// The headline, else the first sentence.
pub(crate) fn title(item: &Item<'_>) -> String {
    let text = item.headline.unwrap_or_else(|| {
        let first = item.paragraphs.iter().map(|paragraph| paragraph.text).find(|text| !text.is_empty());
        sentence::first(first.unwrap_or("…"))
    });
    if item.headline.is_some() { text.to_owned() } else { sentence::cut(text, LONGEST_TITLE) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{self, Markup};
    use crate::wire;

    /// What is told of a page of HTML, and what was odd.
    fn told(html: &str) -> (Vec<Option<Url>>, Vec<Note>) {
        let page = page::read(html.as_bytes(), Markup::Html, None);
        let (items, _) = wire::items(&page);
        let captured = resolve::local(chrono::NaiveDateTime::default()).expect("a time");
        let (sightings, notes) = sightings(&items, captured, &Addresses::of(&page, None));
        (sightings.into_iter().map(|sighting| sighting.link).collect(), notes)
    }

    #[test]
    fn a_long_base_does_not_grow_with_the_items() {
        let item = |at| format!("<p><a href={at}>KYIV (ANP) - Tekst {at} over.</a><p>5 minuten geleden");
        let items: Vec<_> = (0..2_000).map(item).collect();
        let page = format!("<base href=https://example.nl/{}/>{}", "x".repeat(4_000), items.concat());
        let (links, notes) = told(&page);
        let room: usize = links.iter().flatten().map(|link| link.as_str().len()).sum();
        assert!(links.len() == 2_000 && (1_000_000..2_000_000).contains(&room), "{room} bytes");
        assert_eq!(notes.len(), 1_001);
    }

    #[test]
    fn an_item_keeps_every_section_once() {
        let item = "KYIV (ANP) - Tekst over de stad.<p>5 minuten geleden";
        let page: String =
            ["Sport", "Urk", "Sport", "Goes"].map(|name| format!("<p>Meer uit {name}<p>{item}")).concat();
        let page = page::read(page.as_bytes(), Markup::Html, None);
        let (items, _) = wire::items(&page);
        assert_eq!(drafts(&items).0[0].sections, ["Sport", "Urk", "Goes"]);
    }
}
