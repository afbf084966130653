// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunScreenTest {
    private static final int ROWS = 20;
    private static final int COLUMNS = 70;

    private final RunScreen screen = new RunScreen(ROWS, COLUMNS, ZoneOffset.UTC);

    @Test
    void framesStayWithinTheTerminal() {
        List<Incident> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(incident("service-with-a-rather-long-name-" + i, Severity.HIGH));
        }
        List<String> frame = screen.frame(picture(1, 1_000, many));
        assertThat(frame).hasSizeLessThanOrEqualTo(ROWS);
        assertThat(frame).allMatch(line -> plain(line).length() <= COLUMNS);
        assertThat(frame).anyMatch(line -> plain(line).startsWith("NEWEST EVENTS"));
    }

    @Test
    void whatIsAStubIsSaidOfEachServiceHoweverNarrowTheTerminal() {
        List<String> services = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            services.add("service" + i + " stub http://127.0.0.1:1234" + i);
        }
        String all =
                screen.frame(picture(1, 0, List.of(), services)).stream()
                        .map(RunScreenTest::plain)
                        .collect(Collectors.joining("\n"));
        assertThat(all).contains(services);
    }

    @Test
    void theWorstIncidentStandsFirst() {
        List<String> frame =
                screen.frame(
                        picture(
                                1,
                                0,
                                List.of(
                                        incident("mild", Severity.LOW),
                                        incident("grave", Severity.CRITICAL))));
        List<String> plain = frame.stream().map(RunScreenTest::plain).toList();
        assertThat(String.join("\n", plain)).containsSubsequence("CRITICAL", "grave", "LOW");
        assertThat(String.join("\n", plain)).contains("open 2 of 2", "cost so far 25.00 USD");
    }

    @Test
    void ofManyServicesOneIsNamedAndTheOthersAreCounted() {
        Incident wide =
                incident("orders", Severity.HIGH).toBuilder()
                        .services(List.of("orders", "orders-db", "web"))
                        .build();
        assertThat(screen.frame(picture(1, 0, List.of(wide))))
                .anyMatch(line -> plain(line).contains("  orders +2 "));
    }

    @Test
    void theRateIsThatOfTheLastReadings() {
        screen.frame(picture(1, 0, List.of()));
        screen.frame(picture(2, 500, List.of()));
        screen.frame(picture(3, 1_000, List.of()));
        screen.frame(picture(4, 1_500, List.of()));
        List<String> frame = screen.frame(picture(5, 2_000, List.of()));
        assertThat(frame).anyMatch(line -> plain(line).contains(" 500 records/s"));
    }

    private static RunPicture picture(double seconds, long consumed, List<Incident> incidents) {
        return picture(seconds, consumed, incidents, List.of("kafka real 127.0.0.1:9092"));
    }

    private static RunPicture picture(
            double seconds, long consumed, List<Incident> incidents, List<String> services) {
        return new RunPicture(
                new RunSetting(
                        new ServiceAddresses("", "", "", "", "", ""),
                        services,
                        "http://127.0.0.1:8080",
                        Duration.ofMinutes(1)),
                seconds,
                consumed,
                consumed,
                0,
                Ledger.empty(),
                incidents,
                List.of(),
                RunDecisions.none(),
                RunDiagnoses.none());
    }

    private static Incident incident(String service, Severity severity) {
        return Incident.builder()
                .incidentId(service)
                .tenant("default")
                .severity(severity)
                .services(List.of(service))
                .openedAtMillis(0)
                .updatedAtMillis(0)
                .costUsd(new BigDecimal("12.50"))
                .build();
    }

    private static String plain(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
