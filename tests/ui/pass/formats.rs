//! Dates, identifiers and URLs, without the names of the crates that they come from.

use std::error::Error;

use goldens::runtime::Text;
use goldens::runtime::chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use goldens::runtime::rust_decimal::Decimal;
use goldens::runtime::url::Url;
use goldens::runtime::uuid::Uuid;
use goldens::text_formats::{Client, Thing};

fn thing(text: &str) -> Result<Thing, Box<dyn Error>> {
    let price: Text<Decimal> = "9.50".parse()?;
    let thing = Thing::new(b"bytes".to_vec(), price)
        .at(DateTime::parse_from_rfc3339("2026-01-31T12:00:00Z")?)
        .day(NaiveDate::parse_from_str("2026-01-31", "%Y-%m-%d")?)
        .uri(Url::parse("https://example.com/")?)
        .id(Uuid::parse_str(text)?);
    let now = thing.at(Utc::now());
    let texts = now.id(Text::try_from(text)?).day(Text::try_from(text.to_owned())?).count(Text::<i64>::from_text("1"));
    let day: Option<NaiveDate> = texts.day.as_ref().map(Text::value).transpose()?;
    let at: Option<DateTime<FixedOffset>> = texts.at.as_ref().map(Text::value).transpose()?;
    println!("{day:?} {at:?}");
    Ok(texts)
}

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new("https://example.com")?;
    let _ = client.put_thing(Url::parse("https://example.com/")?, thing("x")?).least(Decimal::ONE);
    Ok(())
}
