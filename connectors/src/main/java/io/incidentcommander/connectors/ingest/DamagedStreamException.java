// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;

/**
 * The content of a compressed stream is corrupt or ends early. Reading again would not help, unlike
 * after any other {@link IOException}. The message is one line.
 */
final class DamagedStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedStreamException(String message) {
        super(message);
    }

    DamagedStreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
