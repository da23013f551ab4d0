use super::*;

mod german;
mod oracle;
mod phrases;
mod properties;
mod traps;
