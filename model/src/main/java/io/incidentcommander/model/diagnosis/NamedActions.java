// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.consensus.Action;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Actions in the binary forms of this package. */
final class NamedActions {
    private NamedActions() {}

    static void write(Action action, DataOutputView out) throws IOException {
        Wire.writeString(action.runbook(), out);
        Wire.writeString(action.version(), out);
        Wire.writeString(action.target(), out);
        Wire.writeMap(action.parameters(), out);
    }

    static Action read(DataInputView in) throws IOException {
        return new Action(
                Wire.readString(in), Wire.readString(in), Wire.readString(in), Wire.readMap(in));
    }
}
