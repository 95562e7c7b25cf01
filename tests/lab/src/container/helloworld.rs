//! The sample's server, as `examples-helloworld` answers: its version and its pod. Beyond that it says who
//! asked, as its proxy told it.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv6Addr, TcpListener, TcpStream};
use std::thread;

/// Its port.
const PORT: u16 = 5000;

/// The header by which a proxy says whose certificate it saw, whose name has no case.
const PEER: &str = "x-forwarded-client-cert:";
/// The header of the answer that repeats it.
pub(crate) const ASKED_BY: &str = "X-Asked-By";

/// Serves until it is ended.
pub(crate) fn serve(version: &str) -> Result<()> {
    let listener = TcpListener::bind((Ipv6Addr::UNSPECIFIED, PORT)).context("failed to listen")?;
    let instance = std::fs::read_to_string("/etc/hostname").context("failed to read the pod's name")?;
    let hello = format!("Hello version: {version}, instance: {}\n", instance.trim());
    for stream in listener.incoming() {
        let (stream, hello) = (stream.context("failed to accept a connection")?, hello.clone());
        thread::spawn(move || {
            if let Err(error) = answer(&stream, &hello) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}

/// Answers the requests of one connection, which have no bodies.
fn answer(mut stream: &TcpStream, hello: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    while let Some(request) = lines.next() {
        let request = request?;
        let mut peer = String::new();
        for header in lines.by_ref() {
            let header = header?;
            match header.get(..PEER.len()) {
                _ if header.is_empty() => break,
                Some(name) if name.eq_ignore_ascii_case(PEER) => {
                    header.get(PEER.len()..).unwrap_or_default().trim().clone_into(&mut peer);
                }
                _ => {}
            }
        }
        let path = request.split(' ').nth(1).unwrap_or_default();
        let (status, body) = match path.split('?').next() {
            Some("/hello") => ("200 OK", hello),
            Some("/health") => ("200 OK", "Helloworld is healthy"),
            _ => ("404 Not Found", ""),
        };
        println!("{request}: {status}");
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{ASKED_BY}: {peer}\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
    }
    Ok(())
}
