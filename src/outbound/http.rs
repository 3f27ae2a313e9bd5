//! The only HTTP client. It sends one request once: no redirects, no retries, no environment proxies, no cookies.
//!
//! What matters to a caller that writes is the difference between "certainly not done" and "may have been done"
//! ([`SendError`]); who may repeat what is decided there, never here.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Proxy, redirect, retry};
use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use reqwest::Method;

/// Bytes of a response body, after decompression. The largest page seen is a 2.7 MB Bundle (Synthea); a server,
/// or a compressed bomb, ends here.
pub const MAX_BODY: usize = 16 * 1024 * 1024;

/// How long an idle connection is kept. Below Jetty's 30 s (HAPI) and Meta's 60 s or more, so that a write
/// seldom meets a connection that the server is closing, which would leave its outcome unknown.
const IDLE: Duration = Duration::from_secs(20);

const USER_AGENT: &str = concat!("wasl/", env!("CARGO_PKG_VERSION"));

/// What the client is told once. No `Debug`: a proxy's URL may hold a password.
#[derive(Clone)]
pub struct HttpSettings {
    /// For name look-up, TCP and TLS together.
    pub connect_timeout: Duration,
    /// For the whole exchange, the body's last byte included; a request may have its own.
    pub timeout: Duration,
    /// A proxy for all requests, `http://[user:password@]host:port`.
    pub proxy: Option<String>,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub ca_file: Option<PathBuf>,
}

/// Settings that give no client.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The file cannot be read.
    #[error("cannot read the certificate authorities in {path}: {source}")]
    CaFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file holds no certificate.
    #[error("{0} holds no PEM certificate")]
    NoCertificate(PathBuf),
    /// The proxy's URL is malformed. It is not repeated here, since it may hold a password.
    #[error("the proxy is not an http:// or https:// URL")]
    Proxy,
    /// TLS does not start, as a rule because the system has no certificate authorities.
    #[error("cannot start TLS: {0} (install the ca-certificates package or name a CA file)")]
    Tls(String),
}

/// One request. Its `Debug` shows the method only: URLs and bodies hold patients' references.
pub struct Request {
    /// The verb.
    pub method: Method,
    /// The absolute URL, encoded.
    pub url: String,
    /// Header names in lower case, with their values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<Vec<u8>>,
    /// In place of [`HttpSettings::timeout`].
    pub timeout: Option<Duration>,
}

/// The answer, whatever its status.
pub struct Response {
    /// The HTTP status; redirects are answers too.
    pub status: u16,
    /// The body, decompressed.
    pub body: Vec<u8>,
    headers: HeaderMap,
}

/// A request without an answer. Reasons name the server at most, never path, query or body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The request never left: refused, no such name, TLS failed, malformed. Certainly not done.
    #[error("not sent: {0}")]
    NotSent(String),
    /// Sent, wholly or in part, and no whole answer came: it may have been done, or may yet be.
    #[error("sent, but the answer was lost: {0}")]
    Unknown(String),
    /// The answer is larger than [`MAX_BODY`]. It has been done or refused; the status is not to be trusted alone.
    #[error("sent, but the answer is larger than {MAX_BODY} bytes")]
    TooLarge,
}

/// The client. Clones share connections.
#[derive(Clone)]
pub struct Http {
    client: Client,
}

impl Http {
    /// Makes the client; reads the CA file.
    ///
    /// # Errors
    /// [`HttpError`], for the operator.
    pub fn new(settings: &HttpSettings) -> Result<Self, HttpError> {
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .pool_idle_timeout(IDLE)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy();
        if let Some(url) = &settings.proxy {
            builder = builder.proxy(Proxy::all(url).map_err(|_| HttpError::Proxy)?);
        }
        if let Some(path) = &settings.ca_file {
            builder = builder.tls_certs_merge(authorities(path)?);
        }
        let client = builder.build().map_err(|error| HttpError::Tls(reason(error)))?;
        Ok(Self { client })
    }

    /// Sends once and reads the whole answer.
    ///
    /// # Errors
    /// [`SendError`]; a status that refuses is not one of them.
    pub async fn send(&self, request: Request) -> Result<Response, SendError> {
        let request = self.build(request)?;
        let mut response = self.client.execute(request).await.map_err(SendError::of)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(SendError::of)? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(SendError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, body, headers })
    }

    fn build(&self, request: Request) -> Result<reqwest::Request, SendError> {
        let mut builder = self.client.request(request.method, request.url);
        for (name, value) in request.headers {
            let mut value = HeaderValue::try_from(value)
                .map_err(|_| SendError::NotSent(format!("the {name} header cannot be written")))?;
            value.set_sensitive(true);
            builder = builder.header(HeaderName::from_static(name), value);
        }
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        if let Some(timeout) = request.timeout {
            builder = builder.timeout(timeout);
        }
        builder.build().map_err(|_| SendError::NotSent(String::from("the URL is malformed")))
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} [phi])", self.method)
    }
}

impl Response {
    /// A header, by its name in lower case; `None` also where it is not ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// `ETag`, as the server writes it.
    pub fn etag(&self) -> Option<&str> {
        self.header("etag")
    }

    /// `Retry-After`.
    pub fn retry_after(&self) -> Option<&str> {
        self.header("retry-after")
    }

    /// `Location`: of what was created, or where a redirect points.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// True for 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes [phi])", self.status, self.body.len())
    }
}

impl SendError {
    /// Only what fails while the connection is being made is certainly not done: there, `hyper` has not been
    /// given the request yet. A time-out of the whole exchange counts as unknown even when it fell into that
    /// part, because the two cannot be told apart.
    fn of(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() {
            Self::NotSent(reason(error))
        } else {
            Self::Unknown(reason(error))
        }
    }

    /// True where a repeat cannot double anything.
    pub const fn is_not_sent(&self) -> bool {
        matches!(self, Self::NotSent(_))
    }
}

/// What went wrong, with all its causes and without the URL.
fn reason(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        text = format!("{text}: {it}");
        cause = it.source();
    }
    text
}

fn authorities(path: &PathBuf) -> Result<Vec<Certificate>, HttpError> {
    let pem = std::fs::read(path).map_err(|source| HttpError::CaFile { path: path.clone(), source })?;
    let found = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if found.is_empty() { Err(HttpError::NoCertificate(path.clone())) } else { Ok(found) }
}

#[cfg(test)]
mod tests;
