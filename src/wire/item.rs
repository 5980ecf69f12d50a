//! One thing the page tells, in the page's own words.

use super::dateline::{Credit, Dateline};
use super::section::Ticker;
use super::stamp::{Stamp, Time};

/// A news item as the page prints it. Everything borrows from the page.
#[derive(Debug, Clone, Default)]
pub struct Item<'p> {
    /// Line of the page on which it begins, from 1.
    pub line: u32,
    /// What part it plays on the page.
    pub role: Role,
    /// Its headline, where the page prints one.
    pub headline: Option<&'p str>,
    /// Its dateline, where the page prints one.
    pub dateline: Option<Dateline<'p>>,
    /// Its text, without headline and dateline.
    pub paragraphs: Vec<Paragraph<'p>>,
    /// The section it stands in.
    pub section: Option<&'p str>,
    /// Further ones, where the page has it in several.
    pub sections: Vec<&'p str>,
    /// Its address as printed.
    pub link: Option<&'p str>,
    /// When it appeared, as printed.
    pub stamp: Option<Stamp<'p>>,
    /// When it was changed, as printed.
    pub modified: Option<Stamp<'p>>,
    /// When it appeared, as the markup tells machines.
    pub machine: Vec<Time>,
    /// Agencies that stand beside it and not in its dateline.
    pub credits: Vec<Credit<'p>>,
}

/// What part an item plays on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// One of the short items.
    #[default]
    Item,
    /// The article that the page is about.
    Lead,
    /// A line of the ticker.
    Ticker,
}

/// A paragraph of an item's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph<'p> {
    /// The text, without white space at its ends.
    pub text: &'p str,
    /// A subhead: a short line between two paragraphs.
    pub subhead: bool,
}

impl<'p> Item<'p> {
    /// The places of its dateline as printed.
    pub fn places(&self) -> &[&'p str] {
        self.dateline.as_ref().map_or(&[], |dateline| &dateline.places)
    }

    pub(super) fn from_ticker(ticker: Ticker<'p>, line: u32, link: Option<&'p str>) -> Self {
        let moment = super::moment::Moment { day: super::day::Day::Unsaid, clock: ticker.clock };
        let time = super::stamp::Time::Moment(moment);
        let stamp = Stamp::new(ticker.printed, time, line);
        Self {
            line,
            role: Role::Ticker,
            headline: Some(ticker.text),
            section: ticker.rubric,
            link,
            stamp: Some(stamp),
            ..Self::default()
        }
    }
}
