// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class DiagnosisRequestVersionsTest {
    private final DiagnosisRequest.DiagnosisRequestCodec codec =
            new DiagnosisRequest.DiagnosisRequestCodec();

    /** Version 1 ended with the deadline. */
    @Test
    void whatWasUnderWayInAnEarlierReleaseIsRead() throws IOException {
        DiagnosisRequest request =
                DiagnosisRequest.builder()
                        .incident(
                                Incident.builder()
                                        .incidentId("i")
                                        .tenant("t")
                                        .severity(Severity.HIGH)
                                        .openedAtMillis(1)
                                        .updatedAtMillis(1)
                                        .build())
                        .deadlineAtMillis(7)
                        .build();
        DataOutputSerializer out = new DataOutputSerializer(512);
        codec.write(request.toBuilder().resets(9).build(), out);
        byte[] bytes = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - Long.BYTES);
        bytes[0] = 1;

        assertThat(codec.read(new DataInputDeserializer(bytes))).isEqualTo(request);
    }
}
