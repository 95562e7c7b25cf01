//! A value as serde tells it, written down: one serializer for all of our types, and one type for the
//! YAML library. Each by itself is generic over the other, and types times methods is most of the Wasm.

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::cell::Cell;
use std::fmt::Error;

/// What was told, in order: a list or map before its items.
#[derive(Default)]
pub(super) struct Record {
    tokens: Vec<Token>,
    /// All texts, one after the other.
    text: String,
}

#[derive(Clone, Copy)]
enum Token {
    Null,
    Bool(bool),
    Number(u64),
    /// A name that stands in the program: of a field or a choice.
    Name(&'static str),
    /// Where a text ends; it begins where the one before ends.
    Text(usize),
    List(usize),
    Map(usize),
}

impl Record {
    // Called from every type: a call is shorter than its body.
    #[inline(never)]
    fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    #[inline(never)]
    fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
        self.tokens.push(Token::Text(self.text.len()));
    }
}

/// What none of our types has.
macro_rules! absent {
    ($($method:ident($($argument:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$ok, Error> {
            Err(Error)
        })*
    };
}

impl Serializer for &mut Record {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Error>;

    absent! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.push(Token::Bool(value));
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.push(Token::Number(value));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.push_text(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.push(Token::Null);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.push(Token::Name(variant));
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Error> {
        self.push(Token::List(length.ok_or(Error)?));
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self, Error> {
        self.push(Token::Map(length.ok_or(Error)?));
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Self, Error> {
        self.push(Token::Map(length));
        Ok(self)
    }
}

impl SerializeSeq for &mut Record {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl SerializeMap for &mut Record {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl SerializeStruct for &mut Record {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.push(Token::Name(name));
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

/// Tells a record again. Every `serialize` goes on where the one before stopped.
pub(super) struct Told<'a> {
    record: &'a Record,
    next: Cell<usize>,
    text: Cell<usize>,
}

impl<'a> Told<'a> {
    pub(super) fn new(record: &'a Record) -> Self {
        Told { record, next: Cell::new(0), text: Cell::new(0) }
    }

    fn token(&self) -> Token {
        let at = self.next.get();
        self.next.set(at + 1);
        self.record.tokens.get(at).copied().unwrap_or(Token::Null)
    }

    fn text(&self, end: usize) -> &str {
        self.record.text.get(self.text.replace(end)..end).unwrap_or_default()
    }
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.token() {
            Token::Null => to.serialize_none(),
            Token::Bool(value) => to.serialize_bool(value),
            Token::Number(value) => to.serialize_u64(value),
            Token::Name(name) => to.serialize_str(name),
            Token::Text(end) => to.serialize_str(self.text(end)),
            Token::List(length) => {
                let mut list = to.serialize_seq(Some(length))?;
                for _ in 0..length {
                    list.serialize_element(self)?;
                }
                list.end()
            }
            Token::Map(length) => {
                let mut map = to.serialize_map(Some(length))?;
                for _ in 0..length {
                    map.serialize_entry(self, self)?;
                }
                map.end()
            }
        }
    }
}
