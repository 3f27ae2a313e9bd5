//! Enumerations whose members have numbers in buttons and sealed rows. A number stands once, beside its member; it is
//! never changed and never used again.

/// Declares such an enumeration. Members keep the order of their declaration, whatever their numbers.
macro_rules! numbered {
    ($(#[$about:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $member:ident = $code:literal,)* }) => {
        $(#[$about])*
        $vis enum $name {
            $($(#[$doc])* $member,)*
        }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member),*];

            /// The number in buttons and sealed rows. Never changes.
            pub const fn code(self) -> u8 {
                match self {
                    $(Self::$member => $code,)*
                }
            }

            /// Reads a number; `None` for one that nobody has.
            pub const fn from_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some(Self::$member),)*
                    _ => None,
                }
            }
        }
    };
}

pub(super) use numbered;
