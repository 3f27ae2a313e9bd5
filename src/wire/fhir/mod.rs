//! FHIR R4 as tolerant views over JSON.
