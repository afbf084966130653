// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.local;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Keeps from the terminal what Flink warns of when a job ends while a checkpoint is under way: that
 * this checkpoint failed, since the job is ending. Whatever else fails a checkpoint is shown.
 */
public final class EndOfJobNoise extends AbstractFilter {
    private static final String LOGGER =
            "org.apache.flink.runtime.checkpoint.CheckpointFailureManager";
    private static final String[] OF_AN_ENDING_JOB = {
        "Checkpoint Coordinator is suspending",
        "checkpoint request for unknown task",
        "task is closing",
    };

    /** From now on, in this process, until logging is configured anew. */
    public static void hide() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        // Of the root logger: one of the whole configuration is never shown the event.
        context.getConfiguration().getRootLogger().addFilter(new EndOfJobNoise());
        context.updateLoggers();
    }

    @Override
    public Result filter(LogEvent event) {
        return LOGGER.equals(event.getLoggerName()) && isOfAnEndingJob(event.getThrown())
                ? Result.DENY
                : Result.NEUTRAL;
    }

    private static boolean isOfAnEndingJob(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            for (String text : OF_AN_ENDING_JOB) {
                if (String.valueOf(t.getMessage()).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
