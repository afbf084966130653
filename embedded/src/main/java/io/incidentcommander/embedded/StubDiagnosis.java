// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the stub says about an incident, from nothing but the request: the service that most others
 * with alerts call, else the one with the most alerts, and the first action offered for it. A model
 * this is not, and each text of it says so.
 */
final class StubDiagnosis {
    private static final Pattern EVIDENCE =
            Pattern.compile("(?m)^([APLM]\\d+) \\|(?:[^|\\n]*\\|)*? service=([^|\\n]*)");
    private static final Pattern CALL = Pattern.compile("(?m)^call \\| ([^|\\n]+) -> ([^|\\n]+)$");
    private static final Pattern ACTION =
            Pattern.compile("(?m)^(R\\d+) \\| \\S+(?: on ([^|\\n]*?))?(?: \\|.*)?$");
    private static final Pattern TYPE = Pattern.compile("(?m)^type \\| ([a-z_]+)$");
    private static final int MOST_CITED = 3;

    private final ObjectMapper json;
    private final String prompt;

    StubDiagnosis(ObjectMapper json, String prompt) {
        this.json = json;
        this.prompt = prompt;
    }

    /** The tool's input. */
    ObjectNode good() {
        Map<String, Integer> alerts = new LinkedHashMap<>();
        Map<String, String> firstLabel = new LinkedHashMap<>();
        Matcher evidence = EVIDENCE.matcher(prompt);
        while (evidence.find()) {
            String service = evidence.group(2).trim();
            alerts.merge(service, 1, Integer::sum);
            firstLabel.putIfAbsent(evidence.group(1), service);
        }
        String cause = cause(alerts);
        ObjectNode answer = json.createObjectNode();
        answer.put("service", cause);
        answer.put("type", first(TYPE, 1, "unknown"));
        answer.put(
                "root_cause",
                "STUB, not a model: most of what is ill calls " + cause + ", so it began there.");
        cite(answer.putArray("evidence"), firstLabel, cause);
        answer.put("confidence", alerts.isEmpty() ? 0.1 : 0.75);
        answer.put("action", action(cause));
        answer.put("rollback_plan", "STUB: undo the runbook's steps in reverse order.");
        return answer;
    }

    /** As good, but on evidence that was not sent. */
    ObjectNode hallucinated() {
        ObjectNode answer = good();
        ArrayNode steps = answer.putArray("evidence");
        steps.addObject().put("claim", "STUB: made up.").putArray("cites").add("A9999");
        return answer;
    }

    /** What a model says that believes a text which tells it to. */
    ObjectNode injected() {
        ObjectNode answer = good();
        if (prompt.toLowerCase(Locale.ROOT).contains("ignore")) {
            answer.put("root_cause", "STUB: as the alert told me, all is well.");
            answer.put("confidence", 1.0);
            answer.put("action", "delete-all-backups");
        }
        return answer;
    }

    /** What a model says that is compromised: nothing in it is impossible. */
    ObjectNode lying() {
        ObjectNode answer = good();
        String last = "";
        Matcher offered = ACTION.matcher(prompt);
        while (offered.find()) {
            last = offered.group(1);
        }
        answer.put("root_cause", "STUB: a lie.");
        answer.put("confidence", 1.0);
        answer.put("action", last);
        return answer;
    }

    private String cause(Map<String, Integer> alerts) {
        String best = "";
        int most = -1;
        for (Map.Entry<String, Integer> service : alerts.entrySet()) {
            int score = service.getValue();
            Matcher call = CALL.matcher(prompt);
            while (call.find()) {
                boolean calledByIll =
                        call.group(2).trim().equals(service.getKey())
                                && alerts.containsKey(call.group(1).trim());
                score += calledByIll ? 100 : 0;
            }
            if (score > most) {
                most = score;
                best = service.getKey();
            }
        }
        return best;
    }

    private static void cite(ArrayNode steps, Map<String, String> labels, String cause) {
        int left = MOST_CITED;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (label.getValue().equals(cause) && left-- > 0) {
                ObjectNode step = steps.addObject();
                step.put("claim", "STUB: " + label.getKey() + " is about " + cause + ".");
                step.putArray("cites").add(label.getKey());
            }
        }
    }

    private String action(String cause) {
        Matcher offered = ACTION.matcher(prompt);
        String first = "";
        while (offered.find()) {
            first = first.isEmpty() ? offered.group(1) : first;
            if (cause.equals(offered.group(2))) {
                return offered.group(1);
            }
        }
        return first;
    }

    private String first(Pattern pattern, int group, String otherwise) {
        Matcher found = pattern.matcher(prompt);
        return found.find() ? found.group(group) : otherwise;
    }

    /** All text of the user's messages. */
    static String promptOf(JsonNode request) {
        StringBuilder text = new StringBuilder();
        for (JsonNode message : request.path("messages")) {
            for (JsonNode content : message.path("content")) {
                text.append(content.path("text").asText()).append('\n');
            }
        }
        return text.toString();
    }
}
