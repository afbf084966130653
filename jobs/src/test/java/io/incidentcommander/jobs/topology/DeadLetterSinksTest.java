// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.CanonicalJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterSinksTest {
    @Test
    void filesOfDeadLettersHaveALineEach(@TempDir Path place) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        List<DeadLetter> letters = List.of(letter(0), letter(1), letter(2));
        sinks(Map.of("sink.files.dead-letters", place.toUri().toString()))
                .deadLetters(env.fromData(letters, TypeInformation.of(DeadLetter.class)));
        env.execute();

        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        assertThat(lines)
                .containsExactlyInAnyOrderElementsOf(
                        letters.stream().map(CanonicalJson::write).collect(Collectors.toList()));
    }

    private static ConfiguredSinks sinks(Map<String, String> options) {
        return new ConfiguredSinks(new ConfigurationLoader().layer("the test", options).load());
    }

    private static DeadLetter letter(long offset) {
        return DeadLetter.of(
                RawRecord.of("source", "p0", offset, 0, new byte[] {'{', (byte) offset, '\n'}),
                "unreadable");
    }
}
