//! Writes a file or standard output: whole or not at all, and only where something changed.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::Duration;

use atomic_write_file::AtomicWriteFile;

use super::Failure;

/// What is written: it is handed where to.
pub(super) type Content<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// Writes to a file through a draft beside it, or to standard output. A file that would not change is not touched.
pub(super) fn write(path: Option<&Path>, content: Content<'_>) -> Result<(), Failure> {
    match path {
        None => to_stdout(content).map_err(|error| Failure::writing("standard output", &error)),
        Some(path) => {
            to_file(path, content).map_err(|error| Failure::writing(&path.display().to_string(), &error))
        }
    }
}

/// Whether two names lead to one file, that is there or not.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        fs::canonicalize(path).ok().or_else(|| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            Some(fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?.join(path.file_name()?))
        })
    };
    real(one).is_some_and(|one| Some(one) == real(other))
}

/// A draft that nobody has written to for so long was left behind by a run that was killed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Removes the drafts of a file that killed runs left behind.
fn sweep(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return };
    let prefix = format!(".{}.", name.to_string_lossy());
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let draft = file.file_name().to_string_lossy().strip_prefix(&prefix).is_some_and(|end| {
            end.len() == DRAFT_MARK && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let old = file.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        if draft && old.is_some_and(|age| age > ABANDONED) {
            // Another run may have been faster.
            _ = fs::remove_file(file.path());
        }
    }
}

/// So many letters and digits are behind the name of a draft.
const DRAFT_MARK: usize = 6;

fn to_stdout(content: Content<'_>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    content(&mut out)?;
    out.flush()
}

fn to_file(path: &Path, content: Content<'_>) -> io::Result<()> {
    if is_open_end(path)? {
        let mut out = BufWriter::new(fs::OpenOptions::new().append(true).open(path)?);
        content(&mut out)?;
        return out.flush();
    }
    // What a link leads to is replaced, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let draft = AtomicWriteFile::open(path)?;
    let old = File::open(path).ok().map(BufReader::new);
    let mut out = Comparing { out: BufWriter::new(draft), same: old.is_some(), old };
    content(&mut out)?;
    out.flush()?;
    let same = out.is_same();
    let draft = out.out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if same {
        draft.discard()
    } else {
        draft.commit()?;
        sweep(path);
        Ok(())
    }
}

/// Whether a name leads to what is written through, not replaced: what is open already (`/dev/stdout`, `>(…)`), or a
/// device that takes all (`/dev/null`, a terminal). A pipe would wait for a reader; what a disk or a socket is for,
/// no feed is.
fn is_open_end(path: &Path) -> io::Result<bool> {
    let Ok(data) = fs::metadata(path) else { return Ok(false) };
    let is_open = ["/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/proc"];
    if is_open.iter().any(|open| path.starts_with(open)) || is_character_device(&data) {
        return Ok(!data.is_dir());
    }
    if data.is_file() || data.is_dir() {
        return Ok(false);
    }
    Err(io::Error::other("it is a pipe, a socket or a disk; name a file, or leave --output out and redirect"))
}

#[cfg(unix)]
fn is_character_device(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    data.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_character_device(_: &fs::Metadata) -> bool {
    false
}

/// Compares what is written with an old file on the way.
struct Comparing<W, R> {
    out: W,
    old: Option<R>,
    same: bool,
}

impl<W: Write, R: Read> Comparing<W, R> {
    /// Whether the old file held just these bytes.
    fn is_same(&mut self) -> bool {
        let ended = self.old.as_mut().is_some_and(|old| matches!(old.read(&mut [0]), Ok(0)));
        self.same && ended
    }
}

impl<W: Write, R: Read> Write for Comparing<W, R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        let mut chunk = [0; 4096];
        for written in bytes.get(..count).unwrap_or_default().chunks(chunk.len()) {
            let (old, _) = chunk.split_at_mut(written.len());
            let read = self.old.as_mut().filter(|_| self.same).map(|file| file.read_exact(old));
            self.same &= matches!(read, Some(Ok(()))) && *old == *written;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_compared_with_what_was_there() {
        for (old, new, expected) in [
            ("abc", "abc", true),
            ("abc", "abd", false),
            ("abcd", "abc", false),
            ("ab", "abc", false),
            ("", "", true),
        ] {
            let mut out = Comparing { out: Vec::new(), old: Some(old.as_bytes()), same: true };
            for byte in new.bytes() {
                out.write_all(&[byte]).expect("a vector takes all");
            }
            assert_eq!(out.is_same(), expected, "{old} {new}");
        }
    }
}
