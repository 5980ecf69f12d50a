//! What a page says of its news in JSON-LD: schema.org's articles, lists of them and live blogs.

use serde_json::{Map, Value};

use super::{Class, MAX_ADDRESS, class};

/// An article as a page's data tells it. Everything as printed, texts in one line without control characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Datum {
    /// Its address.
    pub url: Option<String>,
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// `description`, else `articleBody`.
    pub text: Option<String>,
    /// `articleSection`.
    pub section: Option<String>,
    /// The names of its authors and of the agency that it is from.
    pub authors: Vec<String>,
    /// Line of the source on which the script ends, from 1.
    pub line: u32,
}

/// Types of what is news (schema.org), by their ends: `NewsArticle`, `ReportageNewsArticle`, `LiveBlogPosting`.
const NEWS: &[&str] = &["Article", "BlogPosting", "Report"];

/// Where in an object others stand.
const INNER: &[&str] = &[
    "@graph",
    "itemListElement",
    "item",
    "mainEntity",
    "hasPart",
    "blogPost",
    "blogPosts",
    "liveBlogUpdate",
    "about",
    "mainEntityOfPage",
    "subjectOf",
];

/// The most articles of a page, and how deep its data nests.
const MOST: usize = 1_000;
const DEEPEST: usize = 16;

/// The longest text that is kept, in bytes.
const LONGEST: usize = 8 * 1024;

/// Reads a script with JSON-LD. What is no JSON, or tells of no news, says nothing.
pub(super) fn read(script: &str, line: u32, data: &mut Vec<Datum>) {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
    let values = serde_json::Deserializer::from_str(script).into_iter::<Value>();
    for value in values.map_while(Result::ok) {
        walk(&value, line, data, 0);
    }
}

fn walk(value: &Value, line: u32, data: &mut Vec<Datum>, depth: usize) {
    if depth > DEEPEST || data.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(value, line, data, depth + 1)),
        Value::Object(object) => {
            if is_of(object, NEWS) {
                data.extend(datum(object, line));
            } else if is_of(object, &["ItemList"]) {
                list(object, line, data);
            }
            for name in INNER {
                if let Some(inner) = object.get(*name) {
                    walk(inner, line, data, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// A list that gives the address and the name of each of its items, which no object of their own describes.
fn list(object: &Map<String, Value>, line: u32, data: &mut Vec<Datum>) {
    let Some(Value::Array(items)) = object.get("itemListElement") else { return };
    for item in items.iter().filter_map(Value::as_object).take(MOST) {
        if item.get("item").is_none_or(Value::is_string)
            && (item.contains_key("url") || item.contains_key("item"))
        {
            let found = datum(item, line).filter(|datum| datum.headline.is_some());
            data.extend(
                found.map(|datum| Datum { url: datum.url.or_else(|| text(item.get("item")?)), ..datum }),
            );
        }
    }
}

fn datum(object: &Map<String, Value>, line: u32) -> Option<Datum> {
    let get = |name: &str| object.get(name).and_then(text);
    let page = || {
        object.get("mainEntityOfPage").and_then(|page| text(page).or_else(|| page.get("@id").and_then(text)))
    };
    let url = get("url").or_else(page).or_else(|| get("@id")).filter(|url| url.len() <= MAX_ADDRESS);
    let authors = ["author", "creator", "sourceOrganization", "copyrightHolder", "provider"]
        .into_iter()
        .filter_map(|name| object.get(name));
    let authors = authors.flat_map(names).take(8).collect();
    let datum = Datum {
        url,
        headline: get("headline").or_else(|| get("name")),
        published: get("datePublished"),
        modified: get("dateModified"),
        text: get("description").or_else(|| get("articleBody")),
        section: object
            .get("articleSection")
            .and_then(|section| text(section).or_else(|| section.as_array()?.first().and_then(text))),
        authors,
        line,
    };
    (datum.headline.is_some() || datum.published.is_some()).then_some(datum)
}

/// The names of persons and organisations.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().take(8).flat_map(names).collect(),
        Value::Object(object) => object.get("name").and_then(text).into_iter().collect(),
        other => text(other).into_iter().collect(),
    }
}

fn is_of(object: &Map<String, Value>, types: &[&str]) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|name| types.iter().any(|end| name.ends_with(end)));
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
        None => false,
    }
}

/// A text in one line: no markup, no control characters, white space folded.
fn text(value: &Value) -> Option<String> {
    let raw = value.as_str()?;
    let mut text = String::with_capacity(raw.len().min(LONGEST));
    let mut gap = false;
    let mut tag = false;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = c == '<' && chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/');
        match class(c) {
            _ if tag => tag = c != '>',
            _ if begins => (tag, gap) = (true, true),
            Class::Space => gap = true,
            Class::Invisible | Class::Forbidden => {}
            Class::Text => {
                if gap && !text.is_empty() {
                    text.push(' ');
                }
                gap = false;
                text.push(c);
            }
        }
        if text.len() > LONGEST {
            break;
        }
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(script: &str, expected: &[(&str, &str)]) {
        let mut data = Vec::new();
        read(script, 1, &mut data);
        let shown = |text: &Option<String>| text.clone().unwrap_or_default();
        let got: Vec<_> = data.iter().map(|datum| (shown(&datum.url), shown(&datum.headline))).collect();
        let got: Vec<_> = got.iter().map(|(url, headline)| (url.as_str(), headline.as_str())).collect();
        assert_eq!(got, expected, "{script}");
    }

    #[test]
    fn articles_wherever_they_stand() {
        case(r#"{"@type":"NewsArticle","url":"/a","headline":"Een <b>kop</b>"}"#, &[("/a", "Een kop")]);
        case(r#"[{"@type":["Article","Thing"],"mainEntityOfPage":{"@id":"/b"},"name":"B"}]"#, &[("/b", "B")]);
        case(
            r#"{"@graph":[{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","@id":"/c","headline":"C"}}]}"#,
            &[("/c", "C")],
        );
        case(
            r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","url":"/d","name":"D"},{"item":{"@type":"NewsArticle","url":"/e","headline":"E"}}]}"#,
            &[("/d", "D"), ("/e", "E")],
        );
        case(
            r#"{"@type":"LiveBlogPosting","url":"/f","headline":"F","liveBlogUpdate":[{"@type":"BlogPosting","headline":"G"}]}"#,
            &[("/f", "F"), ("", "G")],
        );
    }

    #[test]
    fn what_tells_of_no_news_says_nothing() {
        case(r#"{"@type":"Organization","name":"Krant"}"#, &[]);
        case(
            r#"{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Home","item":"/"}]}"#,
            &[],
        );
        case(
            r#"{"@type":"ItemList","itemListElement":[{"item":{"@type":"Product","name":"Schaar","url":"/p"}}]}"#,
            &[],
        );
        case("geen json", &[]);
        case(&"[".repeat(100_000), &[]);
    }
}
