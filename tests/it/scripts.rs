//! The scripts: clean to shellcheck, and run by bash to their ends and to their failures, with fakes
//! where the clusters would be.

mod environment;
mod failure;
mod install;
mod kubectl;
mod lint;
mod stage;
mod trace;
mod uninstall;
mod verify;
