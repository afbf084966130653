// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.time.Duration;
import java.util.List;

/** What does not change during a run and is shown all the same. Immutable. */
final class RunSetting {
    private final ServiceAddresses addresses;
    private final List<String> services;
    private final String webUi;
    private final Duration duration;

    RunSetting(ServiceAddresses addresses, List<String> services, String webUi, Duration duration) {
        this.addresses = addresses;
        this.services = List.copyOf(services);
        this.webUi = webUi;
        this.duration = duration;
    }

    ServiceAddresses addresses() {
        return addresses;
    }

    /** Each with its name, whether it is the real thing or a stub, and its address. */
    List<String> services() {
        return services;
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
