//! The commands, one a file: the struct whose doc comments are the help, and one function that
//! reads as the recipe.

pub mod add;
pub mod archive;
pub mod bibliography;
pub mod changes;
pub mod cite;
pub mod codebook;
pub mod compare;
pub mod coverage;
pub mod doctor;
pub mod edit;
pub mod eval;
pub mod exhibit;
pub mod explain;
pub mod export;
pub mod index;
pub mod init;
pub mod issues;
pub mod keyness;
pub mod manual;
pub mod remove;
pub mod replay;
pub mod restore;
pub mod reuse;
pub mod search;
pub mod show;
pub mod similar;
pub mod status;
pub mod tag;
pub mod verify;
pub mod worksheet;
