//! The replies: made of numbers that look like chance and are the same every time.

use super::theirs::{Closed, Created, Customer, Entry, Event, Line, Moved, Order, Orders, Status};

const COUNT: usize = 2_000;

/// About a megabyte of objects in each other.
pub fn orders() -> Orders {
    let mut chance = Chance(1);
    Orders { orders: (0..COUNT).map(|_| chance.order()).collect(), next: Some("cursor".to_owned()) }
}

/// Values of a union with a discriminator.
pub fn events() -> Vec<Event> {
    let mut chance = Chance(2);
    let event = |_| match chance.below(3) {
        0 => Event::Created(Box::new(chance.created())),
        1 => Event::Moved(Box::new(chance.moved())),
        _ => Event::Closed(Box::new(chance.closed())),
    };
    (0..4 * COUNT).map(event).collect()
}

/// Values of a union without one.
pub fn entries() -> Vec<Entry> {
    let mut chance = Chance(3);
    let entry = |_| match chance.below(3) {
        0 => Entry::Created(Box::new(chance.created())),
        1 => Entry::Moved(Box::new(chance.moved())),
        _ => Entry::Closed(Box::new(chance.closed())),
    };
    (0..4 * COUNT).map(entry).collect()
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }

    fn id(&mut self) -> i64 {
        self.below(1 << 31) as i64
    }

    fn price(&mut self) -> f64 {
        self.below(1_000_000) as f64 / 100.0
    }

    fn text(&mut self, prefix: &str) -> String {
        format!("{prefix}_{:08x}", self.below(1 << 31))
    }

    fn customer(&mut self) -> Customer {
        let email = self.flag().then(|| self.text("someone@example.com?"));
        Customer { id: self.id(), name: self.text("Zoë \"Z\" Miller"), email, vip: self.flag() }
    }

    fn lines(&mut self) -> Vec<Line> {
        let line = |_| Line { sku: self.text("sku"), quantity: self.below(20) as i64, price: self.price() };
        (0..3).map(line).collect()
    }

    fn order(&mut self) -> Order {
        Order {
            id: self.text("ord"),
            number: self.id(),
            status: if self.flag() { Status::Open } else { Status::InTransit },
            created_at: format!("2024-05-{:02}T12:30:00Z", self.below(28) + 1),
            total: self.price(),
            paid: self.flag(),
            gift: self.flag(),
            note: self.flag().then(|| self.text("please leave the parcel with the neighbours on the second floor")),
            customer: self.customer(),
            lines: self.lines(),
            discount: self.flag().then(|| self.price()),
            priority: self.below(5) as i64,
            tracking_code: self.flag().then(|| self.text("1Z999AA10123456784")),
            tags: (0..self.below(4)).map(|_| self.text("tag")).collect(),
        }
    }

    fn created(&mut self) -> Created {
        Created { id: self.id(), order: self.text("ord"), total: self.price(), customer: self.customer() }
    }

    fn moved(&mut self) -> Moved {
        let (from, to) = (self.text("warehouse"), self.text("hub"));
        Moved { id: self.id(), order: self.text("ord"), from, to, lines: self.lines() }
    }

    fn closed(&mut self) -> Closed {
        let refunded = self.flag().then(|| self.flag());
        Closed { id: self.id(), order: self.text("ord"), reason: self.text("the customer did not answer"), refunded }
    }
}
