//! The kinds of cases that there are.

/// Does something with the kind of case of a name: `with_kind!(name, C => something with C)` gives `Some` of it, or `None` where
/// there is no such kind.
///
/// ```
/// use ducha_casework::{Case, with_kind};
/// assert_eq!(with_kind!("rectification", C => <C as Case>::LABEL.0), Some("整改"));
/// assert_eq!(with_kind!("riot", C => <C as Case>::LABEL.0), None);
/// ```
#[macro_export]
macro_rules! with_kind {
    ($kind:expr, $case:ident => $body:expr) => {
        $crate::with_kind!(@ $kind, $case => $body;
            $crate::inspection::Inspection,
            $crate::complaint::Complaint,
            $crate::rectification::Rectification,
            $crate::sanction::Sanction,
            $crate::appeal::Appeal,
            $crate::misconduct::Misconduct,
            $crate::filing::Filing,
            $crate::adoption::Adoption,
            $crate::month_close::MonthClose,
            $crate::survey::Survey,
            $crate::commendation::Commendation,
        )
    };
    (@ $kind:expr, $case:ident => $body:expr; $($type:ty,)+) => {
        match $kind {
            $(<$type as $crate::Case>::KIND => {
                type $case = $type;
                ::core::option::Option::Some($body)
            })+
            _ => ::core::option::Option::None,
        }
    };
}

/// The words of all kinds.
pub const KINDS: &[&str] = &[
    <crate::inspection::Inspection as crate::Case>::KIND,
    <crate::complaint::Complaint as crate::Case>::KIND,
    <crate::rectification::Rectification as crate::Case>::KIND,
    <crate::sanction::Sanction as crate::Case>::KIND,
    <crate::appeal::Appeal as crate::Case>::KIND,
    <crate::misconduct::Misconduct as crate::Case>::KIND,
    <crate::filing::Filing as crate::Case>::KIND,
    <crate::adoption::Adoption as crate::Case>::KIND,
    <crate::month_close::MonthClose as crate::Case>::KIND,
    <crate::survey::Survey as crate::Case>::KIND,
    <crate::commendation::Commendation as crate::Case>::KIND,
];

#[cfg(test)]
mod tests {
    use super::KINDS;
    use crate::Case;

    #[test]
    fn each_kind_is_found_by_its_word() {
        for kind in KINDS {
            assert_eq!(with_kind!(*kind, C => <C as Case>::KIND), Some(*kind));
        }
    }
}
