//! x
use super::Failure;
use super::input::Input;
use clap::Args;
/// Shows what was understood of a page, item by item
#[derive(Args)]
pub(super) struct Inspect {
    #[command(flatten)]
    input: Input,
}
impl Inspect {
    pub(super) fn run(self) -> Result<(), Failure> {
        Ok(())
    }
}
