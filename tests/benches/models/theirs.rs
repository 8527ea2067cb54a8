//! The same types as one writes them by hand for serde.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Orders {
    pub orders: Vec<Order>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub id: String,
    pub number: i64,
    pub status: Status,
    pub created_at: String,
    pub total: f64,
    pub paid: bool,
    pub gift: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub customer: Customer,
    pub lines: Vec<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
    pub priority: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_code: Option<String>,
    pub tags: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    InTransit,
    Delivered,
    #[serde(other)]
    Unknown,
}

#[derive(Serialize, Deserialize)]
pub struct Customer {
    pub id: i64,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub vip: bool,
}

#[derive(Serialize, Deserialize)]
pub struct Line {
    pub sku: String,
    pub quantity: i64,
    pub price: f64,
}

#[derive(Serialize, Deserialize)]
pub struct Created {
    pub id: i64,
    pub order: String,
    pub total: f64,
    pub customer: Customer,
}

#[derive(Serialize, Deserialize)]
pub struct Moved {
    pub id: i64,
    pub order: String,
    pub from: String,
    pub to: String,
    pub lines: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
pub struct Closed {
    pub id: i64,
    pub order: String,
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refunded: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    Created(Box<Created>),
    Moved(Box<Moved>),
    Closed(Box<Closed>),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    Created(Box<Created>),
    Moved(Box<Moved>),
    Closed(Box<Closed>),
}
