// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ways between the tally and the agents, which lead outside: the graph has no loop. Whatever
 * comes in has no time of its own. Each method ends in uids and names.
 */
public interface ConsensusStreams {
    /** Sends requests out. */
    void ask(DataStream<RoundRequest> requests);

    /** Requests as they come back in, for the built-in agents. */
    DataStream<RoundRequest> requests(StreamExecutionEnvironment env);

    /** What agents elsewhere recommend and propose; signatures are not checked yet. */
    DataStream<TallyInput> recommendations(StreamExecutionEnvironment env);

    /** Agents that are registered, rotated and revoked while the job runs. */
    DataStream<RegisteredAgent> agents(StreamExecutionEnvironment env);

    /** Sends out how decisions turned out, as the life of incidents shows it. */
    void report(DataStream<VerifiedOutcome> outcomes);

    /** How decisions turned out, by whoever knows. */
    DataStream<VerifiedOutcome> outcomes(StreamExecutionEnvironment env);
}
