//! The only HTTP client. It does not follow redirects, does not retry, and never shows a URL: those hold patient ids.

use crate::phi::Phi;
use std::path::PathBuf;
use std::time::Duration;

/// Largest answer that is taken: a FHIR page of a few hundred resources is under one megabyte.
const LARGEST: usize = 16 << 20;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// A method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
}

/// How the client is set up.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// How long a request may take where it does not say so itself.
    pub timeout: Duration,
    /// An outbound proxy.
    pub proxy: Option<String>,
    /// A file of PEM certificates of a private CA.
    pub ca_file: Option<PathBuf>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), proxy: None, ca_file: None }
    }
}

/// A request.
#[derive(Debug)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Where to.
    pub url: Phi<String>,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, Phi<String>)>,
    /// Body.
    pub body: Option<Phi<Vec<u8>>>,
    /// How long it may take.
    pub timeout: Option<Duration>,
}

/// An answer, whatever its status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// `ETag`
    pub etag: Option<String>,
    /// `Location`: it names what was created.
    pub location: Option<Phi<String>>,
    /// `Retry-After`
    pub retry_after: Option<String>,
    /// Body.
    pub body: Phi<Vec<u8>>,
}

/// Why there is no answer. The difference decides whether a write may have been done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SendError {
    /// No connection: the request was certainly not sent.
    #[error("no connection")]
    NotSent,
    /// It was sent, or may have been; the answer was lost.
    #[error("no answer")]
    Unknown,
    /// The answer is larger than [`LARGEST`].
    #[error("the answer is too large")]
    TooLarge,
}

/// Why the client cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum HttpFault {
    /// The CA file cannot be read.
    #[error("ca_file: {0}")]
    CaFile(std::io::Error),
    /// The proxy or a certificate is not understood.
    #[error("proxy or ca_file: not understood")]
    Setup,
}

/// The client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
}

impl Http {
    /// A client.
    ///
    /// # Errors
    /// The proxy or CA file cannot be used.
    pub fn new(settings: HttpSettings) -> Result<Self, HttpFault> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("wasl/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(settings.timeout)
            .no_proxy();
        if let Some(proxy) = &settings.proxy {
            builder = builder.proxy(reqwest::Proxy::all(proxy).map_err(|_| HttpFault::Setup)?);
        }
        if let Some(file) = &settings.ca_file {
            let pem = std::fs::read(file).map_err(HttpFault::CaFile)?;
            let all = reqwest::Certificate::from_pem_bundle(&pem).map_err(|_| HttpFault::Setup)?;
            builder = all.into_iter().fold(builder, reqwest::ClientBuilder::add_root_certificate);
        }
        Ok(Self { client: builder.build().map_err(|_| HttpFault::Setup)? })
    }

    /// Sends a request, once.
    ///
    /// # Errors
    /// [`SendError`]; any status is an answer.
    pub async fn send(&self, request: Request) -> Result<Response, SendError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
        };
        let mut sending = self.client.request(method, request.url.reveal());
        for (name, value) in &request.headers {
            sending = sending.header(*name, value.reveal());
        }
        if let Some(body) = request.body {
            sending = sending.body(body.into_revealed());
        }
        if let Some(timeout) = request.timeout {
            sending = sending.timeout(timeout);
        }
        let response = sending.send().await.map_err(|error| lost(&error))?;
        read(response).await
    }
}

fn lost(error: &reqwest::Error) -> SendError {
    if error.is_connect() || error.is_builder() { SendError::NotSent } else { SendError::Unknown }
}

async fn read(mut response: reqwest::Response) -> Result<Response, SendError> {
    let header =
        |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (status, etag, retry_after) = (response.status().as_u16(), header("etag"), header("retry-after"));
    let location = header("location").map(Phi::new);
    let mut body = vec![];
    while let Some(chunk) = response.chunk().await.map_err(|_| SendError::Unknown)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(SendError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response { status, etag, location, retry_after, body: Phi::new(body) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn request(port: u16) -> Request {
        Request {
            method: Method::Post,
            url: Phi::new(format!("http://127.0.0.1:{port}/x")),
            headers: vec![("content-type", Phi::new("text/plain".to_owned()))],
            body: Some(Phi::new(b"hello".to_vec())),
            timeout: Some(Duration::from_millis(500)),
        }
    }

    /// A server that reads one request and then does `answer`.
    async fn server(answer: Option<&'static str>, hold: bool) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 1024];
            let _ = socket.read(&mut buffer).await;
            if let Some(answer) = answer {
                socket.write_all(answer.as_bytes()).await.unwrap();
            }
            if hold {
                std::future::pending::<()>().await;
            }
        });
        port
    }

    async fn ends(port: u16) -> Result<Response, SendError> {
        Http::new(HttpSettings::default()).unwrap().send(request(port)).await
    }

    #[tokio::test]
    async fn what_is_certain_and_what_is_not() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        assert_eq!(ends(closed).await, Err(SendError::NotSent));
        assert_eq!(ends(server(None, false).await).await, Err(SendError::Unknown));
        assert_eq!(ends(server(None, true).await).await, Err(SendError::Unknown));
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
        assert_eq!(ends(server(Some(cut), false).await).await, Err(SendError::Unknown));
        let whole = "HTTP/1.1 409 Conflict\r\netag: W/\"3\"\r\ncontent-length: 2\r\n\r\n{}";
        let answer = ends(server(Some(whole), false).await).await.unwrap();
        assert_eq!((answer.status, answer.etag.as_deref()), (409, Some("W/\"3\"")));
        let elsewhere = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(ends(server(Some(elsewhere), false).await).await.unwrap().status, 302);
    }
}
