//! The models as they are emitted.

use runtime::{
    Discriminator, Input, Model, Object, ObjectWriter, Output, Tag, Union, Unknown, Unlisted, model, string_enum, union,
};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub struct Orders {
    pub orders: Vec<Order>,
    pub next: Option<String>,
    pub unknown: Unknown,
}

impl Model for Orders {
    fn read(from: &mut Object<'_>) -> Self {
        Self { orders: from.required("orders"), next: from.optional("next"), unknown: from.unknown() }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("orders", &self.orders);
        to.optional("next", &self.next);
        to.unknown(&self.unknown);
    }
}

model!(Orders);

#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub id: String,
    pub number: i64,
    pub status: Status,
    pub created_at: String,
    pub total: f64,
    pub paid: bool,
    pub gift: bool,
    pub note: Option<String>,
    pub customer: Customer,
    pub lines: Vec<Line>,
    pub discount: Option<f64>,
    pub priority: i64,
    pub tracking_code: Option<String>,
    pub tags: Vec<String>,
    pub unknown: Unknown,
}

impl Model for Order {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.required("id"),
            number: from.required("number"),
            status: from.required("status"),
            created_at: from.required("createdAt"),
            total: from.required("total"),
            paid: from.required("paid"),
            gift: from.required("gift"),
            note: from.optional("note"),
            customer: from.required("customer"),
            lines: from.required("lines"),
            discount: from.optional("discount"),
            priority: from.required("priority"),
            tracking_code: from.optional("trackingCode"),
            tags: from.required("tags"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.required("number", &self.number);
        to.required("status", &self.status);
        to.required("createdAt", &self.created_at);
        to.required("total", &self.total);
        to.required("paid", &self.paid);
        to.required("gift", &self.gift);
        to.optional("note", &self.note);
        to.required("customer", &self.customer);
        to.required("lines", &self.lines);
        to.optional("discount", &self.discount);
        to.required("priority", &self.priority);
        to.optional("trackingCode", &self.tracking_code);
        to.required("tags", &self.tags);
        to.unknown(&self.unknown);
    }
}

model!(Order);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Open,
    InTransit,
    Delivered,
    Unknown(Unlisted),
}

impl Status {
    pub const VALUES: &'static [Self] = &[Self::Open, Self::InTransit, Self::Delivered];

    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "open",
            Self::InTransit => "in_transit",
            Self::Delivered => "delivered",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

string_enum!(Status);

#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    pub id: i64,
    pub name: String,
    pub email: Option<String>,
    pub vip: bool,
    pub unknown: Unknown,
}

impl Model for Customer {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.required("id"),
            name: from.required("name"),
            email: from.optional("email"),
            vip: from.required("vip"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.required("name", &self.name);
        to.optional("email", &self.email);
        to.required("vip", &self.vip);
        to.unknown(&self.unknown);
    }
}

model!(Customer);

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub sku: String,
    pub quantity: i64,
    pub price: f64,
    pub unknown: Unknown,
}

impl Model for Line {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            sku: from.required("sku"),
            quantity: from.required("quantity"),
            price: from.required("price"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("sku", &self.sku);
        to.required("quantity", &self.quantity);
        to.required("price", &self.price);
        to.unknown(&self.unknown);
    }
}

model!(Line);

#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    pub id: i64,
    pub order: String,
    pub total: f64,
    pub customer: Customer,
    pub unknown: Unknown,
}

impl Model for Created {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.required("id"),
            order: from.required("order"),
            total: from.required("total"),
            customer: from.required("customer"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.required("order", &self.order);
        to.required("total", &self.total);
        to.required("customer", &self.customer);
        to.unknown(&self.unknown);
    }
}

model!(Created);

#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub id: i64,
    pub order: String,
    pub from: String,
    pub to: String,
    pub lines: Vec<Line>,
    pub unknown: Unknown,
}

impl Model for Moved {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.required("id"),
            order: from.required("order"),
            from: from.required("from"),
            to: from.required("to"),
            lines: from.required("lines"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.required("order", &self.order);
        to.required("from", &self.from);
        to.required("to", &self.to);
        to.required("lines", &self.lines);
        to.unknown(&self.unknown);
    }
}

model!(Moved);

#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    pub id: i64,
    pub order: String,
    pub reason: String,
    pub refunded: Option<bool>,
    pub unknown: Unknown,
}

impl Model for Closed {
    fn read(from: &mut Object<'_>) -> Self {
        Self {
            id: from.required("id"),
            order: from.required("order"),
            reason: from.required("reason"),
            refunded: from.optional("refunded"),
            unknown: from.unknown(),
        }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.required("order", &self.order);
        to.required("reason", &self.reason);
        to.optional("refunded", &self.refunded);
        to.unknown(&self.unknown);
    }
}

model!(Closed);

/// With a discriminator.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Created(Box<Created>),
    Moved(Box<Moved>),
    Closed(Box<Closed>),
    Unknown(Value),
}

impl Union for Event {
    const BRANCHES: usize = 3;
    const DISCRIMINATOR: Option<Discriminator> =
        Some(Discriminator::new("type", &[&[Tag::Text("created")], &[Tag::Text("moved")], &[Tag::Text("closed")]]));

    fn read_branch(branch: usize, from: Input<'_>) -> Self {
        match branch {
            0 => from.without("type").variant(Self::Created),
            1 => from.without("type").variant(Self::Moved),
            2 => from.without("type").variant(Self::Closed),
            _ => from.variant(Self::Unknown),
        }
    }

    fn write(&self, to: Output<'_>) {
        match self {
            Self::Created(value) => to.tagged("type", Tag::Text("created"), value),
            Self::Moved(value) => to.tagged("type", Tag::Text("moved"), value),
            Self::Closed(value) => to.tagged("type", Tag::Text("closed"), value),
            Self::Unknown(value) => to.value(value),
        }
    }
}

union!(Event);

/// Without one.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Created(Box<Created>),
    Moved(Box<Moved>),
    Closed(Box<Closed>),
    Unknown(Value),
}

impl Union for Entry {
    const BRANCHES: usize = 3;

    fn read_branch(branch: usize, from: Input<'_>) -> Self {
        match branch {
            0 => from.variant(Self::Created),
            1 => from.variant(Self::Moved),
            2 => from.variant(Self::Closed),
            _ => from.variant(Self::Unknown),
        }
    }

    fn write(&self, to: Output<'_>) {
        match self {
            Self::Created(value) => to.value(value),
            Self::Moved(value) => to.value(value),
            Self::Closed(value) => to.value(value),
            Self::Unknown(value) => to.value(value),
        }
    }
}

union!(Entry);
