// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.Objects;

/** One item of an {@link ActionTable}. Immutable. */
public final class ActionItem {
    private final String id;
    private final String status;
    private final long timeMillis;
    private final String what;

    /**
     * @param status a word that conditions are about
     * @param what for humans
     */
    public ActionItem(String id, String status, long timeMillis, String what) {
        this.id = Objects.requireNonNull(id, "id");
        this.status = Objects.requireNonNull(status, "status");
        this.timeMillis = timeMillis;
        this.what = Objects.requireNonNull(what, "what");
    }

    public String id() {
        return id;
    }

    public String status() {
        return status;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public String what() {
        return what;
    }
}
