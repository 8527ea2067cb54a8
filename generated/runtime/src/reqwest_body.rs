//! The body of a request as `reqwest` takes it.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::byte_stream::ByteStream;
use super::request_body::RequestBody;
use super::transport_error::TransportError;

/// The body for one attempt.
pub(super) fn reqwest_body(body: &RequestBody) -> Result<reqwest::Body, TransportError> {
    match body.as_bytes() {
        Some(bytes) => Ok(bytes.clone().into()),
        None => {
            let state = Mutex::new(State::Idle(body.open()?));
            Ok(reqwest::Body::wrap(Outgoing { state, length: body.length() }))
        }
    }
}

/// A stream that is read while it is sent. The lock makes it `Sync`, because `reqwest` requires that. Nothing ever waits for the lock.
struct Outgoing {
    state: Mutex<State>,
    length: Option<u64>,
}

enum State {
    Idle(ByteStream),
    Reading(Pin<Box<dyn Future<Output = (ByteStream, Piece)> + Send>>),
    Over,
}

type Piece = Result<Option<Bytes>, TransportError>;

impl Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let state = self.get_mut().state.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut reading = match std::mem::replace(state, State::Over) {
            State::Over => return Poll::Ready(None),
            State::Reading(reading) => reading,
            State::Idle(mut stream) => Box::pin(async {
                let piece = stream.next().await;
                (stream, piece)
            }),
        };
        let Poll::Ready((stream, piece)) = reading.as_mut().poll(context) else {
            *state = State::Reading(reading);
            return Poll::Pending;
        };
        if let Ok(Some(_)) = piece {
            *state = State::Idle(stream);
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)).transpose())
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
