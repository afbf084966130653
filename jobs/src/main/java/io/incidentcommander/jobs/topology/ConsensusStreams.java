// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The way of requests from the tally to the agents, which leads outside: the graph has no loop.
 * Each method ends in uids and names.
 */
public interface ConsensusStreams {
    /** Sends requests out. */
    void ask(DataStream<RoundRequest> requests);

    /** Requests as they come back in, without time of their own. */
    DataStream<RoundRequest> requests(StreamExecutionEnvironment env);

    /** Agents that are registered, rotated and revoked while the job runs; without time either. */
    DataStream<RegisteredAgent> agents(StreamExecutionEnvironment env);
}
