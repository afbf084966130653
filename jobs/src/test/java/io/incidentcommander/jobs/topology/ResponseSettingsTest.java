// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.resolution.DryRunEffects;
import io.incidentcommander.jobs.resolution.MachineClock;
import io.incidentcommander.jobs.resolution.MemoryLedger;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.ActionRunner;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import io.incidentcommander.udfs.lifecycle.Lifecycle;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.LifecycleStep;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set arrives where it acts. */
class ResponseSettingsTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final Map<String, String> KAFKA =
            Map.of("lifecycle.kafka.bootstrap-servers", "localhost:1");
    private static final String ROUTING =
            "receivers: {ops: {contacts: [{email: ops@example.org}]}}\nrouting: {receiver: ops}\n";

    @Test
    void eachPhaseOfAnIncidentTakesTheTimeThatIsSet() {
        Life life =
                new Life(
                        policy(
                                Map.of(
                                        "lifecycle.join-time", "20 s",
                                        "lifecycle.action-time", "2 min",
                                        "lifecycle.validation-time", "1 min",
                                        "lifecycle.memory", "3 h",
                                        "lifecycle.trail", "30 s")));
        life.open();
        assertThat(life.left()).isEqualTo(20 * SECOND);
        life.say(LifecycleSignal.DEADLINE);
        life.say(LifecycleSignal.DIAGNOSED);
        life.say(LifecycleSignal.ACTION_DECIDED);
        assertThat(life.left()).isEqualTo(2 * MINUTE);
        life.say(LifecycleSignal.ACTION_DONE);
        assertThat(life.left()).isEqualTo(MINUTE);
        life.say(LifecycleSignal.VALIDATED);
        assertThat(life.left()).isEqualTo(180 * MINUTE);
        life.pass(30 * SECOND);
        life.update(2);
        assertThat(life.course().state()).isEqualTo(IncidentState.RESOLVED);
        life.pass(SECOND);
        life.update(3);
        assertThat(life.course().state()).isEqualTo(IncidentState.DETECTED);
    }

    @Test
    void humansAreRemindedAsIsSet() {
        Life life =
                new Life(
                        policy(
                                Map.of(
                                        "lifecycle.reminder.interval", "7 min",
                                        "lifecycle.reminder.acknowledged", "9 min",
                                        "lifecycle.reminder.times", "1")));
        life.open();
        life.say(LifecycleSignal.TAKEN_OVER);
        assertThat(life.left()).isEqualTo(7 * MINUTE);
        life.say(LifecycleSignal.ACKNOWLEDGED);
        assertThat(life.left()).isEqualTo(9 * MINUTE);
        life.pass(9 * MINUTE);
        life.say(LifecycleSignal.DEADLINE);
        assertThat(life.left()).isEqualTo(7 * MINUTE);
        life.pass(7 * MINUTE);
        life.say(LifecycleSignal.DEADLINE);
        assertThat(life.course).as("nobody is waited for any longer").isEmpty();
    }

    @Test
    void thePromisesAreThoseThatAreSet() {
        Life life = new Life(policy(Map.of("lifecycle.promise.high", "1 min")));
        life.open();
        life.pass(2 * MINUTE);
        life.say(LifecycleSignal.TAKEN_OVER);
        assertThat(life.causes).last().asString().contains("promised within 1 min: missed");
        CommanderConfiguration info = options(Map.of("lifecycle.promise.info", "2 min"));
        assertThat(
                        ResponseSettings.promises(info)
                                .promisedMillis(
                                        life.course().incident().toBuilder()
                                                .severity(Severity.INFO)
                                                .build()))
                .isEqualTo(2 * MINUTE);
    }

    @Test
    void whatIsWatchedIsRemembered() {
        assertThatThrownBy(() -> policy(Map.of("lifecycle.memory", "4 min")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("lifecycle.memory");
        policy(Map.of("lifecycle.memory", "4 min", "lifecycle.watch", "4 min"));
    }

    @Test
    void actionsAndApprovalsHaveTheLimitsThatAreSet(@TempDir Path directory) throws Exception {
        Path runbooks = directory.resolve("runbooks.yaml");
        Files.writeString(
                runbooks,
                "clean:\n"
                        + "  version: '1'\n"
                        + "  types: [storage_failure]\n"
                        + "  risk: low\n"
                        + "  takes: 1 s\n"
                        + "  rollback: x\n"
                        + "  acts:\n"
                        + "    target: {tag: service, kind: volume}\n"
                        + "    permissions: ['ec2:CreateSnapshot']\n"
                        + "    resources: ['arn:aws:ec2:*:*:volume/*']\n"
                        + "    sandbox: [{name: rehearse, document: Rehearse}]\n"
                        + "    change: [{name: save, document: Save, undo: DropSave}]\n"
                        + "    validate: [{name: look, document: Look}]\n");
        Path allowed = directory.resolve("allowed.yaml");
        Files.writeString(allowed, "disk: {risk: high, changes: 2, of: 10}");
        Map<String, String> values = new HashMap<>(KAFKA);
        values.put("consensus.runbooks", runbooks.toString());
        values.put("resolution.allow-list", allowed.toString());
        assertThat(said(rules(values))).contains("allowed on disk");
        values.put("resolution.blast-radius.instances", "1");
        assertThat(said(rules(values))).contains("allowed are 1, and a share of 0.5");
        values.put("resolution.blast-radius.instances", "7");
        values.put("resolution.blast-radius.share", "0.1");
        assertThat(said(rules(values))).contains("allowed are 7, and a share of 0.1");

        values.put("resolution.approval-ttl", "3 min");
        assertThat(rules(values).approvalMillis()).isEqualTo(3 * MINUTE);
    }

    @Test
    void channelsAreWrittenToAsIsSet() {
        ChannelRules channels =
                CommunicationInputs.orElse(
                                options(
                                        Map.of(
                                                "communication.deduplication", "1 min",
                                                "communication.update-wait", "2 s",
                                                "communication.email.wait", "3 s",
                                                "communication.email.per-second", "4",
                                                "communication.email.burst", "6",
                                                "communication.webhook.per-second", "20",
                                                "communication.webhook.burst", "7")),
                                ROUTING,
                                ControlSettings.none())
                        .channels();
        assertThat(channels.deduplicationMillis()).isEqualTo(MINUTE);
        assertThat(channels.of(ChannelKind.EMAIL).firstWaitMillis()).isEqualTo(3 * SECOND);
        assertThat(channels.of(ChannelKind.EMAIL).updateWaitMillis()).isEqualTo(3 * SECOND);
        assertThat(channels.of(ChannelKind.EMAIL).pace().intervalMillis()).isEqualTo(250);
        assertThat(channels.of(ChannelKind.EMAIL).pace().burst()).isEqualTo(6);
        for (ChannelKind kind : List.of(ChannelKind.WEBHOOK, ChannelKind.LOG)) {
            assertThat(channels.of(kind).pace().intervalMillis()).isEqualTo(50);
            assertThat(channels.of(kind).pace().burst()).isEqualTo(7);
        }
        for (ChannelKind kind : ChannelKind.values()) {
            assertThat(channels.of(kind).firstWaitMillis())
                    .isEqualTo(kind == ChannelKind.EMAIL ? 3 * SECOND : 0);
            assertThat(channels.of(kind).updateWaitMillis())
                    .isEqualTo(kind == ChannelKind.EMAIL ? 3 * SECOND : 2 * SECOND);
        }
    }

    @Test
    void whatNobodySetIsAsItWas() {
        ChannelRules channels = ResponseSettings.channels(options(Map.of()));
        for (ChannelKind kind : ChannelKind.values()) {
            assertThat(channels.of(kind))
                    .usingRecursiveComparison()
                    .isEqualTo(ChannelRules.defaults().of(kind));
        }
        assertThat(policy(Map.of()))
                .usingRecursiveComparison()
                .isEqualTo(LifecyclePolicy.defaults());
    }

    @Test
    void incidentsCostAsIsSet() {
        ControlSettings control =
                new ControlSettings(
                        List.of(
                                new ControlFile(
                                        "own.yaml",
                                        "tenant: acme\nservices: {few: {users: 2000}, many:"
                                                + " {users: 2001}}")),
                        10);
        IncidentCost cost =
                ControlInputs.incidentCost(
                        options(
                                Map.of(
                                        "cost.business-hours-factor", "3",
                                        "cost.users-above", "2000",
                                        "cost.per-user-per-minute", "0.5")),
                        control);
        long night = 1_714_953_600_000L; // 2024-05-06T00:00Z, a Monday
        long noon = night + 12 * 60 * MINUTE;
        assertThat(cost.between("acme", List.of("few"), night, night + MINUTE))
                .isEqualByComparingTo("100");
        assertThat(cost.between("acme", List.of("few"), noon, noon + MINUTE))
                .isEqualByComparingTo("300");
        assertThat(cost.between("acme", List.of("many"), night, night + MINUTE))
                .isEqualByComparingTo("1100.50");
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        for (String value :
                List.of(
                        "communication.email.per-second=3",
                        "communication.update-wait=10 s",
                        "communication.email.wait=9001 ms",
                        "lifecycle.action-time=21 min",
                        "lifecycle.join-time=0 s",
                        "resolution.approval-ttl=61 min",
                        "resolution.blast-radius.share=0")) {
            String[] option = value.split("=");
            assertThatThrownBy(() -> options(Map.of(option[0], option[1])))
                    .as(value)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(option[0]);
        }
    }

    private static LifecyclePolicy policy(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(KAFKA);
        all.putAll(values);
        return LifecycleInputs.lifecycle(options(all)).orElseThrow().policy();
    }

    private static ActionRules rules(Map<String, String> values) {
        return LifecycleInputs.resolution(options(values)).orElseThrow().rules();
    }

    private static String said(ActionRules rules) throws InterruptedException {
        Action action = new Action("clean", "1", "disk", Map.of());
        ActionOrder order =
                new ActionOrder(
                        ActionOrder.Kind.ACT, "t", "i", 1, "d", action, false, T0, T0 + MINUTE);
        return new ActionRunner(rules, new MemoryLedger(), new DryRunEffects(), new MachineClock())
                .run(order)
                .get(0)
                .detail();
    }

    private static CommanderConfiguration options(Map<String, String> values) {
        return new ConfigurationLoader().layer("test", values).load();
    }

    /** Of one incident; time passes only by {@link #pass}. */
    private static final class Life {
        private final Lifecycle lifecycle;
        private final List<String> causes = new ArrayList<>();
        private Optional<IncidentCourse> course = Optional.empty();
        private long now = T0;

        Life(LifecyclePolicy policy) {
            lifecycle = new Lifecycle(policy, IncidentCost.supporting(BigDecimal.ONE));
        }

        void open() {
            apply(LifecycleFact.seen(LifecycleSignal.OPENED, incident(1), now, "correlated"));
        }

        void update(long alerts) {
            apply(LifecycleFact.seen(LifecycleSignal.UPDATED, incident(alerts), now, "more"));
        }

        void say(LifecycleSignal signal) {
            if (signal == LifecycleSignal.DEADLINE) {
                now = Math.max(now, course().deadlineMillis());
            }
            apply(LifecycleFact.of("t", "i", signal, now, LifecycleFact.ANY_ATTEMPT, "ann", ""));
        }

        void pass(long millis) {
            now += millis;
        }

        long left() {
            return course().deadlineMillis() - now;
        }

        IncidentCourse course() {
            return course.orElseThrow();
        }

        private void apply(LifecycleFact fact) {
            LifecycleStep step = lifecycle.apply(course, fact);
            course = step.course();
            step.events().forEach(event -> causes.add(event.cause()));
        }

        private static Incident incident(long alerts) {
            return Incident.builder()
                    .incidentId("i")
                    .tenant("t")
                    .severity(Severity.HIGH)
                    .services(List.of("web"))
                    .openedAtMillis(T0)
                    .updatedAtMillis(T0)
                    .alertCount(alerts)
                    .title("web is down")
                    .build();
        }
    }
}
