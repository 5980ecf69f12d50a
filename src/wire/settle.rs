//! What the whole page says of each stamp on it: whether it is one at all, and on which side of its item it stands.

use super::furniture::Effect;
use super::headline::is_short;
use super::piece::{Kind, Piece, Stands};
use super::stamp::Stamp;

/// Takes the stamps back that are part of a text: an age at the end of a body, a time in front of a headline.
pub(super) fn settle(runs: Vec<Vec<Piece<'_>>>) -> Vec<Piece<'_>> {
    let habits = Habits::of(runs.iter().flatten());
    let mut settled: Vec<Piece<'_>> = Vec::with_capacity(runs.iter().map(Vec::len).sum());
    let mut pieces = runs.into_iter().flatten().peekable();
    while let Some(piece) = pieces.next() {
        let Kind::Stamp { stamp, stands } = &piece.kind else {
            settled.push(piece);
            continue;
        };
        let next = pieces.peek();
        match *stands {
            Stands::Alone | Stands::Behind { apart: true, .. } if habits.is_of_the_page(&settled, stamp) => {
                let kind = Kind::Furniture { effect: Effect::End, text: stamp.printed };
                settled.push(Piece { kind, ..piece });
            }
            Stands::Behind { whole, apart } if habits.is_prose(apart, next) => {
                if let Some(before) = settled.last_mut().filter(|before| before.line == piece.line) {
                    extend(&mut before.kind, whole);
                }
            }
            Stands::Front(whole) if habits.is_headline(&piece, next) => {
                pieces.next();
                settled.push(Piece { kind: Kind::Short(whole), ..piece });
            }
            Stands::Alone if habits.is_odd(settled.last(), &piece, next) || habits.is_stray(stamp) => {
                let kind = Kind::Short(stamp.printed);
                settled.push(Piece { kind, ..piece });
            }
            _ => settled.push(piece),
        }
    }
    settled
}

/// How often stamps stand where.
#[derive(Default)]
struct Habits {
    /// On a line of their own, or with the next text glued to them.
    own: usize,
    /// Behind a text on its line.
    behind: usize,
    ages: usize,
    others: usize,
    /// Times of day without a day.
    clocks: usize,
    /// Such as count only in a column of them: `12 min`.
    shorts: usize,
}

impl Habits {
    fn of<'p>(pieces: impl Iterator<Item = &'p Piece<'p>>) -> Self {
        let mut habits = Self::default();
        for piece in pieces.filter(|piece| !piece.furniture) {
            let Kind::Stamp { stamp, stands } = &piece.kind else { continue };
            match stands {
                Stands::Alone | Stands::Glued => habits.own += 1,
                Stands::Behind { .. } => habits.behind += 1,
                Stands::Front(_) => {}
            }
            habits.clocks += usize::from(stamp.is_clock());
            habits.shorts += usize::from(stamp.is_short());
            if stamp.is_age() {
                habits.ages += 1;
            } else if !stamp.modified {
                habits.others += 1;
            }
        }
        habits
    }

    /// Whether a time of day is the site's clock: the only one on a page that tells ages, in front of all its texts.
    fn is_of_the_page(&self, before: &[Piece<'_>], stamp: &Stamp<'_>) -> bool {
        let says_nothing = |piece: &Piece<'_>| matches!(piece.kind, Kind::Short(_) | Kind::Furniture { .. });
        stamp.is_clock() && self.clocks == 1 && self.ages > 0 && before.iter().all(says_nothing)
    }

    /// Whether a stamp behind a text belongs to the text: the true one follows, or stands elsewhere on this page.
    fn is_prose(&self, apart: bool, next: Option<&Piece<'_>>) -> bool {
        let followed = next.is_some_and(|next| {
            matches!(next.kind, Kind::Stamp { stands: Stands::Alone | Stands::Glued, .. })
        });
        let last = next.is_none() && self.own > 0 && !apart;
        followed || last || self.own > self.behind
    }

    /// Whether a time in front of a short text belongs to it, on a page that tells ages: `14:00: Ajax-PSV`.
    fn is_headline(&self, piece: &Piece<'_>, next: Option<&Piece<'_>>) -> bool {
        let Kind::Stamp { stamp, .. } = &piece.kind else { return false };
        let short = next.is_some_and(|next| matches!(next.kind, Kind::Short(_)) && next.line == piece.line);
        short && !stamp.is_age() && self.ages > self.others
    }

    /// Whether a line such as `12 min` is the only one among other stamps.
    fn is_stray(&self, stamp: &Stamp<'_>) -> bool {
        self.shorts == 1 && self.own + self.behind > 1 && stamp.is_short()
    }

    /// Whether a line such as `Vanavond`, on a page that tells ages, is the headline of the dateline behind it.
    fn is_odd(&self, before: Option<&Piece<'_>>, piece: &Piece<'_>, next: Option<&Piece<'_>>) -> bool {
        let Kind::Stamp { stamp, .. } = &piece.kind else { return false };
        let behind_age =
            before.is_some_and(|before| matches!(&before.kind, Kind::Stamp { stamp, .. } if stamp.is_age()));
        let dated = next.is_some_and(|next| matches!(next.kind, Kind::Dateline { .. }));
        behind_age && dated && !stamp.is_age() && self.ages > 2 * self.others
    }
}

/// Gives a text back what was taken off its end; `whole` reaches to the end of it.
fn extend<'p>(kind: &mut Kind<'p>, whole: &'p str) {
    let from = |text: &str| {
        let at = (text.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        whole.get(at..)
    };
    match kind {
        Kind::Dateline { body, .. } => *body = from(body).unwrap_or(body),
        Kind::Prose(text) | Kind::Short(text) => {
            let text = from(text).unwrap_or(text);
            *kind = if is_short(text) { Kind::Short(text) } else { Kind::Prose(text) };
        }
        _ => {}
    }
}
