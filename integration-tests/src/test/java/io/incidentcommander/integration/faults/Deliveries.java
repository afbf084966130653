// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Canonical alerts of one partition, with offsets from 0. Times in seconds after the epoch. */
final class Deliveries {
    private final String source;
    private final String partition;
    private long offset;

    Deliveries(String source, String partition) {
        this.source = source;
        this.partition = partition;
    }

    static long millis(double second) {
        return Storms.EPOCH + Math.round(second * 1000);
    }

    /** A firing alert that arrives when it happens. */
    RawRecord firing(String service, String name, double second) {
        return alert(service, name, "firing", second, second);
    }

    RawRecord resolved(String service, String name, double second) {
        return alert(service, name, "resolved", second, second);
    }

    RawRecord alert(
            String service, String name, String status, double second, double arrivalSecond) {
        String json =
                String.format(
                        "{\"name\":\"%s\",\"service\":\"%s\",\"host\":\"h1\",\"severity\":\"high\","
                                + "\"status\":\"%s\",\"time\":\"%s\"}",
                        name, service, status, Instant.ofEpochMilli(millis(second)));
        return bytes(json.getBytes(StandardCharsets.UTF_8), arrivalSecond);
    }

    RawRecord bytes(byte[] bytes, double arrivalSecond) {
        return RawRecord.of(source, partition, offset++, millis(arrivalSecond), bytes);
    }

    /** The same bytes once more, as a later delivery. */
    RawRecord again(RawRecord record) {
        return RawRecord.of(source, partition, offset++, record.arrivalMillis(), record.bytes());
    }

    RawRecord heartbeat(double second) {
        return RawRecord.heartbeat(source, millis(second));
    }
}
