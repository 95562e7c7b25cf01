//! The map as a drawing: who runs where, and who talks to whom. Pure text to text, so that it can be
//! saved as well as shown. Classes only: style/diagram.css has the colours.

mod across;
mod down;
mod layout;
mod net;
mod svg;

pub(crate) use net::words;
pub(crate) use svg::{Looks, draw, hue};
