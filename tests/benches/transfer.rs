//! `cargo bench -p tests --bench transfer`: sends and receives bodies of two GiB, and fails if the process ever holds more than
//! [`LIMIT`] in memory.
//!
//! The server is a process of its own, so that its memory does not count.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use generated::bytenite::Client;
use generated::runtime::{ByteStream, Method, RequestBody, ReqwestTransport, Transport, UreqTransport, block_on};

/// The length of each body.
const LENGTH: u64 = 2 << 30;
/// The memory that the process may have at most, in KiB.
const LIMIT: u64 = 32 << 10;
/// What the server is told on its command line.
const SERVE: &str = "serve";

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<ExitCode> {
    if std::env::args().any(|argument| argument == SERVE) {
        return serve().map(|()| ExitCode::SUCCESS);
    }
    let mut server = Command::new(std::env::current_exe()?).arg(SERVE).stdout(Stdio::piped()).spawn()?;
    let outcome = measure(&mut server);
    server.kill()?;
    server.wait()?;
    outcome
}

fn measure(server: &mut Child) -> Outcome<ExitCode> {
    let mut url = String::new();
    BufReader::new(server.stdout.take().ok_or("the server says nothing")?).read_line(&mut url)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = |transport: Arc<dyn Transport>| -> Outcome<Client> {
        Ok(Client::new()?.with_base_url(url.trim())?.with_transport(transport).with_timeout(Duration::from_secs(600)))
    };
    let waiting = client(Arc::new(ReqwestTransport::new()))?;
    let blocking = client(Arc::new(UreqTransport::new()))?;

    println!("{:40} {:>8}  {:>10}", "", "seconds", "most KiB");
    step("reqwest, a file of known length", || runtime.block_on(upload(&waiting, file()?)))?;
    step("reqwest, a reader of unknown length", || runtime.block_on(upload(&waiting, reader())))?;
    step("reqwest, a reply into a writer", || runtime.block_on(download(&waiting)))?;
    step("ureq, a file of known length", || block_on(upload(&blocking, file()?)))?;
    step("ureq, a reader of unknown length", || block_on(upload(&blocking, reader())))?;
    step("ureq, a reply into a writer", || block_on(download(&blocking)))?;
    Ok(if most()? < LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn step(name: &str, work: impl FnOnce() -> Outcome<u64>) -> Outcome<()> {
    let start = Instant::now();
    let length = work()?;
    println!("{name:40} {:8.2}  {:10}", start.elapsed().as_secs_f64(), most()?);
    if length == LENGTH { Ok(()) } else { Err(format!("{length} bytes in place of {LENGTH}").into()) }
}

/// Sends a body; gives what the server counted.
async fn upload(client: &Client, body: RequestBody) -> Outcome<u64> {
    let reply = client.request(Method::PUT, "/").body("application/octet-stream", body).send().await?;
    Ok(std::str::from_utf8(reply.body())?.parse()?)
}

async fn download(client: &Client) -> Outcome<u64> {
    let reply = client.request(Method::GET, "/").send_stream().await?;
    Ok(reply.into_value().copy_to(&mut io::sink()).await?)
}

/// A file with nothing on the disk behind it.
fn file() -> Outcome<RequestBody> {
    let path = std::env::temp_dir().join(format!("transfer-{}", std::process::id()));
    std::fs::File::create(&path)?.set_len(LENGTH)?;
    let file = std::fs::File::open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(RequestBody::once(ByteStream::from_reader(file), Some(LENGTH)))
}

fn reader() -> RequestBody {
    RequestBody::once(ByteStream::from_reader(io::repeat(7).take(LENGTH)), None)
}

/// The most memory that this process ever had, in KiB.
fn most() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("the system does not tell")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Counts what it is sent, and sends as much.
fn serve() -> Outcome<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        // A client that gives up ends its connection alone.
        if let Err(error) = answer(stream?) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn answer(stream: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, stream.try_clone()?);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    let head = head.to_lowercase();
    let mut stream = stream;
    if head.starts_with("get") {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {LENGTH}\r\nConnection: close\r\n\r\n")?;
        return io::copy(&mut io::repeat(7).take(LENGTH), &mut io::BufWriter::with_capacity(1 << 16, stream))
            .map(|_| ());
    }
    let length = if head.contains("content-length") { discard(&mut reader, LENGTH)? } else { chunks(&mut reader)? };
    let length = length.to_string();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{length}", length.len())
}

fn discard(reader: &mut impl Read, length: u64) -> io::Result<u64> {
    io::copy(&mut reader.take(length), &mut io::sink())
}

fn chunks(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        length += discard(reader, size)?;
        reader.read_line(&mut line)?;
        if size == 0 {
            return Ok(length);
        }
    }
}
