//! Runs the command line and returns its exit code.

fn main() -> std::process::ExitCode {
    wirefeed::cli::run(std::env::args_os())
}
