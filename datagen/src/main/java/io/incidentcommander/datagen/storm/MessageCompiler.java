// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns a {@link Message} into a {@link Template} by the source text of its format. */
final class MessageCompiler {
    private static final String FILLER =
            " Check the dashboard of the service and its dependencies first."
                    + " Compare with the last deployment and with the load of the same hour"
                    + " yesterday. If customers are affected, tell the owner of the service.";
    private static final String ALERT_OF_ALERTMANAGER = "alertmanager-alert.json";

    private final Map<RecordFormat, String> sources = new EnumMap<>(RecordFormat.class);
    private final String alertOfAlertmanager = read(ALERT_OF_ALERTMANAGER);

    MessageCompiler() {
        for (RecordFormat format : RecordFormat.values()) {
            if (format != RecordFormat.JUNK) {
                sources.put(format, read(format.resource()));
            }
        }
    }

    /** Padded to the message's target, unless the format needs more by itself. */
    Template compile(Message message) {
        String source = sources.get(message.format());
        Map<String, String> variables = variables(message);
        variables.put("pad", "");
        int bare = compile(source, variables, message).length();
        if (bare >= message.targetBytes()) {
            return compile(source, variables, message);
        }
        variables.put("pad", filler(message.targetBytes() - bare));
        return compile(source, variables, message);
    }

    private static Template compile(String source, Map<String, String> variables, Message message) {
        return Template.compile(source, variables, message.salt(), message.alerts());
    }

    private Map<String, String> variables(Message message) {
        Map<String, String> variables = new HashMap<>();
        AlertKind kind = message.kind();
        String service = message.service();
        variables.put("alert", kind.name());
        variables.put("namespace", kind.namespace());
        variables.put("metric", kind.metric());
        variables.put("threshold", Integer.toString(kind.threshold()));
        variables.put("summary", kind.summary());
        variables.put("service", service);
        variables.put("team", Fleet.team(service));
        variables.put("region", Fleet.region(service));
        variables.put("account", "123456789012");
        variables.put("monitor", Long.toString(message.salt() >>> 38));
        variables.put("routing", String.format("%032x", message.salt() >>> 1));
        VendorWords.put(message.severity(), message.status(), variables);
        variables.put("alerts", alerts(message));
        return variables;
    }

    private String alerts(Message message) {
        StringBuilder alerts = new StringBuilder();
        for (int i = 0; i < message.alerts(); i++) {
            alerts.append(i == 0 ? "" : ",")
                    .append(
                            alertOfAlertmanager
                                    .replace("${host}", "${host" + i + "}")
                                    .replace("${digest}", "${digest" + i + "}"));
        }
        return alerts.toString();
    }

    private static String filler(int bytes) {
        return FILLER.repeat(bytes / FILLER.length() + 1).substring(0, bytes);
    }

    private static String read(String resource) {
        try (InputStream in = MessageCompiler.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing on the class path: " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }
}
