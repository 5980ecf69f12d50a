//! wirefeed
pub mod note;
pub mod page;
#[cfg(feature = "cli")]
pub mod cli {
    pub fn run(_: std::env::ArgsOs) -> std::process::ExitCode {
        std::process::ExitCode::SUCCESS
    }
}
