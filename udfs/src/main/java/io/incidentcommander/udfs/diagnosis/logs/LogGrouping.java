// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogExample;
import io.incidentcommander.model.diagnosis.logs.LogGroup;
import io.incidentcommander.model.ingest.LogRecord;
import java.util.Optional;

/** An entry as a group of its own, or why it is left out. Immutable. */
final class LogGrouping {
    private final LogGroup group; // null inside: left out
    private final SkipReason skipped; // null inside: taken

    private LogGrouping(LogGroup group, SkipReason skipped) {
        this.group = group;
        this.skipped = skipped;
    }

    /** Of an entry as ingest decoded it. */
    static LogGrouping of(LogRecord entry) {
        String text = LogScreen.withoutColours(entry.body());
        Optional<SkipReason> against = LogScreen.ofText(text);
        if (against.isPresent()) {
            return new LogGrouping(null, against.get());
        }
        LogExample example =
                new LogExample(entry.id().toString(), entry.timeMillis(), shortened(text));
        return new LogGrouping(
                new LogGroup(LogTokens.signature(text), entry.severity(), 1, example), null);
    }

    Optional<LogGroup> group() {
        return Optional.ofNullable(group);
    }

    Optional<SkipReason> skipped() {
        return Optional.ofNullable(skipped);
    }

    private static String shortened(String text) {
        if (text.length() <= LogPolicy.EXAMPLE_CHARS) {
            return text;
        }
        int end = LogPolicy.EXAMPLE_CHARS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }
}
