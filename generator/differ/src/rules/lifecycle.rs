//! Deprecation (`deprecated`), promised ends (`x-sunset`) and stability (`x-stability-level`).

super::rules! {
    ENDPOINT_DEPRECATED "endpoint-deprecated" C C promise "An operation was deprecated" ["(absent)", "deprecated: true"]
    ENDPOINT_DEPRECATED_UNTIL "endpoint-deprecated-with-sunset" C C promise "An operation was deprecated and will go on a stated date" ["(absent)", "deprecated: true, x-sunset: 2030-01-01"]
    ENDPOINT_REACTIVATED "endpoint-reactivated" C C promise "An operation is no longer deprecated" ["deprecated: true", "(absent)"]
    ENDPOINT_SUNSET_UNREADABLE "endpoint-sunset-parse" B B promise "An operation is, or was, deprecated until a date that cannot be read" ["(absent)", "deprecated: true, x-sunset: soon"]
    ENDPOINT_SUNSET_DELETED "endpoint-sunset-deleted" B B promise removes "An operation that is deprecated lost the date until which it was promised" ["x-sunset: 2030-01-01", "(absent)"]
    ENDPOINT_SUNSET_EARLIER "endpoint-sunset-date-changed-too-small" B B promise "An operation is promised until an earlier date" ["x-sunset: 2030-01-01", "x-sunset: 2026-01-01"]
    ENDPOINT_SUNSET_LATER "endpoint-sunset-date-postponed" C C promise "An operation is promised until a later date" ["x-sunset: 2026-01-01", "x-sunset: 2030-01-01"]
    ENDPOINT_STABILITY_DECREASED "endpoint-stability-decreased" B B promise "An operation is less stable than it was said to be" ["x-stability-level: stable", "x-stability-level: beta"]
    ENDPOINT_STABILITY_INCREASED "endpoint-stability-increased" C C promise "An operation is more stable" ["x-stability-level: beta", "x-stability-level: stable"]
    ENDPOINT_STABILITY_INVALID "endpoint-invalid-stability-level" B B promise "An operation has a stability level that is none of draft, alpha, beta and stable" ["x-stability-level: beta", "x-stability-level: 1"]
    PARAMETER_DEPRECATED "parameter-deprecated" C C promise "A parameter was deprecated" ["(absent)", "deprecated: true"]
    PARAMETER_DEPRECATED_UNTIL "parameter-deprecated-with-sunset" C C promise "A parameter was deprecated and will go on a stated date" ["(absent)", "deprecated: true, x-sunset: 2030-01-01"]
    PARAMETER_REACTIVATED "parameter-reactivated" C C promise "A parameter is no longer deprecated" ["deprecated: true", "(absent)"]
    PARAMETER_SUNSET_UNREADABLE "parameter-sunset-parse" B B promise "A parameter is, or was, deprecated until a date that cannot be read" ["(absent)", "deprecated: true, x-sunset: soon"]
    PARAMETER_SUNSET_DELETED "parameter-sunset-deleted" B B promise removes "A parameter that is deprecated lost the date until which it was promised" ["x-sunset: 2030-01-01", "(absent)"]
    PARAMETER_SUNSET_EARLIER "parameter-sunset-date-changed-too-small" B B promise "A parameter is promised until an earlier date" ["x-sunset: 2030-01-01", "x-sunset: 2026-01-01"]
    PARAMETER_SUNSET_LATER "parameter-sunset-date-postponed" C C promise "A parameter is promised until a later date" ["x-sunset: 2026-01-01", "x-sunset: 2030-01-01"]
    PARAMETER_STABILITY_DECREASED "parameter-stability-decreased" B B promise "A parameter is less stable than it was said to be" ["x-stability-level: stable", "x-stability-level: beta"]
    PARAMETER_STABILITY_INCREASED "parameter-stability-increased" C C promise "A parameter is more stable" ["x-stability-level: beta", "x-stability-level: stable"]
    PARAMETER_STABILITY_INVALID "parameter-invalid-stability-level" B B promise "A parameter has a stability level that is none of draft, alpha, beta and stable" ["x-stability-level: beta", "x-stability-level: 1"]
    PROPERTY_DEPRECATED "property-deprecated" C C promise "A property or another schema was deprecated" ["(absent)", "deprecated: true"]
    PROPERTY_DEPRECATED_UNTIL "property-deprecated-with-sunset" C C promise "A property or another schema was deprecated and will go on a stated date" ["(absent)", "deprecated: true, x-sunset: 2030-01-01"]
    PROPERTY_REACTIVATED "property-reactivated" C C promise "A property or another schema is no longer deprecated" ["deprecated: true", "(absent)"]
    PROPERTY_SUNSET_UNREADABLE "property-sunset-parse" B B promise "A property or another schema is, or was, deprecated until a date that cannot be read" ["(absent)", "deprecated: true, x-sunset: soon"]
    PROPERTY_SUNSET_DELETED "property-sunset-deleted" B B promise removes "A property or another schema that is deprecated lost the date until which it was promised" ["x-sunset: 2030-01-01", "(absent)"]
    PROPERTY_SUNSET_EARLIER "property-sunset-date-changed-too-small" B B promise "A property or another schema is promised until an earlier date" ["x-sunset: 2030-01-01", "x-sunset: 2026-01-01"]
    PROPERTY_SUNSET_LATER "property-sunset-date-postponed" C C promise "A property or another schema is promised until a later date" ["x-sunset: 2026-01-01", "x-sunset: 2030-01-01"]
    PROPERTY_STABILITY_DECREASED "property-stability-decreased" B B promise "A property or another schema is less stable than it was said to be" ["x-stability-level: stable", "x-stability-level: beta"]
    PROPERTY_STABILITY_INCREASED "property-stability-increased" C C promise "A property or another schema is more stable" ["x-stability-level: beta", "x-stability-level: stable"]
    PROPERTY_STABILITY_INVALID "property-invalid-stability-level" B B promise "A property or another schema has a stability level that is none of draft, alpha, beta and stable" ["x-stability-level: beta", "x-stability-level: 1"]
}

/// The rules of one kind of thing.
#[derive(Debug)]
pub(crate) struct Family {
    pub deprecated: &'static Rule,
    pub deprecated_until: &'static Rule,
    pub reactivated: &'static Rule,
    pub unreadable: &'static Rule,
    pub deleted: &'static Rule,
    pub earlier: &'static Rule,
    pub later: &'static Rule,
    pub decreased: &'static Rule,
    pub increased: &'static Rule,
    pub invalid: &'static Rule,
}

impl Family {
    /// The member in which a change is.
    pub(crate) fn key(&self, rule: &Rule) -> &'static str {
        if [self.deprecated, self.deprecated_until, self.reactivated].contains(&rule) {
            "deprecated"
        } else if [self.decreased, self.increased, self.invalid].contains(&rule) {
            "x-stability-level"
        } else {
            "x-sunset"
        }
    }
}

/// The rules of operations.
pub(crate) static ENDPOINT: Family = Family {
    deprecated: &ENDPOINT_DEPRECATED,
    deprecated_until: &ENDPOINT_DEPRECATED_UNTIL,
    reactivated: &ENDPOINT_REACTIVATED,
    unreadable: &ENDPOINT_SUNSET_UNREADABLE,
    deleted: &ENDPOINT_SUNSET_DELETED,
    earlier: &ENDPOINT_SUNSET_EARLIER,
    later: &ENDPOINT_SUNSET_LATER,
    decreased: &ENDPOINT_STABILITY_DECREASED,
    increased: &ENDPOINT_STABILITY_INCREASED,
    invalid: &ENDPOINT_STABILITY_INVALID,
};

/// The rules of parameters.
pub(crate) static PARAMETER: Family = Family {
    deprecated: &PARAMETER_DEPRECATED,
    deprecated_until: &PARAMETER_DEPRECATED_UNTIL,
    reactivated: &PARAMETER_REACTIVATED,
    unreadable: &PARAMETER_SUNSET_UNREADABLE,
    deleted: &PARAMETER_SUNSET_DELETED,
    earlier: &PARAMETER_SUNSET_EARLIER,
    later: &PARAMETER_SUNSET_LATER,
    decreased: &PARAMETER_STABILITY_DECREASED,
    increased: &PARAMETER_STABILITY_INCREASED,
    invalid: &PARAMETER_STABILITY_INVALID,
};

/// The rules of properties and other schemas.
pub(crate) static PROPERTY: Family = Family {
    deprecated: &PROPERTY_DEPRECATED,
    deprecated_until: &PROPERTY_DEPRECATED_UNTIL,
    reactivated: &PROPERTY_REACTIVATED,
    unreadable: &PROPERTY_SUNSET_UNREADABLE,
    deleted: &PROPERTY_SUNSET_DELETED,
    earlier: &PROPERTY_SUNSET_EARLIER,
    later: &PROPERTY_SUNSET_LATER,
    decreased: &PROPERTY_STABILITY_DECREASED,
    increased: &PROPERTY_STABILITY_INCREASED,
    invalid: &PROPERTY_STABILITY_INVALID,
};
