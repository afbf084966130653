// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

/** A call was not made since it might have cost more than is left. */
final class SpendCapException extends Exception {
    private static final long serialVersionUID = 1L;

    SpendCapException(String message) {
        super(message);
    }
}
