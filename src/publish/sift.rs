//! What a page said that may not be published: it is found, left out and told, and the rest is published.

use std::mem;

use super::folder::{Compared, Folder};
use super::{Error, gate};
use crate::entry::Entry;
use crate::feed::Feed;
use crate::format::Format;
use crate::note::{Note, quote};
use crate::parallel;

/// Files by their paths in the folder.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// A feed that becomes files.
pub(super) struct Edition<'e> {
    pub(super) feed: &'e mut Feed,
    /// In which formats.
    pub(super) formats: &'e [Format],
    /// Makes its files, one a format.
    pub(super) files: &'e dyn Fn(&mut Feed) -> Result<Files, Error>,
    /// The same feed without entries, and without what a page says of itself.
    pub(super) plain: &'e dyn Fn() -> Feed,
}

/// Makes the files of a feed. What keeps one of them from being published is left out of the feed, and so of all.
pub(super) fn files(folder: &Folder, edition: Edition<'_>) -> Result<Vec<Compared>, Error> {
    let Edition { feed, formats, files, plain } = edition;
    let judged = parallel::map_large(files(feed)?, |(path, bytes)| {
        let file = folder.compare(path, bytes)?;
        Ok::<_, Error>((folder.judge(&file).is_ok(), file))
    });
    let judged = judged.into_iter().collect::<Result<Vec<_>, _>>()?;
    if judged.iter().all(|(is_well, _)| *is_well) {
        return Ok(judged.into_iter().map(|(_, file)| file).collect());
    }
    drop(judged);
    let judge = |feed: &Feed| formats.iter().try_for_each(|format| gate::judge(feed, format));
    folder.leave_out(sift(feed, &plain(), &judge));
    let compared = files(feed)?.into_iter().map(|(path, bytes)| folder.compare(path, bytes));
    // The last defence: what is wrong with a file all the same keeps everything from being published.
    compared.map(|file| file.inspect(|file| folder.refuse(file))).collect()
}

type Judge<'j> = &'j dyn Fn(&Feed) -> Result<(), String>;

/// Takes from a feed what is wrong with it, and tells of it. Reads the feed a few times for each entry at fault, however
/// many there are.
fn sift(feed: &mut Feed, plain: &Feed, judge: Judge<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let entries = mem::take(&mut feed.entries);
    if let Err(why) = judge(feed) {
        let title = quote(&feed.title, TITLE);
        feed.title.clone_from(&plain.title);
        feed.author.clone_from(&plain.author);
        if judge(feed).is_err() {
            // It is not the page that is at fault.
            feed.entries = entries;
            return notes;
        }
        notes.push(lost(format!("the title \"{title}\" was not taken over: {why}")));
    }
    feed.entries = halves(feed, entries, judge, &mut notes);
    while let (Err(why), false) = (judge(feed), feed.entries.is_empty()) {
        let together = feed.entries.split_off(feed.entries.len() / 2);
        let told =
            together.iter().map(|entry| lost(format!("{} was left out: the feed {why}", called(entry))));
        notes.extend(told);
    }
    notes
}

/// The entries that are well, each by itself: where some are not, each half of them is looked at alone.
fn halves(feed: &mut Feed, entries: Vec<Entry>, judge: Judge<'_>, notes: &mut Vec<Note>) -> Vec<Entry> {
    feed.entries = entries;
    let judgement = judge(feed);
    let mut entries = mem::take(&mut feed.entries);
    let Err(why) = judgement else { return entries };
    if entries.len() < 2 {
        return entries.pop().and_then(|entry| alone(feed, entry, &why, judge, notes)).into_iter().collect();
    }
    let later = entries.split_off(entries.len() / 2);
    let mut well = halves(feed, entries, judge, notes);
    well.extend(halves(feed, later, judge, notes));
    well
}

/// An entry at fault, without its link where that is the fault.
fn alone(
    feed: &mut Feed,
    mut entry: Entry,
    why: &str,
    judge: Judge<'_>,
    notes: &mut Vec<Note>,
) -> Option<Entry> {
    let name = called(&entry);
    let had_link = entry.link.take().is_some();
    feed.entries.push(entry);
    let is_well = had_link && judge(feed).is_ok();
    let entry = feed.entries.pop();
    let what = if is_well { "is published without its link" } else { "was left out" };
    notes.push(lost(format!("{name} {what}: {why}")));
    entry.filter(|_| is_well)
}

/// So many characters of a title are told.
const TITLE: usize = 60;

fn called(entry: &Entry) -> String {
    format!("entry {} \"{}\"", entry.id.urn(), quote(&entry.title, TITLE))
}

fn lost(message: String) -> Note {
    Note::general(message).of_loss()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use uuid::Uuid;

    use super::*;
    use crate::entry::Author;
    use crate::feed::{self, Channel, Source};
    use crate::format::FORMATS;
    use crate::link::Uri;
    use crate::resolve::{self, Instant};
    use crate::wire::item::Role;

    fn time(text: &str) -> Instant {
        resolve::capture(&chrono::DateTime::parse_from_rfc3339(text).expect("a time"))
    }

    fn entry(number: u128, title: &str) -> Entry {
        Entry {
            id: Uuid::from_u128(number),
            title: title.to_owned(),
            link: Some(Uri::of("https://example.nl/x")),
            published: Some(time("2026-02-10T14:05:00+01:00")),
            updated: time("2026-02-10T14:05:00+01:00"),
            window: None,
            places: Vec::new(),
            sections: Vec::new(),
            agencies: Vec::new(),
            content: "<p>x</p>".to_owned(),
            role: Role::Item,
        }
    }

    fn feed(title: &str, entries: Vec<Entry>) -> Feed {
        let source = Source { title: Some("Nieuws"), ..Source::default() };
        let mut feed = feed::feed(&Channel::default(), source, entries, time("2026-02-10T14:05:00+01:00"));
        feed.title = title.to_owned();
        feed.link = Some(Uri::of("https://example.nl/"));
        feed
    }

    fn by_gate(feed: &Feed) -> Result<(), String> {
        FORMATS.iter().try_for_each(|format| gate::judge(feed, format))
    }

    fn titles(feed: &Feed) -> Vec<&str> {
        feed.entries.iter().map(|entry| entry.title.as_str()).collect()
    }

    /// Texts that a page may hold, wherever it holds them: the gate lets them through.
    #[test]
    fn no_text_of_a_page_is_kept_from_being_published() {
        let long = "x".repeat(100_000);
        for text in [
            "]]>",
            "<![CDATA[ <!-- ?> %s &amp; &#1; &nbsp; <script>alert(1)</script>",
            "\"'><a href='javascript:x'>",
            "a@example.nl (A. Visser) 500 Internal Server Error",
            "\u{fffd}\u{85}\u{9f}\u{fdd0}\u{10ffff}\u{202e}\u{feff}\u{ad}\u{200d}👩",
            " spaces\taround\nlines ",
            "\u{a0}",
            "",
            long.as_str(),
        ] {
            let mut hostile = entry(1, text);
            hostile.content = format!("<p>{text}</p>");
            hostile.places = vec![text.to_owned(), text.to_owned()];
            hostile.sections = vec![text.to_owned()];
            hostile.agencies = vec![Author::named(text), Author::named("ANP"), Author::named("ANP")];
            hostile.link = Some(Uri::of(&format!("https://example.nl/{text}")));
            let mut feed = feed(text, vec![hostile.clone(), Entry { id: Uuid::from_u128(2), ..hostile }]);
            feed.author = text.to_owned();
            feed.subtitle = Some(text.to_owned());
            assert_eq!(by_gate(&feed), Ok(()), "{text:.60}");
        }
        for moment in
            ["0001-01-01T00:00:00Z", "1836-05-12T12:00:00Z", "1937-07-01T00:00:00Z", "9998-12-31T23:59:59Z"]
        {
            let dated = Entry { published: Some(time(moment)), updated: time(moment), ..entry(1, "x") };
            assert_eq!(by_gate(&feed("x", vec![dated])), Ok(()), "{moment}");
        }
    }

    #[test]
    fn an_entry_costs_itself() {
        let (bad, plain) = ("slecht\u{1}", feed("example.org", Vec::new()));
        let mut mixed =
            feed("Nieuws", vec![entry(1, "a"), entry(2, bad), entry(3, "b"), entry(4, bad), entry(5, "c")]);
        let notes = sift(&mut mixed, &plain, &by_gate);
        assert_eq!((titles(&mixed), mixed.title.as_str()), (vec!["a", "b", "c"], "Nieuws"));
        assert_eq!(by_gate(&mixed), Ok(()));
        for (note, number) in notes.iter().zip(["0002", "0004"]) {
            assert!(note.message.contains(&format!("{number} \"slecht\u{1}\" was left out: ")), "{notes:?}");
        }
        assert_eq!(notes.len(), 2);
        for change in [
            |entry: &mut Entry| entry.content.push('\u{ffff}'),
            |entry: &mut Entry| entry.places.push("\u{b}".to_owned()),
            |entry: &mut Entry| entry.agencies.push(Author::named("\u{7}")),
        ] {
            let mut entries = vec![entry(1, "a"), entry(2, "b")];
            change(&mut entries[0]);
            let mut feed = feed("Nieuws", entries);
            assert_eq!(sift(&mut feed, &plain, &by_gate).len(), 1);
            assert_eq!(titles(&feed), ["b"]);
        }
    }

    #[test]
    fn a_link_costs_itself() {
        let judge = |feed: &Feed| {
            let bad = |entry: &Entry| entry.link.as_deref().is_some_and(|link| link.ends_with("bad"));
            if feed.entries.iter().any(bad) { Err("is bad".to_owned()) } else { Ok(()) }
        };
        let linked = Entry { link: Some(Uri::of("https://example.nl/bad")), ..entry(2, "b") };
        let plain = feed("x", Vec::new());
        let mut feed = feed("x", vec![entry(1, "a"), linked, entry(3, "c")]);
        let notes = sift(&mut feed, &plain, &judge);
        assert_eq!(titles(&feed), ["a", "b", "c"]);
        assert!(feed.entries[1].link.is_none() && feed.entries[2].link.is_some());
        assert!(notes[0].message.contains("is published without its link: is bad"), "{notes:?}");
    }

    #[test]
    fn a_title_costs_itself() {
        let mut feed = feed("slecht\u{1}", vec![entry(1, "a")]);
        feed.author = "slecht\u{1}".to_owned();
        let plain =
            Feed { title: "example.org".to_owned(), author: "example.org".to_owned(), ..feed.clone() };
        let notes = sift(&mut feed, &plain, &by_gate);
        assert_eq!((feed.title.as_str(), titles(&feed)), ("example.org", vec!["a"]));
        assert!(notes.len() == 1 && notes[0].message.contains("was not taken over"), "{notes:?}");
        // Where that is no help the entries are not at fault.
        let mut refused = Feed { title: "slecht\u{1}".to_owned(), ..feed.clone() };
        let notes = sift(&mut refused, &Feed { title: "\u{1}".to_owned(), ..feed }, &by_gate);
        assert_eq!((notes.len(), titles(&refused)), (0, vec!["a"]));
    }

    /// Such as a feed that is too large to be checked.
    #[test]
    fn what_is_too_much_together_is_cut_at_its_end() {
        let judge =
            |feed: &Feed| if feed.entries.len() > 3 { Err("has too many".to_owned()) } else { Ok(()) };
        let plain = feed("x", Vec::new());
        let mut feed = feed("x", (1..=10).map(|number| entry(number, "a")).collect());
        let notes = sift(&mut feed, &plain, &judge);
        assert_eq!(feed.entries.iter().map(|entry| entry.id.as_u128()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(notes.len(), 8);
    }

    #[test]
    fn a_few_at_fault_are_found_in_a_few_readings() {
        let read = Cell::new(0);
        let judge = |feed: &Feed| {
            read.set(read.get() + feed.entries.len());
            if feed.entries.iter().any(|entry| entry.title == "bad") {
                Err("is bad".to_owned())
            } else {
                Ok(())
            }
        };
        let entries = (0..4_096).map(|number| entry(number, if number == 1_234 { "bad" } else { "good" }));
        let plain = feed("x", Vec::new());
        let mut feed = feed("x", entries.collect());
        sift(&mut feed, &plain, &judge);
        assert_eq!(feed.entries.len(), 4_095);
        assert!(read.get() < 5 * 4_096, "{} entries were read", read.get());
    }
}
