// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A notice that waits for its turn, with the news of those it took the place of. Times are
 * processing time, epoch milliseconds. Immutable.
 */
public final class PendingNotice {
    /** Lines of earlier news, at most; the oldest go first. */
    public static final int MOST_EARLIER = 10;

    private final Notice notice;
    private final List<String> earlier;
    private final long queuedAtMillis;
    private final long dueAtMillis;

    /**
     * @param earlier news that were not told, the oldest first
     * @param queuedAtMillis when the first of them came
     * @param dueAtMillis before which it does not leave
     */
    public PendingNotice(
            Notice notice, List<String> earlier, long queuedAtMillis, long dueAtMillis) {
        this.notice = Objects.requireNonNull(notice, "notice");
        this.earlier =
                List.copyOf(
                        earlier.subList(
                                Math.max(0, earlier.size() - MOST_EARLIER), earlier.size()));
        this.queuedAtMillis = queuedAtMillis;
        this.dueAtMillis = dueAtMillis;
    }

    public Notice notice() {
        return notice;
    }

    /** News that were not told, the oldest first. */
    public List<String> earlier() {
        return earlier;
    }

    public long queuedAtMillis() {
        return queuedAtMillis;
    }

    public long dueAtMillis() {
        return dueAtMillis;
    }

    /** The same, not before this time. */
    public PendingNotice dueAt(long millis) {
        return new PendingNotice(notice, earlier, queuedAtMillis, millis);
    }

    /** All that happened since something was told, the oldest first. */
    public List<String> news() {
        List<String> news = new ArrayList<>(earlier);
        news.add(notice.brief().news());
        news.removeIf(String::isEmpty);
        return news;
    }

    void write(DataOutputView out) throws IOException {
        new Notice.NoticeCodec().write(notice, out);
        IncidentBrief.writeAll(earlier, out);
        out.writeLong(queuedAtMillis);
        out.writeLong(dueAtMillis);
    }

    static PendingNotice read(DataInputView in) throws IOException {
        return new PendingNotice(
                new Notice.NoticeCodec().read(in),
                IncidentBrief.readAll(in),
                in.readLong(),
                in.readLong());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingNotice
                && ((PendingNotice) other).notice.equals(notice)
                && ((PendingNotice) other).earlier.equals(earlier)
                && ((PendingNotice) other).queuedAtMillis == queuedAtMillis
                && ((PendingNotice) other).dueAtMillis == dueAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(notice, queuedAtMillis, dueAtMillis);
    }

    @Override
    public String toString() {
        return notice + " due " + dueAtMillis;
    }
}
