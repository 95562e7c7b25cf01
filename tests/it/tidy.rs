//! The house rules that a machine can look after, over every file of the checkout.

use crate::case;
use crate::tree::{self, Tree};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Every text file that is or could be tracked, by its path; what `.gitignore` names is left out.
static FILES: LazyLock<Tree> = LazyLock::new(|| {
    let root = case::root();
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).chain([".git"]).collect();
    tree::texts(&root, &ignored)
});

/// The files of a folder with one of these endings.
fn files(folder: &str, endings: &[&str]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is = move |path: &str| {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        path.starts_with(folder) && endings.contains(&ending)
    };
    FILES.iter().filter(move |(path, _)| is(path)).map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Fails with every line that `is` wrong.
fn no_line<'a>(files: impl Iterator<Item = (&'a str, &'a str)>, why: &str, is: impl Fn(&str, &str) -> bool) {
    let mut found = Vec::new();
    for (path, text) in files {
        let lines = text.lines().enumerate().filter(|(_, line)| is(path, line));
        found.extend(lines.map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim())));
    }
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

#[test]
fn source_files_are_under_250_lines() {
    const LONGER: [(&str, &str); 1] =
        [("core/src/field/table.rs", "a table of fields, each of which says the same things")];
    let sources = files("core/src/", &["rs"])
        .chain(files("app/", &["rs", "js"]))
        .chain(files("tests/", &["rs", "mjs", "py"]))
        .chain(files("style/", &["css"]));
    let long: Vec<String> = sources
        .filter(|(path, text)| text.lines().count() >= 250 && LONGER.iter().all(|(longer, _)| longer != path))
        .map(|(path, text)| format!("{path}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split by noun: {long:#?}");
    for (path, reason) in LONGER {
        let lines = FILES.get(path).unwrap().lines().count();
        assert!((250..400).contains(&lines) && !reason.is_empty(), "{path} needs no exception, or is too long for one");
    }
}

#[test]
fn every_source_file_says_what_it_is() {
    let sources = files("core/src/", &["rs"]).chain(files("app/", &["rs"])).chain(files("tests/", &["rs"]));
    let silent: Vec<&str> = sources.filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "no head comment: {silent:#?}");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!("), concat!("unimple", "mented!(")];
    no_line(files("", &["rs", "js", "mjs", "css", "sh", "py", "md", "toml", "html"]), "left for later", |_, line| {
        marks.iter().any(|mark| line.contains(mark))
    });
}

/// The checkout builds on every machine, so it knows none: no mirror of a registry, no home folder.
#[test]
fn no_file_knows_a_machine() {
    let marks = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("artifact", "ory"),
        concat!("jfr", "og"),
        concat!("replace", "-with"),
        concat!("index", "-url"),
        concat!(".inter", "nal/"),
    ];
    no_line(FILES.iter().map(|(path, text)| (path.as_str(), text.as_str())), "a machine's own", |_, line| {
        marks.iter().any(|mark| line.contains(mark))
    });
    no_line(files("", &["lock", "json"]), "not the public registry", |path, line| {
        let line = line.trim();
        let crates = line.starts_with("source = ")
            && !line.contains("\"registry+https://github.com/rust-lang/crates.io-index\"");
        let npm = line.starts_with("\"resolved\":") && !line.contains("\"https://registry.npmjs.org/");
        path.ends_with("Cargo.lock") && crates || path.ends_with("package-lock.json") && npm
    });
}

/// A line of Rust without what is a comment or the text for a person.
fn code(line: &str) -> bool {
    !line.trim_start().starts_with("//")
}

#[test]
fn one_file_names_the_yaml_library() {
    let others =
        files("core/src/", &["rs"]).chain(files("app/", &["rs"])).filter(|(path, _)| *path != "core/src/yaml.rs");
    no_line(others, "core/src/yaml.rs alone names it", |_, line| {
        line.contains("serde_yaml") || line.contains("saphyr")
    });
}

#[test]
fn one_file_quotes() {
    // As text in a raw literal and in a plain one; alone it is how Rust writes a quote character.
    let quotes = [concat!(r#""'\"#, r#"''""#), concat!(r#""'\\"#, r#"''""#)];
    let others = files("core/src/", &["rs"])
        .chain(files("app/", &["rs"]))
        .filter(|(path, _)| *path != "core/src/script/word.rs");
    no_line(others, "core/src/script/word.rs alone quotes", |_, line| quotes.iter().any(|quote| line.contains(quote)));
}

/// Names of objects, labels and annotations are made in `name.rs`, with their invariant's number.
#[test]
fn one_file_makes_names() {
    let names = [
        "istio-sidecar-injector",
        "istio-validator",
        "istio-revision-tag",
        "istio-ingressgateway",
        "istio-egressgateway",
        "istio-eastwestgateway",
        "istio-ca-root-cert",
        "istio-kubeconfig",
        "istio-remote-secret",
        "istio-injection",
        "topology.istio.io",
        "sidecar.istio.io",
        "istio.io/rev",
        "istio/multiCluster",
        ".svc.cluster.local",
        "/inject/cluster/",
        "\"istiod-",
        "\"istio-system\"",
    ];
    let others = files("core/src/", &["rs"]).filter(|(path, _)| !matches!(*path, "core/src/name.rs"));
    no_line(others, "core/src/name.rs alone makes names", |_, line| {
        code(line) && names.iter().any(|name| line.contains(name))
    });
}

/// Who may know whom (ARCHITECTURE.md): the arrows lead one way.
#[test]
fn rooms_keep_their_doors_shut() {
    let mentions = |words: &'static [&'static str]| {
        move |_: &str, line: &str| code(line) && words.iter().any(|word| has_word(line, word))
    };
    let kinds = || {
        files("core/src/", &["rs"])
            .filter(|(path, _)| path.starts_with("core/src/k8s") || path.starts_with("core/src/istio"))
    };
    no_line(kinds(), "kinds know no topology", mentions(&["Topology", "topology", "plan", "Draft", "draft"]));
    let plan = || files("core/src/", &["rs"]).filter(|(path, _)| path.starts_with("core/src/plan"));
    no_line(plan(), "the plan knows no draft", mentions(&["Draft"]));
    no_line(plan(), "text is made in render alone", mentions(&["script", "render"]));
    let page = || files("app/web/src/", &["rs"]);
    no_line(page(), "the page knows draft, problems, plan and bundle", |_, line| {
        ["istio", "k8s", "script"].iter().any(|room| line.contains(&format!("meshwright_core::{room}")))
    });
    no_line(files("core/src/", &["rs"]), "core knows no browser", mentions(&["web_sys", "wasm_bindgen", "js_sys"]));
    let link = || FILES.iter().filter(|(path, _)| path.starts_with("tests/link/"));
    no_line(
        link().map(|(path, text)| (path.as_str(), text.as_str())),
        "what checks core shares no code with it",
        |_, line| code(line) && !line.starts_with('#') && line.contains("meshwright") && line.contains("core"),
    );
    let versions = files("core/src/", &["rs"])
        .filter(|(path, _)| path.starts_with("core/src/plan") || path.starts_with("core/src/render"));
    no_line(versions, "what differs between releases is a fact in version.rs", |_, line| {
        code(line) && ["release.minor", "release.major", ".number >"].iter().any(|word| line.contains(word))
    });
}

/// Whether `word` stands alone in a line of code.
fn has_word(line: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[test]
fn rules_find_what_they_look_for() {
    assert!(has_word("use crate::draft::Draft;", "Draft") && !has_word("let drafts = x;", "draft"));
    assert!(FILES.len() > 100 && FILES.contains_key("Cargo.toml") && FILES.contains_key("core/src/lib.rs"));
    assert!(FILES.keys().all(|path| !path.starts_with("target/") && !path.contains("node_modules")));
    let found = std::panic::catch_unwind(|| no_line([("a", "x\ny")].into_iter(), "why", |_, line| line == "y"));
    assert_eq!(found.unwrap_err().downcast_ref::<String>().unwrap(), "why:\na:2: y");
}
