// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.LifecycleOptions;
import io.incidentcommander.jobs.configuration.ResolutionOptions;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import io.incidentcommander.udfs.communication.plan.Pace;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The times and limits of what is done about incidents, as the options say. */
public final class ResponseSettings {
    private ResponseSettings() {}

    /**
     * @throws ConfigurationException if the times contradict each other
     */
    public static LifecyclePolicy policy(CommanderConfiguration options) {
        try {
            return LifecyclePolicy.builder()
                    .join(millis(options, LifecycleOptions.LIFECYCLE_JOIN_TIME))
                    .act(millis(options, LifecycleOptions.LIFECYCLE_ACTION_TIME))
                    .validate(millis(options, LifecycleOptions.LIFECYCLE_VALIDATION_TIME))
                    .remember(millis(options, LifecycleOptions.LIFECYCLE_MEMORY))
                    .watch(millis(options, LifecycleOptions.LIFECYCLE_WATCH))
                    .trail(millis(options, LifecycleOptions.LIFECYCLE_TRAIL))
                    .remind(
                            millis(options, LifecycleOptions.LIFECYCLE_REMINDER_INTERVAL),
                            millis(options, LifecycleOptions.LIFECYCLE_REMINDER_ACKNOWLEDGED),
                            options.get(LifecycleOptions.LIFECYCLE_REMINDER_TIMES))
                    .promises(promises(options))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    LifecycleOptions.LIFECYCLE_MEMORY.key() + ": " + e.getMessage(), e);
        }
    }

    /** How long mending may take. */
    public static SlaClock promises(CommanderConfiguration options) {
        Map<Severity, Long> promised = new EnumMap<>(Severity.class);
        promised.put(
                Severity.CRITICAL, millis(options, LifecycleOptions.LIFECYCLE_PROMISE_CRITICAL));
        promised.put(Severity.HIGH, millis(options, LifecycleOptions.LIFECYCLE_PROMISE_HIGH));
        promised.put(Severity.MEDIUM, millis(options, LifecycleOptions.LIFECYCLE_PROMISE_MEDIUM));
        promised.put(Severity.LOW, millis(options, LifecycleOptions.LIFECYCLE_PROMISE_LOW));
        promised.put(Severity.INFO, millis(options, LifecycleOptions.LIFECYCLE_PROMISE_INFO));
        return SlaClock.promising(promised);
    }

    /** The rules, with the limits that the options set. */
    public static ActionRules limited(ActionRules rules, CommanderConfiguration options) {
        return rules.withBlastRadius(
                        options.get(ResolutionOptions.RESOLUTION_BLAST_RADIUS_INSTANCES),
                        options.get(ResolutionOptions.RESOLUTION_BLAST_RADIUS_SHARE))
                .withApprovalsFor(millis(options, ResolutionOptions.RESOLUTION_APPROVAL_TTL));
    }

    /** How channels are written to. */
    static ChannelRules channels(CommanderConfiguration options) {
        long update = millis(options, CommunicationOptions.COMMUNICATION_UPDATE_WAIT);
        long mail = millis(options, CommunicationOptions.COMMUNICATION_EMAIL_WAIT);
        Pace mails =
                Pace.of(
                        options.get(CommunicationOptions.COMMUNICATION_EMAIL_PER_SECOND),
                        options.get(CommunicationOptions.COMMUNICATION_EMAIL_BURST));
        Pace calls =
                Pace.of(
                        options.get(CommunicationOptions.COMMUNICATION_WEBHOOK_PER_SECOND),
                        options.get(CommunicationOptions.COMMUNICATION_WEBHOOK_BURST));
        return ChannelRules.defaults()
                .deduplicating(millis(options, CommunicationOptions.COMMUNICATION_DEDUPLICATION))
                .waiting(ChannelKind.SLACK, 0, update)
                .waiting(ChannelKind.PAGERDUTY, 0, update)
                .waiting(ChannelKind.WEBHOOK, 0, update)
                .waiting(ChannelKind.LOG, 0, update)
                .waiting(ChannelKind.EMAIL, mail, mail)
                .paced(ChannelKind.EMAIL, mails)
                .paced(ChannelKind.WEBHOOK, calls)
                .paced(ChannelKind.LOG, calls);
    }

    private static long millis(CommanderConfiguration options, CommanderOption<Duration> option) {
        return options.get(option).toMillis();
    }
}
