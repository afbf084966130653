// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The session policy of one action: exactly the permissions of its playbook on exactly its
 * resources, and to run exactly its documents and ask for them, commands on what carries the tag
 * alone, and to keep one recorded session on that. Whatever the role may do beside that, the
 * session may not. Pure.
 */
public final class SessionPolicy {
    private SessionPolicy() {}

    /** As {@link #json(Playbook, String, Optional)}, without a recorded session. */
    public static String json(Playbook playbook, String service) {
        return json(playbook, service, Optional.empty());
    }

    /**
     * As IAM reads it.
     *
     * @param recording document of sessions that are recorded
     */
    public static String json(Playbook playbook, String service, Optional<String> recording) {
        ObjectNode policy = new ObjectMapper().createObjectNode();
        policy.put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        allow(statements, playbook.permissions(), playbook.resources(service));
        ArrayNode documents = allow(statements, List.of("ssm:StartAutomationExecution"), List.of());
        for (String document : playbook.documents()) {
            documents.add("arn:aws:ssm:*:*:automation-definition/" + document + ":*");
        }
        allow(
                statements,
                List.of(
                        "ssm:AddTagsToResource",
                        "ssm:DescribeAutomationExecutions",
                        "ssm:GetAutomationExecution"),
                List.of("*"));
        onTagged(statements, "ssm:SendCommand", playbook.commands(), playbook, service);
        onTagged(
                statements,
                "ssm:StartSession",
                recording.map(List::of).orElse(List.of()),
                playbook,
                service);
        if (!playbook.commands().isEmpty()) {
            allow(statements, List.of("ssm:ListCommands"), List.of("*"));
        }
        if (recording.isPresent()) {
            allow(statements, List.of("ssm:DescribeInstanceInformation"), List.of("*"));
            allow(
                    statements,
                    List.of("ssm:TerminateSession"),
                    List.of("arn:aws:ssm:*:*:session/${aws:userid}-*"));
        }
        return policy.toString();
    }

    /** These documents, on nothing but what carries the tag of the service. */
    private static void onTagged(
            ArrayNode statements,
            String permission,
            List<String> documents,
            Playbook playbook,
            String service) {
        if (documents.isEmpty()) {
            return;
        }
        ArrayNode on = allow(statements, List.of(permission), List.of());
        documents.forEach(document -> on.add("arn:aws:ssm:*:*:document/" + document));
        allow(statements, List.of(permission), List.of("arn:aws:ec2:*:*:instance/*"));
        ((ObjectNode) statements.get(statements.size() - 1))
                .putObject("Condition")
                .putObject("StringEquals")
                .put("ssm:resourceTag/" + playbook.targetTag(), service);
    }

    private static ArrayNode allow(
            ArrayNode statements, List<String> permissions, List<String> resources) {
        ObjectNode statement = statements.addObject();
        statement.put("Effect", "Allow");
        ArrayNode actions = statement.putArray("Action");
        permissions.forEach(actions::add);
        ArrayNode on = statement.putArray("Resource");
        resources.forEach(on::add);
        return on;
    }
}
