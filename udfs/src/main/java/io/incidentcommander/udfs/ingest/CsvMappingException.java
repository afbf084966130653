// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

/** A mapping that cannot be used; the message names the key or column, and what there is. */
public final class CsvMappingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public CsvMappingException(String message) {
        super(message);
    }
}
