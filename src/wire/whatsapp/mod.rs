//! WhatsApp Cloud API as types and pure codecs.
