// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks the protocols of STS (AssumeRole), of IAM (policies of a role: put, list, delete) and of
 * SSM: automations (start, describe), commands (send, list), sessions (start, terminate). It is
 * none of these: nothing is changed anywhere. It enforces what an honest caller would meet:
 * sessions last 900 seconds at least, name a policy, and nothing runs without one, nor a document
 * that the session's policy does not name, nor under a session that a policy of its role denies; a
 * client token starts once. Every execution ends well at once, unless its document is set to fail.
 * Thread safe.
 */
public final class SsmStub implements AutoCloseable {
    private static final String POLICY_HOLE = "automation-definition/";
    private static final String ENDS_OTHERS = "iam:PutRolePolicy";

    /** One automation that was started. */
    public record Execution(String id, String document, String token, boolean failed) {}

    /** A session that was opened on an instance. */
    public record Recording(
            String id, String instance, String document, String reason, boolean ended) {}

    /** A session of STS. */
    private record Grant(String role, String name, String policy) {}

    private final List<String> instances = new ArrayList<>();
    private final Map<String, String> commands = new LinkedHashMap<>();
    private final Map<String, Recording> recordings = new LinkedHashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> rolePolicies = new HashMap<>();
    private Duration sessionsLast = Duration.ofSeconds(900);
    private final Map<String, Execution> byToken = new LinkedHashMap<>();
    private final Map<String, List<String>> tags = new HashMap<>();
    private final List<String> failing = new ArrayList<>();
    private final Map<String, Runnable> before = new HashMap<>();
    private final Map<String, Runnable> after = new HashMap<>();
    private boolean forgets;

    private SsmStub(int port) throws IOException {
        server = LoopbackHttp.bind(port);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    /**
     * @param port 0 for any that is free
     */
    public static SsmStub start(int port) throws IOException {
        SsmStub stub = new SsmStub(port);
        stub.server.start();
        return stub;
    }

    public URI endpoint() {
        return URI.create("http://" + LoopbackPorts.HOST + ":" + server.getAddress().getPort());
    }

    /** What was started, in order: each is an effect. */
    public synchronized List<Execution> executions() {
        return List.copyOf(byToken.values());
    }

    /** Documents of commands that were sent, in order. */
    public synchronized List<String> commands() {
        return List.copyOf(commands.values());
    }

    /** Sessions on instances, in order. */
    public synchronized List<Recording> recordings() {
        return List.copyOf(recordings.values());
    }

    /** From now on there is such an instance, whatever tag is asked for. */
    public synchronized SsmStub instance(String id) {
        instances.add(id);
        return this;
    }

    /** Sessions that were granted. */
    public synchronized int sessions() {
        return grants.size();
    }

    /** Sessions that may still do something other than end others. */
    public synchronized int openSessions() {
        return (int)
                grants.values().stream()
                        .filter(grant -> !isDenied(grant))
                        .filter(grant -> !grant.policy().contains(ENDS_OTHERS))
                        .count();
    }

    /** Names of the policies that a role has of its own. */
    public synchronized Set<String> rolePolicies(String role) {
        return Set.copyOf(rolePolicies.getOrDefault(role, Map.of()).keySet());
    }

    /** From now on sessions are said to end after so long. */
    public synchronized SsmStub sessionsLast(Duration time) {
        sessionsLast = time;
        return this;
    }

    /** From now on the document fails. */
    public synchronized SsmStub fail(String document) {
        failing.add(document);
        return this;
    }

    /** From now on it finds nothing by tags, as a service whose index lags behind. */
    public synchronized SsmStub forgetTags() {
        forgets = true;
        return this;
    }

    /** What happens once, when the document is asked for and has not begun. */
    public synchronized SsmStub before(String document, Runnable what) {
        before.put(document, what);
        return this;
    }

    /** What happens once, when the document has begun and nobody was told so yet. */
    public synchronized SsmStub after(String document, Runnable what) {
        after.put(document, what);
        return this;
    }

    private synchronized Runnable once(Map<String, Runnable> when, String document) {
        Runnable what = when.remove(document);
        return what == null ? () -> {} : what;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String by = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (target == null && body.contains("Action=AssumeRole")) {
            assumeRole(exchange, form(body));
        } else if (target == null && body.contains("RolePolic")) {
            rolePolicy(exchange, form(body), by);
        } else if (target == null) {
            send(exchange, 200, "application/json", "{\"stub\":\"ssm\"}");
        } else {
            switch (target) {
                case "AmazonSSM.StartAutomationExecution" ->
                        begin(exchange, json.readTree(body), by);
                case "AmazonSSM.DescribeAutomationExecutions" ->
                        describe(exchange, json.readTree(body), by);
                case "AmazonSSM.SendCommand" -> command(exchange, json.readTree(body), by);
                case "AmazonSSM.ListCommands" -> listCommand(exchange, json.readTree(body), by);
                case "AmazonSSM.DescribeInstanceInformation" -> listInstances(exchange, by);
                case "AmazonSSM.StartSession" -> open(exchange, json.readTree(body), by);
                case "AmazonSSM.TerminateSession" -> end(exchange, json.readTree(body), by);
                default -> refuse(exchange, "InvalidAction", "STUB: no such action: " + target);
            }
        }
    }

    private void assumeRole(HttpExchange exchange, Map<String, String> form) throws IOException {
        String policy = form.getOrDefault("Policy", "");
        long seconds = Long.parseLong(form.getOrDefault("DurationSeconds", "3600"));
        if (policy.isEmpty() || seconds != 900) {
            refuseQuery(exchange, 400, "ValidationError", "a policy and 900 seconds are asked for");
            return;
        }
        String key = "ASIASTUB" + UUID.randomUUID().toString().replace("-", "").toUpperCase();
        synchronized (this) {
            String role = form.getOrDefault("RoleArn", "");
            grants.put(
                    key,
                    new Grant(
                            role.substring(role.lastIndexOf('/') + 1),
                            form.getOrDefault("RoleSessionName", ""),
                            policy));
        }
        send(
                exchange,
                200,
                "text/xml",
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                        + "<AssumeRoleResult><Credentials><AccessKeyId>"
                        + key
                        + "</AccessKeyId><SecretAccessKey>stub</SecretAccessKey>"
                        + "<SessionToken>stub</SessionToken><Expiration>"
                        + Instant.now().plus(sessionsLast)
                        + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>");
    }

    private void begin(HttpExchange exchange, JsonNode request, String by) throws IOException {
        String document = request.path("DocumentName").asText();
        String token = request.path("ClientToken").asText();
        if (!mayRun(by, document)) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        once(before, document).run();
        Execution execution;
        synchronized (this) {
            execution =
                    byToken.computeIfAbsent(
                            token,
                            t ->
                                    new Execution(
                                            UUID.randomUUID().toString(),
                                            document,
                                            t,
                                            failing.contains(document)));
            for (JsonNode tag : request.path("Tags")) {
                tags.computeIfAbsent(tag.path("Key").asText(), key -> new ArrayList<>()).add(token);
            }
        }
        once(after, document).run();
        answer(exchange, json.createObjectNode().put("AutomationExecutionId", execution.id()));
    }

    private void describe(HttpExchange exchange, JsonNode request, String by) throws IOException {
        if (policy(by).isEmpty()) {
            refuse(exchange, "AccessDeniedException", "STUB: not by a session");
            return;
        }
        ObjectNode answer = json.createObjectNode();
        ArrayNode list = answer.putArray("AutomationExecutionMetadataList");
        synchronized (this) {
            for (JsonNode filter : request.path("Filters")) {
                for (JsonNode value : filter.path("Values")) {
                    List<String> tokens = tags.getOrDefault(value.asText(), List.of());
                    for (String token : forgets ? List.<String>of() : tokens) {
                        Execution found = byToken.get(token);
                        list.addObject()
                                .put("AutomationExecutionId", found.id())
                                .put("DocumentName", found.document())
                                .put(
                                        "AutomationExecutionStatus",
                                        found.failed() ? "Failed" : "Success");
                    }
                }
            }
        }
        answer(exchange, answer);
    }

    private void command(HttpExchange exchange, JsonNode request, String by) throws IOException {
        String document = request.path("DocumentName").asText();
        if (!policy(by).contains(":document/" + document + "\"")
                || request.path("Targets").isEmpty()) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        String id = UUID.randomUUID().toString();
        synchronized (this) {
            commands.put(id, document);
        }
        ObjectNode answer = json.createObjectNode();
        answer.putObject("Command").put("CommandId", id).put("Status", "Pending");
        answer(exchange, answer);
    }

    private void listCommand(HttpExchange exchange, JsonNode request, String by)
            throws IOException {
        if (!policy(by).contains("ssm:ListCommands")) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        String id = request.path("CommandId").asText();
        ObjectNode answer = json.createObjectNode();
        ArrayNode list = answer.putArray("Commands");
        synchronized (this) {
            if (commands.containsKey(id)) {
                String end = failing.contains(commands.get(id)) ? "Failed" : "Success";
                list.addObject().put("CommandId", id).put("Status", end);
            }
        }
        answer(exchange, answer);
    }

    private void listInstances(HttpExchange exchange, String by) throws IOException {
        if (!policy(by).contains("ssm:DescribeInstanceInformation")) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        ObjectNode answer = json.createObjectNode();
        ArrayNode list = answer.putArray("InstanceInformationList");
        synchronized (this) {
            instances.forEach(id -> list.addObject().put("InstanceId", id));
        }
        answer(exchange, answer);
    }

    private void open(HttpExchange exchange, JsonNode request, String by) throws IOException {
        String document = request.path("DocumentName").asText();
        String instance = request.path("Target").asText();
        if (!policy(by).contains(":document/" + document + "\"")) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        String id = "stub-" + UUID.randomUUID();
        synchronized (this) {
            recordings.put(
                    id,
                    new Recording(id, instance, document, request.path("Reason").asText(), false));
        }
        answer(
                exchange,
                json.createObjectNode()
                        .put("SessionId", id)
                        .put("TokenValue", "stub")
                        .put("StreamUrl", "wss://stub.invalid/" + id));
    }

    private void end(HttpExchange exchange, JsonNode request, String by) throws IOException {
        String id = request.path("SessionId").asText();
        if (!policy(by).contains("ssm:TerminateSession")) {
            refuse(exchange, "AccessDeniedException", "STUB: the session does not allow it");
            return;
        }
        synchronized (this) {
            recordings.computeIfPresent(
                    id,
                    (key, open) ->
                            new Recording(
                                    id, open.instance(), open.document(), open.reason(), true));
        }
        answer(exchange, json.createObjectNode().put("SessionId", id));
    }

    private void rolePolicy(HttpExchange exchange, Map<String, String> form, String by)
            throws IOException {
        String action = form.getOrDefault("Action", "");
        String role = form.getOrDefault("RoleName", "");
        String name = form.getOrDefault("PolicyName", "");
        Grant grant = grant(by);
        if (!grant.role().equals(role) || !policy(by).contains("\"iam:" + action + "\"")) {
            refuseQuery(exchange, 403, "AccessDenied", "the session does not allow it");
            return;
        }
        StringBuilder list = new StringBuilder();
        synchronized (this) {
            Map<String, String> own =
                    rolePolicies.computeIfAbsent(role, r -> new LinkedHashMap<>());
            switch (action) {
                case "PutRolePolicy" -> own.put(name, form.getOrDefault("PolicyDocument", ""));
                case "DeleteRolePolicy" -> own.remove(name);
                default -> own.keySet().forEach(k -> list.append("<member>" + k + "</member>"));
            }
        }
        send(
                exchange,
                200,
                "text/xml",
                "<"
                        + action
                        + "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><"
                        + action
                        + "Result><PolicyNames>"
                        + list
                        + "</PolicyNames><IsTruncated>false</IsTruncated></"
                        + action
                        + "Result></"
                        + action
                        + "Response>");
    }

    /** By a policy that the role has of its own. */
    private boolean isDenied(Grant grant) {
        return rolePolicies.getOrDefault(grant.role(), Map.of()).values().stream()
                .anyMatch(
                        document ->
                                document.contains("\"Deny\"")
                                        && document.contains("\"*:" + grant.name() + "\""));
    }

    private boolean mayRun(String by, String document) {
        return policy(by).contains(POLICY_HOLE + document + ":");
    }

    /** Of the session whose key signed; empty if none was granted, or it is denied everything. */
    private synchronized String policy(String authorization) {
        Grant grant = grant(authorization);
        return isDenied(grant) ? "" : grant.policy();
    }

    private synchronized Grant grant(String authorization) {
        return grants.entrySet().stream()
                .filter(session -> authorization.contains("Credential=" + session.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Grant("", "", ""));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void refuseQuery(HttpExchange exchange, int status, String code, String why)
            throws IOException {
        send(
                exchange,
                status,
                "text/xml",
                "<ErrorResponse><Error><Type>Sender</Type><Code>"
                        + code
                        + "</Code><Message>STUB: "
                        + why
                        + "</Message></Error></ErrorResponse>");
    }

    private static void refuse(HttpExchange exchange, String type, String why) throws IOException {
        send(
                exchange,
                400,
                "application/x-amz-json-1.1",
                "{\"__type\":\"" + type + "\",\"message\":\"" + why + "\"}");
    }

    private static void answer(HttpExchange exchange, JsonNode body) throws IOException {
        send(exchange, 200, "application/x-amz-json-1.1", body.toString());
    }

    private static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Stub", "SsmStub");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
