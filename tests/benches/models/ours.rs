//! The models as they are emitted.

use runtime::{Tag, Unknown, object, string_enum, union};

object! {
    pub struct Orders {
        orders: Vec<Order> = required "orders",
        next: String = optional into "next",
        ..unknown: Unknown
    }
}

object! {
    pub struct Order {
        id: String = required into "id",
        number: i64 = required "number",
        status: Status = required "status",
        created_at: String = required into "createdAt",
        total: f64 = required "total",
        paid: bool = required "paid",
        gift: bool = required "gift",
        note: String = optional into "note",
        customer: Customer = required "customer",
        lines: Vec<Line> = required "lines",
        discount: f64 = optional "discount",
        priority: i64 = required "priority",
        tracking_code: String = optional into "trackingCode",
        tags: Vec<String> = required "tags",
        ..unknown: Unknown
    }
}

string_enum! {
    pub enum Status {
        Open = "open",
        InTransit = "in_transit",
        Delivered = "delivered",
    }
}

object! {
    pub struct Customer {
        id: i64 = required "id",
        name: String = required into "name",
        email: String = optional into "email",
        vip: bool = required "vip",
        ..unknown: Unknown
    }
}

object! {
    pub struct Line {
        sku: String = required into "sku",
        quantity: i64 = required "quantity",
        price: f64 = required "price",
        ..unknown: Unknown
    }
}

object! {
    pub struct Created {
        id: i64 = required "id",
        order: String = required into "order",
        total: f64 = required "total",
        customer: Customer = required "customer",
        ..unknown: Unknown
    }
}

object! {
    pub struct Moved {
        id: i64 = required "id",
        order: String = required into "order",
        from: String = required into "from",
        to: String = required into "to",
        lines: Vec<Line> = required "lines",
        ..unknown: Unknown
    }
}

object! {
    pub struct Closed {
        id: i64 = required "id",
        order: String = required into "order",
        reason: String = required into "reason",
        refunded: bool = optional "refunded",
        ..unknown: Unknown
    }
}

union! {
    /// With a discriminator.
    pub enum Event by "type" {
        Created(Created): boxed from = [Tag::Text("created")] hides,
        Moved(Moved): boxed from = [Tag::Text("moved")] hides,
        Closed(Closed): boxed from = [Tag::Text("closed")] hides,
    }
}

union! {
    /// Without one.
    pub enum Entry {
        Created(Created): boxed from,
        Moved(Moved): boxed from,
        Closed(Closed): boxed from,
    }
}
