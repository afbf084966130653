// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.Locale;

/** The servers this module can start. */
public enum ServiceName {
    KAFKA(ServiceKind.REAL),
    DYNAMODB(ServiceKind.REAL),
    OPENSEARCH(ServiceKind.REAL),
    S3(ServiceKind.STUB),
    SMTP(ServiceKind.REAL),
    KINESIS(ServiceKind.STUB),
    /** No model: rules that answer in the shape of one. */
    BEDROCK(ServiceKind.STUB),
    /** No Slack: keeps what a person would see. */
    SLACK(ServiceKind.STUB),
    /** No PagerDuty: keeps what a person would see. */
    PAGERDUTY(ServiceKind.STUB),
    /** No systems to manage: sessions and automations that change nothing. */
    SSM(ServiceKind.STUB),
    /** A DynamoDB of its own, with tables of its own: what another region is. */
    DYNAMODB_REPLICA(ServiceKind.REAL);

    private final ServiceKind kind;

    ServiceName(ServiceKind kind) {
        this.kind = kind;
    }

    /** Whether this is the product itself or something that speaks its protocol. */
    public ServiceKind kind() {
        return kind;
    }

    /** The word used on the command line, in files and in log names: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The service of this word.
     *
     * @throws IllegalArgumentException naming the words there are
     */
    public static ServiceName ofWord(String word) {
        for (ServiceName name : values()) {
            if (name.word().equals(word)) {
                return name;
            }
        }
        throw new IllegalArgumentException(
                "There is no service '" + word + "'; there are " + words() + ".");
    }

    /** All words, comma separated. */
    static String words() {
        StringBuilder words = new StringBuilder();
        for (ServiceName name : values()) {
            words.append(words.length() == 0 ? "" : ",").append(name.word());
        }
        return words.toString();
    }
}
