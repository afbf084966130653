// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws the {@link LifecycleTable} as a Mermaid state diagram. */
public final class LifecycleDrawing {
    private LifecycleDrawing() {}

    /** The whole table; signals that lead the same way share an arrow. */
    public static String mermaid() {
        Map<String, StringBuilder> arrows = new LinkedHashMap<>();
        for (Transition row : LifecycleTable.rows()) {
            String arrow =
                    row.from().word() + " --> " + row.to().map(IncidentState::word).orElse("[*]");
            StringBuilder label = arrows.computeIfAbsent(arrow, a -> new StringBuilder());
            label.append(label.length() == 0 ? "" : ", ").append(row.signal().word());
        }
        StringBuilder text = new StringBuilder("stateDiagram-v2\n");
        text.append("    [*] --> ").append(IncidentState.DETECTED.word()).append(" : ");
        text.append(LifecycleSignal.OPENED.word()).append('\n');
        arrows.forEach(
                (arrow, label) ->
                        text.append("    ").append(arrow).append(" : ").append(label).append('\n'));
        return text.toString();
    }
}
