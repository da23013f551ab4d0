//! Where somebody goes after signing in.

/// The path if it leads to a page of ours, else the start page.
///
/// Browsers read `//host` and `/\host` as another site and drop tabs and line ends, so only plain paths pass.
pub(crate) fn local_path(next: Option<&str>) -> &str {
    let plain = |path: &str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && !path.chars().any(char::is_control)
            && !path.starts_with("/sign-in")
            && !path.starts_with("/sign-out")
    };
    next.filter(|path| plain(path)).unwrap_or("/")
}

/// Where somebody wanted to go, if that is a page of ours other than the start page.
pub(super) fn wanted(next: Option<&str>) -> Option<&str> {
    Some(local_path(next)).filter(|next| *next != "/")
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_local_paths_are_followed() {
        let check = |next: &str, expected: &str| assert_eq!(local_path(Some(next)), expected, "{next:?}");
        check("/pools/1?q=m%C3%BCller", "/pools/1?q=m%C3%BCller");
        check("//evil.example", "/");
        check("/\\evil.example", "/");
        check("/\t/evil.example", "/");
        check("https://evil.example", "/");
        check("javascript:alert(1)", "/");
        check("/sign-in?next=/sign-in", "/");
        check("", "/");
        assert_eq!(local_path(None), "/");
    }
}
