//! The files that install.sh makes, and openssl's stand-in: certificates without their mathematics.

use super::World;
use serde_json::{Value, json};

/// A certificate: a line of JSON.
pub(crate) struct Certificate {
    /// Number of the key that it is for.
    pub(crate) key: u64,
    /// Number of the key that signed it.
    pub(crate) by: u64,
    /// Whether it may sign others.
    pub(crate) ca: bool,
}

impl Certificate {
    /// The certificates in a text, one a line.
    pub(crate) fn all(text: &str) -> Vec<Certificate> {
        let one = |line: &str| {
            let value: Value = serde_json::from_str(line).ok()?;
            let number = |name: &str| value.get(name).and_then(Value::as_u64);
            Some(Certificate { key: number("key")?, by: number("by")?, ca: value.get("ca")?.as_bool()? })
        };
        text.lines().filter_map(one).collect()
    }
}

/// Number of the key in a text.
pub(crate) fn key(text: &str) -> Option<u64> {
    text.trim().strip_prefix("key ")?.parse().ok()
}

impl World<'_> {
    /// mkdir, cp, mv and cat.
    pub(super) fn file(&mut self, words: &[String]) -> Result<String, String> {
        let paths: Vec<&str> = words.iter().skip(1).map(String::as_str).filter(|word| !word.starts_with('-')).collect();
        match (words.first().map_or("", String::as_str), paths.as_slice()) {
            ("mkdir", _) => Ok(String::new()),
            ("cat", paths) => paths.iter().map(|path| self.read(path)).collect(),
            ("cp" | "mv", &[from, to]) => {
                let text = self.read(from)?;
                if words.first().is_some_and(|word| word == "mv") {
                    self.disk.remove(from);
                }
                self.disk.insert(to.to_owned(), text);
                Ok(String::new())
            }
            (program, _) => Err(format!("{program}: these words have no stand-in")),
        }
    }

    pub(super) fn read(&self, path: &str) -> Result<String, String> {
        self.disk.get(path).cloned().ok_or_else(|| format!("{path}: No such file"))
    }

    /// `openssl req` and `openssl x509 -req`.
    pub(super) fn openssl(&mut self, words: &[String]) -> Result<String, String> {
        let flag = |name: &str| {
            let at = words.iter().position(|word| word == name);
            at.and_then(|at| words.get(at + 1)).map(String::as_str)
        };
        let is = |name: &str| words.iter().any(|word| word == name);
        let wanted = |name: &str| flag(name).ok_or_else(|| format!("openssl without {name}"));
        let is_ca = |path: &str| self.read(path).map(|text| text.contains("CA:true"));
        let made = match words.get(1).map(String::as_str) {
            Some("req") => {
                let ca = is_ca(wanted("-config")?)?;
                self.keys += 1;
                let number = self.keys;
                self.disk.insert(wanted("-keyout")?.to_owned(), format!("key {number}\n"));
                if is("-x509") { json!({"key": number, "by": number, "ca": ca}) } else { json!({ "request": number }) }
            }
            Some("x509") if is("-req") => {
                let request: Value = serde_json::from_str(&self.read(wanted("-in")?)?).unwrap_or_default();
                let signer = Certificate::all(&self.read(wanted("-CA")?)?);
                let by = signer.first().ok_or("openssl: no certificate of a CA")?.key;
                if key(&self.read(wanted("-CAkey")?)?) != Some(by) {
                    return Err("openssl: CA certificate and CA private key do not match".to_owned());
                }
                let ca = flag("-extensions").is_some() && is_ca(wanted("-extfile")?)?;
                json!({"key": request.get("request").ok_or("openssl: no request")?, "by": by, "ca": ca})
            }
            _ => return Err("openssl: these words have no stand-in".to_owned()),
        };
        self.disk.insert(wanted("-out")?.to_owned(), format!("{made}\n"));
        Ok(String::new())
    }
}
