// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.correlation.alertmanager.AlertmanagerImport;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.suppression.SuppressionActions;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import io.incidentcommander.udfs.correlation.suppression.TenantAlerts;
import java.io.BufferedReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Alertmanager beside ours, on the same alerts, rules and silences: who is told of, who is
 * silenced, who is inhibited. Runs where Debian's prometheus-alertmanager is installed.
 */
class AlertmanagerComparisonITCase {
    private static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final String CONFIGURATION =
            "route: {receiver: none}\n"
                    + "receivers: [{name: none}]\n"
                    + "inhibit_rules:\n"
                    + "- source_matchers: [severity=critical]\n"
                    + "  target_matchers: [severity=~\"warning|info\"]\n"
                    + "  equal: [cluster, service]\n"
                    + "- source_matchers: [team=~\"db|net\", severity!=info]\n"
                    + "  target_matchers: [team!=\"\", severity!~\"crit.*\"]\n"
                    + "  equal: [cluster]\n";
    private static final String ROUTES =
            "route:\n"
                    + "  receiver: root\n"
                    + "  group_by: [cluster]\n"
                    + "  routes:\n"
                    + "  - matchers: ['severity=~\"crit.*|warning\"']\n"
                    + "    receiver: both\n"
                    + "    continue: true\n"
                    + "    group_by: ['...']\n"
                    + "  - match: {team: db}\n"
                    + "    receiver: db\n"
                    + "    group_by: [service, severity]\n"
                    + "    routes:\n"
                    + "    - match_re: {service: 's[12]'}\n"
                    + "      receiver: net\n"
                    + "    - matchers: [cluster!=a]\n"
                    + "      group_by: [alertname]\n"
                    + "  - matchers: ['team!~\"db|\"', service!=s4]\n"
                    + "    receiver: web\n"
                    + "receivers: [{name: root}, {name: both}, {name: db}, {name: net}, {name:"
                    + " web}]\n";
    private static final String[][] SILENCES = {
        {"service", "s1", "false", "true", "team", "db", "false", "true"},
        {"service", "s[23]", "true", "true", "cluster", "", "false", "true"},
        {"instance", "1.*", "true", "true", "team", "net", "false", "false"},
        {"severity", "warn", "true", "true", "service", "s4", "false", "true"},
        {"cluster", "a|b", "true", "false", "service", "s0", "false", "true"},
    };

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    @TempDir Path directory;

    @Test
    void theSameAlertsAreToldSilencedAndInhibited() throws Exception {
        assumeTrue(Files.isExecutable(BINARY), "prometheus-alertmanager is not installed");
        List<Map<String, String>> alerts = alerts(400, 20261121L);
        long now = Instant.now().toEpochMilli();
        Map<String, String> ours = ours(alerts, now);
        assertThat(ours.values()).contains("told", "silenced", "inhibited");
        try (Running alertmanager = start(CONFIGURATION)) {
            for (String[] silence : SILENCES) {
                post(alertmanager.base + "silences", silence(silence, now));
            }
            postAlerts(alertmanager, alerts, now);
            Map<String, String> theirs = theirs(alertmanager.base);
            long until = System.nanoTime() + SOON.toNanos();
            while (!theirs.equals(ours) && System.nanoTime() < until) {
                theirs = theirs(alertmanager.base); // it takes alerts in behind its answer
            }
            assertThat(theirs).isEqualTo(ours);
        }
    }

    @Test
    void theSameRoutesAreTakenWithTheSameGroups() throws Exception {
        assumeTrue(Files.isExecutable(BINARY), "prometheus-alertmanager is not installed");
        List<Map<String, String>> alerts = alerts(300, 20261201L);
        long now = Instant.now().toEpochMilli();
        Map<String, Set<String>> ours = ourRoutes(alerts, now);
        assertThat(ours.values().stream().flatMap(Set::stream).map(r -> r.split(" ")[0]))
                .contains("root", "db", "net", "web", "both");
        try (Running alertmanager = start(ROUTES)) {
            postAlerts(alertmanager, alerts, now);
            Map<String, Set<String>> theirs = theirRoutes(alertmanager.base);
            long until = System.nanoTime() + SOON.toNanos();
            while (!theirs.equals(ours) && System.nanoTime() < until) {
                theirs = theirRoutes(alertmanager.base);
            }
            assertThat(theirs).isEqualTo(ours);
        }
    }

    /** By instance: each receiver with the labels that the alert is grouped by there. */
    private static Map<String, Set<String>> ourRoutes(List<Map<String, String>> alerts, long now) {
        List<io.incidentcommander.udfs.correlation.yaml.Problems.Problem> problems =
                new ArrayList<>();
        String rules = AlertmanagerImport.read(ROUTES, "am").document().orElseThrow();
        ControlBook book =
                ControlBook.of(List.of(new ControlFile("rules.yaml", rules)), 100, problems);
        assertThat(problems).isEmpty();
        Map<String, Set<String>> routes = new HashMap<>();
        for (Map<String, String> labels : alerts) {
            for (Route route :
                    book.rules("acme", now).routes(name -> labels.getOrDefault(name, ""))) {
                Map<String, String> group = new TreeMap<>(labels);
                if (!route.groupBy().contains(Route.ALL_LABELS)) {
                    group.keySet().retainAll(route.groupBy());
                }
                routes.computeIfAbsent(labels.get("instance"), i -> new TreeSet<>())
                        .add(route.receiver() + " " + group);
            }
        }
        return routes;
    }

    private Map<String, Set<String>> theirRoutes(String base) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(base + "alerts/groups")).build(),
                        HttpResponse.BodyHandlers.ofString());
        Map<String, Set<String>> routes = new HashMap<>();
        for (JsonNode group : json.readTree(answer.body())) {
            Map<String, String> labels = new TreeMap<>();
            group.path("labels")
                    .fields()
                    .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
            for (JsonNode alert : group.path("alerts")) {
                routes.computeIfAbsent(
                                alert.path("labels").path("instance").asText(),
                                i -> new TreeSet<>())
                        .add(group.path("receiver").path("name").asText() + " " + labels);
            }
        }
        return routes;
    }

    private Running start(String configuration) throws Exception {
        Path file = Files.writeString(directory.resolve("alertmanager.yml"), configuration);
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                BINARY.toString(),
                                "--config.file=" + file,
                                "--storage.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--cluster.listen-address=")
                        .redirectErrorStream(true)
                        .start();
        Running running = new Running(process, "http://127.0.0.1:" + port + "/api/v2/");
        try {
            awaitListening(process);
        } catch (IllegalStateException e) {
            running.close();
            throw e;
        }
        return running;
    }

    private void postAlerts(Running alertmanager, List<Map<String, String>> alerts, long now)
            throws Exception {
        List<Map<String, Object>> posted = new ArrayList<>();
        alerts.forEach(
                labels ->
                        posted.add(
                                Map.of(
                                        "labels",
                                        labels,
                                        "startsAt",
                                        Instant.ofEpochMilli(now).toString())));
        post(alertmanager.base + "alerts", json.writeValueAsString(posted));
    }

    /** One that runs, and where. */
    private record Running(Process process, String base) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private static List<Map<String, String>> alerts(int count, long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Map<String, String>> alerts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> labels = new TreeMap<>();
            labels.put("alertname", "Test");
            labels.put("instance", Integer.toString(i));
            labels.put("service", "s" + random.nextInt(5));
            choose(labels, "severity", random, "info", "warning", "warn", "info", "", "critical");
            choose(labels, "cluster", random, "a", "b", "c", "d", "e", "");
            choose(labels, "team", random, "web", "db", "net", "", "", "");
            alerts.add(labels);
        }
        return alerts;
    }

    private static void choose(
            Map<String, String> labels, String name, Random random, String... values) {
        String value = values[random.nextInt(values.length)];
        // Sources are few, or nearly everything would be inhibited.
        if (value.equals("critical") && random.nextInt(3) > 0) {
            value = "warning";
        }
        if (!value.isEmpty()) {
            labels.put(name, value);
        }
    }

    private Map<String, String> ours(List<Map<String, String>> alerts, long now) {
        StringBuilder silences = new StringBuilder("silences:\n");
        for (int i = 0; i < SILENCES.length; i++) {
            String[] s = SILENCES[i];
            silences.append("- {id: s").append(i).append(", matchers: ['");
            silences.append(matcher(s, 0)).append("', '").append(matcher(s, 4));
            silences.append("'], owner: ann, reason: test, starts_at: ");
            silences.append(Instant.ofEpochMilli(now - 1_000)).append(", ends_at: ");
            silences.append(Instant.ofEpochMilli(now + 3_600_000)).append("}\n");
        }
        String rules = AlertmanagerImport.read(CONFIGURATION, "am").document().orElseThrow();
        List<io.incidentcommander.udfs.correlation.yaml.Problems.Problem> problems =
                new ArrayList<>();
        ControlBook book =
                ControlBook.of(
                        List.of(
                                new ControlFile("rules.yaml", rules),
                                new ControlFile("silences.yaml", silences.toString())),
                        100,
                        problems);
        assertThat(problems).isEmpty();
        Map<String, String> outcome = new HashMap<>();
        List<NotableAlert> second = new ArrayList<>();
        for (int i = 0; i < alerts.size(); i++) {
            second.add(notable(i, alerts.get(i), now));
        }
        new TenantAlerts("acme", new SuppressionPolicy(10_000, 1_000, 1_000), new Told(outcome))
                .take(second, book);
        return outcome;
    }

    private static String matcher(String[] silence, int from) {
        boolean regex = silence[from + 2].equals("true");
        boolean equal = silence[from + 3].equals("true");
        String operator = equal ? (regex ? "=~" : "=") : (regex ? "!~" : "!=");
        return silence[from] + operator + "\"" + silence[from + 1] + "\"";
    }

    private static NotableAlert notable(int number, Map<String, String> labels, long now) {
        Map<String, String> all = new HashMap<>(labels);
        // What came without a severity is MEDIUM here; Alertmanager knows none.
        all.putIfAbsent("severity", "");
        return new NotableAlert(
                Alert.builder()
                        .id(new AlertId("am", "p", number, 0))
                        .tenant("acme")
                        .format(AlertFormat.ALERTMANAGER)
                        .fingerprint(new Fingerprint(number, 1))
                        .name("Test")
                        .service(labels.get("service"))
                        .severity(Severity.MEDIUM)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(now)
                        .originalTimeMillis(now)
                        .labels(all)
                        .build(),
                NotifyReason.NEW,
                1);
    }

    private Map<String, String> theirs(String base) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(base + "alerts")).build(),
                        HttpResponse.BodyHandlers.ofString());
        Map<String, String> outcome = new HashMap<>();
        for (JsonNode alert : json.readTree(answer.body())) {
            JsonNode status = alert.path("status");
            outcome.put(
                    alert.path("labels").path("instance").asText(),
                    !status.path("inhibitedBy").isEmpty()
                            ? "inhibited"
                            : status.path("silencedBy").isEmpty() ? "told" : "silenced");
        }
        return outcome;
    }

    private String silence(String[] s, long now) throws Exception {
        List<Map<String, Object>> matchers = new ArrayList<>();
        for (int from : new int[] {0, 4}) {
            matchers.add(
                    Map.of(
                            "name",
                            s[from],
                            "value",
                            s[from + 1],
                            "isRegex",
                            s[from + 2].equals("true"),
                            "isEqual",
                            s[from + 3].equals("true")));
        }
        return json.writeValueAsString(
                Map.of(
                        "matchers",
                        matchers,
                        "startsAt",
                        Instant.ofEpochMilli(now - 1_000).toString(),
                        "endsAt",
                        Instant.ofEpochMilli(now + 3_600_000).toString(),
                        "createdBy",
                        "ann",
                        "comment",
                        "test"));
    }

    private void post(String url, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void awaitListening(Process process) throws Exception {
        BufferedReader log = process.inputReader();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("Listening on") || line.contains("msg=Listening")) {
                return;
            }
        }
        throw new IllegalStateException("Alertmanager ended before it listened");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Who was told, by instance. */
    private static final class Told implements SuppressionActions {
        private final Map<String, String> outcome;

        Told(Map<String, String> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void pass(NotableAlert alert) {
            outcome.put(alert.alert().labels().get("instance"), "told");
        }

        @Override
        public void hold(FiringAlert held) {
            outcome.put(held.notable().alert().labels().get("instance"), held.disposition().word());
        }

        @Override
        public void settle(FiringAlert held) {}

        @Override
        public void release(FiringAlert held, NotableAlert alert) {}

        @Override
        public void remember(FiringAlert firing) {}

        @Override
        public void forget(Fingerprint fingerprint) {}
    }
}
