// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ways between the life of incidents and whoever acts or decides. They lead outside: the graph
 * has no loop, and whoever acts never holds up whoever decides. What comes in has no time of its
 * own. Each method ends in uids and names.
 */
public interface LifecycleStreams {
    /** Sends orders out. */
    void order(DataStream<ActionOrder> orders);

    /** What became of orders. */
    DataStream<LifecycleFact> reports(StreamExecutionEnvironment env);

    /** Sends out what the system has found out about itself, to come back in as reports do. */
    void tell(DataStream<LifecycleFact> facts);

    /** Sends out what the agents are to be asked again. */
    void ask(DataStream<Question> questions);

    /** Such questions as they come back in, for the tally. */
    DataStream<Question> questions(StreamExecutionEnvironment env);
}
