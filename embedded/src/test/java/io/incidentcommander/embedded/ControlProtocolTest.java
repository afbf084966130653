// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.embedded.ControlProtocol.Command;
import io.incidentcommander.embedded.ControlProtocol.Verb;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlProtocolTest {

    @Test
    void commandsSurviveTheWire() {
        for (Verb verb : Verb.values()) {
            for (ServiceName service : ServiceName.values()) {
                Command command = new Command(verb, Optional.of(service));
                assertThat(Command.parse(command.line())).isEqualTo(command);
            }
        }
        Command stopAll = new Command(Verb.STOP, Optional.empty());
        assertThat(Command.parse(stopAll.line())).isEqualTo(stopAll);
    }

    @Test
    void whatIsNotACommandIsNamed() {
        assertThatThrownBy(() -> Command.parse("restart")).hasMessageContaining("'restart'");
        assertThatThrownBy(() -> Command.parse("pause kafka")).hasMessageContaining("'pause'");
        assertThatThrownBy(() -> Command.parse("stop zookeeper"))
                .hasMessageContaining("'zookeeper'")
                .hasMessageContaining("kafka");
    }

    @Test
    void outcomesSurviveTheWire() {
        Map<ServiceName, StartOutcome> outcomes = new EnumMap<>(ServiceName.class);
        outcomes.put(
                ServiceName.KAFKA,
                new StartOutcome.Started(new Endpoint.Bootstrap("127.0.0.1:9092")));
        outcomes.put(
                ServiceName.S3,
                new StartOutcome.Started(new Endpoint.Http(URI.create("http://127.0.0.1:9090"))));
        outcomes.put(
                ServiceName.SMTP,
                new StartOutcome.Started(new Endpoint.Mail("127.0.0.1", 25, 143)));
        outcomes.put(ServiceName.KINESIS, new StartOutcome.Skipped("Node is not installed"));
        ControlProtocol.Announcements announcements = new ControlProtocol.Announcements();

        outcomes.forEach(
                (service, outcome) ->
                        announcements.add(ControlProtocol.announce(service, outcome)));

        assertThat(announcements.endpoints().outcomes()).isEqualTo(outcomes);
    }
}
