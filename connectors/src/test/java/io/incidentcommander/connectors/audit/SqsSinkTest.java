// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class SqsSinkTest {
    private static final int MESSAGES = 35;
    private static final String UNWANTED = "message 7";

    @Test
    void whatTheQueueRefusesFailsOrBreaksAtIsSentAgainAndWhatItNeverTakesHoldsUpNobody()
            throws Exception {
        List<String> messages =
                IntStream.range(0, MESSAGES)
                        .mapToObj(i -> "message " + i + " \u00e4\ud83d\ude00")
                        .collect(Collectors.toList());
        try (SqsStub stub = new SqsStub(UNWANTED + " ")) {
            run(messages, stub, "/1/dead");
            messages.removeIf(message -> message.startsWith(UNWANTED));
            assertThat(stub.taken()).containsExactlyInAnyOrderElementsOf(messages);
        }
    }

    @Test
    void aQueueThatIsNotThereFailsTheJobWithAMessageThatSaysWhatToDo() throws Exception {
        try (SqsStub stub = new SqsStub("nothing")) {
            assertThatThrownBy(() -> run(List.of("one"), stub, "/1/other"))
                    .hasStackTraceContaining("Mend address, region or permissions");
        }
    }

    private static void run(List<String> messages, SqsStub stub, String queue) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.fromData(messages)
                .sinkTo(
                        new SqsQueue(stub.url() + queue, "us-east-1", stub.url())
                                .<String>sink(
                                        "queue",
                                        message -> message.getBytes(StandardCharsets.UTF_8)))
                .uid("queue");
        env.execute();
    }
}
