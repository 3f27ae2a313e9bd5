//! The doctors whose names patients type, as the EHR lists them; nothing of a patient.

use crate::domain::clinic::Bilingual;
use crate::seal::Digest8;

/// One doctor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Keyed digest of the reference, as buttons name them.
    pub digest: Digest8,
    /// Name with title in each language the EHR has.
    pub name: Bilingual,
    /// `system|code` of what their schedules are for.
    pub service_types: Vec<String>,
}
