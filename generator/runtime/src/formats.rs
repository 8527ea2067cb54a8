//! The text that values of other crates' types have on the wire. Written for each document, with the formats that it has.
