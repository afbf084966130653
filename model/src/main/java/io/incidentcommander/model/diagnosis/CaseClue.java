// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.Alert;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One piece of what a diagnosis is made from: an alert, an event of an incident, a pattern, or what
 * the logs of a service say. Exactly one of them. Immutable.
 */
@TypeInfo(CaseClue.Info.class)
public final class CaseClue {
    /** Takes the piece, whichever it is. */
    public interface Reader {
        void alert(Alert alert) throws Exception;

        void event(IncidentEvent event) throws Exception;

        void match(PatternMatch match) throws Exception;

        void logs(ServiceLogs logs) throws Exception;
    }

    private static final int ALERT = 0;
    private static final int EVENT = 1;
    private static final int MATCH = 2;
    private static final int LOGS = 3;

    private final String tenant;
    private final Object piece;

    private CaseClue(String tenant, Object piece) {
        this.tenant = tenant;
        this.piece = piece;
    }

    public static CaseClue of(Alert alert) {
        return new CaseClue(alert.tenant(), alert);
    }

    public static CaseClue of(IncidentEvent event) {
        return new CaseClue(event.tenant(), event);
    }

    public static CaseClue of(PatternMatch match) {
        return new CaseClue(match.tenant(), match);
    }

    public static CaseClue of(ServiceLogs logs) {
        return new CaseClue(logs.tenant(), logs);
    }

    public String tenant() {
        return tenant;
    }

    public void tell(Reader reader) throws Exception {
        if (piece instanceof Alert) {
            reader.alert((Alert) piece);
        } else if (piece instanceof IncidentEvent) {
            reader.event((IncidentEvent) piece);
        } else if (piece instanceof PatternMatch) {
            reader.match((PatternMatch) piece);
        } else {
            reader.logs((ServiceLogs) piece);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaseClue && ((CaseClue) other).piece.equals(piece);
    }

    @Override
    public int hashCode() {
        return Objects.hash(piece);
    }

    @Override
    public String toString() {
        return piece.toString();
    }

    /** Binary form, version 1. */
    public static final class CaseClueCodec implements Codec<CaseClue> {
        private static final long serialVersionUID = 1L;

        private final Alert.AlertCodec alerts = new Alert.AlertCodec();
        private final IncidentEvent.IncidentEventCodec events =
                new IncidentEvent.IncidentEventCodec();
        private final PatternMatch.PatternMatchCodec matches = new PatternMatch.PatternMatchCodec();
        private final ServiceLogs.ServiceLogsCodec logs = new ServiceLogs.ServiceLogsCodec();

        @Override
        public Class<CaseClue> type() {
            return CaseClue.class;
        }

        @Override
        public void write(CaseClue value, DataOutputView out) throws IOException {
            out.writeByte(1);
            if (value.piece instanceof Alert) {
                out.writeByte(ALERT);
                alerts.write((Alert) value.piece, out);
            } else if (value.piece instanceof IncidentEvent) {
                out.writeByte(EVENT);
                events.write((IncidentEvent) value.piece, out);
            } else if (value.piece instanceof PatternMatch) {
                out.writeByte(MATCH);
                matches.write((PatternMatch) value.piece, out);
            } else {
                out.writeByte(LOGS);
                logs.write((ServiceLogs) value.piece, out);
            }
        }

        @Override
        public CaseClue read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, CaseClue.class);
            int kind = in.readByte();
            switch (kind) {
                case ALERT:
                    return of(alerts.read(in));
                case EVENT:
                    return of(events.read(in));
                case MATCH:
                    return of(matches.read(in));
                case LOGS:
                    return of(logs.read(in));
                default:
                    throw new IOException("No clue is of kind " + kind);
            }
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<CaseClue> {
        @Override
        public TypeInformation<CaseClue> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new CaseClueCodec());
        }
    }
}
