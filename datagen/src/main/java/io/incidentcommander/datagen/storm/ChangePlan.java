// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was changed in the hour before faults: the cause of those that have one in a change, a
 * harmless deployment at one that has not, and everyday work at services that no fault reaches.
 * Deterministic by seed.
 */
final class ChangePlan {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int ELSEWHERE = 5;

    private final Landscape landscape;
    private final long seed;

    ChangePlan(Landscape landscape, long seed) {
        this.landscape = landscape;
        this.seed = seed;
    }

    /** Those that a fault suggests to whoever looks for its cause, rightly or not. */
    Optional<StormChange> before(FaultPlan fault, long faultMillis) {
        switch (fault.scenario()) {
            case DATABASE_CASCADE:
                return cause(fault, "migration that drops an index", faultMillis, 8);
            case MEMORY_LEAK:
                return cause(fault, "deployment v212", faultMillis, 35);
            case API_OVERLOAD:
                return cause(fault, "limit of connections lowered", faultMillis, 4);
            case STORAGE_FAILURE: // a disk that dies; who calls it happens to be new
                List<String> affected = fault.affected();
                return Optional.of(
                        change(
                                affected.get(affected.size() - 1),
                                "deployment v118",
                                faultMillis - 20 * MINUTE_MILLIS,
                                Optional.empty()));
            default: // an attack from outside
                return Optional.empty();
        }
    }

    /** Where no fault goes. */
    List<StormChange> elsewhere(List<FaultPlan> faults, long startMillis) {
        Draws draws = Draws.of(seed).fork(4711);
        List<StormChange> changes = new ArrayList<>();
        while (changes.size() < ELSEWHERE) {
            String service = landscape.graph().name(draws.below(landscape.graph().size()));
            long at = startMillis - draws.between(1, 55) * MINUTE_MILLIS;
            String what = "deployment v" + draws.between(2, 400);
            if (faults.stream().noneMatch(fault -> fault.affected().contains(service))) {
                changes.add(change(service, what, at, Optional.empty()));
            }
        }
        return changes;
    }

    private Optional<StormChange> cause(
            FaultPlan fault, String what, long faultMillis, int minutesBefore) {
        return Optional.of(
                change(
                        fault.origin(),
                        what,
                        faultMillis - minutesBefore * MINUTE_MILLIS,
                        Optional.of(fault.scenario())));
    }

    private StormChange change(
            String service, String what, long atMillis, Optional<FaultScenario> causes) {
        String team = landscape.team(landscape.graph().number(service));
        return new StormChange(service, what, team, atMillis, causes);
    }
}
