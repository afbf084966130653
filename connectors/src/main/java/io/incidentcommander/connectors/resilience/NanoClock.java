// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

/** A clock that only goes forward. It paces effects; nothing decides by it. Thread safe. */
@FunctionalInterface
public interface NanoClock {
    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    /** The machine's. */
    static NanoClock system() {
        return System::nanoTime;
    }
}
