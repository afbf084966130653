// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

/** What was taken out. */
public enum RedactionKind {
    /** A private key, from its first line to its last or to the end of the text. */
    PRIVATE_KEY("private-key"),
    /** A credential by its own shape: access keys, bearer and web tokens. */
    TOKEN("token"),
    /** The value of something that is called a password, secret, token or key. */
    SECRET("secret"),
    EMAIL("email"),
    /** 13 to 19 digits whose Luhn checksum holds. */
    CARD("card"),
    /** An IBAN whose checksum holds. */
    ACCOUNT("account"),
    IP_ADDRESS("ip");

    private final String word;

    RedactionKind(String word) {
        this.word = word;
    }

    /** As in the placeholder. */
    public String word() {
        return word;
    }
}
