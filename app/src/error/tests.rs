use domain::lang::Lang;
use server_fn::Bytes;
use server_fn::error::FromServerFnError;

use super::AppError;

#[test]
fn an_error_survives_the_way_to_the_browser() {
    let error = AppError::Internal("abc".to_owned());
    assert_eq!(AppError::de(error.ser()), error);
}

#[test]
fn a_problem_document_of_the_door_is_understood() {
    let answer = Bytes::from_static(br#"{"type":"about:blank","title":"Sign in","status":401,"detail":"-"}"#);
    assert_eq!(AppError::de(answer), AppError::SignedOut);
}

#[test]
fn an_answer_of_a_stranger_is_a_failure_of_transport() {
    assert_eq!(AppError::de(Bytes::from_static(b"<html>502</html>")), AppError::Transport);
}

#[test]
fn every_error_has_a_sentence_in_both_languages() {
    for error in [AppError::NotFound, AppError::Forbidden, AppError::SignedOut, AppError::Unavailable, AppError::Transport] {
        assert_ne!(error.message(Lang::De), error.message(Lang::En));
    }
}
