// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.suppression;

import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was decided, a word and the alert's name each; and the state that results. */
final class Recorded implements SuppressionActions {
    final List<String> log = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final Map<Fingerprint, FiringAlert> state = new HashMap<>();
    int held;
    int settled;
    int released;

    @Override
    public void pass(NotableAlert alert) {
        log.add("pass " + name(alert));
    }

    @Override
    public void hold(FiringAlert alert) {
        log.add(alert.disposition().word() + " " + name(alert.notable()));
        reasons.add(alert.reason());
        held++;
    }

    @Override
    public void settle(FiringAlert alert) {
        settled++;
    }

    @Override
    public void release(FiringAlert alert, NotableAlert now) {
        log.add("release " + name(now) + " at " + now.alert().eventTimeMillis());
        released++;
    }

    @Override
    public void remember(FiringAlert firing) {
        state.put(firing.notable().alert().fingerprint(), firing);
    }

    @Override
    public void forget(Fingerprint fingerprint) {
        state.remove(fingerprint);
    }

    private static String name(NotableAlert alert) {
        return alert.alert().name();
    }
}
