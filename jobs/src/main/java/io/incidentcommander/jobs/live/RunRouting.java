// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.datagen.storm.Landscape;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told in a run unless a routing file says it: all of it goes to one Slack channel, what
 * breaks of a team to that team's, CRITICAL to PagerDuty with a lead behind, and CRITICAL and HIGH
 * to a mailbox.
 */
final class RunRouting {
    /** Mailboxes that are written to. */
    static final List<String> MAILBOXES = List.of("managers@example.org", "lead@example.org");

    /** The names and values of a secrets file; the stubs take any. */
    static final String SECRETS =
            "slack.token=stub\npagerduty.on-call=00000000000000000000000000000000\n";

    private static final long SUPPORTING_USD = 100;

    private RunRouting() {}

    /** The text of a routing file. */
    static String of(Landscape landscape) {
        StringBuilder receivers =
                new StringBuilder(
                        "receivers:\n"
                                + "  incidents: {contacts: [{slack: C-INCIDENTS}]}\n"
                                + "  managers: {contacts: [{email: managers@example.org}]}\n"
                                + "  lead: {contacts: [{email: lead@example.org}]}\n"
                                + "  on-call:\n"
                                + "    contacts: [{pagerduty: on-call}]\n"
                                + "    escalation: [{after: 5 min, to: lead}]\n");
        StringBuilder routes =
                new StringBuilder(
                        "routing:\n"
                                + "  receiver: incidents\n"
                                + "  routes:\n"
                                + "  - {matchers: ['severity=critical'], receiver: on-call,"
                                + " continue: true}\n"
                                + "  - {matchers: ['severity=~\"critical|high\"'], receiver:"
                                + " managers, continue: true}\n");
        for (String team : teams(landscape)) {
            receivers.append("  ").append(receiver(team)).append(": {contacts: [{slack: \"C-");
            receivers.append(team).append("\"}]}\n");
            routes.append("  - {matchers: ['owner=\"").append(team).append("\"'], receiver: ");
            routes.append(receiver(team)).append(", continue: true}\n");
        }
        return receivers.append(routes).append("  - {receiver: incidents}\n").toString();
    }

    /**
     * Which team owns which service, as a control file. Where a fault begins there are as many
     * users as make it cost what its scenario says, beside the price of the service's tier out of
     * business hours; a scenario that costs little has no more than that price.
     */
    static ControlFile catalogue(Landscape landscape, List<FaultTruth> faults) {
        Map<String, Long> users = new HashMap<>();
        for (FaultTruth fault : faults) {
            users.put(
                    fault.origin(), Math.max(0, fault.scenario().usdPerMinute() - SUPPORTING_USD));
        }
        StringBuilder text = new StringBuilder("services:\n");
        for (int i = 0; i < landscape.graph().size(); i++) {
            String service = landscape.graph().name(i);
            text.append("  ").append(service).append(": {owner: \"");
            text.append(landscape.team(i)).append("\", users: ");
            text.append(users.getOrDefault(service, 0L)).append("}\n");
        }
        return new ControlFile("the catalogue of the run", text.toString());
    }

    private static String receiver(String team) {
        return "\"of-" + team + "\"";
    }

    private static Set<String> teams(Landscape landscape) {
        Set<String> teams = new TreeSet<>();
        for (int i = 0; i < landscape.graph().size(); i++) {
            teams.add(landscape.team(i));
        }
        return teams;
    }
}
