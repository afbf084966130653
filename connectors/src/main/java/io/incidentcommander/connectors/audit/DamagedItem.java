// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

/** An item of the event table that is not as the sink wrote it. Immutable. */
public final class DamagedItem {
    private final boolean readable;
    private final long sequence;
    private final String detail;

    DamagedItem(boolean readable, long sequence, String detail) {
        this.readable = readable;
        this.sequence = sequence;
        this.detail = detail;
    }

    /** Its canonical bytes are an event; place or attributes beside them are wrong. */
    public boolean isReadable() {
        return readable;
    }

    /** By its event, or else by its sort key; 0 for HEAD and where neither says. */
    public long sequence() {
        return sequence;
    }

    /** One line. */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return sequence + ": " + detail;
    }
}
