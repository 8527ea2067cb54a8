//! The client that the build script made, used.

use build_script::runtime::{Mock, block_on};
use build_script::{Client, operations::ListPets};

#[test]
fn pets_are_listed() {
    let mock = Mock::new();
    mock.on::<ListPets>().reply(200, &vec![build_script::Pet::default().name("Rex")]);
    let client = Client::new().unwrap().with_transport(mock);
    let pets = block_on(client.list_pets().limit(1).send()).unwrap();
    assert_eq!(pets.iter().map(|pet| pet.name.as_str()).collect::<Vec<_>>(), ["Rex"]);
}
