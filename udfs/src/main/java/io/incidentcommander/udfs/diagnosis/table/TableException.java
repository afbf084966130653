// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

/** A table that cannot be made sense of; the message says what is missing. */
public final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    TableException(String message) {
        super(message);
    }
}
