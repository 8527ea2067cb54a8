//! The kinds of changes that only programs notice, because nothing changes on the wire.

use super::rules::{Edit, Effect, Rule};
use super::verdict::Verdict::Compatible;

macro_rules! rules {
    ($($constant:ident $id:literal $sentence:literal $before:literal => $after:literal)*) => {
        $(
            pub(super) static $constant: Rule = Rule {
                id: $id,
                sentence: $sentence,
                example: ($before, $after),
                request: Compatible,
                response: Compatible,
                effect: Effect::Types,
                edit: Edit::Changed,
            };
        )*
        /// All kinds that only programs notice.
        pub static ITEM_RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    METHOD_RENAMED "method-renamed" "The client's method has another name."
        "client.list_orders()" => "client.search_orders()"
    METHOD_REMOVED "method-removed" "The client loses a method."
        "client.list_orders()" => ""
    METHOD_ADDED "method-added" "The client gains a method."
        "" => "client.list_orders()"
    ARGUMENTS_CHANGED "arguments-changed" "A method takes other arguments, or the same ones in another order."
        "fn get_item(&self, order: i64, item: i64)" => "fn get_item(&self, item: i64, order: i64)"
    REPLY_TYPE_CHANGED "reply-type-changed" "A call gives another type."
        "type Output = Order" => "type Output = ListOrdersOutput"
    CLIENT_CHANGED "client-changed" "The client is made otherwise, or takes a credential by another method."
        "client.with_api_key(key)" => "client.with_token(key)"
    TYPE_RENAMED "type-renamed" "A type has another name."
        "struct Order" => "struct PurchaseOrder"
    TYPE_REMOVED "type-removed" "A type is no longer emitted."
        "struct Order" => ""
    TYPE_ADDED "type-added" "A type is emitted that was not."
        "" => "struct Order"
    TYPE_CHANGED "type-kind-changed" "A type is of another kind, or a name for another type."
        "struct Labels" => "type Labels = BTreeMap<String, String>"
    TRAIT_REMOVED "trait-removed" "A type loses a trait: it no longer travels that way."
        "impl Serialize for Order" => ""
    CONSTRUCTOR_CHANGED "constructor-changed" "A value is made or changed by other functions."
        "Order::new(id)" => "Order::new(id, note)"
    MEMBER_REMOVED "item-removed" "A type loses a field or a variant."
        "Order.note" => ""
    MEMBER_ADDED "item-added" "A type gains a field or a variant."
        "" => "Order.note"
    MEMBER_CHANGED "item-changed" "A field or a variant holds another type, or stands for something else."
        "note: Option<String>" => "note: Option<Option<String>>"
}
