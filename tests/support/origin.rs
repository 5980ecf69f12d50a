//! A server on the loopback interface that answers as a test wants, and remembers what it was asked.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is done with a request: its head, and the connection to answer on.
type Answer = dyn Fn(&str, &mut TcpStream) + Send + Sync;

pub(crate) struct Origin {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    answer: Arc<Mutex<Box<Answer>>>,
}

impl Origin {
    pub(crate) fn new(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer: Arc<Mutex<Box<Answer>>> = Arc::new(Mutex::new(Box::new(answer)));
        let (heads, answers) = (Arc::clone(&asked), Arc::clone(&answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let head = head(&mut stream);
                heads.lock().expect("a lock").push(head.clone());
                answers.lock().expect("a lock")(&head, &mut stream);
            }
        });
        Self { port, asked, answer }
    }

    /// Answers every request with these bytes.
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self::new(move |_, stream| send(stream, &bytes))
    }

    pub(crate) fn answers(&self, answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) {
        *self.answer.lock().expect("a lock") = Box::new(answer);
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of the requests, in lower case.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a lock").iter().map(|head| head.to_lowercase()).collect()
    }
}

/// Reads a request's head; nothing here has a body. What is no request has none.
pub(crate) fn head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        bytes.push(byte[0]);
        if !bytes[0].is_ascii_uppercase() {
            break;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends; whoever has heard enough may hang up.
pub(crate) fn send(stream: &mut TcpStream, bytes: &[u8]) {
    _ = stream.write_all(bytes);
}

/// A whole answer.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}
