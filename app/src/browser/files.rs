//! Files that are chosen or dropped.
