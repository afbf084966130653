// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import java.util.Objects;

/**
 * Where the lives of incidents and those who act meet: a cluster of Kafka and its topics.
 * Immutable.
 */
public final class LifecycleTopics {
    private final KafkaCluster cluster;
    private final String orders;
    private final String reports;
    private final String questions;
    private final String group;

    /**
     * @param orders out to those who act
     * @param reports of what became of them
     * @param questions out to the tally
     * @param group of consumers
     */
    public LifecycleTopics(
            KafkaCluster cluster, String orders, String reports, String questions, String group) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.orders = Objects.requireNonNull(orders, "orders");
        this.reports = Objects.requireNonNull(reports, "reports");
        this.questions = Objects.requireNonNull(questions, "questions");
        this.group = Objects.requireNonNull(group, "group");
    }

    KafkaCluster cluster() {
        return cluster;
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
