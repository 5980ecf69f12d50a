//! The real hosts, readers and browser: `tests/e2e/run.py` with the programs that `tests/e2e/setup.sh` installs.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "whether the programs must be there, CI says"
)]

use std::path::Path;
use std::process::Command;

#[test]
fn hosts_readers_and_a_browser_get_what_was_published() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/run.py");
    // Apache's workers are users of their own, who may not see the build's folder. Screenshots stay there.
    let work = std::env::temp_dir().join("wirefeed-e2e");
    let output = Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_wirefeed")).arg(work).output();
    let told = match &output {
        Ok(output) => {
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
        }
        Err(error) => format!("python3: {error}"),
    };
    let code = output.ok().and_then(|output| output.status.code());
    // 77 as in automake: a program is not there.
    let is_absent = matches!(code, None | Some(77));
    if is_absent && std::env::var_os("CI").is_none() {
        eprintln!("skipped: {told}\ntests/e2e/setup.sh installs the programs");
        return;
    }
    assert_eq!(code, Some(0), "{told}");
}
