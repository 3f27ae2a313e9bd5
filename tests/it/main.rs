//! Stories from outside, one binary.
