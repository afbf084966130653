// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The session policies of one action: exactly the permissions of its playbook on exactly its
 * resources, and to run exactly its documents and ask for them. Whatever the role may do beside
 * that, the session may not. Pure.
 */
public final class SessionPolicy {
    /** What AssumeRole takes. */
    static final int MOST_CHARS = 2_048;

    private SessionPolicy() {}

    /** In the sandbox's account: none but the documents of rehearsals. */
    public static String rehearsal(Playbook playbook, String service) {
        ObjectNode policy = policy();
        act(statements(policy), playbook, service, playbook.rehearsals());
        return policy.toString();
    }

    /**
     * For changes, their way back and validations, but not for rehearsals: commands on what carries
     * the tag alone, and one recorded session on that.
     *
     * @param recording document of sessions that are recorded
     */
    public static String change(Playbook playbook, String service, Optional<String> recording) {
        ObjectNode policy = policy();
        ArrayNode statements = statements(policy);
        act(statements, playbook, service, playbook.documents());
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

    private static ObjectNode policy() {
        return new ObjectMapper().createObjectNode().put("Version", "2012-10-17");
    }

    private static ArrayNode statements(ObjectNode policy) {
        return policy.putArray("Statement");
    }

    private static void act(
            ArrayNode statements, Playbook playbook, String service, List<String> documents) {
        if (!playbook.resources(service).isEmpty()) {
            allow(statements, playbook.permissions(), playbook.resources(service));
        }
        if (!playbook.tagged(service).isEmpty()) {
            ObjectNode tagged = allow(statements, playbook.permissions(), playbook.tagged(service));
            carries(tagged, "aws:ResourceTag/" + playbook.targetTag(), service);
        }
        allow(
                statements,
                List.of("ssm:StartAutomationExecution"),
                documents.stream()
                        .map(document -> "arn:aws:ssm:*:*:automation-definition/" + document + ":*")
                        .collect(Collectors.toList()));
        allow(
                statements,
                List.of("ssm:AddTagsToResource"),
                List.of("arn:aws:ssm:*:*:automation-execution/*"));
        allow(statements, List.of("ssm:DescribeAutomationExecutions"), List.of("*"));
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
        allow(
                statements,
                List.of(permission),
                documents.stream()
                        .map(document -> "arn:aws:ssm:*:*:document/" + document)
                        .collect(Collectors.toList()));
        ObjectNode on =
                allow(statements, List.of(permission), List.of("arn:aws:ec2:*:*:instance/*"));
        carries(on, "ssm:resourceTag/" + playbook.targetTag(), service);
    }

    private static void carries(ObjectNode statement, String tag, String service) {
        statement.putObject("Condition").putObject("StringEquals").put(tag, service);
    }

    private static ObjectNode allow(
            ArrayNode statements, List<String> permissions, List<String> resources) {
        ObjectNode statement = statements.addObject();
        statement.put("Effect", "Allow");
        ArrayNode actions = statement.putArray("Action");
        permissions.forEach(actions::add);
        ArrayNode on = statement.putArray("Resource");
        resources.forEach(on::add);
        return statement;
    }
}
