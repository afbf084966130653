// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong with the commander itself in a run, beside the faults that it is there for. */
public enum Disruption {
    /** An agent is dead: it never answers. */
    KILLED_AGENT,
    /** An agent lies. */
    COMPROMISED_AGENT,
    /** The models' service refuses every call, as one that is asked too often. */
    BEDROCK_THROTTLED,
    /** The process that runs the operators is gone in the middle of the storm; another follows. */
    TASK_MANAGER_LOST,
    /** Slack takes every request while the storm lasts, and answers none. */
    SLACK_HANGS;

    /** As on the command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Disruption> ofOptionName(String name) {
        return Arrays.stream(values()).filter(d -> d.optionName().equals(name)).findFirst();
    }
}
