//! Parts of the interface that a first visit does without: the browser fetches each when somebody turns to it.
//! `xtask/src/wasm.rs` cuts them off the module; on the server they are functions like any other.

/// `module, name(arguments) { view }`: a function that makes a view and lies in a module with what is used together with it.
/// Called, it fetches the module first; where that fails it answers as if the server hadn't. `module, name, fetch(…)` has
/// the fetching alone as a second function.
macro_rules! part {
    ($(#[$meta:meta])* $module:ident, $name:ident $(, $fetch:ident)? ($($arg:ident: $kind:ty),*) $body:block) => {
        $(#[$meta])*
        #[cfg(feature = "hydrate")]
        #[::leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, $(preload($fetch),)? fallible)]
        pub(crate) fn $name($($arg: $kind),*) -> Result<::leptos::prelude::AnyView, $crate::error::AppError> {
            Ok($body)
        }

        $(#[$meta])*
        #[cfg(not(feature = "hydrate"))]
        pub(crate) async fn $name($($arg: $kind),*) -> Result<::leptos::prelude::AnyView, $crate::error::AppError> {
            Ok($body)
        }

        $(
            /// On the server everything is there.
            #[cfg(not(feature = "hydrate"))]
            #[allow(dead_code, reason = "most are only called in the browser")]
            pub(crate) async fn $fetch() -> Result<(), $crate::error::AppError> {
                Ok(())
            }
        )?
    };
}

pub(crate) use part;
