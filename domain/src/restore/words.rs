//! Sentences that pages and REST say alike.

use crate::lang::Text;

/// Why a restore does not begin.
pub const RUNS: Text = Text::new(
    "Dieser Vergleich ist noch nicht fertig, oder es wurde schon nach ihm wiederhergestellt. Bitte warten oder neu vergleichen.",
    "This comparison is not finished yet, or was restored by already. Please wait or compare again.",
);

/// Why a restore is not taken back.
pub const STANDS: Text = Text::new(
    "Diese Wiederherstellung hat nichts geändert oder ist länger als 14 Tage her; sie lässt sich nicht mehr zurücknehmen.",
    "This restore has changed nothing or is more than 14 days ago; it can't be taken back any more.",
);

/// Why somebody may not bring back who is gone for good.
pub const LOCKED: Text = Text::new(
    "Endgültig entfernte Profile kämen mit ihren Einwilligungen zurück, und die darf Ihre Rolle nicht ändern. Bitte nur Änderungen zurücknehmen oder jemanden mit diesem Recht fragen.",
    "Profiles that are gone for good would come back with what people have consented to, which your role may not change. Please only take changes back, or ask somebody with that right.",
);
