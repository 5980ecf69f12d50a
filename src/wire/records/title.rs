//! Which of the texts of a record is its headline.

use super::atoms::{Atom, Is};
use super::read::{Reader, is_label};
use super::signals::words;
use crate::wire::beside::{self, is_aside};
use crate::wire::item::{Item, Paragraph};
use crate::wire::{furniture, headline, sentence};

/// Whether a text, by its place and itself, may be the headline.
type Rank<'r> = &'r dyn Fn(usize, &Atom<'_>) -> bool;

impl<'p> Reader<'_, 'p> {
    /// The item with its headline and the place of that among the texts: the longest heading that leads somewhere, else
    /// the longest heading, else what leads somewhere, else what is bold, else the longest of the first lines.
    pub(super) fn headed(&self, atoms: &[Atom<'p>]) -> Option<(Item<'p>, usize)> {
        let is_title = |atom: &Atom<'_>| {
            atom.is != Is::Stamp
                && !is_aside(atom.text)
                && furniture::effect(atom.text).is_none()
                && beside::credits(atom.text).is_none()
        };
        let text =
            atoms.iter().position(|atom| atom.is == Is::Paragraph && is_title(atom)).unwrap_or(atoms.len());
        let is_line = |atom: &Atom<'_>| headline::is_short(atom.text) && words(atom.text) <= 16;
        let section =
            |atom: &Atom<'_>| atom.is == Is::Heading && atom.link.is_none() && words(atom.text) <= 3;
        let headed = |atom: &Atom<'_>| {
            atom.link.is_some() && is_line(atom) && atom.is == Is::Words && words(atom.text) >= 2
        };
        let over = atoms.iter().any(|atom| is_title(atom) && section(atom))
            && atoms.iter().any(|atom| is_title(atom) && headed(atom));
        // A short link beside a longer line is that of its rubric or its author.
        let shadowed = |length: usize| {
            let line = |atom: &Atom<'_>| is_title(atom) && is_line(atom) && words(atom.text) > length.max(2);
            atoms.iter().take(text.saturating_add(1)).any(line)
        };
        let ranks: [Rank<'_>; 9] = [
            &|_, atom| atom.is == Is::Heading && atom.link.is_some(),
            // A word over a link is the heading of its section.
            &|_, atom| over && headed(atom),
            &|_, atom| atom.is == Is::Heading,
            &|_, atom| atom.is == Is::Strong && atom.link.is_some() && words(atom.text) >= 2,
            &|_, atom| {
                atom.link.is_some()
                    && is_line(atom)
                    && atom.is != Is::Paragraph
                    && !(is_label(atom.text) && shadowed(words(atom.text)))
            },
            &|_, atom| atom.link.is_some() && is_line(atom),
            &|_, atom| atom.is == Is::Strong && words(atom.text) >= 2,
            &|at, atom| at <= text && is_line(atom),
            &|at, _| at < text,
        ];
        let longest = |fits: &dyn Fn(usize, &Atom<'_>) -> bool| {
            let fitting = atoms.iter().enumerate().filter(|(at, atom)| is_title(atom) && fits(*at, atom));
            fitting.max_by_key(|(at, atom)| (words(atom.text).min(5), std::cmp::Reverse(*at)))
        };
        let first = || atoms.iter().enumerate().find(|(_, atom)| is_title(atom));
        let (at, atom) = ranks.into_iter().find_map(longest).or_else(first)?;
        let long = !headline::is_short(atom.text);
        let is_text = match atom.is {
            Is::Paragraph => long || words(atom.text) > 14,
            _ => {
                long && (atom.text.len() > headline::LONGEST
                    || sentence::first(atom.text).len() + 1 < atom.text.len())
            }
        };
        let mut item =
            Item { line: self.signals.tree.node(atom.at).line, link: atom.link, ..Item::default() };
        if is_text {
            item.paragraphs.push(Paragraph { text: atom.text, subhead: false });
        } else {
            let (label, headline) = self.without_label(atom);
            item.section = label;
            item.headline =
                Some(furniture::without_credit(headline.trim_start_matches(|c| is_sign(c) || c == ' ')));
        }
        Some((item, at))
    }

    /// A headline without the word in an element of its own at its front or end: a rubric, a number, `LIVE`.
    fn without_label(&self, atom: &Atom<'p>) -> (Option<&'p str>, &'p str) {
        const FEWEST: usize = 2;
        let tree = self.signals.tree;
        let mut around = atom.at;
        // The element that holds several: `<h3><a><span>…`.
        while let [only] =
            tree.children(around).filter(|at| tree.node(*at).is_shown()).take(2).collect::<Vec<_>>()[..]
        {
            around = only;
        }
        let kids: Vec<u32> = tree.children(around).filter(|at| tree.node(*at).is_shown()).take(16).collect();
        let apart = |at: u32| {
            let (node, text) = (tree.node(at), tree.text(at));
            let barred = text.ends_with(['|', '•', '·']) && words(text) <= 3;
            let element = !node.is_text()
                && !matches!(node.name(), "em" | "i" | "mark" | "q" | "b" | "strong")
                && (words(text) <= 2 || is_aside(text));
            (barred || element) && is_label(text)
        };
        let (Some(first), Some(last)) = (kids.first(), kids.last()) else { return (None, atom.text) };
        let rest = |text: &'p str| words(text) >= FEWEST;
        let label = |text: &'p str| {
            Some(text.trim_end_matches([':', '|', '·', '•', ' ']))
                .filter(|text| !is_aside(text) && text.contains(char::is_alphabetic))
        };
        if apart(*first)
            && let Some(headline) = atom
                .text
                .strip_prefix(tree.text(*first))
                .map(|text| text.trim_start_matches([' ', ':', '|', '·', '•', '-', '–']))
                .filter(|text| rest(text))
        {
            return (label(tree.text(*first)), headline);
        }
        if kids.len() > 1
            && apart(*last)
            && let Some(headline) =
                atom.text.strip_suffix(tree.text(*last)).map(str::trim_end).filter(|text| rest(text))
        {
            return (label(tree.text(*last)), headline);
        }
        (None, atom.text)
    }
}

/// Whether a character is a picture, of a camera and the like, and no part of a headline.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0e}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}
