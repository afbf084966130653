// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import java.util.Objects;

/** Where the lives of incidents and those who act meet: brokers and topics. Immutable. */
public final class LifecycleTopics {
    private final String brokers;
    private final String orders;
    private final String reports;
    private final String questions;
    private final String group;

    /**
     * @param brokers host:port, with commas between
     * @param orders out to those who act
     * @param reports of what became of them
     * @param questions out to the tally
     * @param group of consumers
     */
    public LifecycleTopics(
            String brokers, String orders, String reports, String questions, String group) {
        this.brokers = Objects.requireNonNull(brokers, "brokers");
        this.orders = Objects.requireNonNull(orders, "orders");
        this.reports = Objects.requireNonNull(reports, "reports");
        this.questions = Objects.requireNonNull(questions, "questions");
        this.group = Objects.requireNonNull(group, "group");
    }

    String brokers() {
        return brokers;
    }

    String orders() {
        return orders;
    }

    String reports() {
        return reports;
    }

    String questions() {
        return questions;
    }

    String group() {
        return group;
    }
}
