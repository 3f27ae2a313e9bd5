//! The doctors whose names patients type, as the EHR lists them, and the services of the configuration; nothing of a
//! patient.

use crate::domain::clinic::{Bilingual, Clinic, Service};
use crate::domain::event::Meant;
use crate::domain::words::{Known, Named, named};
use crate::seal::{Digest4, Digest8};

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

/// All names that can be typed, folded once: of each clinic its services, and the doctors of these.
#[derive(Debug, Default)]
pub struct Names {
    clinics: Vec<(u16, OfClinic)>,
}

#[derive(Debug)]
struct OfClinic {
    services: Vec<Known<Digest4>>,
    doctors: Vec<Known<Meant>>,
}

impl Names {
    /// The names of these clinics and doctors.
    pub fn new(clinics: &[Clinic], doctors: &[Listed]) -> Self {
        let of = |clinic: &Clinic| (clinic.no, OfClinic::new(clinic, doctors));
        Self { clinics: clinics.iter().map(of).collect() }
    }

    /// The services that a text may name.
    pub fn services(&self, clinic: u16, text: &str) -> Vec<Digest4> {
        self.of(clinic).map_or_else(Vec::new, |it| several(named(text, &it.services)))
    }

    /// The doctors that a text may name.
    pub fn doctors(&self, clinic: u16, text: &str) -> Vec<Meant> {
        self.of(clinic).map_or_else(Vec::new, |it| several(named(text, &it.doctors)))
    }

    fn of(&self, clinic: u16) -> Option<&OfClinic> {
        self.clinics.iter().find(|(no, _)| *no == clinic).map(|(_, names)| names)
    }
}

impl OfClinic {
    fn new(clinic: &Clinic, doctors: &[Listed]) -> Self {
        let services =
            clinic.services.iter().map(|service| Known::service(service.digest(), names_of(service)));
        let doctors = doctors.iter().filter_map(|doctor| {
            let meant = meant(doctor, clinic);
            let names = [doctor.name.ar.as_str(), doctor.name.en.as_str()];
            (!meant.services.is_empty()).then(|| Known::doctor(meant, names))
        });
        Self { services: services.collect(), doctors: doctors.collect() }
    }
}

/// A sensitive service is called by its alias as well.
fn names_of(service: &Service) -> impl Iterator<Item = &str> {
    [Some(&service.name), service.alias.as_ref()]
        .into_iter()
        .flatten()
        .flat_map(|it| [it.ar.as_str(), it.en.as_str()])
}

/// A doctor with what of this clinic can be booked with them; a schedule that is for nothing in particular is for all.
fn meant(doctor: &Listed, clinic: &Clinic) -> Meant {
    let serves = |service: &&Service| {
        doctor.service_types.is_empty() || doctor.service_types.contains(&service.service_type)
    };
    let services = clinic.services.iter().filter(serves).map(Service::digest).collect();
    Meant { doctor: doctor.digest, services }
}

fn several<K>(named: Named<K>) -> Vec<K> {
    match named {
        Named::None => vec![],
        Named::One(one) => vec![one],
        Named::Several(several) => several,
    }
}
