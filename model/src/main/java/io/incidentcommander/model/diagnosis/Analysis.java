// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

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

/**
 * How far the analysis of an incident is: how often it was asked for, about what, when it is asked
 * for next, and until when nobody else may ask. Immutable; times are event time, epoch
 * milliseconds.
 */
@TypeInfo(Analysis.Info.class)
public final class Analysis {
    /** Nothing is to be asked. */
    public static final long NOT_DUE = Long.MAX_VALUE;

    private final Incident incident;
    private final int attempts;
    private final String about;
    private final long dueAtMillis;
    private final long leasedUntilMillis;

    private Analysis(
            Incident incident,
            int attempts,
            String about,
            long dueAtMillis,
            long leasedUntilMillis) {
        this.incident = Objects.requireNonNull(incident, "incident");
        this.attempts = attempts;
        this.about = Objects.requireNonNull(about, "about");
        this.dueAtMillis = dueAtMillis;
        this.leasedUntilMillis = leasedUntilMillis;
    }

    /** Of an incident that nobody asked about yet. */
    public static Analysis none(Incident incident) {
        return new Analysis(incident, 0, "", NOT_DUE, Long.MIN_VALUE);
    }

    /** The incident stands like this now. */
    public Analysis of(Incident now) {
        return new Analysis(now, attempts, about, dueAtMillis, leasedUntilMillis);
    }

    /** To be asked at this time, or when the lease ends if that is later. */
    public Analysis due(long atMillis) {
        return new Analysis(
                incident,
                attempts,
                about,
                Math.max(atMillis, leasedUntilMillis),
                leasedUntilMillis);
    }

    /** Asked now, and by nobody else before the lease ends. */
    public Analysis asked(String newAbout, long untilMillis) {
        return new Analysis(incident, attempts + 1, newAbout, NOT_DUE, untilMillis);
    }

    /** Nothing is to be asked any more for now. */
    public Analysis calledOff() {
        return new Analysis(incident, attempts, about, NOT_DUE, leasedUntilMillis);
    }

    public Incident incident() {
        return incident;
    }

    /** How often it was asked for. */
    public int attempts() {
        return attempts;
    }

    /** What it was last asked about: severity and type then. */
    public String about() {
        return about;
    }

    public long dueAtMillis() {
        return dueAtMillis;
    }

    public long leasedUntilMillis() {
        return leasedUntilMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Analysis
                && ((Analysis) other).incident.equals(incident)
                && ((Analysis) other).attempts == attempts
                && ((Analysis) other).about.equals(about)
                && ((Analysis) other).dueAtMillis == dueAtMillis
                && ((Analysis) other).leasedUntilMillis == leasedUntilMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident.incidentId(), attempts, dueAtMillis);
    }

    @Override
    public String toString() {
        return incident.incidentId() + " asked " + attempts + " times, due " + dueAtMillis;
    }

    /** Binary form, version 1. */
    public static final class AnalysisCodec implements Codec<Analysis> {
        private static final long serialVersionUID = 1L;

        private final Incident.IncidentCodec incidents = new Incident.IncidentCodec();

        @Override
        public Class<Analysis> type() {
            return Analysis.class;
        }

        @Override
        public void write(Analysis value, DataOutputView out) throws IOException {
            out.writeByte(1);
            incidents.write(value.incident, out);
            out.writeInt(value.attempts);
            Wire.writeString(value.about, out);
            out.writeLong(value.dueAtMillis);
            out.writeLong(value.leasedUntilMillis);
        }

        @Override
        public Analysis read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Analysis.class);
            return new Analysis(
                    incidents.read(in),
                    in.readInt(),
                    Wire.readString(in),
                    in.readLong(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Analysis> {
        @Override
        public TypeInformation<Analysis> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new AnalysisCodec());
        }
    }
}
