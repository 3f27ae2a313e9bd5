//! The data types that authored resources are made of. `fhir-sdk` gives them no `Default` without its builders,
//! whose code costs more to compile than these literals to read.

use crate::{Coded, Named};
use fhir_sdk::r4b::codes::ParticipationStatus;
use fhir_sdk::r4b::resources::{AppointmentParticipant, TaskInput, TaskInputValue};
use fhir_sdk::r4b::types::{
    CodeableConcept, CodeableConceptInner, Coding, CodingInner, Identifier, IdentifierInner, Reference,
    ReferenceInner,
};

pub(crate) fn identifier(named: &Named<'_>) -> Vec<Option<Identifier>> {
    let inner = IdentifierInner {
        id: None,
        extension: Vec::new(),
        r#use: None,
        r#use_ext: None,
        r#type: None,
        r#type_ext: None,
        system: Some(named.system.to_owned()),
        system_ext: None,
        value: Some(named.value.to_owned()),
        value_ext: None,
        period: None,
        period_ext: None,
        assigner: None,
        assigner_ext: None,
    };
    vec![Some(inner.into())]
}

pub(crate) fn reference(to: &str) -> Reference {
    ReferenceInner {
        id: None,
        extension: Vec::new(),
        reference: Some(to.to_owned()),
        reference_ext: None,
        r#type: None,
        r#type_ext: None,
        identifier: None,
        identifier_ext: None,
        display: None,
        display_ext: None,
    }
    .into()
}

fn coding(coded: &Coded<'_>) -> Coding {
    CodingInner {
        id: None,
        extension: Vec::new(),
        system: Some(coded.system.to_owned()),
        system_ext: None,
        version: None,
        version_ext: None,
        code: Some(coded.code.to_owned()),
        code_ext: None,
        display: None,
        display_ext: None,
        user_selected: None,
        user_selected_ext: None,
    }
    .into()
}

fn concept(coding: Vec<Option<Coding>>, text: Option<&str>) -> CodeableConcept {
    CodeableConceptInner {
        id: None,
        extension: Vec::new(),
        coding,
        coding_ext: Vec::new(),
        text: text.map(str::to_owned),
        text_ext: None,
    }
    .into()
}

pub(crate) fn coded(code: &Coded<'_>) -> CodeableConcept {
    concept(vec![Some(coding(code))], None)
}

pub(crate) fn worded(text: &str) -> CodeableConcept {
    concept(Vec::new(), Some(text))
}

pub(crate) fn accepted(actor: &str) -> Option<AppointmentParticipant> {
    Some(AppointmentParticipant {
        id: None,
        extension: Vec::new(),
        modifier_extension: Vec::new(),
        r#type: Vec::new(),
        r#type_ext: Vec::new(),
        actor: Some(reference(actor)),
        actor_ext: None,
        required: None,
        required_ext: None,
        status: ParticipationStatus::Accepted,
        status_ext: None,
        period: None,
        period_ext: None,
    })
}

pub(crate) fn input(kind: &str, value: &str) -> Option<TaskInput> {
    Some(TaskInput {
        id: None,
        extension: Vec::new(),
        modifier_extension: Vec::new(),
        r#type: worded(kind),
        r#type_ext: None,
        value: TaskInputValue::String(value.to_owned()),
        value_ext: None,
    })
}
