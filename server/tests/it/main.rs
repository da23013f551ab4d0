//! The process as a whole: files in and out, jobs, and the rules of the house.

mod import;
mod tidy;
