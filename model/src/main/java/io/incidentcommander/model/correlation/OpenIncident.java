// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An incident that still takes in alerts, and where its chain of events stands. Immutable. */
@TypeInfo(OpenIncident.Info.class)
public final class OpenIncident {
    private final Incident incident;
    private final ChainHead head;
    private final long lastAlertMillis;
    private final long toldCount;
    private final double alertWeight;

    /**
     * @param lastAlertMillis event time of its latest alert, epoch milliseconds
     * @param toldCount alert count in its last event
     * @param alertWeight how many alerts it stands for, before rounding: kept ones have weights
     */
    public OpenIncident(
            Incident incident,
            ChainHead head,
            long lastAlertMillis,
            long toldCount,
            double alertWeight) {
        this.incident = Objects.requireNonNull(incident, "incident");
        this.head = Objects.requireNonNull(head, "head");
        this.lastAlertMillis = lastAlertMillis;
        this.toldCount = toldCount;
        this.alertWeight = alertWeight;
    }

    public Incident incident() {
        return incident;
    }

    public ChainHead head() {
        return head;
    }

    public long lastAlertMillis() {
        return lastAlertMillis;
    }

    public long toldCount() {
        return toldCount;
    }

    public double alertWeight() {
        return alertWeight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenIncident
                && ((OpenIncident) other).incident.equals(incident)
                && ((OpenIncident) other).head.equals(head)
                && ((OpenIncident) other).lastAlertMillis == lastAlertMillis
                && ((OpenIncident) other).toldCount == toldCount
                && Double.compare(((OpenIncident) other).alertWeight, alertWeight) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident, lastAlertMillis, toldCount);
    }

    @Override
    public String toString() {
        return incident + " until " + lastAlertMillis;
    }

    /** Binary form, version 1. */
    public static final class OpenIncidentCodec implements Codec<OpenIncident> {
        private static final long serialVersionUID = 1L;

        private final Incident.IncidentCodec incidents = new Incident.IncidentCodec();
        private final ChainHead.ChainHeadCodec heads = new ChainHead.ChainHeadCodec();

        @Override
        public Class<OpenIncident> type() {
            return OpenIncident.class;
        }

        @Override
        public void write(OpenIncident value, DataOutputView out) throws IOException {
            out.writeByte(1);
            incidents.write(value.incident, out);
            heads.write(value.head, out);
            out.writeLong(value.lastAlertMillis);
            out.writeLong(value.toldCount);
            out.writeDouble(value.alertWeight);
        }

        @Override
        public OpenIncident read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, OpenIncident.class);
            return new OpenIncident(
                    incidents.read(in),
                    heads.read(in),
                    in.readLong(),
                    in.readLong(),
                    in.readDouble());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<OpenIncident> {
        @Override
        public TypeInformation<OpenIncident> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new OpenIncidentCodec());
        }
    }
}
