//! The served folder on the disk: every file whole, replaced only where it changes, removed only if it is ours.
//!
//! Beside the folder `NAME` stands `.NAME.wirefeed`, which is not served: the lock, the manifest, the drafts, and
//! while files are moved a journal of them. A run that finds a journal knows that another one was cut off.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};

use super::{Error, compress, gate};
use crate::note::Note;
use crate::parallel::{self, Aside};

/// A lock that another run holds is tried so often.
const EVERY: Duration = Duration::from_millis(100);

/// What is known of the folder from the last run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The folder that it is of.
    #[serde(default)]
    pub(super) root: PathBuf,
    /// Where it was written; none by an older version.
    #[serde(default)]
    pub(super) desk: Option<PathBuf>,
    /// What the folder was made with: version, settings, templates.
    pub(super) made_with: String,
    /// The revision of the history's shelves that it shows.
    pub(super) revision: i64,
    /// What tells that history from others.
    #[serde(default)]
    pub(super) history: Option<Vec<u8>>,
    /// All days up to this one are in archives, where they had entries.
    pub(super) closed_to: Option<String>,
    /// The days that have an archive, earliest first.
    pub(super) archives: BTreeSet<String>,
    /// Ids of the entries that came or changed after their day was closed, with the day whose archive will have them.
    pub(super) late: BTreeMap<String, String>,
    /// The files, by their path in the folder.
    pub(super) files: BTreeMap<String, Kept>,
}

impl Manifest {
    /// Whether it can be ours: it decides what is written over and removed.
    fn is_ours(&self) -> bool {
        let days = self.archives.iter().chain(self.late.values()).chain(&self.closed_to);
        let is_day = |day: &String| day.len() == 10 && NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok();
        self.files.keys().all(|path| is_plain(path)) && days.into_iter().all(is_day)
    }

    /// Whether another folder keeps it here too. One that was moved, or copied with its folder, is not shared.
    fn is_shared(&self, root: &Path, desk: &Path) -> bool {
        self.desk.as_deref() == Some(desk) && self.root != root && self.root.is_dir()
    }
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    bytes: u64,
    sha1: String,
}

impl Kept {
    fn of(bytes: &[u8]) -> Self {
        let hash = Sha1::digest(bytes);
        let sha1 = hash.iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
        Self { bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX), sha1 }
    }
}

/// The folder, locked, with what is to become of it.
pub(super) struct Folder {
    root: PathBuf,
    desk: PathBuf,
    /// From the last run.
    pub(super) manifest: Manifest,
    /// The last run came to its end, and its files are there.
    pub(super) is_sound: bool,
    /// Files that a run that was cut off may have moved.
    journal: BTreeSet<String>,
    options: Options,
    wanted: Mutex<Wanted>,
    /// Brings the drafts to the disk while others are made.
    synced: Aside<PathBuf, Error>,
    _lock: File,
}

/// What the folder is to hold, as far as it is known.
#[derive(Default)]
struct Wanted {
    files: BTreeMap<String, Kept>,
    /// Paths of the files with a draft, in the order of the drafts' numbers.
    drafts: Vec<String>,
    /// What the gate says, so that all is told at once.
    faults: Vec<String>,
    /// What the files lack of what pages said; the same entry may stand in many of them.
    left_out: BTreeSet<Note>,
}

/// So much that is left out is told one by one.
const LEFT_OUT: usize = 1_000;

/// What a file is to hold, beside what it holds.
pub(super) struct Compared {
    path: String,
    bytes: Vec<u8>,
    kept: Kept,
    previous: Option<Vec<u8>>,
}

impl Compared {
    fn is_new(&self) -> bool {
        self.previous.as_ref() != Some(&self.bytes)
    }
}

/// How files are put into the folder.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Options {
    /// Compressed ones beside every file.
    pub(super) compress: bool,
    /// Whatever the gate says, and over files that are not ours.
    pub(super) force: bool,
    /// For how long another run is waited for.
    pub(super) wait: Duration,
}

/// What became of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// Paths of the files that were written.
    pub written: Vec<String>,
    /// Paths of the files that were removed.
    pub removed: Vec<String>,
}

impl Folder {
    /// Locks a folder, which is created where it is not there, and clears what a run that was cut off left.
    pub(super) fn open(path: &Path, state: Option<&Path>, options: Options) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(Error::at(path))?;
        let root = fs::canonicalize(path).map_err(Error::at(path))?;
        let desk = match state {
            Some(state) => state.to_owned(),
            None => beside(&root).ok_or_else(|| {
                Error::Unfit(
                    root.clone(),
                    "has nothing beside it for the manifest; name a folder with --state",
                )
            })?,
        };
        let desk = desk_of(&root, desk)?;
        let lock = lock(&desk.join("lock"), options.wait, std::thread::sleep)?;
        let drafts = desk.join("drafts");
        match fs::remove_dir_all(&drafts) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::at(&drafts)(error)),
            _ => {}
        }
        fs::create_dir(&drafts).map_err(Error::at(&drafts))?;
        let manifest = read_json::<Manifest>(&desk.join("manifest.json"))?.filter(Manifest::is_ours);
        let journal = read_json::<BTreeSet<String>>(&desk.join("journal.json"))?;
        let journal = journal.map(|paths| paths.into_iter().filter(|path| is_plain(path)).collect());
        let is_sound = manifest.is_some() && !desk.join("journal.json").exists();
        let manifest = manifest.unwrap_or_default();
        if manifest.is_shared(&root, &desk) {
            return Err(Error::Shared(desk, manifest.root));
        }
        let mut folder = Self {
            root,
            desk,
            manifest,
            is_sound,
            journal: journal.unwrap_or_default(),
            options,
            wanted: Mutex::default(),
            synced: Aside::new(|draft: PathBuf| {
                File::open(&draft).and_then(|file| file.sync_all()).map_err(Error::at(&draft))
            }),
            _lock: lock,
        };
        folder.is_sound = folder.is_sound && folder.is_there();
        Ok(folder)
    }

    /// Whether every file of the manifest is there, in its length.
    fn is_there(&self) -> bool {
        let is_there = |(path, kept): (&String, &Kept)| {
            let data = fs::symlink_metadata(self.root.join(path));
            data.is_ok_and(|data| data.is_file() && data.len() == kept.bytes)
        };
        parallel::map(self.manifest.files.iter().collect(), is_there).into_iter().all(|there| there)
    }

    /// What a file of ours holds; none where it is not there, or another one than we wrote.
    pub(super) fn read_own(&self, path: &str) -> Option<Vec<u8>> {
        let kept = self.manifest.files.get(path)?;
        let bytes = self.read(path).ok().flatten()?;
        // A run that was cut off may have moved the new one there, which is as whole.
        (self.journal.contains(path) || Kept::of(&bytes) == *kept).then_some(bytes)
    }

    /// Whether what stands at a path was written by us. A manifest that came from elsewhere, with a folder that was
    /// moved or by mistake, speaks only for what is still as it was.
    fn is_own(&self, path: &str, bytes: &[u8]) -> bool {
        let is_here = self.manifest.root == self.root;
        let is_kept = |kept: &Kept| is_here || *kept == Kept::of(bytes);
        self.manifest.files.get(path).is_some_and(is_kept) || self.journal.contains(path)
    }

    /// Keeps a file as it is, with those compressed beside it. `false` where there is none to keep.
    pub(super) fn keep(&self, path: &str) -> bool {
        self.beside(path).is_some_and(|kept| {
            parallel::lock(&self.wanted).files.extend(kept);
            true
        })
    }

    /// Has a file hold these bytes, once all is well. Many can be put at once.
    pub(super) fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let file = self.compare(path.to_owned(), bytes)?;
        self.refuse(&file);
        self.take(file)
    }

    /// Says why a file may not be published.
    pub(super) fn judge(&self, file: &Compared) -> Result<(), String> {
        if self.options.force || !file.is_new() {
            return Ok(());
        }
        gate::check(&gate::Candidate {
            path: &file.path,
            bytes: &file.bytes,
            previous: file.previous.as_deref(),
        })
    }

    /// Has nothing be published where a file may not be.
    pub(super) fn refuse(&self, file: &Compared) {
        if let Err(why) = self.judge(file) {
            parallel::lock(&self.wanted).faults.push(format!("{}: {why}", file.path));
        }
    }

    /// Notes what is not in the files.
    pub(super) fn leave_out(&self, notes: Vec<Note>) {
        parallel::lock(&self.wanted).left_out.extend(notes);
    }

    /// Says why nothing is left of a feed: an empty one would take the place of a good one.
    pub(super) fn nothing_is_left(&self, path: &str) -> Error {
        let wanted = parallel::lock(&self.wanted);
        let why = wanted.left_out.iter().take(gate::TOLD).map(|note| note.message.as_str());
        Error::Gate(vec![format!("{path}: no entry is left of it; {}", why.collect::<Vec<_>>().join("; "))])
    }

    /// Has a file that was judged hold what it is to hold.
    pub(super) fn take(&self, file: Compared) -> Result<(), Error> {
        let path = &file.path;
        let is_known = self.is_sound && self.manifest.files.get(path) == Some(&file.kept);
        let is_kept = is_known && self.keep(path);
        let compressed =
            if self.options.compress && !is_kept { compress::all(path, &file.bytes)? } else { Vec::new() };
        self.draft(file)?;
        compressed.into_iter().try_for_each(|(path, bytes)| self.draft(self.compare(path, bytes)?))
    }

    /// The same for a file that a site may have of its own, and then keeps.
    pub(super) fn offer(&self, path: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let is_free = self.options.force || self.read(path)?.is_none_or(|there| self.is_own(path, &there));
        if is_free { self.put(path, bytes) } else { Ok(()) }
    }

    pub(super) fn compare(&self, path: String, bytes: Vec<u8>) -> Result<Compared, Error> {
        Ok(Compared { previous: self.read(&path)?, kept: Kept::of(&bytes), path, bytes })
    }

    fn draft(&self, file: Compared) -> Result<(), Error> {
        let is_new = file.is_new();
        let Compared { path, bytes, previous, kept } = file;
        let is_foreign = |bytes: &Vec<u8>| !self.is_own(&path, bytes);
        if is_new && !self.options.force && previous.as_ref().is_some_and(is_foreign) {
            return Err(Error::Foreign(self.root.join(path)));
        }
        let mut wanted = parallel::lock(&self.wanted);
        wanted.files.insert(path.clone(), kept);
        if !is_new {
            return Ok(());
        }
        let draft = self.draft_path(wanted.drafts.len());
        wanted.drafts.push(path);
        drop(wanted);
        fs::write(&draft, &bytes).map_err(Error::at(&draft))?;
        self.synced.give(draft);
        Ok(())
    }

    /// The file and those beside it as they were written, if all of them were.
    fn beside(&self, path: &str) -> Option<Vec<(String, Kept)>> {
        let paths = compress::beside(path, self.options.compress).into_iter();
        paths.map(|path| self.manifest.files.get(&path).map(|kept| (path, kept.clone()))).collect()
    }

    fn draft_path(&self, number: usize) -> PathBuf {
        self.desk.join("drafts").join(number.to_string())
    }

    /// Moves all drafts to their places and removes what is no longer wanted; `manifest` says what is known now.
    /// Also what they lack.
    pub(super) fn finish(mut self, mut manifest: Manifest) -> Result<(Changes, Vec<Note>), Error> {
        let Wanted { files, drafts, mut faults, left_out } =
            std::mem::take(&mut *parallel::lock(&self.wanted));
        if !faults.is_empty() {
            faults.sort();
            return Err(Error::Gate(faults));
        }
        let before = self.manifest.files.keys().chain(&self.journal);
        let removed: BTreeSet<String> = before.filter(|path| !files.contains_key(*path)).cloned().collect();
        let moved: BTreeSet<&String> = drafts.iter().chain(&self.journal).collect();
        if !moved.is_empty() {
            self.write_state("journal.json", &moved)?;
        }
        self.synced.finish()?;
        self.move_drafts(&drafts)?;
        let removed = self.remove(removed)?;
        manifest.files = files;
        manifest.root.clone_from(&self.root);
        manifest.desk = Some(self.desk.clone());
        self.write_state("manifest.json", &manifest)?;
        let journal = self.desk.join("journal.json");
        if journal.exists() {
            fs::remove_file(&journal).map_err(Error::at(&journal))?;
        }
        let mut written = drafts;
        written.sort();
        Ok((Changes { written, removed }, told(left_out)))
    }

    /// Moves the drafts all at once: a file that is replaced takes the disk longer than one that is new.
    fn move_drafts(&self, drafts: &[String]) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        let mut moves = Vec::new();
        for (number, path) in drafts.iter().enumerate() {
            folders.insert(self.folder_of(path)?);
            moves.push((self.draft_path(number), self.root.join(path)));
        }
        let moved =
            parallel::wait(&moves, |(draft, target)| fs::rename(draft, target).map_err(Error::at(target)));
        moved.into_iter().collect::<Result<(), _>>()?;
        let folders: Vec<_> = folders.into_iter().collect();
        parallel::wait(&folders, |folder| sync_folder(folder)).into_iter().collect()
    }

    /// The folder of a file, created where it is not there. A link in its place is not followed.
    fn folder_of(&self, path: &str) -> Result<PathBuf, Error> {
        let mut folder = self.root.clone();
        let mut names: Vec<_> = path.split('/').collect();
        names.pop();
        for name in names {
            let parent = folder.clone();
            folder.push(name);
            match fs::symlink_metadata(&folder) {
                Ok(data) if data.is_dir() => {}
                Ok(_) => return Err(Error::Unfit(folder, "is in the place of a folder; move it away")),
                Err(_) => {
                    fs::create_dir(&folder).map_err(Error::at(&folder))?;
                    sync_folder(&parent)?;
                }
            }
        }
        Ok(folder)
    }

    /// Removes files of ours, and the folders that are then empty. A file that somebody else changed stays.
    fn remove(&self, paths: BTreeSet<String>) -> Result<Vec<String>, Error> {
        let mut removed = Vec::new();
        for path in paths {
            let Some(bytes) = self.read(&path)? else { continue };
            let known = self.manifest.files.get(&path);
            if known.is_some_and(|kept| *kept != Kept::of(&bytes)) && !self.journal.contains(&path) {
                continue;
            }
            let target = self.root.join(&path);
            fs::remove_file(&target).map_err(Error::at(&target))?;
            for folder in Path::new(&path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty())
            {
                if fs::remove_dir(self.root.join(folder)).is_err() {
                    break;
                }
            }
            removed.push(path);
        }
        Ok(removed)
    }

    /// What stands at a path; none where nothing does. A link is never followed.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut target = self.root.clone();
        if !is_plain(path) {
            return Err(Error::Unfit(target.join(path), "is no path in the folder"));
        }
        let names: Vec<_> = Path::new(path).components().collect();
        for (number, name) in names.iter().enumerate() {
            target.push(name);
            let last = number + 1 == names.len();
            match fs::symlink_metadata(&target) {
                Ok(data) if (last && data.is_file()) || (!last && data.is_dir()) => {}
                Ok(_) => return Err(Error::Unfit(target, "is no plain file or folder; move it away")),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(Error::at(&target)(error)),
            }
        }
        fs::read(&target).map(Some).map_err(Error::at(&target))
    }

    /// Writes a file of the desk whole: beside its place, synced, then moved.
    fn write_state(&self, name: &str, value: &impl Serialize) -> Result<(), Error> {
        let (draft, target) = (self.desk.join(format!("{name}.draft")), self.desk.join(name));
        let write = || -> io::Result<()> {
            // A draft that was left, or a link in its place, is not written through.
            match fs::remove_file(&draft) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = File::options().write(true).create_new(true).open(&draft)?;
            file.write_all(&serde_json::to_vec(value)?)?;
            file.sync_all()?;
            fs::rename(&draft, &target)
        };
        write().map_err(Error::at(&target))?;
        sync_folder(&self.desk)
    }
}

/// Notes in their order, no more than can be read.
fn told(notes: BTreeSet<Note>) -> Vec<Note> {
    let more = notes.len().saturating_sub(LEFT_OUT);
    let mut told: Vec<_> = notes.into_iter().take(LEFT_OUT).collect();
    if more > 0 {
        told.push(
            Note::general(format!("{more} more were left out or changed, which are not told")).of_loss(),
        );
    }
    told
}

/// So many links that lead nowhere yet are followed.
const LINKS: usize = 40;

/// Where a path leads: links are followed, also to what is not there yet.
pub(super) fn place(path: &Path) -> PathBuf {
    followed(path, &mut { LINKS })
}

fn followed(path: &Path, links: &mut usize) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
        match (fs::canonicalize(&plain), fs::read_link(&plain)) {
            (Ok(found), _) => plain = found,
            (Err(_), Ok(target)) if *links > 0 => {
                *links -= 1;
                plain.pop();
                plain = followed(&plain.join(target), links);
            }
            _ => {}
        }
    }
    plain
}

pub(super) fn beside(root: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(root.file_name()?);
    name.push(".wirefeed");
    Some(root.parent()?.join(name))
}

/// The folder of the manifest, created where it is not there. It is emptied and written over: one with something
/// else in it is refused.
fn desk_of(root: &Path, desk: PathBuf) -> Result<PathBuf, Error> {
    let (Some(parent), Some(name)) = (desk.parent(), desk.file_name()) else {
        return Err(Error::Unfit(
            desk,
            "cannot be the folder of the manifest; name another one with --state",
        ));
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let desk = place(parent).join(name);
    if desk.starts_with(root) || root.starts_with(&desk) {
        return Err(Error::Unfit(
            desk,
            "stands in the served folder, or holds it; name another one with --state",
        ));
    }
    fs::create_dir_all(parent).map_err(Error::at(parent))?;
    private_folder(&desk).map_err(Error::at(&desk))?;
    let is_empty = fs::read_dir(&desk).map_err(Error::at(&desk))?.next().is_none();
    if !is_empty && !is_file(&desk.join("lock"))? {
        return Err(Error::Unfit(desk, "holds what is not wirefeed's; name another folder with --state"));
    }
    Ok(desk)
}

/// Whether a plain file stands there. Anything else in its place is not touched: a link leads away, a pipe never ends.
fn is_file(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => Ok(true),
        Ok(_) => Err(Error::Unfit(path.to_owned(), "is no plain file; move it away")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::at(path)(error)),
    }
}

/// Whether a path stays in the folder, whatever stands there.
fn is_plain(path: &str) -> bool {
    let mut names = Path::new(path).components();
    !path.is_empty() && !path.contains('\0') && names.all(|name| matches!(name, Component::Normal(_)))
}

/// What a file of the desk says; nothing where it is not there, or says nothing that is understood.
fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Option<T>, Error> {
    let bytes = if is_file(path)? { fs::read(path).map_err(Error::at(path))? } else { Vec::new() };
    Ok(serde_json::from_slice(&bytes).ok())
}

/// A file is in its folder for good once the folder is synced too.
fn sync_folder(path: &Path) -> Result<(), Error> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(path).and_then(|folder| folder.sync_all()).map_err(Error::at(path))
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let plain = fs::symlink_metadata(path)?.is_dir();
            if plain { Ok(()) } else { Err(io::Error::other("is no folder")) }
        }
        created => created,
    }
}

/// The lock, tried until so much time was spent in `pause`.
fn lock(path: &Path, wait: Duration, mut pause: impl FnMut(Duration)) -> Result<File, Error> {
    let file =
        File::options().create(true).truncate(false).write(true).open(path).map_err(Error::at(path))?;
    let mut left = wait;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(Error::at(path)(error)),
            Err(TryLockError::WouldBlock) if left.is_zero() => {
                return Err(Error::Locked(path.to_owned(), wait.as_secs()));
            }
            Err(TryLockError::WouldBlock) => {
                let now = left.min(EVERY);
                pause(now);
                left -= now;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_waited_for_and_no_longer_than_is_said() {
        let path = std::env::temp_dir().join(format!("wirefeed-lock-{}", std::process::id()));
        let mut held = Some(lock(&path, Duration::ZERO, |_| panic!("it is free")).expect("a free lock"));
        for seconds in [0, 1, 60] {
            let wait = Duration::from_secs(seconds);
            let mut waited = Duration::ZERO;
            let why = lock(&path, wait, |time| waited += time).expect_err("it is held");
            assert!(matches!(why, Error::Locked(_, said) if said == seconds), "{why}");
            assert_eq!(waited, wait);
        }
        let mut pauses = 0;
        let pause = |_| {
            pauses += 1;
            if pauses == 3 {
                held.take();
            }
        };
        lock(&path, Duration::from_secs(60), pause).expect("released");
        assert_eq!(pauses, 3);
        fs::remove_file(&path).expect("the lock file");
    }
}
