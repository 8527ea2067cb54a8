//! How values of other crates' types are written. The generator writes this file anew for each document, with the formats it uses.
