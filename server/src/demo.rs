//! Believable profiles for trying Lagune, made by a seeded generator.
