//! The work that takes longer than a request, one file for each kind.
