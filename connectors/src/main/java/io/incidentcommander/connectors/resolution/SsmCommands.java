// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ssm.SsmAsyncClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/**
 * Commands of Systems Manager, which look and change nothing since they have no token, and sessions
 * that are recorded as their document says. Both on instances that carry a tag. Calls block, five
 * seconds at most. Thread safe.
 */
public final class SsmCommands {
    private static final Logger LOG = LoggerFactory.getLogger(SsmCommands.class);
    private static final int COMMAND_SECONDS = 60;

    /** Where the service writes what commands say. */
    private static final String LOG_GROUP = "/incident-commander/commands";

    private final SsmAsyncClient ssm;

    SsmCommands(SsmAsyncClient ssm) {
        this.ssm = ssm;
    }

    /**
     * Sends a command to all instances with the tag. Empty if it was not sent, or nobody knows: it
     * may be sent again.
     *
     * @param why for whoever reads the service's own history
     * @return its id
     */
    public Optional<String> send(
            ActionSession session,
            String document,
            String tag,
            String value,
            String why,
            Map<String, String> parameters) {
        Map<String, List<String>> values = new TreeMap<>();
        parameters.forEach((name, text) -> values.put(name, List.of(text)));
        try {
            return Optional.of(
                    ssm.sendCommand(
                                    r ->
                                            r.documentName(document)
                                                    .targets(t -> t.key("tag:" + tag).values(value))
                                                    .parameters(values)
                                                    .comment(why)
                                                    .timeoutSeconds(COMMAND_SECONDS)
                                                    .cloudWatchOutputConfig(
                                                            c ->
                                                                    c.cloudWatchOutputEnabled(true)
                                                                            .cloudWatchLogGroupName(
                                                                                    LOG_GROUP))
                                                    .overrideConfiguration(of(session)))
                            .join()
                            .command()
                            .commandId());
        } catch (CompletionException e) {
            LOG.warn("Command {} was not sent: {}", document, e.getCause().getMessage());
            return Optional.empty();
        }
    }

    /** What became of a command. */
    public AutomationStatus lookUp(ActionSession session, String commandId) {
        try {
            List<Command> found =
                    ssm.listCommands(r -> r.commandId(commandId).overrideConfiguration(of(session)))
                            .join()
                            .commands();
            return found.isEmpty() ? AutomationStatus.UNKNOWN : status(found.get(0).status());
        } catch (CompletionException e) {
            LOG.warn("Command {} cannot be asked for: {}", commandId, e.getCause().getMessage());
            return AutomationStatus.UNREACHABLE;
        }
    }

    private static AutomationStatus status(CommandStatus status) {
        switch (status) {
            case SUCCESS:
                return AutomationStatus.SUCCEEDED;
            case FAILED:
            case TIMED_OUT:
            case CANCELLED:
                return AutomationStatus.FAILED;
            default:
                return AutomationStatus.RUNNING;
        }
    }

    /**
     * Opens a session on one instance with the tag, if there is any.
     *
     * @param document whose settings say where the session is recorded
     * @param why what is done, for whoever reads the record
     * @return its id; empty if no instance carries the tag
     * @throws CompletionException if the service cannot be reached, or refuses
     */
    public Optional<String> open(
            ActionSession session, String document, String tag, String value, String why) {
        return ssm
                .describeInstanceInformation(
                        r ->
                                r.filters(f -> f.key("tag:" + tag).values(value))
                                        .overrideConfiguration(of(session)))
                .join()
                .instanceInformationList()
                .stream()
                .map(InstanceInformation::instanceId)
                .sorted()
                .findFirst()
                .map(
                        instance ->
                                ssm.startSession(
                                                r ->
                                                        r.target(instance)
                                                                .documentName(document)
                                                                .reason(why)
                                                                .overrideConfiguration(of(session)))
                                        .join()
                                        .sessionId());
    }

    /** Ends a session; one that cannot be ended ends by itself when nobody speaks. */
    public void end(ActionSession session, String sessionId) {
        try {
            ssm.terminateSession(r -> r.sessionId(sessionId).overrideConfiguration(of(session)))
                    .join();
        } catch (CompletionException e) {
            LOG.warn("Session {} was not ended: {}", sessionId, e.getCause().getMessage());
        }
    }

    private static AwsRequestOverrideConfiguration of(ActionSession session) {
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session.credentials())
                .build();
    }
}
