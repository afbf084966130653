// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureManager;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
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

    @Test
    void onceHiddenItReachesNoAppender() {
        List<String> written = new CopyOnWriteArrayList<>();
        AbstractAppender appender =
                new AbstractAppender("written", null, null, false, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        written.add(event.getMessage().getFormattedMessage());
                    }
                };
        appender.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LoggerConfig root = context.getConfiguration().getRootLogger();
        Level before = root.getLevel();
        root.setLevel(Level.WARN);
        root.addAppender(appender, Level.WARN, null);
        try {
            EndOfJobNoise.hide();
            Logger logger = LogManager.getLogger(CHECKPOINTS);
            logger.warn(
                    "ending",
                    new CheckpointException(
                            CheckpointFailureReason.CHECKPOINT_DECLINED_TASK_CLOSING));
            logger.warn(
                    "expired", new CheckpointException(CheckpointFailureReason.CHECKPOINT_EXPIRED));
            assertThat(written).containsExactly("expired");
        } finally {
            root.removeAppender("written");
            root.removeFilter(root.getFilter());
            root.setLevel(before);
            context.updateLoggers();
        }
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
