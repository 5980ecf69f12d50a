//! Runs the command line and returns its exit code.

/// What one core allocates another one frees; the allocator of libc locks for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    wirefeed::cli::run(std::env::args_os())
}
