//! Whom a change of number or account concerns.

use crate::clock::Moment;
use crate::domain::context::Address;
use crate::ids::Id;
use crate::seal::Keys;
use crate::store::StoreError;
use crate::store::conn::Conn;
use crate::store::identity;

/// Everyone known under the old address or the new one. Nobody is made up for an old address that never wrote; for the
/// new one somebody is, so that the first message from it finds the doubt.
pub fn shaken(
    conn: &mut Conn,
    keys: &Keys,
    from: &Address,
    to: &Address,
    now: Moment,
) -> Result<Vec<Id>, StoreError> {
    let mut all: Vec<Id> = identity::known(conn, keys, from)?.everyone().collect();
    for id in identity::expect(conn, keys, to, now)? {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    Ok(all)
}
