//! What has to be known of a whole page before its pieces are put together.

use super::piece::{Kind, Piece, Stands};
use super::stamp;

/// What has to be known of the whole page before its first piece is read.
#[derive(Debug, Default, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a plain fact of the page, and none rules out another"
)]
pub(super) struct Facts {
    /// A section header stands on the page: what comes before it is the lead.
    pub(super) headed: bool,
    /// How many stamps tell of a first publication.
    pub(super) stamps: usize,
    /// Several stamps are bare dates, and none is anything else: they are the items'.
    pub(super) dated: bool,
    /// Times of day stand on the page: a bare date over them is their day.
    pub(super) clocks: bool,
    /// Some stamp is an age.
    pub(super) ages: bool,
    /// One stands before the first section header: the lead begins there.
    pub(super) lead_dateline: bool,
    /// The last piece is a stamp: stamps stand behind their items.
    pub(super) ends_in_stamp: bool,
    /// Stamps stand before their items.
    pub(super) before: bool,
}

impl Facts {
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let mut facts = Self::default();
        let mut sides = Sides::default();
        let mut last = None;
        let mut dates = 0;
        let mut others = 0;
        for piece in pieces.iter().filter(|piece| is_shown(piece)) {
            sides.count(piece);
            last = Some(piece);
            facts.ends_in_stamp = false;
            match &piece.kind {
                Kind::Section(_) => facts.headed = true,
                Kind::Dateline { .. } => {
                    facts.lead_dateline |= !facts.headed;
                }
                Kind::Stamp { stamp, .. } if !stamp.modified => {
                    facts.stamps += 1;
                    facts.clocks |= stamp.is_clock();
                    *(if stamp.is_bare_date() { &mut dates } else { &mut others }) += 1;
                    facts.ages |= stamp.is_age();
                    facts.ends_in_stamp = true;
                }
                _ => {}
            }
        }
        // The last line is the beginning of an age: others stood where the page was cut.
        facts.ages |= last.is_some_and(|last| matches!(last.kind, Kind::Short(text) if stamp::is_cut(text)));
        facts.dated = dates > 1 && others == 0;
        facts.before = sides.before(facts.ends_in_stamp, facts.dated);
        facts
    }
}

pub(super) fn is_shown(piece: &Piece<'_>) -> bool {
    !piece.furniture && !matches!(piece.kind, Kind::Furniture { .. } | Kind::Ticker(_) | Kind::TickerHeader)
}

/// What tells on which side of their items the stamps of a page stand.
#[derive(Default)]
struct Sides {
    before: usize,
    behind: usize,
    /// The first piece that is no header is a stamp.
    begins: Option<bool>,
    stamps: usize,
    /// Bare dates, and whether the first piece is one.
    dates: usize,
    begins_dated: Option<bool>,
}

impl Sides {
    fn count(&mut self, piece: &Piece<'_>) {
        let Kind::Stamp { stamp, stands } = &piece.kind else {
            if !matches!(piece.kind, Kind::Section(_)) {
                self.begins.get_or_insert(false);
            }
            return;
        };
        if stamp.modified {
            return;
        }
        if stamp.is_bare_date() && !matches!(stands, Stands::Front(_)) {
            self.dates += 1;
            self.begins_dated.get_or_insert(self.begins.is_none());
            return;
        }
        self.stamps += 1;
        self.begins.get_or_insert(true);
        match stands {
            Stands::Glued | Stands::Behind { .. } => self.behind += 1,
            Stands::Front(_) => self.before += 1,
            Stands::Alone => {}
        }
    }

    /// The more stamps show it, else the page's two ends: it begins with a stamp and ends with an item.
    fn before(&self, ends_in_stamp: bool, dated: bool) -> bool {
        if dated {
            return self.begins_dated == Some(true) && !ends_in_stamp;
        }
        let ends = self.begins == Some(true) && !ends_in_stamp && self.stamps > 1;
        self.before > self.behind || (self.before == self.behind && ends)
    }
}
