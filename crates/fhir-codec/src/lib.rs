//! The only user of `fhir-sdk`: builds and strictly checks the resources Wasl authors.
