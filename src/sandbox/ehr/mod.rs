//! ehr twin
