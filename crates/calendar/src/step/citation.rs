//! The rules of law that the steps of a deadline follow.

use crate::Lang;

/// The rule of law that a step follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Citation {
    /// Civil Code 200: periods are reckoned by the years, months, days and hours of the Gregorian calendar.
    CivilCode200,
    /// Civil Code 201: the day of the event is not counted.
    CivilCode201,
    /// Civil Code 202: the corresponding day, else the month's last.
    CivilCode202,
    /// Civil Code 203: a last day on a statutory holiday moves to the day after it; rule 36 of the driver-points rules
    /// names the first working day.
    CivilCode203,
    /// Civil Code 203 in its letter: the day after the holiday, whatever it is.
    CivilCode203Letter,
    /// Civil Code 203, second paragraph: the last day ends at 24:00, or when business does; by 1259, "within" includes
    /// the last day.
    CivilCode203Close,
    /// Civil Code 204: another law or an agreement may count otherwise, as in working days.
    CivilCode204,
}

impl Citation {
    /// The citation as text.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Citation::CivilCode200, Lang::Zh) => "民法典第200条",
            (Citation::CivilCode200, Lang::En) => "Civil Code, art. 200",
            (Citation::CivilCode203Letter, Lang::Zh) => "民法典第203条第1款",
            (Citation::CivilCode203Letter, Lang::En) => "Civil Code, art. 203(1)",
            (Citation::CivilCode203Close, Lang::Zh) => "民法典第203条第2款、第1259条",
            (Citation::CivilCode203Close, Lang::En) => "Civil Code, arts. 203(2) and 1259",
            (Citation::CivilCode201, Lang::Zh) => "民法典第201条",
            (Citation::CivilCode201, Lang::En) => "Civil Code, art. 201",
            (Citation::CivilCode202, Lang::Zh) => "民法典第202条",
            (Citation::CivilCode202, Lang::En) => "Civil Code, art. 202",
            (Citation::CivilCode203, Lang::Zh) => "民法典第203条，参照记分办法第36条",
            (Citation::CivilCode203, Lang::En) => "Civil Code, art. 203; cf. driver-points rules, art. 36",
            (Citation::CivilCode204, Lang::Zh) => "民法典第204条",
            (Citation::CivilCode204, Lang::En) => "Civil Code, art. 204",
        }
    }
}
