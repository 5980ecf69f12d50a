//! What an entry says, as it is kept: the page's words, ready to be rendered again.

use rusqlite::Row;
use sha1::{Digest, Sha1};

use crate::entry::Sighting;
use crate::wire::agency;
use crate::wire::dateline::{Credit, Dateline};
use crate::wire::item::{Item, Paragraph};

/// One wording of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// Its headline, where it has one.
    pub headline: Option<String>,
    /// A kicker in front of the dateline.
    pub kicker: Option<String>,
    /// The dateline as printed.
    pub dateline: Option<String>,
    /// The codes of its agencies, one a line.
    pub agencies: String,
    /// Its paragraphs, one a line, a tab in front of a subhead. No text of a page holds either.
    pub paragraphs: String,
    /// Where it can be read.
    pub link: Option<String>,
}

impl Wording {
    pub(super) const COLUMNS: &str = "headline, kicker, dateline, agencies, paragraphs, link";

    /// Reads the columns, the first of them at `from`.
    pub(super) fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            headline: row.get(from)?,
            kicker: row.get(from + 1)?,
            dateline: row.get(from + 2)?,
            agencies: row.get(from + 3)?,
            paragraphs: row.get(from + 4)?,
            link: row.get(from + 5)?,
        })
    }

    pub(super) fn of(sighting: &Sighting<'_, '_>) -> Self {
        let item = sighting.item;
        let dateline = item.dateline.as_ref();
        let credits = dateline.map_or(&[][..], |dateline| &dateline.agencies);
        let mut paragraphs = String::new();
        for (at, paragraph) in item.paragraphs.iter().enumerate() {
            paragraphs.push_str(if at > 0 { "\n" } else { "" });
            paragraphs.push_str(if paragraph.subhead { "\t" } else { "" });
            paragraphs.push_str(paragraph.text);
        }
        Self {
            headline: item.headline.map(str::to_owned),
            kicker: dateline.and_then(|dateline| dateline.kicker).map(str::to_owned),
            dateline: dateline.map(|dateline| dateline.printed.to_owned()),
            agencies: credits.iter().map(|credit| credit.code).collect::<Vec<_>>().join("\n"),
            paragraphs,
            link: sighting.link.as_ref().map(url::Url::to_string),
        }
    }

    /// What tells one wording from the next: all that an entry shows of it but its link.
    pub(super) fn digest(&self) -> [u8; 20] {
        let mut hash = Sha1::new();
        hash.update(self.headline.as_deref().unwrap_or_default());
        hash.update([0]);
        let dateline = [self.kicker.as_deref(), self.dateline.as_deref()];
        for (at, part) in dateline.into_iter().flatten().enumerate() {
            hash.update(if at > 0 { " " } else { "" });
            hash.update(part);
        }
        hash.update([0]);
        hash.update(&self.paragraphs);
        hash.update([0]);
        hash.finalize().into()
    }

    /// The item again, as if the page were there.
    pub(super) fn item(&self) -> Item<'_> {
        let agencies = lines(&self.agencies).map(|code| Credit { code, agency: agency::find(code) });
        let dateline = self.dateline.as_deref().map(|printed| Dateline {
            printed,
            kicker: self.kicker.as_deref(),
            places: Vec::new(),
            agencies: agencies.collect(),
        });
        Item {
            headline: self.headline.as_deref(),
            dateline,
            paragraphs: self.paragraphs().collect(),
            ..Item::default()
        }
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = Paragraph<'_>> {
        lines(&self.paragraphs).map(|line| match line.strip_prefix('\t') {
            Some(text) => Paragraph { text, subhead: true },
            None => Paragraph { text: line, subhead: false },
        })
    }

    /// What it is compared by: its text, or the headline where that is all.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let headline = self.headline.as_deref().filter(|_| self.paragraphs.is_empty());
        self.paragraphs().map(|paragraph| paragraph.text).chain(headline)
    }
}

/// The lines of a column; none of an empty one.
pub(super) fn lines(column: &str) -> impl Iterator<Item = &str> {
    column.split('\n').filter(|line| !line.is_empty())
}
