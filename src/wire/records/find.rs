//! Where records begin and end.
//!
//! From the top down, what stands in one element is compared. Where two or more of it hold one unit of news each (a
//! linked heading, else a heading with a link or a time, else a time, else a link of some words), each is a record, and
//! what stands loose between them goes to the record that it belongs to. All else is looked into. A heading that is left
//! takes all around it that is no other record's.

use std::collections::{HashMap, HashSet};

use super::around;
use super::signals::{Signals, Unit, words};
use crate::wire::{headline, stamp};

/// What stands together: parts of the page that follow one another, in the page's order.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The first node of each part, and the first one behind it. None overlaps another.
    pub(super) parts: Vec<(u32, u32)>,
    /// By what it was found.
    pub(super) unit: Unit,
    /// It is one of several in one list; by the node around them.
    pub(super) list: Option<u32>,
}

impl Record {
    pub(super) fn first(&self) -> u32 {
        self.parts.first().map_or(0, |part| part.0)
    }

    pub(super) fn end(&self) -> u32 {
        self.parts.last().map_or(0, |part| part.1)
    }
}

/// The records of a page, in its order.
pub(super) fn records(signals: &Signals<'_>) -> Vec<Record> {
    let mut finder = Finder { signals, records: Vec::new(), listed: HashMap::new() };
    finder.look(0, 0);
    finder.records.sort_by_key(Record::first);
    finder.records
}

struct Finder<'s, 'p> {
    signals: &'s Signals<'p>,
    records: Vec<Record>,
    /// Whether an element holds a list, as far as that was asked.
    listed: HashMap<u32, bool>,
}

/// What stands directly in an element, with the units in it.
#[derive(Clone, Copy)]
struct Kid {
    at: u32,
    end: u32,
    shape: u32,
    units: [u32; 4],
}

const ALL: [Unit; 4] = [Unit::LinkedHeading, Unit::Heading, Unit::Stamp, Unit::Link];

impl Finder<'_, '_> {
    /// Finds the records in an element. Depth is that of the tree, which is bounded.
    fn look(&mut self, around: u32, depth: usize) {
        let kids = self.kids(around);
        let found = self.list(&kids);
        let Some((unit, members)) = found else {
            return self.look_apart(&kids, depth);
        };
        let rest = self.gather(around, unit, &kids, &members);
        for kid in rest {
            self.look_into(kid, depth);
        }
    }

    /// Looks into kids that are no list. A heading alone takes what stands loose behind it, and in front of it.
    fn look_apart(&mut self, kids: &[Kid], depth: usize) {
        let mut run: Vec<(Kid, bool)> = Vec::new();
        for kid in kids {
            let headings = kid.units[Unit::Heading as usize];
            let bare = headings == 1 && self.is_heading(kid) && !self.is_section(kid.at);
            let timed = run.iter().any(|(kid, _)| kid.units[Unit::Stamp as usize] > 0);
            let loose = headings == 0
                && kid.units[Unit::Link as usize] == 0
                && !self.is_border(kid, Unit::Heading)
                && !self.is_day(kid, timed);
            if bare && !run.iter().any(|(_, head)| *head) {
                run.push((*kid, true));
            } else if loose {
                run.push((*kid, false));
            } else {
                self.single(&mut run, depth);
                if bare {
                    run.push((*kid, true));
                } else {
                    self.look_into(*kid, depth);
                }
            }
        }
        self.single(&mut run, depth);
    }

    /// Makes a record of a run with one heading; looks into one without.
    fn single(&mut self, run: &mut Vec<(Kid, bool)>, depth: usize) {
        let head = run.iter().find(|(_, head)| *head).map(|(kid, _)| *kid);
        if let Some(head) = head {
            let unit = if head.units[Unit::LinkedHeading as usize] > 0 {
                Unit::LinkedHeading
            } else {
                Unit::Heading
            };
            self.take(None, unit, run);
        } else {
            for (kid, _) in run.iter() {
                self.look_into(*kid, depth);
            }
        }
        run.clear();
    }

    /// Looks into an element; one that holds one unit of its strongest kind and no list is a record by itself.
    fn look_into(&mut self, kid: Kid, depth: usize) {
        let Some(unit) = ALL.into_iter().find(|unit| kid.units[*unit as usize] > 0) else { return };
        let one = kid.units[unit as usize] == 1 && !self.heads_section(&kid);
        if one && !self.holds_list(kid.at) && !self.holds_furniture(&kid) {
            if unit != Unit::Stamp || self.says_more(&kid) {
                self.records.push(Record { parts: vec![(kid.at, kid.end)], unit, list: None });
            }
            return;
        }
        self.look(kid.at, depth + 1);
    }

    /// Whether what stands directly in an element is the site's in part: its header, its menu.
    fn holds_furniture(&self, kid: &Kid) -> bool {
        const FEWEST_LINKS: u32 = 3;
        let tree = self.signals.tree;
        if tree.node(kid.at).is_furniture() {
            return false;
        }
        let menu =
            |at: u32| self.signals.count(at, Unit::Heading) == 0 && self.signals.anchors(at) >= FEWEST_LINKS;
        tree.children(kid.at)
            .any(|at| tree.node(at).is_furniture() || (self.signals.count(at, Unit::Stamp) == 0 && menu(at)))
    }

    /// Whether the first heading in an element is that of a section or a day.
    fn heads_section(&self, kid: &Kid) -> bool {
        let tree = self.signals.tree;
        let heading = self.signals.heading(kid.at);
        kid.units[Unit::Heading as usize] > 0
            && heading.is_some_and(|at| {
                self.is_section(at) && tree.node(kid.at).length() > tree.node(at).length() + 8
            })
    }

    /// Whether a heading is that of a section or a day by its words.
    fn is_section(&self, at: u32) -> bool {
        let text = self.signals.tree.text(at);
        around::is_section(text) || stamp::day_heading(text).is_some()
    }

    fn kids(&self, around: u32) -> Vec<Kid> {
        let tree = self.signals.tree;
        let children = tree.children(around);
        children
            .map(|at| {
                let node = tree.node(at);
                let units = ALL.map(|unit| self.signals.count(at, unit));
                Kid { at, end: node.end, shape: node.shape, units }
            })
            .filter(|kid| {
                tree.node(kid.at).is_shown() || kid.units != [0; 4] || tree.node(kid.at).name() == "hr"
            })
            .collect()
    }

    /// The unit of which kids hold one each, and which of them do.
    fn list(&mut self, kids: &[Kid]) -> Option<(Unit, Vec<bool>)> {
        let split = ALL.into_iter().find_map(|unit| self.split(kids, unit).map(|members| (unit, members)));
        split.or_else(|| Some((Unit::Heading, self.lines(kids)?)))
    }

    /// Headlines that are lines like others, between times that stand alone: of one shape, as many as there are times.
    fn lines(&self, kids: &[Kid]) -> Option<Vec<bool>> {
        let tree = self.signals.tree;
        let stamps =
            kids.iter().filter(|kid| kid.units[Unit::Stamp as usize] == 1 && !self.says_more(kid)).count();
        if stamps < 2 {
            return None;
        }
        let line = |kid: &Kid| {
            let text = tree.text(kid.at);
            let plain =
                kid.units == [0; 4] && !tree.node(kid.at).is_text() && tree.node(kid.at).name() != "p";
            plain && headline::is_short(text) && words(text) >= 2 && self.signals.is_title(kid.at)
        };
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for kid in kids.iter().filter(|kid| line(kid)) {
            *counts.entry(kid.shape).or_default() += 1;
        }
        let fits = |kid: &&Kid| {
            line(kid) && counts.get(&kid.shape).is_some_and(|count| (stamps..=stamps + 1).contains(count))
        };
        let shape = kids.iter().find(fits)?.shape;
        Some(kids.iter().map(|kid| kid.shape == shape && line(kid)).collect())
    }

    /// Whether an element holds a list, at any depth.
    fn holds_list(&mut self, at: u32) -> bool {
        if let Some(known) = self.listed.get(&at) {
            return *known;
        }
        let kids = self.kids(at);
        let found = self.list(&kids).is_some()
            || kids.iter().any(|kid| kid.units.iter().any(|units| *units > 1) && self.holds_list(kid.at));
        self.listed.insert(at, found);
        found
    }

    /// Which of the kids hold a unit each: two or more that are alike, and few that hold more. One that looks like them
    /// and holds more, but no list, is one of them.
    fn split(&mut self, kids: &[Kid], unit: Unit) -> Option<Vec<bool>> {
        let count = |kid: &Kid| kid.units[unit as usize];
        let flat = unit == Unit::Heading && self.is_flat(kids);
        let mut holds = Vec::with_capacity(kids.len());
        for kid in kids {
            let bare = flat && self.is_heading(kid);
            holds.push(count(kid) == 1 && (bare || self.is_member(kid, unit)));
        }
        self.without_sections(kids, &mut holds, unit);
        let shapes: HashSet<u32> =
            kids.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(kid, _)| kid.shape).collect();
        if shapes.is_empty() {
            return None;
        }
        for (kid, holds) in kids.iter().zip(&mut holds) {
            let twin = match count(kid) {
                0 => {
                    (kid.units[Unit::Stamp as usize] > 0 || kid.units[Unit::Link as usize] > 0)
                        && !self.holds_list(kid.at)
                }
                1 => false,
                _ => !self.holds_list(kid.at),
            };
            *holds |= twin && shapes.contains(&kid.shape);
        }
        let members = holds.iter().filter(|holds| **holds).count();
        let more = kids
            .iter()
            .zip(&holds)
            .filter(|(kid, holds)| {
                !**holds && (count(kid) > 1 || (count(kid) == 0 && Self::is_list(kid, unit)))
            })
            .count();
        let alike = self.alike(kids, &holds, unit);
        (members >= 2 && more * 5 <= members && alike).then_some(holds)
    }

    /// Whether what holds one unit can be a record, or the heading of one.
    fn is_member(&mut self, kid: &Kid, unit: Unit) -> bool {
        if matches!(unit, Unit::LinkedHeading | Unit::Heading) && self.heads_list(kid) {
            return false;
        }
        if matches!(unit, Unit::Stamp | Unit::Link)
            && kid.units.iter().any(|units| *units > 1)
            && self.holds_list(kid.at)
        {
            return false;
        }
        let signals = self.signals;
        let furniture = signals.tree.node(kid.at).is_furniture();
        match unit {
            Unit::LinkedHeading => true,
            Unit::Heading => kid.units[Unit::Stamp as usize] > 0 || kid.units[Unit::Link as usize] == 1,
            // A time alone is of a record only where its headline stands beside it.
            Unit::Stamp => !furniture && self.says_more(kid),
            Unit::Link => !furniture && words(signals.tree.text(kid.at)) >= 3,
        }
    }

    /// Whether headings stand beside their times, and not around them: as many times stand loose as half of the headings,
    /// and no list.
    fn is_flat(&mut self, kids: &[Kid]) -> bool {
        let headings = kids.iter().filter(|kid| kid.units[Unit::Heading as usize] == 1).count();
        let loose =
            |kid: &&Kid| kid.units[Unit::Heading as usize] == 0 && kid.units[Unit::Stamp as usize] > 0;
        let times = kids.iter().filter(loose).count();
        times * 2 >= headings.max(2) && !kids.iter().filter(loose).any(|kid| self.holds_list(kid.at))
    }

    /// A bare heading of a word or three that ranks above the others is that of their section.
    fn without_sections(&self, kids: &[Kid], holds: &mut [bool], unit: Unit) {
        if !matches!(unit, Unit::LinkedHeading | Unit::Heading) {
            return;
        }
        let tree = self.signals.tree;
        let rank = |kid: &Kid| self.signals.heading(kid.at).and_then(|at| tree.node(at).rank()).unwrap_or(0);
        let mut ranks = [0; 8];
        for (kid, _) in kids.iter().zip(holds.iter()).filter(|(_, holds)| **holds) {
            ranks[usize::from(rank(kid).min(7))] += 1;
        }
        let most = (0..8).max_by_key(|rank| ranks[*rank]).unwrap_or(0);
        for (kid, holds) in kids.iter().zip(holds) {
            let short = words(tree.text(kid.at)) <= 3;
            *holds &= !(usize::from(rank(kid)) < most && short && self.is_heading(kid));
        }
    }

    /// Whether an element is a heading and little more.
    fn is_heading(&self, kid: &Kid) -> bool {
        let tree = self.signals.tree;
        let heading = self.signals.heading(kid.at);
        heading.is_some_and(|at| tree.node(kid.at).length() <= tree.node(at).length() + 40)
    }

    /// Whether the heading in an element is that of a list: a word or three over two records or more.
    fn heads_list(&mut self, kid: &Kid) -> bool {
        let tree = self.signals.tree;
        let heading = self.signals.heading(kid.at);
        kid.units[2..].iter().any(|units| *units > 1)
            && heading.is_some_and(|at| words(tree.text(at)) <= 3)
            && self.holds_list(kid.at)
    }

    /// Whether an element says more than its time.
    fn says_more(&self, kid: &Kid) -> bool {
        let stamps: usize = self
            .signals
            .stamps_in(kid.at, kid.end)
            .iter()
            .map(|at| self.signals.tree.node(*at).length())
            .sum();
        self.signals.tree.node(kid.at).length() > stamps + 8
    }

    /// Whether an element holds a list of lesser units, and no record.
    fn is_list(kid: &Kid, unit: Unit) -> bool {
        match unit {
            Unit::LinkedHeading | Unit::Heading => {
                kid.units[Unit::Stamp as usize] > 2 || kid.units[Unit::Link as usize] > 4
            }
            Unit::Stamp => kid.units[Unit::Link as usize] > 4,
            Unit::Link => false,
        }
    }

    /// Whether those that hold a unit are of one kind: one shape, for headings one element.
    fn alike(&self, kids: &[Kid], holds: &[bool], unit: Unit) -> bool {
        let members: Vec<_> =
            kids.iter().zip(holds).filter(|(_, holds)| **holds).map(|(kid, _)| kid).collect();
        let name = |kid: &Kid| self.signals.tree.node(kid.at).name();
        let most = |same: &dyn Fn(&Kid, &Kid) -> bool| {
            members
                .iter()
                .take(16)
                .map(|one| members.iter().filter(|other| same(one, other)).count())
                .max()
                .unwrap_or(0)
        };
        match unit {
            Unit::LinkedHeading | Unit::Heading => most(&|a, b| name(a) == name(b)) >= 2,
            Unit::Stamp | Unit::Link => most(&|a, b| a.shape == b.shape) * 2 > members.len().max(2),
        }
    }

    /// Makes the records of a list: each that holds a unit, with what stands loose beside it. Hands back what is to be
    /// looked into.
    fn gather(&mut self, around: u32, unit: Unit, kids: &[Kid], holds: &[bool]) -> Vec<Kid> {
        let mut rest = Vec::new();
        let mut run: Vec<(Kid, bool)> = Vec::new();
        let members = holds.iter().filter(|holds| **holds).count();
        let timed = kids
            .iter()
            .zip(holds)
            .filter(|(kid, holds)| **holds && kid.units[Unit::Stamp as usize] > 0)
            .count()
            * 2
            > members;
        for (kid, holds) in kids.iter().zip(holds) {
            let day = self.is_day(kid, timed);
            let border = !*holds && (day || kid.units[unit as usize] > 0 || self.is_border(kid, unit));
            if border {
                self.take(Some(around), unit, &run);
                run.clear();
                rest.push(*kid);
            } else {
                run.push((*kid, *holds));
            }
        }
        self.take(Some(around), unit, &run);
        rest
    }

    /// Whether an element is a day or a year over records. Where they have times of their own it needs no heading.
    fn is_day(&self, kid: &Kid, timed: bool) -> bool {
        let text = self.signals.tree.text(kid.at);
        let heading = self.signals.tree.node(kid.at).rank().is_some();
        (heading && stamp::year_heading(text).is_some())
            || ((timed || heading) && stamp::day_heading(text).is_some())
    }

    /// Whether what stands loose belongs to no record: a heading over others, a list, navigation.
    fn is_border(&self, kid: &Kid, unit: Unit) -> bool {
        let node = self.signals.tree.node(kid.at);
        let heading = unit != Unit::Heading && kid.units[Unit::Heading as usize] > 0;
        heading || node.is_furniture() || node.name() == "hr" || Self::is_list(kid, unit)
    }

    /// The records of a run between two borders. Texts stand behind their headline; times and the like on the side on
    /// which the run has them at its end.
    fn take(&mut self, list: Option<u32>, unit: Unit, run: &[(Kid, bool)]) {
        let heads: Vec<usize> = (0..run.len()).filter(|at| run[*at].1).collect();
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else { return };
        let timed = |range: &[(Kid, bool)]| range.iter().any(|(kid, _)| kid.units[Unit::Stamp as usize] > 0);
        let own = heads.iter().any(|at| run[*at].0.units[Unit::Stamp as usize] > 0);
        let in_front = timed(&run[..*first]) && !own && !timed(&run[last + 1..]);
        let mut records: Vec<Record> = Vec::new();
        let mut waiting: Option<u32> =
            Some(run[0].0.at).filter(|_| in_front || !timed(&run[..*first]) && *first <= 1);
        for (at, (kid, head)) in run.iter().enumerate() {
            if *head {
                let start = waiting.take().filter(|start| *start < kid.at).unwrap_or(kid.at);
                records.push(Record { parts: vec![(start, kid.end)], unit, list });
            } else if in_front && timed(&run[at..=at]) {
                waiting.get_or_insert(kid.at);
            } else if waiting.is_none()
                && let Some(record) = records.last_mut()
            {
                // What begins behind the last record of a list and is long is the page's, and no text of a teaser.
                record.parts[0].1 = kid.end;
            }
        }
        self.records.extend(records);
    }
}
