use super::*;

#[test]
fn the_first_reason_that_fits_is_the_status() {
    let usable = Facts { persona: false, unsubscribed: false, hard_bounces: 0, permission: Permission::DoubleOptIn, has_email: true };
    let check = |facts: Facts, expected: Status| assert_eq!(Status::of(&facts), expected, "{facts:?}");
    check(usable, Status::Usable);
    check(Facts { hard_bounces: 2, permission: Permission::OptOut, ..usable }, Status::Usable);
    check(Facts { has_email: false, ..usable }, Status::NoAddress);
    check(Facts { has_email: false, permission: Permission::DoubleOptInPending, ..usable }, Status::Unconfirmed);
    check(Facts { permission: Permission::None, ..usable }, Status::Unconfirmed);
    check(Facts { hard_bounces: 3, permission: Permission::DoubleOptInPending, ..usable }, Status::Bounced);
    check(Facts { hard_bounces: 9, unsubscribed: true, ..usable }, Status::Unsubscribed);
    check(Facts { persona: true, unsubscribed: true, has_email: false, ..usable }, Status::Persona);
    for permission in Permission::ALL {
        let unconfirmed = Permission::UNCONFIRMED.contains(&permission);
        check(Facts { permission, ..usable }, if unconfirmed { Status::Unconfirmed } else { Status::Usable });
    }
}

#[test]
fn codes_and_numbers_lead_back() {
    for permission in Permission::ALL {
        assert_eq!(Permission::from_code(permission.code()), Some(permission));
        assert_eq!(Permission::from_number(permission.number()), Some(permission));
    }
    for status in Status::ALL {
        assert_eq!(Status::from_code(status.code()), Some(status));
        let json = serde_json::to_value(status).expect("a text");
        assert_eq!(json, status.code());
    }
    assert_eq!(Permission::from_number(6), None);
}

#[test]
fn a_permission_that_waits_to_be_confirmed_allows_less_than_opt_out() {
    let order = [
        Permission::None,
        Permission::DoubleOptInPending,
        Permission::OptOut,
        Permission::SingleOptIn,
        Permission::ConfirmedOptIn,
        Permission::DoubleOptIn,
    ];
    for (low, from) in order.into_iter().enumerate() {
        for (high, to) in order.into_iter().enumerate() {
            assert_eq!(from.rises_to(to), high > low, "{from:?} {to:?}");
        }
    }
}
