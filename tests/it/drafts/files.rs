//! meshwright.yaml: read back as it was written, from YAML or JSON, and refused with words that help.

use crate::case;
use meshwright_core::draft::{ApiVersion, At, Draft, File, LARGEST};
use meshwright_core::field::Field;
use meshwright_core::yaml;

#[test]
fn every_case_comes_back() {
    for case in case::all() {
        let text = yaml::write(&case.draft);
        assert_eq!(yaml::read(&text).as_ref(), Ok(&case.draft), "{}:\n{text}", case.name);
        let json = serde_json::to_string_pretty(&File::from(&case.draft)).unwrap();
        assert_eq!(yaml::read(&json).as_ref(), Ok(&case.draft), "{}, as JSON", case.name);
    }
}

#[test]
fn a_draft_that_is_wrong_comes_back_too() {
    let hostile = ["", " ", "~", "null", "on", "1e3", "- a", "a: b", "#1", "'", "\"", "\\", "a\nb", "\u{202e}", "日本"];
    for text in hostile {
        let mut draft = super::preset();
        let keys = draft.clusters.iter().map(|cluster| cluster.key).chain([draft.meshes[0].key]);
        let places: Vec<At> = keys.flat_map(|key| Field::ALL.map(|field| At { field, key })).collect();
        for at in places {
            draft.set_text(at, text.to_owned());
        }
        assert_eq!(yaml::read(yaml::write(&draft)), Ok(draft), "{text:?}");
    }
}

/// What is written by hand need not quote: a field takes text, whatever it looks like.
#[test]
fn texts_need_no_quotes() {
    let text = yaml::write(&super::preset()).replace("network: network1", "network: 2024-01-01");
    let text = text.replace("meshID: mesh1", "meshID: 1_000").replace("context: cluster2", "context: on");
    let draft = yaml::read(&text).unwrap();
    assert_eq!(draft.clusters[1].network, "2024-01-01");
    assert_eq!(draft.meshes[0].mesh_id, "1_000");
    assert_eq!(draft.clusters[2].context, "on");
}

fn refusal(text: impl AsRef<[u8]>) -> String {
    yaml::read(text).map(|_: Draft| ()).unwrap_err().to_string()
}

/// A topology as it was written, and changed in one place.
fn changed(before: &str, after: &str) -> String {
    let good = yaml::write(&super::preset());
    assert_eq!(good.matches(before).count(), 1, "{before:?} is not in the file once");
    good.replace(before, after)
}

#[test]
fn what_is_unknown_is_named_with_its_place() {
    let table = [
        ("  network: network1\n", "  networks: network1\n", "line 10, column 3: unknown field `networks`"),
        ("meshID:", "meshId:", "line 21, column 3: unknown field `meshId`"),
        ("sample:\n", "samples:\n", "line 32, column 1: unknown field `samples`"),
        ("      type: dns\n", "      kind: dns\n", "line 29, column 7: unknown field `kind`"),
        ("  namespace: sample\n", "  namespace: sample\n  nowhere: x\n", "line 35, column 3: unknown field `nowhere`"),
    ];
    for (before, after, told) in table {
        let said = refusal(changed(before, after));
        assert!(said.starts_with(told) && said.contains("expected one of"), "{told}: {said}");
    }
}

/// As JSON too, of which a machine makes one line.
#[test]
fn what_is_unknown_in_json_is_named_with_its_place() {
    let json = serde_json::to_string(&File::from(&super::preset())).unwrap();
    let said = refusal(json.replacen("\"network\"", "\"networks\"", 1));
    let column = json.find("\"network\"").unwrap() + 1;
    assert!(said.starts_with(&format!("line 1, column {column}: unknown field `networks`")), "{said}");
}

#[test]
fn what_is_no_text_or_there_twice_is_told_with_its_place() {
    let table = [
        ("meshID: mesh1", "meshID: [mesh1]", "line 21, column 11: expected string scalar"),
        ("meshID: mesh1", "meshID:", "line 21, column 9: null is not allowed here"),
        ("meshID: mesh1", "meshID: mesh1\n  meshID: mesh2", "line 22, column 3: duplicate mapping key: meshID"),
        ("istio:\n", "istio: 3\nx:\n", "line 2, column 8: "),
        ("meshes:\n", "meshes: *other\nx:\n", "line 20, column 9: reference to unknown value"),
        ("meshes:\n", "meshes:\n\t- a\n", "line 21, column 2: tabs"),
    ];
    for (before, after, told) in table {
        let said = refusal(changed(before, after));
        assert!(said.starts_with(told), "{told}: {said}");
    }
}

/// Of a file that this version cannot read, its version is told before anything else about it.
#[test]
fn another_version_is_told_as_such() {
    let later =
        "meshwright/v2 is a later version of the file than this Meshwright knows (meshwright/v1): use a later one";
    let table = [
        ("meshwright/v2", format!("line 1, column 13: {later}")),
        ("meshwright/v2 # and more\nadded: {by: it}", format!("line 1, column 13: {later}")),
        (
            "v1\nkind: Service",
            "line 1, column 13: apiVersion \"v1\" is not one of a topology: use meshwright/v1".into(),
        ),
        ("meshwright/v0", "line 1, column 13: apiVersion \"meshwright/v0\" is not one of a topology".into()),
    ];
    for (version, told) in table {
        let said = refusal(changed("meshwright/v1", version));
        assert!(said.starts_with(&told), "{told}: {said}");
    }
    let json = serde_json::to_string_pretty(&File::from(&super::preset())).unwrap();
    let said = refusal(json.replace("meshwright/v1", "meshwright/v12"));
    assert!(said.starts_with("line 2, column 17: meshwright/v12 is a later version"), "{said}");
    assert_eq!(ApiVersion::named(ApiVersion::V1.name()), Some(ApiVersion::V1));
}

#[test]
fn what_is_missing_is_named() {
    for (line, told) in [
        ("apiVersion: meshwright/v1\n", "apiVersion is missing: a topology begins with apiVersion: meshwright/v1"),
        ("  version: \"1.31.1\"\n", "line 3, column 3: missing field `version`"),
    ] {
        let said = refusal(changed(line, ""));
        assert!(said.starts_with(told), "{told}: {said}");
    }
}

#[test]
fn what_is_no_topology_is_refused() {
    for text in ["", "a", "[]", "{}", "a: [", "\u{0}", "apiVersion: meshwright/v1", "--- a\n--- b\n", "{\"a\": 1"] {
        assert!(!refusal(text).is_empty(), "{text:?}");
    }
    let twice = yaml::write(&super::preset()).repeat(2).replace("apiVersion", "---\napiVersion");
    assert!(refusal(&twice).contains("single YAML document"), "{}", refusal(&twice));
}

/// Notepad begins with a mark of byte order, and PowerShell writes UTF-16.
#[test]
fn what_windows_writes_is_read_or_told() {
    let text = yaml::write(&super::preset());
    assert_eq!(yaml::read(format!("\u{feff}{text}").replace('\n', "\r\n")), Ok(super::preset()));
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(refusal(utf16).starts_with("line 1, column 1: it is not text in UTF-8"));
    let latin = [text.replace("mesh1", "m").as_bytes(), b"# h\xe9\n"].concat();
    let told = format!("line {}, column 4: it is not text in UTF-8", text.lines().count() + 1);
    assert!(refusal(latin).starts_with(&told));
}

#[test]
fn no_file_is_larger_than_a_mebibyte() {
    let text = yaml::write(&super::preset());
    let padded = |bytes: usize| format!("{text}#{}\n", "x".repeat(bytes - text.len() - 2));
    assert_eq!(yaml::read(padded(LARGEST as usize)), Ok(super::preset()));
    assert_eq!(refusal(padded(LARGEST as usize + 1)), "it is larger than 1 MiB, and so than any topology");
}

#[test]
fn no_file_is_deeper_than_any_topology() {
    for depth in [20, 100, 100_000] {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
            let nested = format!("\n  {}x{}\n", open.repeat(depth), close.repeat(depth));
            for key in ["app:", "strange:"] {
                assert!(!refusal(changed("  app: helloworld\n", &format!("  {key}{nested}"))).is_empty());
            }
            // Where a field is not known, nobody reads what it holds.
            let said = refusal(format!("strange: {nested}"));
            assert!(!said.is_empty(), "{open}");
        }
    }
}

/// A few hundred bytes that stand for thousands of millions of names.
#[test]
fn no_file_says_more_by_aliases_than_any_topology() {
    let names = |count: usize| vec!["*n"; count].join(", ");
    let bomb = format!(
        "apiVersion: meshwright/v1\nistio: {{version: 1.31.1}}\nclusters: []\nmeshes:\n- &m\n  meshID: m\n  controlPlanes:\n  - &p {{cluster: &n c, configCluster: c, namespace: n, remoteClusters: [{}]}}\n{}{}",
        names(1000),
        "  - *p\n".repeat(1000),
        "- *m\n".repeat(1000)
    );
    let said = refusal(&bomb);
    assert!(said.contains("it is nested deeper, or says more by aliases, than any topology"), "{said}");
    // Some are fine: what two clusters have in common is said once.
    let shared =
        changed("context: cluster1\n", "context: &one cluster1\n").replace("context: cluster2", "context: *one");
    let mut draft = super::preset();
    "cluster1".clone_into(&mut draft.clusters[2].context);
    assert_eq!(yaml::read(shared), Ok(draft));
    assert!(refusal(changed("clusters:\n", "clusters: &a [*a]\nx:\n")).contains("ecursive"));
}
