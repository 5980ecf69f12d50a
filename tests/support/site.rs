//! A wire site of which the truth is known: what was published when, and what its pages showed of it.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Duration, TimeZone, Timelike};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;

use super::generate::Numbers;

/// A moment in Amsterdam.
pub(crate) type Instant = DateTime<Tz>;

/// How a site behaves, in parts of a thousand where it is a rate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rates {
    pub(crate) seed: u64,
    pub(crate) days: i64,
    /// One busy section, or a slow one as well.
    pub(crate) sections: usize,
    pub(crate) items_a_day: usize,
    pub(crate) edited: usize,
    pub(crate) twins: usize,
    pub(crate) redated: usize,
    pub(crate) withdrawn: usize,
    pub(crate) cached: usize,
    pub(crate) smallest_page: usize,
    pub(crate) largest_page: usize,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            seed: 1,
            days: 30,
            sections: 2,
            items_a_day: 120,
            edited: 100,
            twins: 20,
            redated: 30,
            withdrawn: 10,
            cached: 50,
            smallest_page: 7,
            largest_page: 12,
        }
    }
}

/// One story, with all that it ever said.
pub(crate) struct Story {
    pub(crate) published: Instant,
    section: usize,
    place: &'static str,
    agencies: &'static str,
    headline: bool,
    /// From when each wording stood there.
    pub(crate) wordings: Vec<(Instant, String, String)>,
    pub(crate) redated: Option<Instant>,
    withdrawn: Option<Instant>,
    /// The story whose opening it shares.
    pub(crate) twin_of: Option<usize>,
}

/// One page, with the stories on it: their number and that of their wording.
pub(crate) struct Capture {
    pub(crate) at: Instant,
    pub(crate) page: String,
    pub(crate) shown: Vec<(usize, usize)>,
    /// The age printed behind each.
    pub(crate) ages: Vec<String>,
    pub(crate) cached: bool,
}

pub(crate) struct Site {
    pub(crate) stories: Vec<Story>,
    pub(crate) captures: Vec<Capture>,
}

const PLACES: &[&str] =
    &["DEN HAAG", "AMSTERDAM", "UTRECHT", "KYIV", "BRUSSEL", "WASHINGTON", "URK", "PARIJS"];
const AGENCIES: &[&str] = &["ANP", "ANP/RTR", "ANP/AFP", "ANP/RTR/AFP"];
const SYLLABLES: &[&str] =
    &["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "wen", "zan", "ter", "gel", "hof"];
const SECTIONS: &[&str] = &["Binnenland", "Buitenland"];

fn sentence(numbers: &mut Numbers) -> String {
    let words = 7 + numbers.below(9);
    let mut text = String::new();
    for word in 0..words {
        let mut made = String::new();
        for _ in 0..=numbers.below(3) {
            made.push_str(SYLLABLES[numbers.below(SYLLABLES.len())]);
        }
        if word == 0 {
            made = made[..1].to_uppercase() + &made[1..];
        }
        text.push_str(if word > 0 { " " } else { "" });
        text.push_str(&made);
    }
    text + "."
}

fn body(numbers: &mut Numbers) -> String {
    let count = 2 + numbers.below(3);
    (0..count).map(|_| sentence(numbers)).collect::<Vec<_>>().join(" ")
}

/// A headline: no full stop.
fn headline(numbers: &mut Numbers) -> String {
    sentence(numbers).trim_end_matches('.').to_owned()
}

fn one_word_corrected(text: &str, numbers: &mut Numbers) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let at = 1 + numbers.below(words.len() - 2);
    let stop = if words[at].ends_with('.') { "." } else { "" };
    words[at] = format!("verbeterd{stop}");
    words.join(" ")
}

impl Site {
    pub(crate) fn new(rates: Rates) -> Self {
        let numbers = &mut Numbers::new(rates.seed);
        let start = Amsterdam.with_ymd_and_hms(2025, 10, 10, 0, 0, 0).unwrap();
        let stories = stories(rates, start, numbers);
        let captures = captures(rates, start, &stories, numbers);
        Self { stories, captures }
    }
}

fn stories(rates: Rates, start: Instant, numbers: &mut Numbers) -> Vec<Story> {
    let seconds = usize::try_from(rates.days * 86_400).unwrap();
    let count = rates.items_a_day * usize::try_from(rates.days).unwrap();
    let mut times: Vec<i64> = (0..count).map(|_| i64::try_from(numbers.below(seconds)).unwrap()).collect();
    times.sort_unstable();
    let mut stories: Vec<Story> = Vec::new();
    for (at, second) in times.into_iter().enumerate() {
        let published = start + Duration::seconds(second);
        // One section is busy, the other one slow enough for ages in days.
        let mut section = usize::from(numbers.below(10) == 0) % rates.sections;
        let mut place = PLACES[numbers.below(PLACES.len())];
        let mut text = body(numbers);
        let mut twin_of = None;
        if numbers.below(1000) < rates.twins && at > 3 {
            let other = at - 1 - numbers.below(3);
            let opening =
                stories[other].wordings[0].2.split_inclusive(". ").next().unwrap().trim().to_owned();
            text = format!("{opening} {} {}", sentence(numbers), sentence(numbers));
            (place, section, twin_of) = (stories[other].place, stories[other].section, Some(other));
        }
        let title = headline(numbers);
        let mut story = Story {
            published,
            section,
            place,
            agencies: AGENCIES[numbers.below(AGENCIES.len())],
            headline: numbers.below(3) == 0,
            wordings: vec![(published, title.clone(), text.clone())],
            redated: None,
            withdrawn: None,
            twin_of,
        };
        let later = |numbers: &mut Numbers| {
            published + Duration::seconds(300 + i64::try_from(numbers.below(6_900)).unwrap())
        };
        if numbers.below(1000) < rates.edited {
            let edited = match numbers.below(3) {
                0 => (later(numbers), title.clone(), format!("{text} {}", sentence(numbers))),
                1 => (later(numbers), title.clone(), one_word_corrected(&text, numbers)),
                _ if story.headline => (later(numbers), headline(numbers), text.clone()),
                _ => (later(numbers), title.clone(), one_word_corrected(&text, numbers)),
            };
            story.wordings.push(edited);
        } else if numbers.below(1000) < rates.redated {
            let at = later(numbers);
            story.redated = Some(at);
            story.wordings.push((at, title, one_word_corrected(&text, numbers)));
        } else if numbers.below(1000) < rates.withdrawn {
            story.withdrawn = Some(later(numbers));
        }
        stories.push(story);
    }
    stories
}

fn captures(rates: Rates, start: Instant, stories: &[Story], numbers: &mut Numbers) -> Vec<Capture> {
    let mut captures = Vec::new();
    let mut at = start + Duration::hours(1);
    let end = start + Duration::days(rates.days);
    while at < end {
        for section in 0..rates.sections {
            let cached = numbers.below(1000) < rates.cached;
            let of = if cached { at - Duration::minutes(30) } else { at };
            let size = rates.smallest_page + numbers.below(rates.largest_page - rates.smallest_page + 1);
            let spaced = section == 1;
            let mut capture = page(stories, section, of, size, spaced);
            capture.at = at;
            capture.cached = cached;
            if !capture.shown.is_empty() {
                captures.push(capture);
            }
        }
        at += Duration::seconds(540 + i64::try_from(numbers.below(120)).unwrap());
        if numbers.below(500) == 0 {
            at += Duration::hours(3);
        }
    }
    captures
}

fn page(stories: &[Story], section: usize, of: Instant, size: usize, spaced: bool) -> Capture {
    let until = stories.partition_point(|story| story.published <= of);
    // A story older than five days is on no page.
    let mut shown: Vec<(Instant, usize)> = stories[..until]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, story)| of - story.published < Duration::days(5))
        .filter(|(_, story)| story.section == section && story.withdrawn.is_none_or(|at| at > of))
        .map(|(at, story)| (story.redated.filter(|at| *at <= of).unwrap_or(story.published), at))
        .collect();
    shown.sort_by(|a, b| b.cmp(a));
    shown.truncate(size);
    let mut page = format!("Meer uit {}\n", SECTIONS[section]);
    let mut capture =
        Capture { at: of, page: String::new(), shown: Vec::new(), ages: Vec::new(), cached: false };
    for (time, number) in shown {
        let story = &stories[number];
        let wording = story.wordings.iter().rposition(|(from, ..)| *from <= of).unwrap();
        let (_, headline, text) = &story.wordings[wording];
        let age = age(time, of, section == 1);
        if story.headline && spaced {
            _ = write!(page, "{headline}\n\n");
        }
        _ = writeln!(page, "{} ({}) - {text}", story.place, story.agencies);
        _ = if spaced { write!(page, "\n{age}\n\n") } else { write!(page, "{age}") };
        capture.shown.push((number, wording));
        capture.ages.push(age);
    }
    capture.page = page;
    capture
}

/// As sites print it: floored; days either elapsed or by the calendar.
fn age(time: Instant, now: Instant, calendar: bool) -> String {
    let seconds = (now - time).num_seconds();
    let days = if calendar {
        let days = (now.date_naive() - time.date_naive()).num_days();
        days - i64::from(now.time() < time.time())
    } else {
        seconds / 86_400
    };
    let (count, one, more) = match seconds {
        _ if days >= 1 => (days, "dag", "dagen"),
        3_600.. => (seconds / 3_600, "uur", "uur"),
        60.. => (seconds / 60, "minuut", "minuten"),
        _ => (seconds, "seconde", "seconden"),
    };
    format!("{count} {} geleden", if count == 1 { one } else { more })
}

/// A file name for a capture, in UTC.
pub(crate) fn name(at: Instant) -> String {
    let utc = at.with_timezone(&chrono::Utc);
    format!(
        "{:04}-{:02}-{:02}T{:02}{:02}{:02}Z.txt",
        utc.year(),
        utc.month(),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}
