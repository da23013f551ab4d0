use super::*;

mod oracle;
mod phrases;
