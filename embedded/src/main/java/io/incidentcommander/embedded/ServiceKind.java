// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.Locale;

/** What stands behind an address. */
public enum ServiceKind {
    /** The product itself, or its vendor's own edition for local use. */
    REAL,
    /** Another program that speaks the product's wire protocol. */
    STUB;

    /** Lower case, as shown to people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
