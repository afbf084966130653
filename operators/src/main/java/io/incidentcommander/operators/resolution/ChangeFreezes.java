// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;

/**
 * The change freezes of the control files that the job was started with. Those that come by updates
 * while it runs are not heard here. Thread safe.
 */
public final class ChangeFreezes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SERVICE = "service";

    private final ControlSettings control;

    private transient ControlBook book;

    public ChangeFreezes(ControlSettings control) {
        this.control = Objects.requireNonNull(control, "control");
    }

    /** None, ever. */
    public static ChangeFreezes none() {
        return new ChangeFreezes(ControlSettings.none());
    }

    /**
     * Why nobody may change the service at that time, without a person who says so.
     *
     * @param millis epoch milliseconds
     */
    synchronized Optional<String> at(String tenant, String service, long millis) {
        if (book == null) {
            book = ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        }
        return book.rules(tenant, millis)
                .frozen(label -> label.equals(SERVICE) ? service : "", millis);
    }
}
