// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import org.apache.flink.util.FlinkRuntimeException;

/** Lets the planner, which knows no checked exceptions of state, read and write it. */
final class StateAccess {
    private StateAccess() {}

    /** Reads. */
    interface Read<T> {
        T get() throws Exception;
    }

    /** Writes. */
    interface Write {
        void run() throws Exception;
    }

    static <T> T get(Read<T> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException("The state of a channel cannot be read", e);
        }
    }

    static void run(Write write) {
        get(
                () -> {
                    write.run();
                    return null;
                });
    }
}
