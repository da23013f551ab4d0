//! Claims jobs and runs them, in the serving process or in one of its own.
