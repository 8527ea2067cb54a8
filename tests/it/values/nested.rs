//! Unions inside unions, and heirs of heirs.

use serde_json::json;
use tests::values::{
    Caption, Car, CarBase, Circle, Counts, Crate, Drawing, Entry, Figure, Flags, General, Inner, Officer, OfficerBase,
    Outer, Oval, Pack, Rank, RankBase, Remark, Rhombus, Shape, Ship, Square, Van, Vehicle, VehicleBase,
};

use super::{is_kept, is_written, written};

#[test]
fn by_the_same_property() {
    let text = r#"{"kind":"square","side":2}"#;
    let square = Square::new().side(2);
    is_kept(text, &square);
    is_kept(text, &Shape::from(square.clone()));
    is_kept(text, &Drawing::from(Shape::from(square)));
    is_kept(r#"{"kind":"circle","radius":1}"#, &Drawing::from(Shape::from(Circle::new().radius(1))));
    is_kept(r#"{"kind":"caption","text":"t"}"#, &Drawing::from(Caption::new().text("t")));
    is_kept(r#"{"kind":"star"}"#, &Drawing::Unknown(json!({"kind": "star"})));
    is_kept(r#"{"kind":"star"}"#, &Shape::Unknown(json!({"kind": "star"})));
    is_kept(r#"{"kind":"caption"}"#, &Shape::Unknown(json!({"kind": "caption"})));
}

/// The tag of the branch replaces the one that the caller has set.
#[test]
fn the_inner_union_writes_the_tag() {
    let square = Square::new().kind("round").side(2);
    assert_eq!(written(&square), r#"{"kind":"round","side":2}"#);
    assert_eq!(written(&Shape::from(square.clone())), r#"{"kind":"square","side":2}"#);
    assert_eq!(written(&Drawing::from(Shape::from(square))), r#"{"kind":"square","side":2}"#);
    assert_eq!(written(&Shape::from(Square::default())), r#"{"kind":"square"}"#);
    assert_eq!(written(&Drawing::from(Caption::new().kind("square"))), r#"{"kind":"caption"}"#);
}

#[test]
fn by_members_alone() {
    let text = r#"{"kind":"rhombus","width":3}"#;
    let rhombus = Rhombus::new().width(3);
    is_kept(text, &rhombus);
    is_kept(text, &Figure::from(rhombus.clone()));
    is_kept(text, &Entry::from(Figure::from(rhombus)));
    is_kept(r#"{"kind":"oval"}"#, &Entry::from(Figure::from(Oval::new())));
    is_kept(r#"{"kind":"remark","text":"t"}"#, &Entry::from(Remark::new().text("t")));
    is_kept(r#"{"kind":"cube"}"#, &Entry::Unknown(json!({"kind": "cube"})));
}

#[test]
fn an_heir_with_a_discriminator_of_its_own() {
    let van = Van::new("car").load(9);
    is_kept(r#"{"type":"car","body":"van","load":9}"#, &van);
    let car = r#"{"body":"van","type":"car","load":9}"#;
    is_kept(car, &Car::from(van.clone()));
    is_written(car, &Vehicle::from(Car::from(van.clone())), r#"{"type":"car","body":"van","load":9}"#);
    is_kept(r#"{"type":"Van","body":"van","load":9}"#, &Vehicle::from(van.type_("Van")));
    is_kept(r#"{"type":"car","body":"Car","doors":2}"#, &Vehicle::from(Car::from(CarBase::new().doors(2))));
    is_kept(r#"{"type":"car","body":"coupe"}"#, &Vehicle::from(Car::Unknown(json!({"type": "car", "body": "coupe"}))));
    is_kept(r#"{"type":"ship","masts":3}"#, &Vehicle::from(Ship::new().masts(3)));
    is_kept(r#"{"type":"Vehicle"}"#, &Vehicle::from(VehicleBase::new()));
    is_kept(r#"{"type":"kite"}"#, &Vehicle::Unknown(json!({"type": "kite"})));
}

#[test]
fn an_heir_with_the_same_discriminator() {
    let text = r#"{"rank":"general","unit":"u","stars":4}"#;
    let general = General::new().unit("u").stars(4);
    is_kept(text, &general);
    is_kept(text, &Officer::from(general.clone()));
    is_kept(text, &Rank::from(general));
    let officer = OfficerBase::new().unit("u");
    is_kept(r#"{"rank":"officer","unit":"u"}"#, &Officer::from(officer.clone()));
    is_kept(r#"{"rank":"officer","unit":"u"}"#, &Rank::from(officer));
    is_kept(r#"{"rank":"Rank"}"#, &Rank::from(RankBase::new()));
    is_kept(r#"{"rank":"private"}"#, &Rank::Unknown(json!({"rank": "private"})));
}

#[test]
fn what_is_no_object_has_no_base() {
    let packs = vec![Pack::Unknown(json!("loose")), Pack::from(Crate::new().lid(true)), Pack::Unknown(json!([1]))];
    is_kept(r#"["loose",{"is":"box","lid":true},[1]]"#, &packs);
}

#[test]
fn each_union_hides_its_tag() {
    let counts = Counts::from([("n".to_owned(), 1)]);
    let flags = Flags::from([("n".to_owned(), true)]);
    is_kept(r#"{"outer":"inner","inner":"counts","n":1}"#, &Outer::from(Inner::Counts(counts)));
    is_kept(r#"{"outer":"inner","inner":"flags","n":true}"#, &Outer::from(Inner::Flags(flags)));
}
