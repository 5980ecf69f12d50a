//! wirefeed
pub mod note;
pub mod page;
pub mod resolve;
pub mod wire;
#[cfg(feature = "cli")]
pub mod cli {
    pub fn run(_: std::env::ArgsOs) -> std::process::ExitCode {
        std::process::ExitCode::SUCCESS
    }
}
