// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The answer to "why was I not paged for this alert?": where the alert ended, at which stage and
 * for what reason. Immutable.
 */
@TypeInfo(AlertFate.Info.class)
public final class AlertFate {
    private final AlertId alertId;
    private final Disposition disposition;
    private final String stage;
    private final String reason;
    private final Optional<AlertId> representative;
    private final Optional<String> incidentId;
    private final Optional<String> summary;

    private AlertFate(
            AlertId alertId,
            Disposition disposition,
            String stage,
            String reason,
            Optional<AlertId> representative,
            Optional<String> incidentId,
            Optional<String> summary) {
        this.alertId = Objects.requireNonNull(alertId, "alertId");
        this.disposition = Objects.requireNonNull(disposition, "disposition");
        this.stage = Objects.requireNonNull(stage, "stage");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.representative = representative;
        this.incidentId = incidentId;
        this.summary = summary;
    }

    /**
     * @param stage the word of the stage that decided, as in the package names
     * @param reason one line
     */
    public static AlertFate of(
            AlertId alertId, Disposition disposition, String stage, String reason) {
        return new AlertFate(
                alertId,
                disposition,
                stage,
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, with what the alert says where no record does. */
    public static AlertFate of(Alert alert, Disposition disposition, String stage, String reason) {
        AlertFate fate = of(alert.id(), disposition, stage, reason);
        return alert.id().isRaised() ? fate.saying(alert.summary()) : fate;
    }

    /** This fate of an alert that {@code representative} stands for. */
    public AlertFate representedBy(AlertId representative) {
        return new AlertFate(
                alertId,
                disposition,
                stage,
                reason,
                Optional.of(representative),
                incidentId,
                summary);
    }

    /** This fate of an alert that became part of an incident. */
    public AlertFate inIncident(String incidentId) {
        return new AlertFate(
                alertId,
                disposition,
                stage,
                reason,
                representative,
                Optional.of(incidentId),
                summary);
    }

    /** This fate of an alert that says so. */
    public AlertFate saying(String summary) {
        return new AlertFate(
                alertId,
                disposition,
                stage,
                reason,
                representative,
                incidentId,
                Optional.of(summary));
    }

    public AlertId alertId() {
        return alertId;
    }

    public Disposition disposition() {
        return disposition;
    }

    public String stage() {
        return stage;
    }

    public String reason() {
        return reason;
    }

    /** The alert that went on in this one's place. */
    public Optional<AlertId> representative() {
        return representative;
    }

    public Optional<String> incidentId() {
        return incidentId;
    }

    /** What the alert says, if it is in no record and can be looked up nowhere else. */
    public Optional<String> summary() {
        return summary;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof AlertFate)) {
            return false;
        }
        AlertFate that = (AlertFate) other;
        return alertId.equals(that.alertId)
                && disposition == that.disposition
                && stage.equals(that.stage)
                && reason.equals(that.reason)
                && representative.equals(that.representative)
                && incidentId.equals(that.incidentId)
                && summary.equals(that.summary);
    }

    @Override
    public int hashCode() {
        return Objects.hash(alertId, disposition, stage);
    }

    @Override
    public String toString() {
        return alertId + " " + disposition.word() + " at " + stage + ": " + reason;
    }

    /** Binary form, version 2. */
    public static final class AlertFateCodec implements Codec<AlertFate> {
        private static final long serialVersionUID = 1L;
        private static final Disposition[] DISPOSITIONS = Disposition.values();

        @Override
        public Class<AlertFate> type() {
            return AlertFate.class;
        }

        @Override
        public void write(AlertFate value, DataOutputView out) throws IOException {
            out.writeByte(2);
            AlertId.write(value.alertId, out);
            out.writeByte(value.disposition.ordinal());
            Wire.writeString(value.stage, out);
            Wire.writeString(value.reason, out);
            out.writeBoolean(value.representative.isPresent());
            if (value.representative.isPresent()) {
                AlertId.write(value.representative.get(), out);
            }
            writeText(value.incidentId, out);
            writeText(value.summary, out);
        }

        @Override
        public AlertFate read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, AlertFate.class);
            AlertId alertId = AlertId.read(in);
            Disposition disposition = DISPOSITIONS[in.readByte()];
            String stage = Wire.readString(in);
            String reason = Wire.readString(in);
            Optional<AlertId> representative =
                    in.readBoolean() ? Optional.of(AlertId.read(in)) : Optional.empty();
            Optional<String> incidentId = readText(in);
            Optional<String> summary = version < 2 ? Optional.empty() : readText(in);
            return new AlertFate(
                    alertId, disposition, stage, reason, representative, incidentId, summary);
        }

        private static void writeText(Optional<String> text, DataOutputView out)
                throws IOException {
            out.writeBoolean(text.isPresent());
            if (text.isPresent()) {
                Wire.writeString(text.get(), out);
            }
        }

        private static Optional<String> readText(DataInputView in) throws IOException {
            return in.readBoolean() ? Optional.of(Wire.readString(in)) : Optional.empty();
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<AlertFate> {
        @Override
        public TypeInformation<AlertFate> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new AlertFateCodec());
        }
    }
}
