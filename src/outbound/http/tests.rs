//! The client against sockets that answer, refuse, hang and break off.

use super::{Http, HttpError, HttpSettings, MAX_BODY, Method, Request, Response, SendError};
use rstest::rstest;
use std::future::Future;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;

/// Long enough for a loopback exchange on a busy machine; no test waits for it.
const AMPLE: Duration = Duration::from_secs(60);
/// Tests wait for this one.
const SHORT: Duration = Duration::from_millis(150);

fn settings() -> HttpSettings {
    HttpSettings { connect_timeout: AMPLE, timeout: AMPLE, proxy: None, ca_file: None }
}

fn post(url: String) -> Request {
    let headers = vec![("authorization", "Bearer secret-token".to_owned())];
    Request { method: Method::POST, url, headers, body: Some(b"asha".to_vec()), timeout: None }
}

/// A server for one connection: what it does with it is the test.
async fn serve<F: Future<Output = ()> + Send + 'static>(
    act: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { act(listener.accept().await.unwrap().0).await });
    format!("{address}/fhir/Patient/asha?phone=971500000001")
}

/// Reads up to the end of [`post`]'s body.
async fn request(socket: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    while !seen.ends_with(b"asha") || !seen.windows(4).any(|it| it == b"\r\n\r\n") {
        assert_ne!(socket.read_buf(&mut seen).await.unwrap(), 0, "the client went away");
    }
    String::from_utf8(seen).unwrap()
}

async fn answered(reply: &'static [u8]) -> Result<Response, SendError> {
    let address = serve(move |mut socket| async move {
        request(&mut socket).await;
        socket.write_all(reply).await.unwrap();
    });
    let url = format!("http://{}", address.await);
    Http::new(&settings()).unwrap().send(post(url)).await
}

#[tokio::test]
async fn an_answer_comes_back_whole() {
    let reply = b"HTTP/1.1 409 Conflict\r\nETag: W/\"3\"\r\nRetry-After: 7\r\nLocation: Slot/7\r\n\
        Content-Length: 4\r\n\r\nbody";
    let response = answered(reply).await.unwrap();
    assert_eq!((response.status, response.body.as_slice()), (409, b"body".as_slice()));
    assert_eq!(
        (response.etag(), response.retry_after(), response.location(), response.is_success()),
        (Some("W/\"3\""), Some("7"), Some("Slot/7"), false)
    );
}

#[tokio::test]
async fn the_request_says_who_asks_and_what() {
    let (tell, told) = oneshot::channel();
    let address = serve(move |mut socket| async move {
        tell.send(request(&mut socket).await).unwrap();
        socket.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
    });
    let url = format!("http://{}", address.await);
    assert!(Http::new(&settings()).unwrap().send(post(url)).await.unwrap().is_success());
    let seen = told.await.unwrap();
    assert!(seen.starts_with("POST /fhir/Patient/asha?phone=971500000001 HTTP/1.1\r\n"), "{seen}");
    assert!(seen.contains("user-agent: wasl/0.") && seen.contains("authorization: Bearer secret-token"));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let reply = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(answered(reply).await.unwrap().status, 302);
}

#[tokio::test]
async fn gzip_is_undone() {
    const REPLY: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 22\r\n\r\n\
        \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";
    assert_eq!(answered(REPLY).await.unwrap().body, b"{}");
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    // Bound but not listening: refused, and nobody else can be given the port meanwhile.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let closed = socket.local_addr().unwrap();
    let error = Http::new(&settings()).unwrap().send(post(format!("http://{closed}/"))).await.unwrap_err();
    assert!(error.is_not_sent() && error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_name_that_does_not_exist_was_not_sent() {
    // RFC 6761 §6.4: "invalid" never resolves.
    let error = Http::new(&settings()).unwrap().send(post("http://ehr.invalid/".into())).await.unwrap_err();
    assert!(error.is_not_sent(), "{error}");
}

#[tokio::test]
async fn a_server_without_tls_was_not_sent() {
    let address = serve(|mut socket| async move {
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let url = format!("https://{}", address.await);
    let error = Http::new(&settings()).unwrap().send(post(url)).await.unwrap_err();
    assert!(error.is_not_sent(), "{error}");
}

#[tokio::test]
async fn a_handshake_that_hangs_was_not_sent() {
    let (held, release) = oneshot::channel::<()>();
    let address = serve(|_socket| async move { drop(release.await) });
    let url = format!("https://{}", address.await);
    let http = Http::new(&HttpSettings { connect_timeout: SHORT, ..settings() }).unwrap();
    let error = http.send(post(url)).await.unwrap_err();
    drop(held);
    assert!(error.is_not_sent(), "{error}");
}

#[rstest]
#[case::scheme("ftp://h/")]
#[case::relative("Patient/asha")]
#[case::nothing("")]
#[tokio::test]
async fn a_malformed_url_was_not_sent_and_is_not_repeated(#[case] url: &str) {
    let error = Http::new(&settings()).unwrap().send(post(url.into())).await.unwrap_err();
    assert!(error.is_not_sent() && !format!("{error:?} {error}").contains("asha"), "{error}");
}

#[tokio::test]
async fn a_header_that_would_split_the_request_was_not_sent() {
    let mut request = post("http://127.0.0.1:1/".into());
    request.headers.push(("if-match", "W/\"1\"\r\nx: y".into()));
    let error = Http::new(&settings()).unwrap().send(request).await.unwrap_err();
    assert_eq!(error, SendError::NotSent("the if-match header cannot be written".into()));
}

#[tokio::test]
async fn a_server_that_reads_and_closes_may_have_done_it() {
    let address = serve(|mut socket| async move { drop(request(&mut socket).await) });
    let url = format!("http://{}", address.await);
    let error = Http::new(&settings()).unwrap().send(post(url)).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn a_server_that_hangs_up_without_reading_may_have_done_it() {
    let address = serve(|socket| async move {
        socket.set_zero_linger().unwrap();
    });
    let url = format!("http://{}", address.await);
    let error = Http::new(&settings()).unwrap().send(post(url)).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn a_server_that_hangs_may_have_done_it() {
    let (held, release) = oneshot::channel::<()>();
    let address = serve(|mut socket| async move {
        request(&mut socket).await;
        drop(release.await);
    });
    let url = format!("http://{}", address.await);
    let request = Request { timeout: Some(SHORT), ..post(url) };
    let error = Http::new(&settings()).unwrap().send(request).await.unwrap_err();
    drop(held);
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_may_have_been_done() {
    let error = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn a_connection_kept_alive_and_then_closed_is_never_written_to_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        request(&mut socket).await;
        drop(socket);
        listener
    });
    let http = Http::new(&settings()).unwrap();
    assert!(http.send(post(url.clone())).await.is_ok());
    let error = http.send(post(url)).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
    let listener = server.await.unwrap();
    drop(http);
    // Nothing came in meanwhile: a client that had repeated the request would stand in the queue.
    tokio::select! {
        biased;
        second = listener.accept() => panic!("sent a second time: {second:?}"),
        () = std::future::ready(()) => {}
    }
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let address = serve(|mut socket| async move {
        request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        // The client hangs up when it has had enough.
        while socket.write_all(&[b'x'; 65536]).await.is_ok() {}
    });
    let url = format!("http://{}", address.await);
    assert_eq!(Http::new(&settings()).unwrap().send(post(url)).await.unwrap_err(), SendError::TooLarge);
}

#[tokio::test]
async fn a_body_of_the_full_size_is_read() {
    let address = serve(|mut socket| async move {
        request(&mut socket).await;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {MAX_BODY}\r\n\r\n");
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(&vec![b'x'; MAX_BODY]).await.unwrap();
    });
    let url = format!("http://{}", address.await);
    assert_eq!(Http::new(&settings()).unwrap().send(post(url)).await.unwrap().body.len(), MAX_BODY);
}

#[tokio::test]
async fn a_proxy_is_asked_for_everything() {
    let (tell, told) = oneshot::channel();
    let address = serve(move |mut socket| async move {
        tell.send(request(&mut socket).await).unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    });
    let address = address.await;
    let proxy = Some(format!("http://{}", address.split('/').next().unwrap()));
    let http = Http::new(&HttpSettings { proxy, ..settings() }).unwrap();
    assert!(http.send(post("http://ehr.invalid/x".into())).await.is_ok());
    assert!(told.await.unwrap().starts_with("POST http://ehr.invalid/x HTTP/1.1\r\n"));
}

#[tokio::test]
async fn nothing_personal_is_printed() {
    let address = serve(|mut socket| async move { drop(request(&mut socket).await) });
    let request = post(format!("http://{}", address.await));
    let shown = format!("{request:?}");
    let error = Http::new(&settings()).unwrap().send(request).await.unwrap_err();
    let response = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nasha").await.unwrap();
    let shown = format!("{shown} {error} {error:?} {response:?}");
    for secret in ["asha", "97150", "fhir", "secret-token"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn settings_that_cannot_work_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = HttpSettings { ca_file: Some(folder.path().join("none.pem")), ..settings() };
    assert!(matches!(Http::new(&missing), Err(HttpError::CaFile { .. })));
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate").unwrap();
    assert!(matches!(
        Http::new(&HttpSettings { ca_file: Some(empty), ..settings() }),
        Err(HttpError::NoCertificate(_))
    ));
    let proxy = HttpSettings { proxy: Some("not a url with pass:word@".into()), ..settings() };
    let error = Http::new(&proxy).unwrap_err();
    assert!(matches!(error, HttpError::Proxy) && !format!("{error:?} {error}").contains("word@"));
}
