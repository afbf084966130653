// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.time.Duration;

/** What does not change during a run and is shown all the same. Immutable. */
final class RunSetting {
    private final ServiceAddresses addresses;
    private final String webUi;
    private final Duration duration;

    RunSetting(ServiceAddresses addresses, String webUi, Duration duration) {
        this.addresses = addresses;
        this.webUi = webUi;
        this.duration = duration;
    }

    ServiceAddresses addresses() {
        return addresses;
    }

    /** Address of Flink's pages. */
    String webUi() {
        return webUi;
    }

    /** Of the storm. */
    Duration duration() {
        return duration;
    }
}
