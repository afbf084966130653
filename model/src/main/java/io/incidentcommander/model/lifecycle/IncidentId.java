// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.ingest.Fingerprint;
import java.util.Arrays;

/**
 * The id of an incident: the first 128 bits of SHA-256 over tenant, first fingerprint and first
 * event time, as 32 hexadecimal digits. The same alerts read again open the same incident.
 */
public final class IncidentId {
    private static final int BYTES = 16;

    private IncidentId() {}

    /**
     * @param first fingerprint of the alert that opened the incident
     * @param firstEventTimeMillis its event time, epoch milliseconds
     */
    public static String of(String tenant, Fingerprint first, long firstEventTimeMillis) {
        byte[] content =
                new CanonicalWriter()
                        .text(tenant)
                        .bytes(
                                new CanonicalWriter()
                                        .int64(first.high())
                                        .int64(first.low())
                                        .toByteArray())
                        .bytes(new CanonicalWriter().int64(firstEventTimeMillis).toByteArray())
                        .toByteArray();
        return Sha256.hex(Arrays.copyOf(Sha256.of(content), BYTES));
    }
}
