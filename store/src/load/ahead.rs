//! What one core makes while the database works on what was made before.

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

use crate::error::{Result, StoreError};

/// How many wait to be taken, at most.
const WAITING: usize = 4;

/// Things in the order in which they are made.
#[derive(Debug)]
pub(crate) struct Ahead<T> {
    ready: Receiver<T>,
    maker: JoinHandle<()>,
}

/// Where they are handed over.
#[derive(Debug)]
pub(crate) struct Taker<T>(Sender<T>);

impl<T: Send + 'static> Ahead<T> {
    /// Begins to make them, in a thread of its own.
    pub(crate) fn make(make: impl FnOnce(&Taker<T>) + Send + 'static) -> Self {
        let (sender, ready) = channel(WAITING);
        let maker = tokio::task::spawn_blocking(move || make(&Taker(sender)));
        Self { ready, maker }
    }

    /// The next one; none when all were made.
    ///
    /// # Errors
    /// `Corrupt` when the maker broke off: what is there is not all.
    pub(crate) async fn next(&mut self) -> Result<Option<T>> {
        let next = self.ready.recv().await;
        if next.is_none() {
            (&mut self.maker).await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        }
        Ok(next)
    }
}

impl<T> Taker<T> {
    /// Hands one over, and waits while nobody has room for it. Whether anybody still takes them.
    pub(crate) fn hand(&self, made: T) -> bool {
        self.0.blocking_send(made).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Ahead;

    #[tokio::test]
    async fn all_come_in_their_order() {
        let mut ahead = Ahead::make(|taker| (0..20).for_each(|n| assert!(taker.hand(n))));
        for n in 0..20 {
            assert_eq!(ahead.next().await.unwrap(), Some(n));
        }
        assert_eq!(ahead.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn one_that_breaks_off_is_an_error_and_not_the_end() {
        let mut ahead = Ahead::make(|taker| {
            taker.hand(1);
            panic!("broken off");
        });
        assert_eq!(ahead.next().await.unwrap(), Some(1));
        assert!(ahead.next().await.is_err());
    }

    #[tokio::test]
    async fn nothing_is_made_that_nobody_takes() {
        let (tell, told) = std::sync::mpsc::channel();
        let ahead = Ahead::make(move |taker| {
            while taker.hand(0) {}
            tell.send(()).unwrap();
        });
        drop(ahead);
        told.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
    }
}
