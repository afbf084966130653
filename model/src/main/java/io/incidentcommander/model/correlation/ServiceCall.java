// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One edge of the topology: the caller depends on the callee. By caller, then callee. Immutable.
 */
public final class ServiceCall implements Comparable<ServiceCall> {
    private final String caller;
    private final String callee;

    private ServiceCall(String caller, String callee) {
        this.caller = Objects.requireNonNull(caller, "caller");
        this.callee = Objects.requireNonNull(callee, "callee");
    }

    public static ServiceCall of(String caller, String callee) {
        return new ServiceCall(caller, callee);
    }

    public String caller() {
        return caller;
    }

    public String callee() {
        return callee;
    }

    @Override
    public int compareTo(ServiceCall other) {
        int byCaller = caller.compareTo(other.caller);
        return byCaller != 0 ? byCaller : callee.compareTo(other.callee);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceCall
                && ((ServiceCall) other).caller.equals(caller)
                && ((ServiceCall) other).callee.equals(callee);
    }

    @Override
    public int hashCode() {
        return 31 * caller.hashCode() + callee.hashCode();
    }

    @Override
    public String toString() {
        return caller + " -> " + callee;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(caller, out);
        Wire.writeString(callee, out);
    }

    static ServiceCall read(DataInputView in) throws IOException {
        return new ServiceCall(Wire.readString(in), Wire.readString(in));
    }
}
