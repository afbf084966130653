// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.Map;

/**
 * The one user that a Kafka knows which asks who is there: SASL with a password, without TLS.
 * Neither name nor password may hold a colon, a quotation mark or a backslash.
 */
public record KafkaLogin(String user, String password) {

    private static final String MODULE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";

    public KafkaLogin {
        if (!user.matches("[^:\"\\\\]+") || !password.matches("[^:\"\\\\]+")) {
            throw new IllegalArgumentException("Not a login: USER:PASSWORD");
        }
    }

    /** Reads {@code USER:PASSWORD}. */
    static KafkaLogin parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not a login: USER:PASSWORD");
        }
        return new KafkaLogin(parts[0], parts[1]);
    }

    /** {@code USER:PASSWORD}. */
    String text() {
        return user + ":" + password;
    }

    /** What a client needs to be let in. */
    public Map<String, String> clientProperties() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                MODULE + " username=\"" + user + "\" password=\"" + password + "\";");
    }

    /** Whom the broker lets in. */
    String brokerJaas() {
        return MODULE + " user_" + user + "=\"" + password + "\";";
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
