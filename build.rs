//! Builds the browser app and writes the table of its files, which `http::assets` compiles in.
//!
//! A ready build can be given instead, as a folder in `WYVERN_STATIC_DIST`: then npm is not needed.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the folder with a ready build.
const READY_BUILD: &str = "WYVERN_STATIC_DIST";

/// What the build of the browser app reads, below `static/`. The folder itself is not listed: a
/// change in `node_modules` would start the build again.
const INPUTS: [&str; 9] = [
    ".npmrc",
    "index.html",
    "package.json",
    "package-lock.json",
    "scripts",
    "src",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={READY_BUILD}");
    let written = built_app().and_then(|dist| {
        let table = table_of(&dist)?;
        fs::write(out_dir().join("assets_table.rs"), table).map_err(|e| e.to_string())
    });
    if let Err(reason) = written {
        for line in reason.lines() {
            println!("cargo::error={line}");
        }
    }
}

/// The folder with the built app: the one given, or one built now.
fn built_app() -> Result<PathBuf, String> {
    if let Some(given) = variable(READY_BUILD) {
        let dist = root().join(given);
        println!("cargo::rerun-if-changed={}", dist.display());
        return if dist.join("index.html").is_file() {
            Ok(dist)
        } else {
            Err(format!(
                "{READY_BUILD} is {}, where there is no index.html",
                dist.display()
            ))
        };
    }
    for input in INPUTS {
        println!("cargo::rerun-if-changed=static/{input}");
    }
    let app = root().join("static");
    let dist = out_dir().join("dist");
    let lock = one_build_at_a_time(&app).map_err(|e| format!("static/.build-lock: {e}"))?;
    install_packages(&app)?;
    let folder = dist
        .to_str()
        .ok_or("the target folder's name is not UTF-8")?;
    npm(
        &app,
        &["run", "build", "--", "--outDir", folder, "--emptyOutDir"],
    )?;
    drop(lock);
    Ok(dist)
}

/// Builds into different target folders share `static/node_modules`; the lock ends with the file.
fn one_build_at_a_time(app: &Path) -> io::Result<File> {
    let file = File::create(app.join(".build-lock"))?;
    file.lock()?;
    Ok(file)
}

/// Installs exactly what `package-lock.json` says, unless that is what is there. The stamp is written
/// last and `npm ci` begins by removing it, so that a broken installation is never taken for a good one.
fn install_packages(app: &Path) -> Result<(), String> {
    let wanted = fs::read(app.join("package-lock.json"))
        .map_err(|e| format!("static/package-lock.json: {e}"))?;
    let stamp = app.join("node_modules/.wyvern-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    npm(
        app,
        &[
            "ci",
            "--include=dev",
            "--ignore-scripts",
            "--prefer-offline",
        ],
    )?;
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

fn npm(app: &Path, arguments: &[&str]) -> Result<(), String> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program)
        .args(arguments)
        .current_dir(app)
        // A setting for the server to be run later must change nothing in the build.
        .env_remove("NODE_ENV")
        // Without a network npm would try for more than a minute.
        .env("npm_config_fetch_retries", "1")
        .output()
        .map_err(|e| {
            format!(
                "the browser app is built with npm, which cannot be run ({e}): install Node.js 20.19 \
                 or later with npm, or set {READY_BUILD} to a folder with a ready build of static/"
            )
        })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "`npm {}` failed in static/ (to build without npm, set {READY_BUILD} to a folder with a ready \
         build): {}{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    ))
}

/// The Rust text of a slice of `Asset`, one for each file that is not a compressed copy.
fn table_of(dist: &Path) -> Result<String, String> {
    let mut files = Vec::new();
    walk(dist, &mut files).map_err(|e| format!("{}: {e}", dist.display()))?;
    files.sort();
    let rows = files
        .iter()
        .filter(|file| !matches!(extension(file), "br" | "gz"))
        .map(|file| row(dist, file))
        .collect::<Result<String, String>>()?;
    Ok(format!("&[\n{rows}]\n"))
}

fn row(dist: &Path, file: &Path) -> Result<String, String> {
    let name = file.strip_prefix(dist).map_err(|e| e.to_string())?;
    let path = format!("/{}", name.to_string_lossy().replace('\\', "/"));
    let mut hash = DefaultHasher::new();
    fs::read(file)
        .map_err(|e| format!("{path}: {e}"))?
        .hash(&mut hash);
    Ok(format!(
        "    Asset {{ path: {path:?}, content_type: {:?}, etag: {:?}, plain: {}, brotli: {}, gzip: {} }},\n",
        content_type(&path, extension(file))?,
        // Weak, because the same tag stands for each encoding.
        format!("W/\"{:016x}\"", hash.finish()),
        include(file),
        include_if_there(file, "br"),
        include_if_there(file, "gz"),
    ))
}

fn content_type(path: &str, extension: &str) -> Result<&'static str, String> {
    match extension {
        "html" => Ok("text/html; charset=utf-8"),
        "js" => Ok("text/javascript; charset=utf-8"),
        "css" => Ok("text/css; charset=utf-8"),
        "svg" => Ok("image/svg+xml"),
        _ => Err(format!(
            "no content type is known for {path}: add one to build.rs"
        )),
    }
}

fn include(file: &Path) -> String {
    format!("include_bytes!({:?})", file.to_string_lossy())
}

fn include_if_there(file: &Path, suffix: &str) -> String {
    let copy = file.with_added_extension(suffix);
    if copy.is_file() {
        format!("Some({})", include(&copy))
    } else {
        "None".to_owned()
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn extension(file: &Path) -> &str {
    file.extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn out_dir() -> PathBuf {
    PathBuf::from(variable("OUT_DIR").expect("cargo always sets OUT_DIR for a build script"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment is how cargo and packagers talk to a build script"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}
