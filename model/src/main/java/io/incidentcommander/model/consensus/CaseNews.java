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
 * What the built-in agents learn between two requests: how an incident stands, that a pattern was
 * seen, or what the metrics say of an incident. Exactly one of them. Immutable.
 */
@TypeInfo(CaseNews.Info.class)
public final class CaseNews {
    private final Optional<IncidentEvent> event;
    private final Optional<PatternMatch> match;
    private final Optional<CausalNews> ranking;

    private CaseNews(
            Optional<IncidentEvent> event,
            Optional<PatternMatch> match,
            Optional<CausalNews> ranking) {
        this.event = event;
        this.match = match;
        this.ranking = ranking;
    }

    public static CaseNews of(IncidentEvent event) {
        return new CaseNews(Optional.of(event), Optional.empty(), Optional.empty());
    }

    public static CaseNews of(PatternMatch match) {
        return new CaseNews(Optional.empty(), Optional.of(match), Optional.empty());
    }

    public static CaseNews of(CausalNews ranking) {
        return new CaseNews(Optional.empty(), Optional.empty(), Optional.of(ranking));
    }

    public String tenant() {
        return event.map(IncidentEvent::tenant)
                .or(() -> match.map(PatternMatch::tenant))
                .or(() -> ranking.map(CausalNews::tenant))
                .orElseThrow();
    }

    public Optional<IncidentEvent> event() {
        return event;
    }

    public Optional<PatternMatch> match() {
        return match;
    }

    public Optional<CausalNews> ranking() {
        return ranking;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaseNews
                && ((CaseNews) other).event.equals(event)
                && ((CaseNews) other).match.equals(match)
                && ((CaseNews) other).ranking.equals(ranking);
    }

    @Override
    public int hashCode() {
        return Objects.hash(event, match, ranking);
    }

    @Override
    public String toString() {
        return event.map(Object::toString)
                .or(() -> match.map(Object::toString))
                .or(() -> ranking.map(Object::toString))
                .orElse("");
    }

    /** Binary form, version 2; version 1 has no rankings. */
    public static final class CaseNewsCodec implements Codec<CaseNews> {
        private static final long serialVersionUID = 1L;
        private static final int MATCH = 0;
        private static final int EVENT = 1;
        private static final int RANKING = 2;

        private final IncidentEvent.IncidentEventCodec events =
                new IncidentEvent.IncidentEventCodec();
        private final PatternMatch.PatternMatchCodec matches = new PatternMatch.PatternMatchCodec();
        private final CausalNews.CausalNewsCodec rankings = new CausalNews.CausalNewsCodec();

        @Override
        public Class<CaseNews> type() {
            return CaseNews.class;
        }

        @Override
        public void write(CaseNews value, DataOutputView out) throws IOException {
            out.writeByte(2);
            if (value.event.isPresent()) {
                out.writeByte(EVENT);
                events.write(value.event.get(), out);
            } else if (value.match.isPresent()) {
                out.writeByte(MATCH);
                matches.write(value.match.get(), out);
            } else {
                out.writeByte(RANKING);
                rankings.write(value.ranking.orElseThrow(), out);
            }
        }

        /** In version 1 the kind was whether it is an event: the same bytes. */
        @Override
        public CaseNews read(DataInputView in) throws IOException {
            Wire.readVersion(in, 2, CaseNews.class);
            switch (in.readByte()) {
                case EVENT:
                    return of(events.read(in));
                case MATCH:
                    return of(matches.read(in));
                default:
                    return of(rankings.read(in));
            }
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
