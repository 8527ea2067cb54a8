//! Items in shapes that emitters give, printed directly and by the formatter.

use super::{direct, formatted_item, inline};
use crate::random::Random;

/// Shapes of emitted items. `A`, `B` and `C` are names of any length.
const SHAPES: &[&str] = &[
    "pub struct A;",
    "pub use A::{B, C};",
    "#[derive(Clone, Debug)] pub struct A { #[doc = \"0\"] pub(crate) a: Option<B>, b: BTreeMap<String, C>, }",
    "#[doc = \" A text.\"] #[derive(Clone)] #[non_exhaustive] pub enum A { #[doc = \"0\"] B(Box<C>), B, }",
    "impl A<B> for C {}",
    "impl A { pub fn b(&self, a: impl Into<B>) -> C<B> { C::new(&self.http, B { a: a.into() }) } }",
    "impl A { pub fn b(&self) -> C<B> { C::new(&self.http, B { a: None, b: None }) } }",
    "impl A { pub fn b(&self) -> C<B> { C::new(&self.http, B) } }",
    "impl A { #[must_use] pub fn b(mut self, c: C) -> Self { self.operation.B = Some(c.into()); self } }",
    "impl A { pub fn b(mut self, c: C) -> Self { self.operation.B = Some(Box::new(C)); self } }",
    "impl A { pub fn b() -> Self { Self { B: Some(C.into()), a: Default::default() } } }",
    "impl A for C { type B = Vec<C>; type C = (); const D: &'static str = \"B\"; fn e() {} }",
    "impl A { fn b(&self) -> Result<B, C> { let mut request = B::new(C::GET, \"/a/b\"); Ok(request) } }",
    "impl A { fn b(&self) -> C { request.query(\"B\", Style::FORM, &self.C)?; request.security(&[&[\"C\"]]); Ok(request) } }",
    "impl A { fn b(&self) -> C { request.query(\"éééB\", Style::FORM.reserved(), &self.C)?; Ok(request) } }",
    "impl A { fn b(&self) -> C { if let Some(b) = &self.B { request.json(C)?; } Ok(request) } }",
    "impl A { fn b(reply: &C) -> B { match reply.status() { 200 | 201 => reply.success(reply.A()), 202..=299 => reply.B(), _ => reply.undeclared(), } } }",
    "impl A { fn b(reply: &C) -> B { match reply.status() { 200 => reply.success(reply.json().map(Box::new).map(B::C)), _ => reply.A(), } } }",
    "impl A { fn b(reply: &C) -> B { match reply.status() { 400 | 401 | 403 | 404 | 405 | 409 | 412 | 422 | 423 | 429 => reply.B(), _ => A.b(C), } } }",
    "impl A { fn b(&self, at: &mut C) { at.member(\"A\", &self.B, &[C::Maximum(34)]); at.part(A); } }",
    "impl A { fn b(&self, at: &mut C) { at.part((A, B)); at.part(&[A, B]); A([B, C]); A(B { b, C }); } }",
    "impl A { fn b(&self) { match self { Self::A(value) => at.part(value, &[]), Self::B(C) => {}, _ => {} } } }",
    "impl A { pub async fn b(self) -> Result<B, C> { let reply = self.stream(Some(\"text/A\")).await?; Ok(B::json(reply.into_value())) } }",
    "impl A { pub fn b(self) -> Self { Self { http: self.http.with_credential(B, C) } } }",
    "pub static A: &[(&str, B)] = &[(\"C\", B::C)];",
];

/// Shapes that only the formatter knows.
const OTHERS: &[&str] = &[
    "impl A { pub fn b(B: impl Into<String>, C: i64) -> Self { Self { B: B.into(), C, a: None, } } }",
    "impl A { fn b(a: &'static str, b: fn(A) -> (B, C), c: [u8; 4]) -> &mut C { a } }",
    "impl A { fn b(&self) -> C { self.a.iter().map(|it| it.B).chain(C).collect() } }",
    "impl A { fn b(&self) -> C { match A { B => { C } _ => C, } } }",
    "impl A { fn b(&self) -> C { if A == B { C } else { B } } }",
    "impl A { fn b(&self) -> C { A[0] + -1 * B(vec![C], *A, !C) } }",
    "impl A { fn b(&self) -> C { let a = <A as B>::c(|| B { a, b }, [A, C], (B, C)); a as i64 } }",
    "impl<'a, A: B + 'static> C<'a> for A where A: B { fn c<D: B>(&self) where D: C { for a in (B) { return (C); } } }",
    "impl<A: B> C<A> for A where A: B { fn a() {} }",
    "pub const A: B = B { a: C, b: A { c: &[C] } };",
];

/// Text that is printed directly must be what the formatter would print.
#[test]
fn what_is_printed_directly_is_what_the_formatter_prints() {
    let mut random = Random(7);
    for shape in SHAPES.iter().chain(OTHERS) {
        let mut direct = 0;
        for _ in 0..1_000 {
            let mut item = String::new();
            let names = [(); 3].map(|()| {
                let longest = [8, 24, 72][random.below(3)];
                1 + random.below(longest)
            });
            for letter in shape.chars() {
                match letter {
                    'A'..='C' => item.push_str(&letter.to_string().repeat(names[letter as usize - 'A' as usize])),
                    other => item.push(other),
                }
            }
            let tokens = || item.parse().unwrap();
            let Some(printed) = direct::item(&inline::read(tokens())) else { continue };
            direct += 1;
            assert_eq!(printed, formatted_item(tokens()), "{item}");
        }
        assert_eq!(direct > 0, SHAPES.contains(shape), "{shape}");
    }
}
