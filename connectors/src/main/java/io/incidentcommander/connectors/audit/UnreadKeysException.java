// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

/** The store answered a batch in part: it is busy. */
final class UnreadKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadKeysException() {
        super("The store left keys of a batch unread");
    }
}
