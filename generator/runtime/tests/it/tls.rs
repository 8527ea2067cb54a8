//! Certificates and proxies: what a client trusts, and what it can be told to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::double::show_pet;
use runtime::{Error, HttpClient, ReqwestTransport, TransportErrorKind, UreqTransport, block_on, reqwest, ureq};

const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"name\": \"Tom\"}";

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        // OpenSSL regards a certificate as self-signed if its issuer has the same name.
        params.distinguished_name.push(rcgen::DnType::CommonName, "Authority");
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn root(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    /// A certificate for a name, with its key.
    fn issue(&self, name: &str, is_expired: bool) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        if is_expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2020, 2, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        (certificate.der().clone(), PrivateKeyDer::Pkcs8(key.serialize_der().into()))
    }

    /// A server with a certificate of this authority; it may want one of the client.
    fn serve(&self, name: &str, is_expired: bool, wants_certificate: bool) -> String {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(self.root()).unwrap();
        let builder = match wants_certificate {
            true => {
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
            false => builder.with_no_client_auth(),
        };
        let (certificate, key) = self.issue(name, is_expired);
        let config = Arc::new(builder.with_single_cert(vec![certificate], key).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                if head(&mut stream).ends_with("\r\n\r\n") {
                    let _ = stream.write_all(GOOD);
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                }
            }
        });
        url
    }
}

fn head(stream: &mut impl Read) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|length| length == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// What the client trusts beside the usual roots.
fn asynchronous(root: Option<CertificateDer<'static>>) -> ReqwestTransport {
    ReqwestTransport::configured(move |builder| match &root {
        Some(root) => builder.tls_certs_only([reqwest::Certificate::from_der(root).unwrap()]),
        None => builder,
    })
}

fn blocking(root: Option<CertificateDer<'static>>) -> UreqTransport {
    UreqTransport::configured(move |builder| match &root {
        Some(root) => {
            let roots = ureq::tls::RootCerts::from([ureq::tls::Certificate::from_der(root).to_owned()]);
            let provider = match cfg!(feature = "native-tls") {
                true => ureq::tls::TlsProvider::NativeTls,
                false => ureq::tls::TlsProvider::Rustls,
            };
            builder.tls_config(ureq::tls::TlsConfig::builder().provider(provider).root_certs(roots).build())
        }
        None => builder,
    })
}

fn told<E>(outcome: Result<impl Sized, Error<E>>) -> Result<(), TransportErrorKind> {
    match outcome {
        Ok(_) => Ok(()),
        Err(Error::Transport(error)) => Err(error.kind()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn what_a_client_trusts() {
    let (ours, other) = (Authority::new(), Authority::new());
    let root = || Some(ours.root());
    for (case, url, root, wanted) in [
        ("of an authority that it is told of", ours.serve("localhost", false, false), root(), Ok(())),
        ("of nobody that it knows", ours.serve("localhost", false, false), None, Err(TransportErrorKind::Tls)),
        ("of another authority", other.serve("localhost", false, false), root(), Err(TransportErrorKind::Tls)),
        ("of another name", ours.serve("other.example", false, false), root(), Err(TransportErrorKind::Tls)),
        ("that is over", ours.serve("localhost", true, false), root(), Err(TransportErrorKind::Tls)),
    ] {
        let client = HttpClient::new(&url).unwrap();
        let call = show_pet(&client.clone().with_transport(asynchronous(root.clone())), "1").send().await;
        assert_eq!(told(call), wanted, "reqwest: a certificate {case}");
        let client = client.with_transport(blocking(root));
        let call = thread::spawn(move || told(show_pet(&client, "1").send_blocking())).join().unwrap();
        assert_eq!(call, wanted, "ureq: a certificate {case}");
    }
}

// The system's TLS takes certificates of the client in other forms.
#[cfg(not(feature = "native-tls"))]
#[tokio::test]
async fn a_certificate_of_the_client() {
    let ours = Authority::new();
    let url = ours.serve("localhost", false, true);
    let client = HttpClient::new(&url).unwrap();
    let call = show_pet(&client.clone().with_transport(asynchronous(Some(ours.root()))), "1").send().await;
    assert!(told(call).is_err(), "the server wants a certificate");

    let (root, (certificate, key)) = (ours.root(), ours.issue("client", false));
    let pem = |label: &str, der: &[u8]| rcgen_pem(label, der);
    let identity = [pem("CERTIFICATE", &certificate), pem("PRIVATE KEY", key.secret_der())].concat();
    let transport = ReqwestTransport::configured(move |builder| {
        let builder = builder.tls_certs_only([reqwest::Certificate::from_der(&root).unwrap()]);
        builder.identity(reqwest::Identity::from_pem(identity.as_bytes()).unwrap())
    });
    assert_eq!(told(show_pet(&client.with_transport(transport), "1").send().await), Ok(()));
}

#[cfg(not(feature = "native-tls"))]
fn rcgen_pem(label: &str, der: &[u8]) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64_STANDARD.encode(der))
}

/// A proxy that answers itself; gives its URL and the heads of what it was sent.
fn proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heads);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let take = |stream: &mut TcpStream| {
                let head = head(stream).to_lowercase();
                kept.lock().unwrap().push(head.clone());
                head
            };
            if take(&mut stream).starts_with("connect ") {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                take(&mut stream);
            }
            let _ = stream.write_all(GOOD);
        }
    });
    (format!("http://name:secret@{address}"), heads)
}

#[tokio::test]
async fn a_proxy_with_credentials() {
    let client = HttpClient::over_plain_http("http://service.internal/v1").unwrap();
    let (url, heads) = proxy();
    let through = url.clone();
    let transport =
        ReqwestTransport::configured(move |builder| builder.proxy(reqwest::Proxy::all(through.as_str()).unwrap()));
    assert_eq!(show_pet(&client.clone().with_transport(transport), "1").send().await.unwrap().name, "Tom");
    let head = heads.lock().unwrap().concat();
    assert!(head.starts_with("get http://service.internal/v1/pets/1 http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nproxy-authorization: basic bmftztpzzwnyzxq="), "{head}");

    let (url, heads) = proxy();
    let transport =
        UreqTransport::configured(move |builder| builder.proxy(Some(ureq::Proxy::new(url.as_str()).unwrap())));
    let client = client.with_transport(transport);
    let pet = thread::spawn(move || block_on(show_pet(&client, "1").send())).join().unwrap().unwrap();
    assert_eq!(pet.name, "Tom");
    let head = heads.lock().unwrap().concat();
    assert!(head.contains("service.internal") && head.contains("/v1/pets/1"), "{head}");
    assert!(head.contains("\r\nproxy-authorization: basic bmftztpzzwnyzxq="), "{head}");
}
