// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import java.util.Objects;

/** Where agents and the job meet: a cluster of Kafka and its topics. Immutable. */
public final class ConsensusTopics {
    private final KafkaCluster cluster;
    private final String requests;
    private final String recommendations;
    private final String agents;
    private final String outcomes;
    private final String group;

    /**
     * @param requests out of the job and back into it
     * @param recommendations of agents elsewhere
     * @param agents registered, rotated and revoked
     * @param outcomes how decisions turned out
     * @param group of consumers
     */
    public ConsensusTopics(
            KafkaCluster cluster,
            String requests,
            String recommendations,
            String agents,
            String outcomes,
            String group) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.requests = Objects.requireNonNull(requests, "requests");
        this.recommendations = Objects.requireNonNull(recommendations, "recommendations");
        this.agents = Objects.requireNonNull(agents, "agents");
        this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
        this.group = Objects.requireNonNull(group, "group");
    }

    KafkaCluster cluster() {
        return cluster;
    }

    String requests() {
        return requests;
    }

    String recommendations() {
        return recommendations;
    }

    String agents() {
        return agents;
    }

    String outcomes() {
        return outcomes;
    }

    String group() {
        return group;
    }
}
