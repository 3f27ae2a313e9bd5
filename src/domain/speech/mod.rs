//! What the product may say.
