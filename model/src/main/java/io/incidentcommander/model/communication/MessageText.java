// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A message in the language of its channel, escaped and within the channel's bounds: what a sink
 * puts into a request as it is. Immutable.
 */
public final class MessageText {
    private final String summary;
    private final String body;
    private final String html;
    private final String thread;

    /**
     * @param summary one line: Slack's notification, PagerDuty's summary, the mail's subject
     * @param body Slack's message, PagerDuty's details, the mail's plain text, a webhook's text
     * @param html of a mail; empty elsewhere
     * @param thread of a Slack message: what happened just now; empty elsewhere
     */
    public MessageText(String summary, String body, String html, String thread) {
        this.summary = Objects.requireNonNull(summary, "summary");
        this.body = Objects.requireNonNull(body, "body");
        this.html = Objects.requireNonNull(html, "html");
        this.thread = Objects.requireNonNull(thread, "thread");
    }

    public String summary() {
        return summary;
    }

    public String body() {
        return body;
    }

    public String html() {
        return html;
    }

    public String thread() {
        return thread;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(summary, out);
        Wire.writeString(body, out);
        Wire.writeString(html, out);
        Wire.writeString(thread, out);
    }

    static MessageText read(DataInputView in) throws IOException {
        return new MessageText(
                Wire.readString(in), Wire.readString(in), Wire.readString(in), Wire.readString(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageText
                && ((MessageText) other).summary.equals(summary)
                && ((MessageText) other).body.equals(body)
                && ((MessageText) other).html.equals(html)
                && ((MessageText) other).thread.equals(thread);
    }

    @Override
    public int hashCode() {
        return Objects.hash(summary, body, html, thread);
    }

    @Override
    public String toString() {
        return summary;
    }
}
