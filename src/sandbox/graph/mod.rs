//! graph twin
