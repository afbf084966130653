// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Progress progress = Progress.on(new PrintWriter(err), nanos::get);

    @Test
    void shortWorkIsSilent() {
        pass(Duration.ofMillis(1999));
        progress.report(() -> "half");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void longWorkSpeaksEveryTwoSeconds() {
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofMillis(100));
            progress.report(() -> "records");
        }
        assertThat(err.toString()).hasLineCount(2).contains("records (2 s)", "records (4 s)");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
