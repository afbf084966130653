// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

import java.util.Objects;

/** The catalogue of each tenant, over time. What it answers may change while the job runs. */
@FunctionalInterface
public interface Catalogues {
    /** What holds for the tenant at the time, and until when. */
    Span at(String tenant, long millis);

    /** Nobody's service is known. */
    static Catalogues none() {
        Span always = new Span(ServiceCatalogue.empty(), Long.MAX_VALUE);
        return (tenant, millis) -> always;
    }

    /** A catalogue, and the event time at which another takes its place. Immutable. */
    final class Span {
        private final ServiceCatalogue catalogue;
        private final long untilMillis;

        /**
         * @param untilMillis exclusive; later than any time it is the answer for
         */
        public Span(ServiceCatalogue catalogue, long untilMillis) {
            this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
            this.untilMillis = untilMillis;
        }

        public ServiceCatalogue catalogue() {
            return catalogue;
        }

        /** Exclusive; {@link Long#MAX_VALUE} if nothing else is known of. */
        public long untilMillis() {
            return untilMillis;
        }
    }
}
