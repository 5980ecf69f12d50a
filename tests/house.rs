//! Which room knows which: an import that runs upward, or a crate named outside its room, fails here.
#![expect(clippy::expect_used, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rooms, each with those it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("note", &[]),
    ("parallel", &[]),
    ("settings", &["note"]),
    ("page", &["note"]),
    ("wire", &["note", "parallel", "page"]),
    ("resolve", &["wire"]),
    ("link", &["page"]),
    ("content", &["wire"]),
    ("entry", &["note", "parallel", "page", "wire", "resolve", "link", "content"]),
    ("feed", &["page", "wire", "resolve", "link", "entry", "Error"]),
    ("fetch", &["note", "resolve"]),
    ("history", &["wire", "resolve", "link", "content", "entry", "feed", "fetch"]),
    ("format", &["link", "note", "parallel", "wire", "page", "resolve", "entry", "feed"]),
    ("xml", &[]),
    ("validate", &["xml"]),
    (
        "publish",
        &[
            "note", "parallel", "settings", "page", "resolve", "link", "content", "entry", "feed", "fetch",
            "history", "format", "validate",
        ],
    ),
];

/// What only these rooms may name.
const KEPT: &[(&str, &[&str])] = &[
    ("std::fs", &["cli", "history", "publish"]),
    ("std::env", &["cli", "main"]),
    ("std::process", &["cli", "main"]),
    ("clap", &["cli"]),
    // `validate` has modules of this name, and no crate.
    ("rss::", &["format", "validate"]),
    ("atom_syndication", &["format"]),
    ("rayon", &["parallel"]),
    ("toml::", &["settings"]),
    ("html5gum", &["page", "validate"]),
    ("rusqlite", &["history"]),
    ("rustc_hash", &["history", "page", "wire"]),
    // Both wait for another process, where nothing wakes them.
    ("thread::sleep", &["history", "publish"]),
    ("ureq", &["fetch"]),
    ("minijinja", &["content", "entry", "history", "lib", "publish"]),
];

struct Source {
    path: PathBuf,
    /// Its folder below `src`, or its own name.
    room: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inner = path.strip_prefix(&root).expect("below src").with_extension("");
            let room = inner.iter().next().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a source");
            sources.push(Source { path, room, text });
        }
    }
    assert!(sources.len() > 30);
    sources
}

/// The code of a source: no comments, no tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default())
}

/// The rooms that a source names behind `crate::`, braces opened.
fn imports(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in code(text) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let names = rest.strip_prefix('{').map_or(vec![rest], |group| group.split(", ").collect());
            let word =
                |name: &'_ str| name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            found.extend(names.into_iter().map(|name| &name[..word(name)]).filter(|name| !name.is_empty()));
        }
    }
    found
}

fn wrong_imports(room: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else { return Vec::new() };
    let wrong = |name: &&str| *name != room && !allowed.contains(name);
    imports(text).into_iter().filter(wrong).map(str::to_owned).collect()
}

#[test]
fn no_import_runs_upward() {
    for source in sources() {
        let wrong = wrong_imports(&source.room, &source.text);
        assert!(wrong.is_empty(), "{} imports {wrong:?}", source.path.display());
    }
    assert_eq!(wrong_imports("wire", "use crate::feed::Feed;\nuse crate::note::Note;\n"), ["feed"]);
    assert_eq!(wrong_imports("page", "use crate::{note, Error};\n"), ["Error"]);
}

#[test]
fn rooms_stand_in_the_order_of_their_dependence() {
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        let below = |name: &&&str| ROOMS[..at].iter().any(|(other, _)| other == *name) || **name == "Error";
        assert_eq!(allowed.iter().filter(below).count(), allowed.len(), "{room}");
    }
    for source in sources() {
        let known = ROOMS.iter().any(|(room, _)| *room == source.room);
        assert!(
            known || ["cli", "lib", "main"].contains(&source.room.as_str()),
            "{} has no row",
            source.room
        );
    }
}

#[test]
fn what_is_kept_in_a_room_is_named_nowhere_else() {
    for source in sources() {
        for (name, rooms) in KEPT {
            let named = |line: &str| {
                line.match_indices(name).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            };
            let free = rooms.contains(&source.room.as_str()) || !code(&source.text).any(named);
            assert!(free, "{} names {name}", source.path.display());
        }
    }
}

/// What is kept beside the rooms. Scratch files may lie about, but are not committed.
#[test]
fn nothing_else_is_kept_at_the_top() {
    const FOLDERS: &[&str] = &["benches", "docs", "fixtures", "fuzz", "src", "templates", "tests"];
    const ENDINGS: &[&str] = &[".md", ".toml", ".lock"];
    let kept = Command::new("git").arg("ls-files").current_dir(env!("CARGO_MANIFEST_DIR")).output();
    // A package has no history to look at.
    let kept = kept.map(|output| output.stdout).unwrap_or_default();
    for path in String::from_utf8_lossy(&kept).lines() {
        let top = path.split('/').next().expect("a name");
        let is_known = top.starts_with('.')
            || top.starts_with("LICENSE-")
            || FOLDERS.contains(&top)
            || ENDINGS.iter().any(|ending| top.ends_with(ending));
        assert!(is_known, "{path} is no part of the project");
    }
}

#[test]
fn every_source_says_what_it_is_for_and_is_declared() {
    for Source { path, text, .. } in sources() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
        assert!(
            !["util", "utils", "common", "helpers", "types"].contains(&name.as_str()),
            "{}",
            path.display()
        );
        if ["lib", "main"].contains(&name.as_str()) {
            continue;
        }
        let folder = path.parent().expect("a folder");
        let parent = if name == "mod" { folder.parent().expect("a folder") } else { folder };
        let module = if name == "mod" {
            folder.file_name().expect("a name").to_string_lossy().into_owned()
        } else {
            name
        };
        let declared =
            ["mod.rs", "lib.rs"].iter().filter_map(|file| fs::read_to_string(parent.join(file)).ok());
        let line = format!("mod {module};");
        assert!(
            declared.into_iter().any(|text| text
                .lines()
                .any(|l| l.trim_start_matches("pub ").trim_start_matches("pub(crate) ") == line)),
            "{} is declared nowhere",
            path.display()
        );
    }
}

/// Where the rows of a folder's files are put together.
const ROWS: &[(&str, &str)] = &[
    ("validate/rules", "mod.rs"),
    ("validate/vocabulary", "mod.rs"),
    ("validate/report", "mod.rs"),
    ("validate/value", "tests.rs"),
];

#[test]
fn every_file_of_rows_is_named_by_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (folder, list) in ROWS {
        let list = fs::read_to_string(root.join(folder).join(list)).expect("the list");
        let mut count = 0;
        for file in fs::read_dir(root.join(folder)).expect("a folder") {
            let path = file.expect("a file").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            if ["mod", "tests", "example"].contains(&name.as_str()) {
                continue;
            }
            let row = ["RULES", "VALUES", "ALL", "KNOWN"].map(|row| format!("{name}::{row}"));
            let own = format!("{name}::{}", name.to_uppercase());
            assert!(
                row.iter().chain([&own]).any(|row| list.contains(row))
                    || list.contains(&format!("{name}::{{")),
                "{}",
                path.display()
            );
            count += 1;
        }
        assert!(count > 4, "{folder}");
    }
}
