//! Every bound on what a document may make the generator do, each with its reason.
//!
//! A constant that ends in `_EACH` raises the one before it for a large document: so many for each of its nodes or schemas. The
//! tables of `SECURITY.md` list them all, and a test compares both.

/// Nesting of arrays and objects. Real documents stay below 100. Every stage after `source` may recurse over the tree.
pub const MAX_NESTING: usize = 512;

/// Nodes that come from YAML's aliases, which can double with each line.
pub const MAX_ALIASED: usize = 100_000;
/// The same for each node that is written.
pub const MAX_ALIASED_EACH: usize = 4;

/// References in a row, each of which names the next one. A longer chain is an attack or a cycle.
pub const MAX_REFERENCES: usize = 64;

/// Nodes that replace references where OpenAPI has none. The nodes may hold such references again, so that their number can double each
/// time.
pub const MAX_INLINED: usize = 100_000;
/// The same for each node of the file.
pub const MAX_INLINED_EACH: usize = 4;

/// `allOf`s and references in a row, each of which leads to the next one. Merging recurses this deep.
pub const MAX_ALL_OF_DEPTH: usize = 256;

/// Schemas that one `allOf` comes to, its parts' own parts included.
pub const MAX_ALL_OF: usize = 4096;

/// Schemas that all `allOf`s come to, each counted as often as it is part of another.
pub const MAX_MERGED: usize = 100_000;
/// The same for each named schema.
pub const MAX_MERGED_EACH: usize = 16;

/// Members that all `allOf`s come to, each counted as often as a schema has it. Each becomes a field.
pub const MAX_MERGED_MEMBERS: usize = 500_000;

/// Nested schemas without names. Lowering recurses this deep. Named schemas do not count, because they wait for their turn.
pub const MAX_UNNAMED_NESTING: usize = 1024;

/// Types that are made of several schemas which hold at once.
pub const MAX_COMBINED: usize = 2_000;
/// The same for each named schema.
pub const MAX_COMBINED_EACH: usize = 4;

/// Nodes that the actions of an overlay add to the document. Actions that copy the results of earlier actions can double with each step.
pub const MAX_ADDED: usize = 100_000;
/// The same for each node that is written.
pub const MAX_ADDED_EACH: usize = 4;

/// Nodes that a JSONPath may visit.
pub const MAX_VISITED: usize = 4_000_000;
/// The same for each node of the document.
pub const MAX_VISITED_EACH: usize = 16;

/// Brackets in a JSONPath. Its parser recurses; no expression that a person writes nests this deep.
pub const MAX_BRACKETS: usize = 64;

/// Values of an enumeration. With many more the compiler takes minutes.
pub const MAX_VALUES: usize = 4096;

/// Elements of a tuple: the longest for which the standard library has its traits.
pub const MAX_TUPLE: usize = 12;

/// Combinations of the alternatives of several unions that become types. Their numbers multiply.
pub const MAX_COMBINATIONS: usize = 64;

/// Alternatives in a pattern. The engine recurses once for each when it compiles the pattern.
pub const MAX_PATTERN_ALTERNATIVES: usize = 256;

/// Lookarounds in a pattern. The engine recurses deeply when it matches nested lookarounds.
pub const MAX_LOOKAROUNDS: usize = 8;

/// Bytes of a text that becomes documentation.
pub const MAX_DOCUMENTATION: usize = 64 << 10;

/// Cells of a table in documentation, with those that a row lacks. Parsers make all of them.
pub const MAX_TABLE_CELLS: usize = 20_000;

/// Nested blocks and spans of Markdown. A text with deeper nesting is not prose, and the serializer is quadratic in the depth.
pub const MAX_MARKDOWN_NESTING: usize = 24;

/// Characters in the name of a file, without its suffix. File systems have a limit of their own.
pub const MAX_FILE_NAME: usize = 64;

/// Letters in a Rust name that is made from the document. Each type inside a type begins with its name, and rustdoc names a file after each
/// type.
pub const MAX_IDENTIFIER: usize = 200;

/// Messages that a run shows.
pub const MAX_MESSAGES: usize = 1_000;

/// Characters of a text in a message. Nobody reads on, and a document may hold megabytes in one key.
pub const MAX_MESSAGE_TEXT: usize = 1_000;

/// Schemas that are lowered at once, each because the one before needs it. Further named schemas wait for their turn, so that a long chain
/// of references does not take more of the stack.
pub const MAX_LOWERED_AT_ONCE: usize = 64;

/// Nested lists in which a type is looked for. A list that contains itself has no end.
pub const MAX_LISTS: usize = 64;

/// Nested alternatives that are searched for `null` or for a tag.
pub const MAX_ALTERNATIVE_DEPTH: usize = 32;

/// Alternatives that are searched for `null`.
pub const MAX_NULL_SEARCHED: usize = 1024;

/// Types to which an alias may expand in a comparison. Aliases of tuples of aliases double with each step.
pub const MAX_ALIAS_TYPES: usize = 1000;

/// Values of an `enum` with which each value is compared, to find values that are listed twice.
pub const MAX_COMPARED_VALUES: usize = 1000;

/// Values that a document lists for a member whose Rust type also holds others. A longer list does not tell alternatives apart.
pub const MAX_LISTED: usize = 32;

/// Nested schemas whose words may name an alternative.
pub const MAX_NAMING_DEPTH: usize = 4;

/// Schemas that are looked at to find whether a value is text. Also the nesting depth of the compositions in which such values are looked
/// for.
pub const MAX_TEXT_STEPS: usize = 16;

/// Parts of a token source: ways to mint, members of a request, and steps of a pointer. Each part is looked up in a schema.
pub const MAX_TOKEN_PARTS: usize = 64;

/// Alternatives of a body or a reply in which a pointer of a token source is looked up.
pub const MAX_TOKEN_STRUCTURES: usize = 256;

/// Bytes of a value or a path that an action of an overlay repeats. A longer one is not worth a copy.
pub const MAX_REPEATED: usize = 2_000;

/// Lists of one alternative that a comparison follows. It treats the alternative like a part of an `allOf`.
pub const MAX_SINGLE_BRANCHES: usize = 64;

/// Nodes that a comparison looks at from the schema of an item.
pub const MAX_ITEM_TARGETS: usize = 200;

/// Schemas that a comparison looks at on the way from a schema to the operations that use it.
pub const MAX_REFERRERS: usize = 500;

/// Media types of a body. If it has more, they are not compared with the ranges beside them.
pub const MAX_RANGED_MEDIA_TYPES: usize = 64;

/// Nested schemas that a comparison follows to tell whether all values of one are values of another.
pub const MAX_SUBSET_DEPTH: usize = 32;

/// Pairs of schemas that a comparison looks at to tell this.
pub const MAX_SUBSET_STEPS: usize = 1000;

/// Listed values that are looked at one by one to tell this.
pub const MAX_SUBSET_VALUES: usize = 64;
