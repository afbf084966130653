// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The change freezes of the control files that the job was started with, and of the documents that
 * came since, in whichever operator keeps them. Asked by any thread.
 */
public final class ChangeFreezes implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFreezes.class);
    private static final long serialVersionUID = 1L;
    private static final String SERVICE = "service";

    private final ControlSettings control;

    private transient ControlBook book;
    private transient ControlState state;

    public ChangeFreezes(ControlSettings control) {
        this.control = Objects.requireNonNull(control, "control");
    }

    /** None, until some are heard of. */
    public static ChangeFreezes none() {
        return new ChangeFreezes(ControlSettings.none());
    }

    /** Documents are state from now on, those of the last checkpoint among them. */
    synchronized void restore(OperatorStateStore store) throws Exception {
        state = ControlState.restore(store, control);
        book = state.book();
    }

    /**
     * Takes in a document. What is wrong with one is reported by those who correlate by it; here it
     * is logged.
     *
     * @param millis epoch milliseconds
     */
    synchronized void accept(ControlUpdate document, long millis) throws Exception {
        state.advance(millis);
        ControlReport report = state.accept(document, millis);
        if (report.outcome() == ControlReport.Outcome.REFUSED) {
            LOG.warn("For actions, {}", report);
        }
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
