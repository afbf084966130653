// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What there is to say of an incident after one of its events: plain text, not yet escaped for any
 * channel, and hostile, since alerts are. Every text is cut at {@link #MOST_TEXT}. Immutable.
 */
@TypeInfo(IncidentBrief.Info.class)
public final class IncidentBrief {
    /** Chars of any one text, at most; more are cut off. */
    public static final int MOST_TEXT = 1_000;

    /** Services and links, at most. */
    public static final int MOST_ROWS = 20;

    private final String tenant;
    private final String incidentId;
    private final long sequence;
    private final Severity severity;
    private final IncidentState state;
    private final String acknowledgedBy;
    private final String broken;
    private final List<String> services;
    private final long sinceMillis;
    private final String owner;
    private final String changed;
    private final String impact;
    private final String cause;
    private final double confidence;
    private final String nextStep;
    private final String runbook;
    private final List<String> links;
    private final String news;

    private IncidentBrief(Builder b) {
        tenant = cut(b.tenant);
        incidentId = cut(b.incidentId);
        sequence = b.sequence;
        severity = Objects.requireNonNull(b.severity, "severity");
        state = Objects.requireNonNull(b.state, "state");
        acknowledgedBy = cut(b.acknowledgedBy);
        broken = cut(b.broken);
        services = first(b.services);
        sinceMillis = b.sinceMillis;
        owner = cut(b.owner);
        changed = cut(b.changed);
        impact = cut(b.impact);
        cause = cut(b.cause);
        confidence = b.confidence;
        nextStep = cut(b.nextStep);
        runbook = cut(b.runbook);
        links = first(b.links);
        news = cut(b.news);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("A confidence lies in [0, 1], not " + confidence);
        }
    }

    public static Builder of(String tenant, String incidentId, long sequence) {
        return new Builder(tenant, incidentId, sequence);
    }

    /** A builder holding these values. */
    public Builder toBuilder() {
        return new Builder(tenant, incidentId, sequence)
                .severity(severity)
                .state(state)
                .acknowledgedBy(acknowledgedBy)
                .broken(broken)
                .services(services)
                .sinceMillis(sinceMillis)
                .owner(owner)
                .changed(changed)
                .impact(impact)
                .cause(cause)
                .confidence(confidence)
                .nextStep(nextStep)
                .runbook(runbook)
                .links(links)
                .news(news);
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    /** Of the event that is told; later events have higher ones. */
    public long sequence() {
        return sequence;
    }

    public Severity severity() {
        return severity;
    }

    public IncidentState state() {
        return state;
    }

    /** The person who has it; empty while nobody does. */
    public Optional<String> acknowledgedBy() {
        return acknowledgedBy.isEmpty() ? Optional.empty() : Optional.of(acknowledgedBy);
    }

    /** What broke, one line. */
    public String broken() {
        return broken;
    }

    public List<String> services() {
        return services;
    }

    /** Since when, event time, epoch milliseconds. */
    public long sinceMillis() {
        return sinceMillis;
    }

    /** Who owns it; empty if nobody is known to. */
    public String owner() {
        return owner;
    }

    /** What changed before it broke; empty if nothing is known to have. */
    public String changed() {
        return changed;
    }

    public String impact() {
        return impact;
    }

    /** The probable cause; empty while it is not known. */
    public String cause() {
        return cause;
    }

    /** Of the cause, in [0, 1]. */
    public double confidence() {
        return confidence;
    }

    public String nextStep() {
        return nextStep;
    }

    /** A URL; empty if there is none. */
    public String runbook() {
        return runbook;
    }

    /** URLs. */
    public List<String> links() {
        return links;
    }

    /** What happened just now, one line: the detail that goes into a thread. */
    public String news() {
        return news;
    }

    /** The incident among those of all tenants. */
    public String key() {
        return tenant + "/" + incidentId;
    }

    /**
     * How it stands, for people: the state, or that somebody acknowledged it, or that its next step
     * is decided while nobody takes it yet.
     */
    public String status() {
        boolean acknowledged = state != IncidentState.RESOLVED && !acknowledgedBy.isEmpty();
        if (!nextStep.isEmpty() && state.compareTo(IncidentState.RESOLVING) < 0) {
            return acknowledged ? "decided, acknowledged" : "decided";
        }
        return acknowledged ? "acknowledged" : state.word();
    }

    /** What counts as the same news: incident, status and severity. */
    public String deduplicationKey() {
        return key() + ":" + status() + ":" + severity;
    }

    /** Whether a reader of the other would learn nothing new; sequence and news aside. */
    public boolean saysTheSame(IncidentBrief other) {
        return toBuilder()
                .news("")
                .sequence(0)
                .build()
                .equals(other.toBuilder().news("").sequence(0).build());
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(tenant, out);
        Wire.writeString(incidentId, out);
        out.writeLong(sequence);
        out.writeByte(severity.ordinal());
        out.writeByte(state.ordinal());
        Wire.writeString(acknowledgedBy, out);
        Wire.writeString(broken, out);
        writeAll(services, out);
        out.writeLong(sinceMillis);
        Wire.writeString(owner, out);
        Wire.writeString(changed, out);
        Wire.writeString(impact, out);
        Wire.writeString(cause, out);
        out.writeDouble(confidence);
        Wire.writeString(nextStep, out);
        Wire.writeString(runbook, out);
        writeAll(links, out);
        Wire.writeString(news, out);
    }

    static IncidentBrief read(DataInputView in) throws IOException {
        return new Builder(Wire.readString(in), Wire.readString(in), in.readLong())
                .severity(Severity.values()[in.readByte()])
                .state(IncidentState.values()[in.readByte()])
                .acknowledgedBy(Wire.readString(in))
                .broken(Wire.readString(in))
                .services(readAll(in))
                .sinceMillis(in.readLong())
                .owner(Wire.readString(in))
                .changed(Wire.readString(in))
                .impact(Wire.readString(in))
                .cause(Wire.readString(in))
                .confidence(in.readDouble())
                .nextStep(Wire.readString(in))
                .runbook(Wire.readString(in))
                .links(readAll(in))
                .news(Wire.readString(in))
                .build();
    }

    static void writeAll(List<String> texts, DataOutputView out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            Wire.writeString(text, out);
        }
    }

    static List<String> readAll(DataInputView in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(Wire.readString(in));
        }
        return texts;
    }

    /** Never between the halves of a surrogate pair. */
    private static String cut(String text) {
        if (text.length() <= MOST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
        return text.substring(0, end);
    }

    private static List<String> first(List<String> texts) {
        List<String> cut = new ArrayList<>();
        for (String text : texts.subList(0, Math.min(MOST_ROWS, texts.size()))) {
            cut.add(cut(text));
        }
        return List.copyOf(cut);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof IncidentBrief)) {
            return false;
        }
        IncidentBrief that = (IncidentBrief) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && sequence == that.sequence
                && severity == that.severity
                && state == that.state
                && acknowledgedBy.equals(that.acknowledgedBy)
                && broken.equals(that.broken)
                && services.equals(that.services)
                && sinceMillis == that.sinceMillis
                && owner.equals(that.owner)
                && changed.equals(that.changed)
                && impact.equals(that.impact)
                && cause.equals(that.cause)
                && Double.compare(confidence, that.confidence) == 0
                && nextStep.equals(that.nextStep)
                && runbook.equals(that.runbook)
                && links.equals(that.links)
                && news.equals(that.news);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, sequence, severity, state);
    }

    @Override
    public String toString() {
        return key() + "#" + sequence + " " + severity + " " + status();
    }

    /** Binary form, version 1. */
    public static final class IncidentBriefCodec implements Codec<IncidentBrief> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<IncidentBrief> type() {
            return IncidentBrief.class;
        }

        @Override
        public void write(IncidentBrief value, DataOutputView out) throws IOException {
            out.writeByte(1);
            value.write(out);
        }

        @Override
        public IncidentBrief read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentBrief.class);
            return IncidentBrief.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentBrief> {
        @Override
        public TypeInformation<IncidentBrief> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentBriefCodec());
        }
    }

    /** Collects the values; what was not set is not known. */
    public static final class Builder {
        private final String tenant;
        private final String incidentId;
        private long sequence;
        private Severity severity = Severity.MEDIUM;
        private IncidentState state = IncidentState.DETECTED;
        private String acknowledgedBy = "";
        private String broken = "";
        private List<String> services = List.of();
        private long sinceMillis;
        private String owner = "";
        private String changed = "";
        private String impact = "";
        private String cause = "";
        private double confidence;
        private String nextStep = "";
        private String runbook = "";
        private List<String> links = List.of();
        private String news = "";

        private Builder(String tenant, String incidentId, long sequence) {
            this.tenant = Objects.requireNonNull(tenant, "tenant");
            this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
            this.sequence = sequence;
        }

        public Builder sequence(long value) {
            sequence = value;
            return this;
        }

        public Builder severity(Severity value) {
            severity = value;
            return this;
        }

        public Builder state(IncidentState value) {
            state = value;
            return this;
        }

        /** Empty: nobody. */
        public Builder acknowledgedBy(String person) {
            acknowledgedBy = person;
            return this;
        }

        public Builder broken(String text) {
            broken = text;
            return this;
        }

        public Builder services(List<String> names) {
            services = names;
            return this;
        }

        public Builder sinceMillis(long value) {
            sinceMillis = value;
            return this;
        }

        public Builder owner(String text) {
            owner = text;
            return this;
        }

        public Builder changed(String text) {
            changed = text;
            return this;
        }

        public Builder impact(String text) {
            impact = text;
            return this;
        }

        public Builder cause(String text) {
            cause = text;
            return this;
        }

        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        public Builder nextStep(String text) {
            nextStep = text;
            return this;
        }

        public Builder runbook(String url) {
            runbook = url;
            return this;
        }

        public Builder links(List<String> urls) {
            links = urls;
            return this;
        }

        public Builder news(String text) {
            news = text;
            return this;
        }

        /**
         * @throws IllegalArgumentException if the confidence lies outside [0, 1]
         */
        public IncidentBrief build() {
            return new IncidentBrief(this);
        }
    }
}
