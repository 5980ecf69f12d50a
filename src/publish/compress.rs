//! `.gz` and `.br` beside a file: the same bytes for the same content.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Error;
use crate::parallel;

/// A compression.
pub(super) struct Row {
    /// The ending of its files.
    pub(super) ends: &'static str,
    /// As HTTP calls it.
    pub(super) encoding: &'static str,
    work: fn(&[u8]) -> std::io::Result<Vec<u8>>,
}

/// The compressions that hosts serve beside a file, the better one last.
pub(super) const COMPRESSIONS: &[Row] =
    &[Row { ends: ".gz", encoding: "gzip", work: gzip }, Row { ends: ".br", encoding: "br", work: brotli }];

/// How hard brotli tries, 0 to 11. The last two steps take ten times as long for a few per cent.
const EFFORT: u32 = 9;

/// What compression is of use for; the rest are files for the host.
const TEXTS: &[&str] = &["xml", "json", "html", "css", "svg"];

/// The paths of a file and of those beside it.
pub(super) fn beside(path: &str, compress: bool) -> Vec<String> {
    let mut paths = vec![path.to_owned()];
    if compress && is_text(path) {
        paths.extend(COMPRESSIONS.iter().map(|row| format!("{path}{}", row.ends)));
    }
    paths
}

/// The files beside one, with their bytes.
pub(super) fn all(path: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    if !is_text(path) {
        return Ok(Vec::new());
    }
    let made = parallel::wait(COMPRESSIONS, |row| {
        let path = format!("{path}{}", row.ends);
        let compressed = (row.work)(bytes).map_err(Error::at(std::path::Path::new(&path)))?;
        Ok((path, compressed))
    });
    made.into_iter().collect()
}

fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| TEXTS.contains(&extension))
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut out, 4096, EFFORT, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    drop(encoder);
    Ok(out)
}
