// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.sampling.NotableAlert;
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
 * An alert that fires, as it last came: told on, or held back by a silence or by another alert, and
 * told once that no longer holds. Immutable.
 */
@TypeInfo(FiringAlert.Info.class)
public final class FiringAlert {
    private final NotableAlert notable;
    private final Disposition disposition;
    private final String reason;

    private FiringAlert(NotableAlert notable, Disposition disposition, String reason) {
        this.notable = Objects.requireNonNull(notable, "notable");
        this.disposition = Objects.requireNonNull(disposition, "disposition");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public static FiringAlert told(NotableAlert notable) {
        return new FiringAlert(notable, Disposition.DELIVERED, "");
    }

    /**
     * @param disposition {@link Disposition#SILENCED} or {@link Disposition#INHIBITED}
     */
    public static FiringAlert held(NotableAlert notable, Disposition disposition, String reason) {
        if (disposition != Disposition.SILENCED && disposition != Disposition.INHIBITED) {
            throw new IllegalArgumentException("Nothing is held back as " + disposition);
        }
        return new FiringAlert(notable, disposition, reason);
    }

    public NotableAlert notable() {
        return notable;
    }

    public boolean isHeld() {
        return disposition != Disposition.DELIVERED;
    }

    /** How it is counted while it is held. */
    public Disposition disposition() {
        return disposition;
    }

    /** Why it is held; empty if it is not. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FiringAlert
                && ((FiringAlert) other).notable.equals(notable)
                && ((FiringAlert) other).disposition == disposition
                && ((FiringAlert) other).reason.equals(reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(notable, disposition);
    }

    @Override
    public String toString() {
        return notable + (isHeld() ? " " + disposition.word() + ": " + reason : " told");
    }

    /** Binary form, version 1. */
    public static final class FiringAlertCodec implements Codec<FiringAlert> {
        private static final long serialVersionUID = 1L;
        private static final Disposition[] DISPOSITIONS = Disposition.values();

        private final NotableAlert.NotableAlertCodec alerts = new NotableAlert.NotableAlertCodec();

        @Override
        public Class<FiringAlert> type() {
            return FiringAlert.class;
        }

        @Override
        public void write(FiringAlert value, DataOutputView out) throws IOException {
            out.writeByte(1);
            alerts.write(value.notable, out);
            out.writeByte(value.disposition.ordinal());
            Wire.writeString(value.reason, out);
        }

        @Override
        public FiringAlert read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, FiringAlert.class);
            return new FiringAlert(
                    alerts.read(in), DISPOSITIONS[in.readByte()], Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<FiringAlert> {
        @Override
        public TypeInformation<FiringAlert> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new FiringAlertCodec());
        }
    }
}
