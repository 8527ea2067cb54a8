//! Discriminators whose values several alternatives have, or the mapping does not have.

use serde_json::json;
use tests::values::{
    Area, Bill, Bush, Cab, CabBy, CardBill, CashBill, CityTicket, CityTicketZone, FileNote, Inlined, Note, OpenBill,
    OwnNote, PaidBill, Plant, RailTicket, RailTicketZone, Referred, RegionBase, Ride, ShortNote, Source, StoredNote,
    Ticket, Town,
};

use super::{is_kept, read, written};

#[test]
fn members_tell_a_shared_tag_apart() {
    is_kept(r#"{"type":"note","text":"t"}"#, &Note::from(ShortNote::new("t")));
    is_kept(r#"{"type":"note","id":1}"#, &Note::from(StoredNote::from(OwnNote::new(1))));
    is_kept(r#"{"type":"file"}"#, &Note::from(StoredNote::from(FileNote::new())));
    is_kept(r#"{"type":"note"}"#, &Note::from(StoredNote::Unknown(json!({"type": "note"}))));
    is_kept(r#"{"zone":"b","line":1}"#, &Ticket::from(CityTicket::new(1, CityTicketZone::B)));
    is_kept(r#"{"zone":"b","seat":1}"#, &Ticket::from(RailTicket::new(1, RailTicketZone::B)));
    is_kept(r#"{"zone":"c","seat":1}"#, &Ticket::from(RailTicket::new(1, RailTicketZone::C)));
}

#[test]
fn a_list_has_more_values_than_the_mapping() {
    is_kept(r#"{"by":"car"}"#, &Ride::from(Cab::new(CabBy::Car)));
    is_kept(r#"{"by":"van"}"#, &Ride::from(Cab::new(CabBy::Van)));
    is_kept(r#"{"by":"tram"}"#, &Ride::Unknown(json!({"by": "tram"})));
}

#[test]
fn a_tag_is_a_union_of_constants() {
    is_kept(r#"{"form":"ref"}"#, &Source::from(read::<Referred>(r#"{"form":"ref"}"#)));
    is_kept(r#"{"form":"url"}"#, &Source::from(read::<Referred>(r#"{"form":"url"}"#)));
    is_kept(r#"{"form":"inline"}"#, &Source::from(Inlined::new()));
}

#[test]
fn a_base_among_its_subtypes_stands_for_itself() {
    assert!(matches!(read(r#"{"rank":"region","mayor":"m"}"#), Area::Region(_)));
    is_kept(r#"{"rank":"region"}"#, &Area::from(RegionBase::new("region")));
    is_kept(r#"{"rank":"town","mayor":"m"}"#, &Area::from(Town::new().mayor("m")));
}

#[test]
fn a_value_of_a_list_of_subtypes_selects_none_of_them() {
    let card = PaidBill::from(CardBill::new("4"));
    assert_eq!(written(&Bill::from(card)), r#"{"state":"paid","card":"4"}"#);
    let coins = PaidBill::from(CashBill::new(5).state("paid"));
    is_kept(r#"{"state":"paid","coins":5}"#, &Bill::from(coins));
    is_kept(r#"{"state":"open","due":"d"}"#, &Bill::from(OpenBill::new().due("d")));
}

#[test]
fn a_mapping_may_use_another_name() {
    is_kept(r#"{"sort":"bush","berries":1}"#, &Plant::from(read::<Bush>(r#"{"sort":"bush","berries":1}"#)));
}
