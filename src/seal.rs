//! Keys, sealing and keyed digests. One master key outside the database; every other key is derived from it
//! by HKDF-SHA-256 per purpose and epoch, so that keys rotate without touching the master.

use crate::ids::Chance;
use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac};
use secrecy::{ExposeSecret, SecretBox};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Bytes of a master key.
pub const MASTER_KEY_BYTES: usize = 32;
/// Bytes of a button's plaintext, always.
pub const BUTTON_BYTES: usize = 66;
/// Characters of a button's id: Meta documents no limit for template payloads, older pages say 128.
pub const BUTTON_CHARS: usize = 128;
/// Characters of a page's token at most.
const PAGE_CHARS: usize = 256;
/// Sealed values are padded to one of these, so that their length tells nothing.
const BUCKETS: [usize; 5] = [128, 512, 2048, 8192, 32768];
const VERSION: u8 = 1;
const NONCE: usize = 12;

/// What a key is for. Keys of different purposes never meet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Purpose {
    /// Index of phone numbers.
    Phone,
    /// Index of business-scoped user ids.
    Bsuid,
    /// Dedupe of inbound messages and match of statuses.
    Wamid,
    /// Index of Patient references.
    Subject,
    /// Index of Appointment references.
    Appointment,
    /// Digest of what a patient was last told. Never rotated.
    Told,
    /// Coordinates inside buttons. Never rotated.
    Coordinate,
    /// Index of booking intents.
    Intent,
    /// Index of what was tried on the page where a number proves who it is.
    Proof,
    /// Sealing of columns.
    Row,
    /// Sealing of buttons.
    Button,
    /// Commitments of the audit log.
    Audit,
    /// Whether somebody's identity key is the one it was.
    Identity,
}

impl Purpose {
    /// All of them, in the order `keys list` shows.
    pub const ALL: [Self; 13] = [
        Self::Phone,
        Self::Bsuid,
        Self::Wamid,
        Self::Subject,
        Self::Appointment,
        Self::Told,
        Self::Coordinate,
        Self::Intent,
        Self::Proof,
        Self::Row,
        Self::Button,
        Self::Audit,
        Self::Identity,
    ];

    /// The name in `key_state`, on the command line and in key derivation. Never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Bsuid => "bsuid",
            Self::Wamid => "wamid",
            Self::Subject => "subject",
            Self::Appointment => "appointment",
            Self::Told => "told",
            Self::Coordinate => "coordinate",
            Self::Intent => "intent",
            Self::Proof => "proof",
            Self::Row => "row",
            Self::Button => "button",
            Self::Audit => "audit",
            Self::Identity => "identity",
        }
    }

    /// Those that get a new epoch with `keys rotate`. Digests that are compared with digests in buttons and rows, and
    /// not looked up by every epoch, keep theirs for as long as the master key lives: under a new one every button sent
    /// before would name nobody, and every appointment would look changed.
    pub fn rotating() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|purpose| !matches!(purpose, Self::Told | Self::Coordinate))
    }

    /// Reads [`Purpose::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

/// A keyed pseudonym with the epoch of its key: HMAC-SHA-256, first 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Keyed {
    /// Epoch of the key.
    pub epoch: i16,
    /// The pseudonym.
    pub value: [u8; 16],
}

/// Eight bytes of a keyed digest: a coordinate inside a button.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Digest8(pub [u8; 8]);

impl Digest8 {
    /// True for "none".
    pub fn is_nil(&self) -> bool {
        self.0 == [0; 8]
    }
}

/// Four bytes of a keyed digest: enough to notice a change, too few to search with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Digest4(pub [u8; 4]);

/// Four bytes that name a configured thing (a service) by its id: no secret, stable over restarts and re-orderings.
pub fn name4(id: &str) -> Digest4 {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, id.as_bytes());
    let mut out = [0; 4];
    out.copy_from_slice(&hash.as_ref()[..4]);
    Digest4(out)
}

/// SHA-256, for chains and names of public things.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    let mut out = [0; 32];
    out.copy_from_slice(hash.as_ref());
    out
}

/// Compares without telling by its duration where two values differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}

/// The secret everything derives from.
pub struct MasterKey(SecretBox<[u8; MASTER_KEY_BYTES]>);

/// Why a master key cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadMasterKey {
    /// Not base64.
    #[error("is not base64; make one with `wasl keys generate`")]
    Encoding,
    /// Not 32 bytes.
    #[error("holds {0} bytes where 32 are needed; make one with `wasl keys generate`")]
    Length(usize),
}

impl MasterKey {
    /// Takes the bytes.
    pub fn new(bytes: [u8; MASTER_KEY_BYTES]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// A fresh one.
    pub fn generate(chance: &Chance) -> Self {
        let mut bytes = [0; MASTER_KEY_BYTES];
        chance.fill(&mut bytes);
        Self::new(bytes)
    }

    /// Reads the base64 text of a key file.
    pub fn parse(text: &str) -> Result<Self, BadMasterKey> {
        let bytes =
            data_encoding::BASE64.decode(text.trim().as_bytes()).map_err(|_| BadMasterKey::Encoding)?;
        let length = bytes.len();
        Ok(Self::new(bytes.try_into().map_err(|_| BadMasterKey::Length(length))?))
    }

    /// The text for a key file.
    pub fn to_text(&self) -> String {
        data_encoding::BASE64.encode(self.0.expose_secret())
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey([secret])")
    }
}

/// The epochs of one purpose: the current one writes, all of them read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Epochs {
    /// Writes and reads.
    pub current: i16,
    /// Reads only.
    pub older: Vec<i16>,
}

impl Default for Epochs {
    fn default() -> Self {
        Self { current: 1, older: Vec::new() }
    }
}

/// Where a sealed value stands; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `table.column`.
    pub column: &'static str,
    /// The row's id.
    pub row: &'a [u8],
}

/// Whom a button is for.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The contact it was sent to.
    pub contact: crate::ids::Id,
    /// The clinic it was sent from.
    pub clinic: u16,
}

/// All keys of a running gateway. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    root: hkdf::Prk,
    chance: Chance,
    epochs: RwLock<HashMap<Purpose, Epochs>>,
    hmac: RwLock<HashMap<(Purpose, i16), hmac::Key>>,
    aead: RwLock<HashMap<(Purpose, i16), Arc<LessSafeKey>>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys([secret])")
    }
}

impl Keys {
    /// Keys under `master`, every purpose in epoch 1 until [`Keys::set_epochs`].
    pub fn new(master: &MasterKey, chance: Chance) -> Self {
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"wasl/1").extract(master.0.expose_secret());
        Self(Arc::new(Inner {
            root,
            chance,
            epochs: RwLock::default(),
            hmac: RwLock::default(),
            aead: RwLock::default(),
        }))
    }

    /// Replaces what `key_state` says; purposes it does not name stay in epoch 1.
    pub fn set_epochs(&self, epochs: HashMap<Purpose, Epochs>) {
        *self.0.epochs.write().unwrap_or_else(PoisonError::into_inner) = epochs;
    }

    /// The epochs of `purpose`.
    pub fn epochs(&self, purpose: Purpose) -> Epochs {
        let epochs = self.0.epochs.read().unwrap_or_else(PoisonError::into_inner);
        epochs.get(&purpose).cloned().unwrap_or_default()
    }

    /// The pseudonym to write.
    pub fn index(&self, purpose: Purpose, value: &[u8]) -> Keyed {
        self.index_in(purpose, self.epochs(purpose).current, value)
    }

    /// Every pseudonym the value may stand under, the current one first.
    pub fn indexes(&self, purpose: Purpose, value: &[u8]) -> Vec<Keyed> {
        let Epochs { current, older } = self.epochs(purpose);
        std::iter::once(current).chain(older).map(|epoch| self.index_in(purpose, epoch, value)).collect()
    }

    /// The pseudonyms it may stand under from earlier.
    pub fn older_indexes(&self, purpose: Purpose, value: &[u8]) -> Vec<Keyed> {
        let Epochs { older, .. } = self.epochs(purpose);
        older.into_iter().map(|epoch| self.index_in(purpose, epoch, value)).collect()
    }

    /// A coordinate for a button.
    pub fn digest8(&self, value: &[u8]) -> Digest8 {
        let mut out = [0; 8];
        out.copy_from_slice(&self.index(Purpose::Coordinate, value).value[..8]);
        Digest8(out)
    }

    /// A short coordinate for a button.
    pub fn digest4(&self, value: &[u8]) -> Digest4 {
        let mut out = [0; 4];
        out.copy_from_slice(&self.index(Purpose::Coordinate, value).value[..4]);
        Digest4(out)
    }

    /// Seals a value for one place. Values over 32 kB cannot be sealed: nothing Wasl keeps is near it.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Vec<u8> {
        let epoch = self.epochs(Purpose::Row).current;
        let mut out = vec![VERSION];
        out.extend(epoch.to_be_bytes());
        out.extend(self.encrypt(Purpose::Row, epoch, &place_aad(place), padded(plain)));
        out
    }

    /// Opens what [`Keys::seal`] made for the same place; `None` when it was altered, moved, or its epoch retired.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, body) = sealed.split_at_checked(3)?;
        let epoch = i16::from_be_bytes([head[1], head[2]]);
        if head[0] != VERSION || !self.accepts(Purpose::Row, epoch) {
            return None;
        }
        unpadded(&self.decrypt(Purpose::Row, epoch, &place_aad(place), body)?)
    }

    /// True when the key that sealed this value still reads.
    pub fn reads(&self, sealed: &[u8]) -> bool {
        matches!(sealed, [VERSION, high, low, ..] if self.accepts(Purpose::Row, i16::from_be_bytes([*high, *low])))
    }

    /// The id of a button: version, key epoch, nonce, sealed plaintext, tag; 96 bytes, 128 characters.
    pub fn seal_button(&self, bound: Bound, plain: [u8; BUTTON_BYTES]) -> String {
        let epoch = self.epochs(Purpose::Button).current.to_be_bytes()[1];
        let mut out = vec![VERSION, epoch];
        out.extend(self.encrypt(
            Purpose::Button,
            i16::from(epoch),
            &button_aad(epoch, bound),
            plain.to_vec(),
        ));
        data_encoding::BASE64URL_NOPAD.encode(&out)
    }

    /// Opens a button's id for the contact it was sent to, or for an id that contact had before;
    /// `None` for anything altered, foreign or under a retired key.
    pub fn open_button(&self, bounds: &[Bound], text: &str) -> Option<[u8; BUTTON_BYTES]> {
        if text.len() != BUTTON_CHARS {
            return None;
        }
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (head, body) = bytes.split_at_checked(2)?;
        if head[0] != VERSION || !self.accepts(Purpose::Button, i16::from(head[1])) {
            return None;
        }
        let opened = |bound: &Bound| {
            self.decrypt(Purpose::Button, i16::from(head[1]), &button_aad(head[1], *bound), body)
        };
        bounds.iter().find_map(opened)?.try_into().ok()
    }

    /// The token in a page's address: version, key epoch, nonce, sealed plaintext, tag. It opens for the page it was
    /// made for and nowhere else.
    pub fn seal_page(&self, page: &str, plain: &[u8]) -> String {
        let epoch = self.epochs(Purpose::Button).current.to_be_bytes()[1];
        let mut out = vec![VERSION, epoch];
        out.extend(self.encrypt(Purpose::Button, i16::from(epoch), &page_aad(epoch, page), plain.to_vec()));
        data_encoding::BASE64URL_NOPAD.encode(&out)
    }

    /// Opens what [`Keys::seal_page`] made for the same page; `None` for anything altered, or under a retired key.
    pub fn open_page(&self, page: &str, token: &str) -> Option<Vec<u8>> {
        if token.len() > PAGE_CHARS {
            return None;
        }
        let bytes = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let (head, body) = bytes.split_at_checked(2)?;
        if head[0] != VERSION || !self.accepts(Purpose::Button, i16::from(head[1])) {
            return None;
        }
        self.decrypt(Purpose::Button, i16::from(head[1]), &page_aad(head[1], page), body)
    }

    /// Salted commitment of private audit fields: HMAC-SHA-256 under the salt.
    pub fn commit(salt: &[u8; 16], private: &[u8]) -> [u8; 32] {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), private);
        let mut out = [0; 32];
        out.copy_from_slice(tag.as_ref());
        out
    }

    /// The source of chance these keys use.
    pub fn chance(&self) -> &Chance {
        &self.0.chance
    }

    fn accepts(&self, purpose: Purpose, epoch: i16) -> bool {
        let epochs = self.epochs(purpose);
        epochs.current == epoch || epochs.older.contains(&epoch)
    }

    fn index_in(&self, purpose: Purpose, epoch: i16, value: &[u8]) -> Keyed {
        let tag = hmac::sign(&self.hmac_key(purpose, epoch), value);
        let mut out = [0; 16];
        out.copy_from_slice(&tag.as_ref()[..16]);
        Keyed { epoch, value: out }
    }

    fn derive(&self, purpose: Purpose, epoch: i16) -> [u8; 32] {
        let mut out = [0; 32];
        let info = [purpose.name().as_bytes(), b"/", &epoch.to_be_bytes()];
        // Expanding 32 bytes cannot exceed HKDF's limit of 255 blocks (RFC 5869 §2.3).
        if let Ok(okm) = self.0.root.expand(&info, hkdf::HKDF_SHA256) {
            let _ = okm.fill(&mut out);
        }
        out
    }

    fn hmac_key(&self, purpose: Purpose, epoch: i16) -> hmac::Key {
        if let Some(key) = self.0.hmac.read().unwrap_or_else(PoisonError::into_inner).get(&(purpose, epoch)) {
            return key.clone();
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.derive(purpose, epoch));
        self.0.hmac.write().unwrap_or_else(PoisonError::into_inner).insert((purpose, epoch), key.clone());
        key
    }

    fn aead_key(&self, purpose: Purpose, epoch: i16) -> Option<Arc<LessSafeKey>> {
        if let Some(key) = self.0.aead.read().unwrap_or_else(PoisonError::into_inner).get(&(purpose, epoch)) {
            return Some(Arc::clone(key));
        }
        let unbound = UnboundKey::new(&AES_256_GCM_SIV, &self.derive(purpose, epoch)).ok()?;
        let key = Arc::new(LessSafeKey::new(unbound));
        self.0
            .aead
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((purpose, epoch), Arc::clone(&key));
        Some(key)
    }

    fn encrypt(&self, purpose: Purpose, epoch: i16, aad: &[u8], mut plain: Vec<u8>) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        self.0.chance.fill(&mut nonce);
        let sealed = self.aead_key(purpose, epoch).and_then(|key| {
            key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut plain).ok()
        });
        // Sealing fails only for plaintexts beyond 2^36 bytes; an empty value then opens as nothing.
        if sealed.is_none() {
            return Vec::new();
        }
        let mut out = nonce.to_vec();
        out.append(&mut plain);
        out
    }

    fn decrypt(&self, purpose: Purpose, epoch: i16, aad: &[u8], body: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = body.split_at_checked(NONCE)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut buffer = sealed.to_vec();
        let key = self.aead_key(purpose, epoch)?;
        let length = key.open_in_place(nonce, Aad::from(aad), &mut buffer).ok()?.len();
        buffer.truncate(length);
        Some(buffer)
    }
}

fn place_aad(place: Place<'_>) -> Vec<u8> {
    [place.column.as_bytes(), b"\0", place.row].concat()
}

fn page_aad(epoch: u8, page: &str) -> Vec<u8> {
    let mut aad = vec![VERSION, epoch];
    aad.extend(b"page/");
    aad.extend(page.as_bytes());
    aad
}

fn button_aad(epoch: u8, bound: Bound) -> Vec<u8> {
    [&[VERSION, epoch][..], &bound.contact.0, &bound.clinic.to_be_bytes()].concat()
}

fn padded(plain: &[u8]) -> Vec<u8> {
    let needed = plain.len() + 4;
    let bucket = BUCKETS.into_iter().find(|bucket| *bucket >= needed).unwrap_or(needed);
    let mut out = u32::try_from(plain.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec();
    out.extend(plain);
    out.resize(bucket, 0);
    out
}

fn unpadded(padded: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    rest.get(..u32::from_be_bytes(*length) as usize).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn keys() -> Keys {
        Keys::new(&MasterKey::new([7; 32]), Chance::seeded(1))
    }

    fn rotated(current: i16, older: Vec<i16>) -> HashMap<Purpose, Epochs> {
        Purpose::ALL.into_iter().map(|p| (p, Epochs { current, older: older.clone() })).collect()
    }

    #[test]
    fn a_sealed_value_opens_in_its_place_only_and_tells_no_length() {
        let keys = keys();
        let here = Place { column: "contact.address_s", row: b"1" };
        let sealed = keys.seal(here, b"966500000001");
        assert_eq!(keys.open(here, &sealed).as_deref(), Some(&b"966500000001"[..]));
        assert_eq!(keys.open(Place { column: "contact.address_s", row: b"2" }, &sealed), None);
        assert_eq!(keys.open(Place { column: "outbox.what_s", row: b"1" }, &sealed), None);
        assert_eq!(sealed.len(), keys.seal(here, b"").len());
    }

    #[test]
    fn a_button_is_128_characters_and_refuses_every_flipped_bit_and_every_other_contact() {
        let keys = keys();
        let bound = Bound { contact: Id([1; 16]), clinic: 3 };
        let token = keys.seal_button(bound, [9; BUTTON_BYTES]);
        assert_eq!(token.len(), BUTTON_CHARS);
        assert_eq!(keys.open_button(&[bound], &token), Some([9; BUTTON_BYTES]));
        let bytes = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut bent = bytes.clone();
            bent[bit / 8] ^= 1 << (bit % 8);
            let bent = data_encoding::BASE64URL_NOPAD.encode(&bent);
            assert_eq!(keys.open_button(&[bound], &bent), None, "bit {bit}");
        }
        assert_eq!(keys.open_button(&[Bound { clinic: 4, ..bound }], &token), None);
        assert_eq!(keys.open_button(&[Bound { contact: Id([2; 16]), ..bound }], &token), None);
        let before = Bound { contact: Id([2; 16]), ..bound };
        assert_eq!(keys.open_button(&[before, bound], &token), Some([9; BUTTON_BYTES]));
    }

    #[test]
    fn an_older_epoch_still_reads_and_a_retired_one_does_not() {
        let keys = keys();
        let place = Place { column: "a.b", row: b"1" };
        let (sealed, index) = (keys.seal(place, b"x"), keys.index(Purpose::Phone, b"1"));
        keys.set_epochs(rotated(2, vec![1]));
        assert_eq!(keys.open(place, &sealed).as_deref(), Some(&b"x"[..]));
        let now = keys.indexes(Purpose::Phone, b"1");
        assert_eq!((now[0].epoch, now[1]), (2, index));
        assert_ne!(now[0].value, index.value);
        keys.set_epochs(rotated(2, vec![]));
        assert_eq!(keys.open(place, &sealed), None);
    }

    #[test]
    fn a_master_key_survives_its_text_form_and_bad_ones_say_why() {
        let key = MasterKey::generate(&Chance::seeded(5));
        assert_eq!(MasterKey::parse(&format!("{}\n", key.to_text())).unwrap().to_text(), key.to_text());
        assert_eq!(MasterKey::parse("***").err(), Some(BadMasterKey::Encoding));
        assert_eq!(MasterKey::parse("AAAA").err(), Some(BadMasterKey::Length(3)));
        assert_eq!(format!("{key:?}"), "MasterKey([secret])");
    }
}
