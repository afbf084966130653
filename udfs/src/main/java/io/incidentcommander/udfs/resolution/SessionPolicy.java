// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The session policy of one action: exactly the permissions of its playbook on exactly its
 * resources, and to run exactly its documents and ask for them. Whatever the role may do beside
 * that, the session may not. Pure.
 */
public final class SessionPolicy {
    private SessionPolicy() {}

    /** As IAM reads it. */
    public static String json(Playbook playbook, String service) {
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
        return policy.toString();
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
