// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.BudgetAccount;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that correlation knows of a tenant, at a checkpoint. Immutable. The lists are in the order of
 * last use, oldest first, which is the order in which their bounds take effect.
 */
@TypeInfo(CorrelationSnapshot.Info.class)
public final class CorrelationSnapshot {
    private final BudgetAccount budget;
    private final List<KindRate> kinds;
    private final List<GroupRate> groups;
    private final List<KnownIncident> incidents;
    private final List<LiveEntry> entries;
    private final List<PatternMatch> matches;
    private final List<SourceReport> sources;

    /**
     * @param matches seen lately
     * @param sources what those brought that the tenant expects to hear from
     */
    public CorrelationSnapshot(
            BudgetAccount budget,
            List<KindRate> kinds,
            List<GroupRate> groups,
            List<KnownIncident> incidents,
            List<LiveEntry> entries,
            List<PatternMatch> matches,
            List<SourceReport> sources) {
        this.budget = Objects.requireNonNull(budget, "budget");
        this.kinds = List.copyOf(kinds);
        this.groups = List.copyOf(groups);
        this.incidents = List.copyOf(incidents);
        this.entries = List.copyOf(entries);
        this.matches = List.copyOf(matches);
        this.sources = List.copyOf(sources);
    }

    /** Of a tenant of which nothing is known. */
    public static CorrelationSnapshot empty() {
        return new CorrelationSnapshot(
                BudgetAccount.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public BudgetAccount budget() {
        return budget;
    }

    public List<KindRate> kinds() {
        return kinds;
    }

    public List<GroupRate> groups() {
        return groups;
    }

    public List<KnownIncident> incidents() {
        return incidents;
    }

    public List<LiveEntry> entries() {
        return entries;
    }

    /** Patterns that were seen lately. */
    public List<PatternMatch> matches() {
        return matches;
    }

    /** What expected sources brought lately. */
    public List<SourceReport> sources() {
        return sources;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CorrelationSnapshot
                && ((CorrelationSnapshot) other).budget.equals(budget)
                && ((CorrelationSnapshot) other).kinds.equals(kinds)
                && ((CorrelationSnapshot) other).groups.equals(groups)
                && ((CorrelationSnapshot) other).incidents.equals(incidents)
                && ((CorrelationSnapshot) other).entries.equals(entries)
                && ((CorrelationSnapshot) other).matches.equals(matches)
                && ((CorrelationSnapshot) other).sources.equals(sources);
    }

    @Override
    public int hashCode() {
        return Objects.hash(budget, kinds, incidents);
    }

    @Override
    public String toString() {
        return incidents.size() + " incidents, " + entries.size() + " live entries, " + budget;
    }

    /**
     * Binary form, version 4; version 1 had no profiles of incidents, 2 no evidence, 3 neither
     * matches nor sources.
     */
    public static final class CorrelationSnapshotCodec implements Codec<CorrelationSnapshot> {
        private static final long serialVersionUID = 1L;

        private final OpenIncident.OpenIncidentCodec opens = new OpenIncident.OpenIncidentCodec();
        private final PatternMatch.PatternMatchCodec patterns =
                new PatternMatch.PatternMatchCodec();
        private final SourceReport.SourceReportCodec reports = new SourceReport.SourceReportCodec();

        @Override
        public Class<CorrelationSnapshot> type() {
            return CorrelationSnapshot.class;
        }

        @Override
        public void write(CorrelationSnapshot value, DataOutputView out) throws IOException {
            out.writeByte(4);
            value.budget.write(out);
            out.writeInt(value.kinds.size());
            for (KindRate kind : value.kinds) {
                kind.write(out);
            }
            out.writeInt(value.groups.size());
            for (GroupRate group : value.groups) {
                group.write(out);
            }
            out.writeInt(value.incidents.size());
            for (KnownIncident incident : value.incidents) {
                incident.write(opens, out);
            }
            out.writeInt(value.entries.size());
            for (LiveEntry entry : value.entries) {
                entry.write(out);
            }
            out.writeInt(value.matches.size());
            for (PatternMatch match : value.matches) {
                patterns.write(match, out);
            }
            out.writeInt(value.sources.size());
            for (SourceReport source : value.sources) {
                reports.write(source, out);
            }
        }

        @Override
        public CorrelationSnapshot read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 4, CorrelationSnapshot.class);
            return new CorrelationSnapshot(
                    BudgetAccount.read(in),
                    readAll(in, KindRate::read),
                    readAll(in, GroupRate::read),
                    readAll(in, view -> KnownIncident.read(opens, version, view)),
                    readAll(in, LiveEntry::read),
                    version < 4 ? List.of() : readAll(in, patterns::read),
                    version < 4 ? List.of() : readAll(in, reports::read));
        }

        private static <T> List<T> readAll(DataInputView in, Part<T> part) throws IOException {
            int size = in.readInt();
            List<T> all = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                all.add(part.read(in));
            }
            return all;
        }

        private interface Part<T> {
            T read(DataInputView in) throws IOException;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<CorrelationSnapshot> {
        @Override
        public TypeInformation<CorrelationSnapshot> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new CorrelationSnapshotCodec());
        }
    }
}
