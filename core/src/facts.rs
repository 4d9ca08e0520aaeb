//! The vocabulary: what the caller knows about people, institutions and their records.
//!
//! In come JSON, policy examples, spreadsheets or typed structs; out go typed structs that conditions read.
//! INVARIANT: every field may be missing, and the vocabulary says whether a missing one is unknown or none.

mod activity;
mod application;
mod attachment;
mod base;
mod certificate;
pub(crate) mod changed;
mod codes;
mod decode;
mod extra;
mod funding;
mod institution;
mod mentor;
mod practitioner;
mod programme;
mod project;
mod read;
mod region;
mod residency;
mod schema;
mod teaching;
mod trainee;
mod vocabulary;
pub(crate) mod within;
#[cfg(any(feature = "workbook", feature = "population"))]
mod words;

pub use activity::Activity;
pub use application::Application;
pub use attachment::Attachment;
pub use base::{Base, Recruitment, Subsidy};
pub use certificate::Certificate;
pub use codes::*;
pub use decode::{
    AnyEntity, DecodeEntity, Fact, FactValue, Place, RecordPlace, RecordVisit, Scalar, Target, ValueSeed, absent, absent_or_told, binary_number,
    code_of, complete_absences, deserialize_whole, is_told, no_record, visit_record,
};
pub use extra::Extra;
pub use funding::{Pay, TrainingFund};
pub use institution::Institution;
pub use mentor::{Assignment, Mentor};
pub use practitioner::Practitioner;
pub use programme::{Programme, ProgrammeTier};
pub use project::Project;
pub use read::{Brought, PartlyRead, ReadFacts};
pub use region::{ExamResult, Region, RegionStat};
pub use residency::{Assessment, Residency, Rotation};
pub use schema::json_schema;
pub(crate) use schema::{SIGNED, UNSIGNED, recorded_at};
pub use teaching::Teaching;
pub use trainee::Trainee;
pub use vocabulary::{Absent, Code, CodeList, Entity, Field, FieldKind, Keys, Power, ToldBy, Vocabulary, entities};

pub(crate) use decode::{cure_of, is_long_number, shortened};
pub(crate) use extra::{RECORDED_AT, plain, read_plain};
pub(crate) use practitioner::{is_identity_number, masked};
#[cfg(feature = "workbook")]
pub(crate) use vocabulary::{OTHER_DAYS, RECORDED};
#[cfg(any(feature = "workbook", feature = "population"))]
pub(crate) use words::{is_called, tidy, yes_or_no};

use serde::Serialize;

use crate::feel::{Datum, Record};
use crate::problem::TrainingError;
use crate::quantity::Day;
use crate::shape::{Body, Crosses, FieldShape, Form, Role, Shape};

macro_rules! subjects {
    ($(#[doc = $doc:literal] $field:ident: $entity:ident,)*) => {
        /// What is known about one subject: one root for each kind of subject.
        ///
        /// In JSON: `{"practitioner": {"person_id": "1001", "activities": [..]}}`.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        pub struct Facts {
            $(#[doc = $doc] #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$entity>,)*
            /// The day as known on which these are, where what was recorded later was left out.
            #[serde(skip)]
            pub known_on: Option<Day>,
        }

        impl Facts {
            /// The subjects that facts can be about.
            pub const SUBJECTS: &'static [&'static Entity] = &[$($entity::ENTITY,)*];

            /// The record of this subject, if it is given.
            #[must_use]
            pub fn subject(&self, name: &str) -> Option<&dyn Record> {
                match name {
                    $(stringify!($field) => self.$field.as_ref().map(|record| record as &dyn Record),)*
                    _ => None,
                }
            }

            /// What was known on a day: without the records that were recorded later.
            ///
            /// A record that does not say when it was recorded was known from the beginning, and so was each list that is given: what remains of
            /// it is complete. A verdict about such facts says the day.
            #[must_use]
            pub fn as_known_on(mut self, day: Day) -> Self {
                $(if self.$field.as_mut().is_some_and(|record| !DecodeEntity::leave_out_later(record, day)) {
                    self.$field = None;
                })*
                self.known_on = Some(self.known_on.map_or(day, |known| known.min(day)));
                self
            }

            /// Visits every record with its place, so that a policy can check its own facts there.
            pub(crate) fn each_record_mut(&mut self, visit: &mut RecordVisit<'_>) {
                $(if let Some(record) = &mut self.$field {
                    visit_record(record, stringify!($field), visit);
                })*
            }

            /// What takes the record of this subject.
            fn target(&mut self, name: &str) -> Option<&mut dyn Target> {
                match name {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }

        $(impl From<$entity> for Facts {
            fn from(record: $entity) -> Self {
                Self { $field: Some(record), ..Self::default() }
            }
        })*

        /// One subject of any kind, with what is known of it.
        ///
        /// In JSON it is what [`Facts`] about it alone are: `{"practitioner": {"person_id": "1001"}}`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Subject {
            $(#[doc = $doc] $entity(Box<$entity>),)*
        }

        impl Subject {
            /// What kind of subject it is.
            #[must_use]
            pub fn entity(&self) -> &'static Entity {
                match self { $(Self::$entity(_) => $entity::ENTITY,)* }
            }

            /// What is known of it, as a condition reads it.
            #[must_use]
            pub fn record(&self) -> &dyn Record {
                match self { $(Self::$entity(record) => &**record,)* }
            }

            /// The subject, where facts can be about such a record.
            #[cfg(feature = "workbook")]
            pub(crate) fn of(record: Box<dyn AnyEntity>) -> Option<Self> {
                let record = record.into_any();
                $(let record = match record.downcast::<$entity>() {
                    Ok(record) => return Some(Self::$entity(record)),
                    Err(record) => record,
                };)*
                drop(record);
                None
            }

            /// Visits every record with its place, so that a policy can check its own facts there.
            #[cfg(all(feature = "workbook", feature = "render"))]
            pub(crate) fn each_record_mut(&mut self, visit: &mut RecordVisit<'_>) {
                match self { $(Self::$entity(record) => visit_record(&mut **record, stringify!($field), visit),)* }
            }
        }

        $(impl From<$entity> for Subject {
            fn from(record: $entity) -> Self {
                Self::$entity(Box::new(record))
            }
        })*

        impl Crosses for Facts {
            const FORM: Form = {
                const SHAPE: &Shape = &Shape {
                    name: "Facts",
                    doc: "What is known about one subject: one root for each kind of subject.",
                    body: Body::Record(&[$(FieldShape {
                        name: stringify!($field),
                        doc: $doc.trim_ascii(),
                        form: <Option<$entity> as Crosses>::FORM,
                        left_out_empty: false,
                    },)*]),
                    role: Role::Result,
                };
                Form::Shape(|| SHAPE)
            };
        }

        /// In every language one subject is what facts about it alone are.
        impl Crosses for Subject {
            const FORM: Form = Facts::FORM;
        }

        impl From<Subject> for Facts {
            fn from(subject: Subject) -> Self {
                match subject { $(Subject::$entity(record) => (*record).into(),)* }
            }
        }
    };
}

subjects! {
    /// A health professional.
    practitioner: Practitioner,
    /// A single credit record, judged by itself.
    activity: Activity,
    /// An institution.
    institution: Institution,
    /// A single attachment, judged by itself.
    attachment: Attachment,
    /// Someone on an attachment or in residency training.
    trainee: Trainee,
    /// A mentor or teaching physician.
    mentor: Mentor,
    /// A training base.
    base: Base,
    /// A region.
    region: Region,
    /// A project of continuing medical education.
    project: Project,
    /// A programme of training with quotas.
    programme: Programme,
}

impl Subject {
    /// The text of this field; `None` where it is not given, or no text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.datum(field)? {
            Datum::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number under which it is known.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        let entity = self.entity();
        self.text(entity.fields.get(entity.keys().number?)?.name)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let entity = self.entity();
        self.text(entity.fields.get(entity.keys().name?)?.name)
    }

    /// This field, as a condition reads it; `None` where its entity has no such field.
    pub(crate) fn datum(&self, field: &str) -> Option<Datum<'_>> {
        let (slot, _) = self.entity().field(field)?;
        Some(self.record().read(slot))
    }
}

impl Facts {
    /// Reads facts from JSON text.
    ///
    /// # Errors
    /// Every problem of the text, each with its path: malformed JSON, unknown names, values of the wrong type.
    pub fn from_json(text: &str) -> Result<Self, TrainingError> {
        ReadFacts::from_json(text).map(ReadFacts::into_facts)
    }

    /// The facts as a JSON value.
    pub(crate) fn to_value(&self) -> serde_json::Result<serde_json::Value> {
        // By way of text, as they are read.
        serde_json::from_str(&serde_json::to_string(self)?)
    }

    /// Reads facts from a JSON value.
    ///
    /// # Errors
    /// Every problem, each with its path.
    pub fn from_value(value: &serde_json::Value) -> Result<Self, TrainingError> {
        // By way of text: all facts are decoded anew for each format, which a library for phones has no room for.
        Self::from_json(&value.to_string())
    }
}
