//! Programs that are not ours, and folders to run them in. `make` says where the programs are; a bare
//! `cargo test` asks the set-up that make asks.

use crate::case;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Python with the packages of `tests/requirements.txt`.
pub(crate) fn python() -> Command {
    static PATH: LazyLock<String> = LazyLock::new(|| set_up("MESHWRIGHT_PYTHON"));
    Command::new(&*PATH)
}

/// shellcheck, of the version that those requirements name.
pub(crate) fn shellcheck() -> Command {
    static PATH: LazyLock<String> = LazyLock::new(|| set_up("SHELLCHECK"));
    Command::new(&*PATH)
}

fn set_up(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        let with = case::root().join(".ci/setup/with");
        let asked = Command::new(with).args(["python", "--", "printenv", variable]).output().unwrap();
        assert!(asked.status.success(), "{variable} is not set; run `make check`\n{}", err(&asked));
        out(&asked).trim_end().to_owned()
    })
}

/// Runs `command` on `input`.
pub(crate) fn feed(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program may stop reading early: that is its answer, not our failure.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

/// Standard output as text.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A new folder of a test's own, which goes with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("meshwright-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A file, and the folders that it needs.
    pub(crate) fn file(&self, path: &str, text: &str) -> PathBuf {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
