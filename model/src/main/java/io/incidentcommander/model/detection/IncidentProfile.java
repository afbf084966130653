// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
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

/** What an incident shows, reduced to what its classification needs. Immutable. */
@TypeInfo(IncidentProfile.Info.class)
public final class IncidentProfile {
    private static final IncidentProfile EMPTY = new IncidentProfile(List.of(), List.of());

    private final List<Sign> signs;
    private final List<PatternMatch> matches;

    /**
     * @param signs one for each service and name
     */
    public IncidentProfile(List<Sign> signs, List<PatternMatch> matches) {
        this.signs = List.copyOf(signs);
        this.matches = List.copyOf(matches);
    }

    public static IncidentProfile empty() {
        return EMPTY;
    }

    public List<Sign> signs() {
        return signs;
    }

    public List<PatternMatch> matches() {
        return matches;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncidentProfile
                && ((IncidentProfile) other).signs.equals(signs)
                && ((IncidentProfile) other).matches.equals(matches);
    }

    @Override
    public int hashCode() {
        return Objects.hash(signs, matches);
    }

    @Override
    public String toString() {
        return signs + " " + matches;
    }

    /** Binary form, version 1. */
    public static final class IncidentProfileCodec implements Codec<IncidentProfile> {
        private static final long serialVersionUID = 1L;

        private final PatternMatch.PatternMatchCodec patterns =
                new PatternMatch.PatternMatchCodec();

        @Override
        public Class<IncidentProfile> type() {
            return IncidentProfile.class;
        }

        @Override
        public void write(IncidentProfile value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeInt(value.signs.size());
            for (Sign sign : value.signs) {
                Sign.write(sign, out);
            }
            out.writeInt(value.matches.size());
            for (PatternMatch match : value.matches) {
                patterns.write(match, out);
            }
        }

        @Override
        public IncidentProfile read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentProfile.class);
            List<Sign> signs = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                signs.add(Sign.read(in));
            }
            List<PatternMatch> matches = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                matches.add(patterns.read(in));
            }
            return new IncidentProfile(signs, matches);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentProfile> {
        @Override
        public TypeInformation<IncidentProfile> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentProfileCodec());
        }
    }
}
