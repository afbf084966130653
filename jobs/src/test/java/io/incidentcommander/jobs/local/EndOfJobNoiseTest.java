// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureManager;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class EndOfJobNoiseTest {
    private static final String CHECKPOINTS = CheckpointFailureManager.class.getName();

    @Test
    void onlyCheckpointsThatFailBecauseTheJobEndsAreHidden() {
        assertThat(
                        shown(
                                CHECKPOINTS,
                                new CheckpointException(
                                        CheckpointFailureReason.CHECKPOINT_COORDINATOR_SUSPEND)))
                .isEqualTo(Result.DENY);
        assertThat(
                        shown(
                                CHECKPOINTS,
                                new CheckpointException(
                                        "TaskManager received a checkpoint request for unknown"
                                                + " task 1.",
                                        CheckpointFailureReason.TASK_CHECKPOINT_FAILURE)))
                .isEqualTo(Result.DENY);
        assertThat(
                        shown(
                                CHECKPOINTS,
                                new CheckpointException(
                                        CheckpointFailureReason.CHECKPOINT_EXPIRED)))
                .isEqualTo(Result.NEUTRAL);
        assertThat(shown(CHECKPOINTS, null)).isEqualTo(Result.NEUTRAL);
        assertThat(
                        shown(
                                "other",
                                new CheckpointException(
                                        CheckpointFailureReason.CHECKPOINT_COORDINATOR_SUSPEND)))
                .isEqualTo(Result.NEUTRAL);
    }

    private static Result shown(String logger, Throwable thrown) {
        return new EndOfJobNoise()
                .filter(
                        Log4jLogEvent.newBuilder()
                                .setLoggerName(logger)
                                .setLevel(Level.WARN)
                                .setMessage(new SimpleMessage("Failed to trigger"))
                                .setThrown(thrown)
                                .build());
    }
}
