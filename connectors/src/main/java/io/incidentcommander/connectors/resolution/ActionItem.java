// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.List;
import java.util.Objects;

/** One item of an {@link ActionTable}. Immutable. */
public final class ActionItem {
    private final String id;
    private final String status;
    private final long timeMillis;
    private final String what;
    private final List<String> names;

    /** As the other, about nobody in particular. */
    public ActionItem(String id, String status, long timeMillis, String what) {
        this(id, status, timeMillis, what, List.of());
    }

    /**
     * @param status a word that conditions are about
     * @param what for humans
     * @param names of people and things that it is about, in an order of the caller's
     */
    public ActionItem(String id, String status, long timeMillis, String what, List<String> names) {
        this.id = Objects.requireNonNull(id, "id");
        this.status = Objects.requireNonNull(status, "status");
        this.timeMillis = timeMillis;
        this.what = Objects.requireNonNull(what, "what");
        this.names = List.copyOf(names);
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

    public List<String> names() {
        return names;
    }
}
