//! `[server]`, `[database]`, `[keys]`: where Wasl runs and keeps its things.

use super::fault::{Fault, wrong};
use super::reader::Section;
use super::{secret, values};
use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};
use std::net::SocketAddr;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Length of the master key (AES-256 and HKDF-SHA-256 take 32 bytes).
const MASTER_KEY_BYTES: usize = 32;
/// Most connections to one database; PostgreSQL itself comes with 100.
const MAX_CONNECTIONS: u32 = 1_000;
/// What a database address may begin with.
const SCHEMES: [&str; 3] = ["sqlite://", "postgres://", "postgresql://"];

/// `[server]`.
#[derive(Clone, Debug)]
pub struct Server {
    /// What Meta and patients reach; no final slash.
    pub public_url: String,
    /// The public listener.
    pub listen: SocketAddr,
    /// Health, metrics, staff and system API.
    pub internal_listen: SocketAddr,
    /// Where the gateway keeps its files.
    pub data_dir: PathBuf,
}

impl Server {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        Self {
            public_url: s.need("public_url", "\"https://wasl.example.org\"", values::safe_web),
            listen: s.or("listen", SocketAddr::from(([127, 0, 0, 1], 8080)), values::listen),
            internal_listen: s.or(
                "internal_listen",
                SocketAddr::from(([127, 0, 0, 1], 9090)),
                values::listen,
            ),
            data_dir: s.or("data_dir", "data".to_owned(), values::filled).into(),
        }
    }
}

/// `[database]`.
#[derive(Clone, Debug)]
pub struct Database {
    /// `sqlite://FILE` or `postgres://user@host/db`; it may hold a password.
    pub url: SecretString,
    /// Connections of this process.
    pub max_connections: u32,
}

impl Database {
    pub(super) fn read(s: &mut Section<'_>, server: &Server) -> Self {
        let default = || format!("sqlite://{}", server.data_dir.join("wasl.db").display()).into();
        let url = secret::optional(s, "url", "url_file").unwrap_or_else(default);
        if let Some(wrong) = unusable(url.expose_secret()) {
            s.fault("url", wrong);
        }
        Self { url, max_connections: s.whole("max_connections", 8, 1..=MAX_CONNECTIONS) }
    }
}

fn unusable(url: &str) -> Option<super::fault::Wrong> {
    let fix = "write sqlite://FILE or postgres://USER@HOST/DATABASE";
    let rest = SCHEMES.iter().find_map(|scheme| url.strip_prefix(scheme));
    if rest.is_none_or(str::is_empty) {
        return Some(wrong("is not the address of a database we know", fix));
    }
    if url.starts_with("sqlite://:memory:") {
        return Some(wrong("is in memory: nothing would survive a restart", "write sqlite://FILE"));
    }
    let tls =
        ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"].iter().any(|mode| url.contains(mode));
    (cfg!(feature = "bundled-libpq") && tls).then(|| {
        let fix = "use a build with the system's libpq (cargo build --no-default-features), or a tunnel";
        wrong("asks for TLS, which the libpq compiled into this build has not", fix)
    })
}

/// `[keys]`.
#[derive(Clone, Debug)]
pub struct Keys {
    /// 32 bytes, base64.
    pub master_key_file: PathBuf,
}

impl Keys {
    pub(super) fn read(s: &mut Section<'_>, server: &Server) -> Self {
        let default = server.data_dir.join("master.key").display().to_string();
        Self { master_key_file: s.or("master_key_file", default, values::filled).into() }
    }

    /// Whether the master key can be read and has its form. Not part of loading: `keys generate` and the
    /// sandbox make the file.
    ///
    /// # Errors
    /// A fault of `keys.master_key_file`, without the key.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = |problem: String, fix: &str| Fault::new("keys.master_key_file", problem, fix);
        let path = self.master_key_file.display();
        let text = std::fs::read_to_string(&self.master_key_file).map(Zeroizing::new).map_err(|error| {
            fault(
                format!("{path} cannot be read ({error})"),
                "make it with `wasl keys generate`, or give its path",
            )
        })?;
        let key = BASE64.decode(text.trim().as_bytes()).map(Zeroizing::new);
        if key.is_ok_and(|key| key.len() == MASTER_KEY_BYTES) {
            return Ok(());
        }
        Err(fault(
            format!("{path} does not hold {MASTER_KEY_BYTES} bytes in base64"),
            "restore it from its backup",
        ))
    }
}
