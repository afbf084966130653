// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.model.sampling.NotableAlert;
import java.util.Comparator;

/** An alert and the number of the fault behind it. Immutable. */
final class LabelledAlert {
    static final Comparator<LabelledAlert> IN_TIME =
            Comparator.comparing(LabelledAlert::alert, NotableAlert.IN_TIME);

    private final NotableAlert alert;
    private final int fault;

    LabelledAlert(NotableAlert alert, int fault) {
        this.alert = alert;
        this.fault = fault;
    }

    NotableAlert alert() {
        return alert;
    }

    int fault() {
        return fault;
    }
}
