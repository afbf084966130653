// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static io.incidentcommander.connectors.audit.EventSamples.chain;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.FINE;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.failsWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.connectors.delivery.SpillStore;
import io.incidentcommander.connectors.diagnosis.memory.S3ArchiveStore;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Events laid aside in a bucket, over the wire. */
@Timeout(180)
class S3SpillITCase {
    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String endpoint;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.S3));
        endpoint = services.endpoints().s3().toString();
        try (S3ArchiveStore bucket = S3ArchiveStore.at(endpoint, "spill")) {
            bucket.createBucketIfAbsent();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        services.close();
    }

    @Test
    void aBucketKeepsWhatItIsGiven() throws Exception {
        try (SpillStore store =
                SpillPlace.at("s3://spill/some/where", "us-east-1", endpoint).open()) {
            EventSpillTest.keepsWhatItIsGiven(store);
        }
    }

    @Test
    void anOutageOfTheEventStoreGoesThroughTheBucketAndNothingIsLost() throws Exception {
        boolean[] away = {true};
        try (LocalDynamoDb dynamoDb = new LocalDynamoDb();
                SpillStore bucket =
                        SpillPlace.at("s3://spill/outage", "us-east-1", endpoint).open()) {
            FaultyDynamoDb store =
                    new FaultyDynamoDb(
                            dynamoDb.client(),
                            call ->
                                    away[0]
                                            ? failsWith(SdkClientException.create("refused"))
                                            : FINE);
            WriterRig rig =
                    new WriterRig(
                            store,
                            EventSinkOptions.defaults()
                                    .withMaxPending(10, Long.MAX_VALUE)
                                    .withRequestTimeout(Duration.ofMinutes(1)),
                            List.of(),
                            Optional.of(bucket));
            rig.write(chain("aa", 60)).write(chain("bb", 60));
            assertThat(rig.writer().room().size()).isEqualTo(10);
            while (rig.writer().snapshotState(0).size() > 10) {
                rig.step();
            }
            assertThat(bucket.listAll("events/0/").join()).hasSize(110);

            away[0] = false;
            rig.drain();

            assertThat(dynamoDb.events("aa")).isEqualTo(chain("aa", 60));
            assertThat(dynamoDb.events("bb")).isEqualTo(chain("bb", 60));
            assertThat(bucket.listAll("events/0/").join()).isEmpty();
            assertThat(rig.rejections).isEmpty();
        }
    }
}
