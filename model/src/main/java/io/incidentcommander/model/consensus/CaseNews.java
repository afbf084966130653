// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.PatternMatch;
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
 * What the built-in agents learn between two requests: how an incident stands, or that a pattern
 * was seen. Exactly one of them. Immutable.
 */
@TypeInfo(CaseNews.Info.class)
public final class CaseNews {
    private final Optional<IncidentEvent> event;
    private final Optional<PatternMatch> match;

    private CaseNews(Optional<IncidentEvent> event, Optional<PatternMatch> match) {
        this.event = event;
        this.match = match;
    }

    public static CaseNews of(IncidentEvent event) {
        return new CaseNews(Optional.of(event), Optional.empty());
    }

    public static CaseNews of(PatternMatch match) {
        return new CaseNews(Optional.empty(), Optional.of(match));
    }

    public String tenant() {
        return event.map(IncidentEvent::tenant)
                .or(() -> match.map(PatternMatch::tenant))
                .orElseThrow();
    }

    public Optional<IncidentEvent> event() {
        return event;
    }

    public Optional<PatternMatch> match() {
        return match;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaseNews
                && ((CaseNews) other).event.equals(event)
                && ((CaseNews) other).match.equals(match);
    }

    @Override
    public int hashCode() {
        return Objects.hash(event, match);
    }

    @Override
    public String toString() {
        return event.map(Object::toString).or(() -> match.map(Object::toString)).orElse("");
    }

    /** Binary form, version 1. */
    public static final class CaseNewsCodec implements Codec<CaseNews> {
        private static final long serialVersionUID = 1L;

        private final IncidentEvent.IncidentEventCodec events =
                new IncidentEvent.IncidentEventCodec();
        private final PatternMatch.PatternMatchCodec matches = new PatternMatch.PatternMatchCodec();

        @Override
        public Class<CaseNews> type() {
            return CaseNews.class;
        }

        @Override
        public void write(CaseNews value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeBoolean(value.event.isPresent());
            if (value.event.isPresent()) {
                events.write(value.event.get(), out);
            } else {
                matches.write(value.match.orElseThrow(), out);
            }
        }

        @Override
        public CaseNews read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, CaseNews.class);
            return in.readBoolean() ? of(events.read(in)) : of(matches.read(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<CaseNews> {
        @Override
        public TypeInformation<CaseNews> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new CaseNewsCodec());
        }
    }
}
