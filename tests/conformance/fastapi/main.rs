//! Calls each endpoint of the application and compares what it answers with what was sent.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::process::ExitCode;

use chrono::{DateTime, NaiveDate};
use conformance_client::runtime::{Call, File, Operation, Secret};
use conformance_client::{
    BetweenExact, BodyLoginLoginPost, BodySeveralSeveralPost, BodyTokenTokenPost, BodyUploadFilesPost,
    BodyUploadManyFilesManyPost, Cat, Client, Colour, CreateContactBody, CreateContactResponseItem, CreatePetBody,
    CreatePetResponse, Dog, EchoScalarBody, EchoScalarResponse, Email, Error, ItemAttributesValue, ItemChange,
    ItemChangePrice, NewItem, NewItemPrice, Phone, SumPricesBodyItem,
};
use serde_json::json;

#[derive(Default)]
struct Score {
    made: usize,
    failed: usize,
}

impl Score {
    /// Compares what a call was to give with what it gave.
    fn note<T: Debug + PartialEq>(&mut self, name: &str, had: Result<T, String>, wanted: T) {
        self.made += 1;
        if had.as_ref() != Ok(&wanted) {
            self.failed += 1;
            println!("{name}: {had:?} instead of {wanted:?}");
        }
    }
}

/// What a call gives.
async fn sent<O: Operation>(call: Call<O>) -> Result<O::Output, String> {
    call.send().await.map_err(|error| error.to_string())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let url = std::env::args().nth(1).unwrap_or_default();
    let client = Client::new(&url).expect("a URL of this machine");
    let client = client
        .with_http_bearer(Secret::from("bearer"))
        .with_api_key_header(Secret::from("key"))
        .with_oauth2_password_bearer(Secret::from("oauth"));
    let mut score = Score::default();
    items(&client, &mut score).await;
    bodies(&client, &mut score).await;
    others(&client, &mut score).await;
    println!("{} calls, {} failed", score.made, score.failed);
    if score.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn items(client: &Client, score: &mut Score) {
    let day = NaiveDate::from_ymd_opt(2025, 1, 31).expect("a day");
    let time = DateTime::parse_from_rfc3339("2025-01-31T10:00:00+02:00").expect("a time");
    let list = client
        .list_items()
        .limit(2)
        .tag(vec!["a b".into(), "c&d".into()])
        .colour(Colour::Red)
        .on(day)
        .since(time)
        .cheap(true);
    let page = sent(list).await.map(|page| {
        let first = page.items[0].clone();
        let colour = first.colour.flatten();
        let (on, since) = (first.made_on.flatten().and_then(|day| day.value().ok()), first.changed_at.value().ok());
        (page.items.len(), page.total, page.next, first.tags, colour, on, since)
    });
    let tags = vec!["a b".to_owned(), "c&d".to_owned()];
    score.note("list_items", page, (2, 3, Some(None), Some(tags), Some(Colour::Red), Some(day), Some(time)));

    let new = NewItem::new("chair", NewItemPrice::String("12.50".into())).colour(Colour::DarkBlue).made_on(day);
    let full = client.create_item(new.clone()).send_full().await.map_err(|error| error.to_string());
    let made = full.map(|reply| (reply.status().as_u16(), reply.value().name.clone(), reply.value().price.clone()));
    score.note("create_item", made, (201, "chair".to_owned(), "12.50".to_owned()));

    let item = sent(client.read_item(5)).await;
    let read = item.clone().map(|item| (item.id, item.owner.flatten().map(|it| it.as_str().to_owned()), item.parts));
    let owner = "12345678-1234-5678-1234-567812345678".to_owned();
    score.note("read_item", read, (5, Some(owner), Some(Vec::new())));
    let attributes = [("height", ItemAttributesValue::Integer(3)), ("label", ItemAttributesValue::String("x".into()))];
    let attributes: BTreeMap<_, _> = attributes.map(|(key, value)| (key.to_owned(), value)).into();
    score.note("attributes", item.map(|item| item.attributes), Some(attributes));
    let missing = match client.read_item(404).send().await {
        Err(Error::Api(error)) => Ok((error.status().as_u16(), format!("{:?}", error.error().is_some()))),
        other => Err(format!("{other:?}")),
    };
    score.note("read_item 404", missing, (404, "true".to_owned()));

    let replaced = sent(client.replace_item(6, new)).await.map(|item| (item.id, item.name));
    score.note("replace_item", replaced, (6, "chair".to_owned()));
    let change = ItemChange::new().price(ItemChangePrice::Number(3.5)).colour_null();
    let changed = sent(client.change_item(6, change)).await.map(|item| (item.name, item.price, item.colour));
    score.note("change_item", changed, ("item 6".to_owned(), "3.5".to_owned(), Some(None)));
    score.note("delete_item", sent(client.delete_item(6)).await, ());
    score.note("read_item_name", sent(client.read_item_name(6)).await, "item 6".to_owned());
    score.note("count_item", sent(client.count_item(6)).await, 12);
    score.note("price_item", sent(client.price_item(6)).await, "0.10".to_owned());
    let prices = vec![SumPricesBodyItem::String("0.10".into()), SumPricesBodyItem::Number(0.25)];
    score.note("sum_prices", sent(client.sum_prices(prices)).await, "0.35".to_owned());
    let names = BTreeMap::from([("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])]);
    score.note("list_names", sent(client.list_names()).await, names);
}

async fn bodies(client: &Client, score: &mut Score) {
    let dog = sent(client.create_pet(CreatePetBody::from(Dog::new(true)))).await;
    let dog = dog.map(|pet| matches!(pet, CreatePetResponse::Dog(dog) if dog.good));
    score.note("create_pet dog", dog, true);
    let cat = sent(client.create_pet(CreatePetBody::from(Cat::new(9)))).await;
    score.note("create_pet cat", cat.map(|pet| matches!(pet, CreatePetResponse::Cat(cat) if cat.lives == 9)), true);
    let phone = Phone::new("1234").extension(5);
    let contacts = sent(client.create_contact(CreateContactBody::from(phone))).await.map(|contacts| {
        let kind = |contact: &CreateContactResponseItem| match contact {
            CreateContactResponseItem::Phone(phone) => format!("{} {:?}", phone.number, phone.extension),
            CreateContactResponseItem::Email(email) => email.address.clone(),
            _ => "unknown".to_owned(),
        };
        contacts.iter().map(kind).collect::<Vec<_>>()
    });
    let wanted = ["1234 Some(Some(5))", "a@example.com", "1 Some(Some(2))"].map(str::to_owned);
    score.note("create_contact", contacts, wanted.to_vec());
    let scalars = [
        (EchoScalarBody::Integer(3), EchoScalarResponse::Integer(3)),
        (EchoScalarBody::Boolean(true), EchoScalarResponse::Boolean(true)),
        (EchoScalarBody::String("x".into()), EchoScalarResponse::String("x".into())),
    ];
    for (value, wanted) in scalars {
        score.note("echo_scalar", sent(client.echo_scalar(value)).await, wanted);
    }
    score.note("echo_nothing", sent(client.echo_nothing(None)).await, None);
    score.note("echo_nothing text", sent(client.echo_nothing(Some("x".into()))).await, Some("x".to_owned()));
    let anything = json!({"a": [1, null, {"b": 1.5}]}).as_object().cloned().unwrap_or_default();
    score.note("echo_anything", sent(client.echo_anything(anything.clone())).await, anything);
    let several = BodySeveralSeveralPost::new(Email::new("a@b"), 7, Phone::new("1").extension(2));
    let counts = BTreeMap::from([("a@b".to_owned(), 7), ("1".to_owned(), 2)]);
    score.note("several", sent(client.several(several)).await, counts);
    let login = BodyLoginLoginPost::new("jo & co", "pä=ss").remember(true);
    let name = sent(client.login(login)).await.map(|account| account.name);
    score.note("login", name, "jo & co/pä=ss/True".to_owned());
    let token = sent(client.token(BodyTokenTokenPost::new(Secret::from("secret"), "user"))).await;
    score.note("token", token.map(|token| token.access_token), "user:secret".to_owned());
    let upload = BodyUploadFilesPost::new(File::new("12345").with_name("a.txt"), "size");
    score.note("upload", sent(client.upload(upload)).await, BTreeMap::from([("size".to_owned(), 5)]));
    let files = vec![
        File::new("one").with_name("one.txt").with_content_type("text/plain"),
        File::new("two").with_name("zwei ü.bin"),
    ];
    let names = vec!["one.txt:text/plain:one".to_owned(), "zwei ü.bin:application/octet-stream:two".to_owned()];
    score.note("upload_many", sent(client.upload_many(BodyUploadManyFilesManyPost::new(files))).await, names);
}

async fn others(client: &Client, score: &mut Score) {
    let file = client.download("a/b.txt").send_full().await.map_err(|error| error.to_string());
    score.note("download", file.map(|reply| reply.body().starts_with(b"\"\"\"An application")), true);
    score.note("text", sent(client.text()).await, "grüße".to_owned());
    let mut lines = String::new();
    let streamed = async {
        let mut body = client.stream().send_stream().await.map_err(|error| error.to_string())?.into_value();
        while let Some(chunk) = body.next().await.map_err(|error| error.to_string())? {
            lines += &String::from_utf8_lossy(&chunk);
        }
        Ok(lines)
    };
    score.note("stream", streamed.await, "one\ntwo\n".to_owned());
    let moved = match client.old().send().await {
        Err(Error::Api(error)) => {
            let target = error.headers().get("location").and_then(|it| it.to_str().ok()).map(str::to_owned);
            Ok((error.status().as_u16(), target))
        }
        other => Err(format!("{other:?}")),
    };
    score.note("old", moved, (307, Some("/text".to_owned())));
    let cookies = sent(client.cookies("s1").theme("dark")).await;
    score.note("cookies", cookies, vec![Some("s1".to_owned()), Some("dark".to_owned())]);
    score.note("cookies alone", sent(client.cookies("s1")).await, vec![Some("s1".to_owned()), None]);
    // FastAPI reads a list from repeated headers alone, so that a list of one is what both sides mean.
    let headers = sent(client.headers("t").x_list(vec![1])).await;
    score.note("headers", headers, BTreeMap::from([("t".to_owned(), vec![1])]));
    score.note("me", sent(client.me()).await.map(|account| account.name), "bearer".to_owned());
    let keyed = client.keyed().send_full().await.map_err(|error| error.to_string());
    let keyed = keyed.map(|reply| (reply.value().clone(), reply.headers().get("x-seen").is_some()));
    score.note("keyed", keyed, ("key".to_owned(), true));
    score.note("owned", sent(client.owned()).await, "oauth".to_owned());
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    let time = DateTime::parse_from_rfc3339("2024-02-29T01:02:03Z").expect("a time");
    let times = sent(client.times(day, time).lasting("P1DT2H")).await;
    let wanted = [("day", Some("2024-02-29")), ("at", Some("2024-02-29T01:02:03Z")), ("lasting", Some("P1DT2H"))];
    let wanted = wanted.map(|(key, value)| (key.to_owned(), value.map(str::to_owned)));
    score.note("times", times, wanted.into());
    let between = sent(client.between(1, 2.5).exact(BetweenExact::String("0.75".into()))).await;
    score.note("between", between, vec![1.0, 2.5, 0.75]);
}
