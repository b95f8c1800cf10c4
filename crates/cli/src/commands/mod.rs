//! The commands, one a file: the struct whose doc comments are the help, and one function that
//! reads as the recipe.

pub mod add;
pub mod archive;
pub mod coverage;
pub mod doctor;
pub mod edit;
pub mod index;
pub mod init;
pub mod manual;
pub mod remove;
pub mod restore;
pub mod search;
pub mod show;
pub mod status;
