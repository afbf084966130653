// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Alert;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An alert that deduplication let pass, why, and how many alerts it stands for: 1 until sampling
 * gives it the weight of those left out. Immutable.
 */
@TypeInfo(NotableAlert.Info.class)
public final class NotableAlert {
    /** By event time, then alert id: the order in which alerts are decided on. */
    public static final Comparator<NotableAlert> IN_TIME =
            Comparator.comparingLong((NotableAlert a) -> a.alert().eventTimeMillis())
                    .thenComparing(a -> a.alert().id());

    private final Alert alert;
    private final NotifyReason reason;
    private final double weight;

    public NotableAlert(Alert alert, NotifyReason reason, double weight) {
        this.alert = Objects.requireNonNull(alert, "alert");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.weight = weight;
    }

    public NotableAlert withWeight(double other) {
        return new NotableAlert(alert, reason, other);
    }

    public Alert alert() {
        return alert;
    }

    public NotifyReason reason() {
        return reason;
    }

    /** At least 1. */
    public double weight() {
        return weight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NotableAlert
                && ((NotableAlert) other).alert.equals(alert)
                && ((NotableAlert) other).reason == reason
                && Double.compare(((NotableAlert) other).weight, weight) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(alert, reason, weight);
    }

    @Override
    public String toString() {
        return alert + " " + reason + " x" + weight;
    }

    /** Binary form, version 1. */
    public static final class NotableAlertCodec implements Codec<NotableAlert> {
        private static final long serialVersionUID = 1L;
        private static final NotifyReason[] REASONS = NotifyReason.values();

        private final Alert.AlertCodec alerts = new Alert.AlertCodec();

        @Override
        public Class<NotableAlert> type() {
            return NotableAlert.class;
        }

        @Override
        public void write(NotableAlert value, DataOutputView out) throws IOException {
            out.writeByte(1);
            alerts.write(value.alert, out);
            out.writeByte(value.reason.ordinal());
            out.writeDouble(value.weight);
        }

        @Override
        public NotableAlert read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, NotableAlert.class);
            return new NotableAlert(alerts.read(in), REASONS[in.readByte()], in.readDouble());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<NotableAlert> {
        @Override
        public TypeInformation<NotableAlert> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new NotableAlertCodec());
        }
    }
}
