//! The tables, the same on both engines; a test compares this with both databases.

diesel::table! {
    contact (id) {
        id -> Binary,
        merged_into -> Nullable<Binary>,
        locale -> Nullable<SmallInt>,
        trust -> SmallInt,
        address_s -> Nullable<Binary>,
        created -> BigInt,
        wipe_at -> Nullable<BigInt>,
        doubted_at -> Nullable<BigInt>,
        identity_e -> Nullable<SmallInt>,
        identity_k -> Nullable<Binary>,
        identity_s -> Nullable<Binary>,
        identity_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    address (kind, key_e, key_k) {
        kind -> SmallInt,
        key_e -> SmallInt,
        key_k -> Binary,
        contact -> Binary,
    }
}

diesel::table! {
    thread (contact, clinic_no) {
        contact -> Binary,
        clinic_no -> SmallInt,
        window_end -> Nullable<BigInt>,
        owner -> SmallInt,
        owner_until -> Nullable<BigInt>,
        greeted_at -> Nullable<BigInt>,
        misses -> SmallInt,
        quiet_until -> Nullable<BigInt>,
        last_step_s -> Nullable<Binary>,
        last_step_until -> Nullable<BigInt>,
        burst -> SmallInt,
        burst_at -> Nullable<BigInt>,
        flood_until -> Nullable<BigInt>,
        heeded_s -> Nullable<Binary>,
    }
}

diesel::table! {
    subject (id) {
        id -> Binary,
        ref_e -> SmallInt,
        ref_k -> Binary,
        ref_s -> Nullable<Binary>,
        created -> BigInt,
    }
}

diesel::table! {
    mandate (subject, contact) {
        subject -> Binary,
        contact -> Binary,
        kind -> SmallInt,
        until -> Nullable<BigInt>,
    }
}

diesel::table! {
    consent (contact, subject, purpose) {
        contact -> Binary,
        subject -> Binary,
        purpose -> SmallInt,
        state -> SmallInt,
        wording -> SmallInt,
        source -> SmallInt,
        at -> BigInt,
    }
}

diesel::table! {
    key_state (purpose, epoch) {
        purpose -> Text,
        epoch -> SmallInt,
        state -> SmallInt,
        created -> BigInt,
    }
}

diesel::table! {
    pause (scope) {
        scope -> Text,
        since -> BigInt,
    }
}

diesel::table! {
    instance (id) {
        id -> Binary,
        role -> SmallInt,
        heard -> BigInt,
    }
}

diesel::table! {
    setting (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    lane (id) {
        id -> Binary,
        next_seq -> BigInt,
        claim_at -> Nullable<BigInt>,
        fence -> BigInt,
        owner -> Nullable<Binary>,
    }
}

diesel::table! {
    inbox (id) {
        id -> Binary,
        lane -> Binary,
        seq -> BigInt,
        open -> Bool,
        due -> BigInt,
        kind -> SmallInt,
        meaning_s -> Nullable<Binary>,
        dedupe_e -> SmallInt,
        dedupe_k -> Binary,
        heard -> BigInt,
        attempts -> SmallInt,
        error -> Nullable<SmallInt>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Binary,
        lane -> Binary,
        seq -> Nullable<BigInt>,
        open -> Bool,
        due -> BigInt,
        kind -> SmallInt,
        what_s -> Nullable<Binary>,
        priority -> SmallInt,
        attempts -> SmallInt,
        error -> Nullable<SmallInt>,
        intent_e -> Nullable<SmallInt>,
        intent_k -> Nullable<Binary>,
        wamid_e -> Nullable<SmallInt>,
        wamid_k -> Nullable<Binary>,
        rank -> SmallInt,
        sent_at -> Nullable<BigInt>,
        closed -> Nullable<BigInt>,
    }
}

diesel::table! {
    appointment_watch (ref_e, ref_k) {
        ref_e -> SmallInt,
        ref_k -> Binary,
        ref_s -> Binary,
        contact -> Binary,
        subject -> Binary,
        told_k -> Binary,
        wipe_week -> Integer,
    }
}

diesel::table! {
    audit_event (id) {
        id -> Binary,
        writer -> Binary,
        writer_seq -> BigInt,
        prev -> Binary,
        body -> Binary,
        private_s -> Binary,
        leaf_index -> Nullable<BigInt>,
    }
}

diesel::table! {
    audit_base (writer) {
        writer -> Binary,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    page_used (token) {
        token -> Binary,
        wipe_at -> BigInt,
    }
}

diesel::table! {
    proof_try (who_e, who_k) {
        who_e -> SmallInt,
        who_k -> Binary,
        failed -> SmallInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(contact, address, thread, lane, inbox, outbox, consent);
