// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.util.Arrays;

/**
 * The id of one analysis: the first 128 bits of SHA-256 over tenant, incident and attempt, as 32
 * hexadecimal digits. Request and answer share it, so that an answer given twice is recognised.
 */
public final class DiagnosisId {
    private static final int BYTES = 16;

    private DiagnosisId() {}

    /**
     * @param attempt 1 for the first analysis of the incident
     */
    public static String of(String tenant, String incidentId, int attempt) {
        byte[] content =
                new CanonicalWriter().text(tenant).text(incidentId).int32(attempt).toByteArray();
        return Sha256.hex(Arrays.copyOf(Sha256.of(content), BYTES));
    }
}
