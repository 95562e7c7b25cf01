//! Fields that say where something is: host names, API servers, addresses.

use super::texts::{fine, wrong};
use meshwright_core::field::Field;
use meshwright_core::value::Fault::{Character, Edge, Form, Unreachable};

#[test]
fn hosts() {
    fine(Field::Host, &["a.b", "istiod.example.com", "xn--bcher-kva.example", "a-b.c"]);
    wrong(
        Field::Host,
        &[
            ("localhost", Form),
            ("https://a.b", Form),
            ("203.0.113.10", Form),
            ("2001:db8::1", Form),
            ("a.b:15012", Character(':')),
            ("a.b/", Character('/')),
            ("A.b", Character('A')),
            ("*.a.b", Character('*')),
            ("a..b", Edge('.')),
            ("a.b.", Form),
        ],
    );
}

#[test]
fn api_servers() {
    fine(
        Field::ApiServer,
        &[
            "https://10.0.0.5:6443",
            "https://10.0.0.5",
            "https://10.0.0.5:6443/",
            "https://api.example.com",
            "https://api:443",
            "https://[2001:db8::1]:6443",
            "https://[2001:db8::1]",
        ],
    );
    wrong(
        Field::ApiServer,
        &[
            ("10.0.0.5:6443", Form),
            ("http://10.0.0.5", Form),
            ("HTTPS://10.0.0.5", Form),
            ("https://a:0", Form),
            ("https://a:65536", Form),
            ("https://a:+1", Form),
            ("https://a:", Form),
            ("https://[2001:db8::1", Form),
            ("https://[10.0.0.5]", Form),
            ("https://2001:db8::1", Form),
            ("https://[a.b]:1", Form),
            ("https://a/path", Character('/')),
            ("https://user@a", Character('@')),
            ("https://", Edge('.')),
            ("https://localhost:6443", Unreachable),
            ("https://a.localhost", Unreachable),
            ("https://127.0.0.1:6443", Unreachable),
            ("https://0.0.0.0", Unreachable),
            ("https://[::1]:6443", Unreachable),
        ],
    );
}

#[test]
fn addresses() {
    fine(Field::Ip, &["203.0.113.10", "10.0.0.1", "2001:db8::10", "fd00::1", "2001:DB8::10"]);
    wrong(
        Field::Ip,
        &[
            ("a.example.com", Form),
            ("1.2.3", Form),
            ("01.2.3.4", Form),
            ("1.2.3.4:80", Form),
            ("[2001:db8::1]", Form),
            ("::ffff:1.2.3.4", Form),
            (" 1.2.3.4", Form),
            ("127.0.0.1", Unreachable),
            ("0.0.0.0", Unreachable),
            ("169.254.1.1", Unreachable),
            ("224.0.0.1", Unreachable),
            ("255.255.255.255", Unreachable),
            ("::", Unreachable),
            ("::1", Unreachable),
            ("fe80::1", Unreachable),
            ("ff02::1", Unreachable),
        ],
    );
}
