// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The newest news of each source of one incident. Its sequence is the sum of theirs: it only grows,
 * and once all news are in it does not depend on the order in which they came, so that after a
 * restore the last message is again the one with the highest sequence. An incident that came back
 * begins anew: what was said before still counts, and is no longer told. Immutable.
 */
@TypeInfo(IncidentStory.Info.class)
public final class IncidentStory {
    private static final IncidentStory EMPTY =
            new IncidentStory(new EnumMap<>(NewsSource.class), Long.MIN_VALUE);

    private final Map<NewsSource, IncidentNews> news;
    private final long cameBackMillis;

    private IncidentStory(EnumMap<NewsSource, IncidentNews> news, long cameBackMillis) {
        this.news = Collections.unmodifiableMap(news);
        this.cameBackMillis = cameBackMillis;
    }

    public static IncidentStory empty() {
        return EMPTY;
    }

    /** With the news; empty if they are known, or later ones of their source are. */
    public Optional<IncidentStory> with(IncidentNews latest) {
        IncidentNews known = news.get(latest.source());
        if (known != null && known.brief().sequence() >= latest.brief().sequence()) {
            return Optional.empty();
        }
        EnumMap<NewsSource, IncidentNews> next = new EnumMap<>(NewsSource.class);
        next.putAll(news);
        next.put(latest.source(), latest);
        return Optional.of(
                new IncidentStory(
                        next, isBack(known, latest) ? latest.timeMillis() : cameBackMillis));
    }

    private static boolean isBack(IncidentNews known, IncidentNews latest) {
        return latest.source() == NewsSource.INCIDENT
                && known != null
                && known.brief().state() == IncidentState.RESOLVED
                && latest.brief().state() != IncidentState.RESOLVED;
    }

    /** The newest of a source; empty if it has said nothing since the incident came back. */
    public Optional<IncidentBrief> of(NewsSource source) {
        return Optional.ofNullable(news.get(source))
                .filter(n -> source == NewsSource.INCIDENT || n.timeMillis() >= cameBackMillis)
                .map(IncidentNews::brief);
    }

    /** The sum of the sequences of all sources. */
    public long sequence() {
        return all().stream().mapToLong(n -> n.brief().sequence()).sum();
    }

    /**
     * Event time of the latest news; 0 if there are none. A human may name any time, so what humans
     * said counts only if nothing else did.
     */
    public long timeMillis() {
        return all().stream()
                .filter(n -> n.source() != NewsSource.HUMAN || news.size() == 1)
                .mapToLong(IncidentNews::timeMillis)
                .max()
                .orElse(0);
    }

    private Collection<IncidentNews> all() {
        return news.values();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncidentStory
                && ((IncidentStory) other).news.equals(news)
                && ((IncidentStory) other).cameBackMillis == cameBackMillis;
    }

    @Override
    public int hashCode() {
        return news.hashCode();
    }

    @Override
    public String toString() {
        return news.values().toString();
    }

    /** Binary form, version 1. */
    public static final class IncidentStoryCodec implements Codec<IncidentStory> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<IncidentStory> type() {
            return IncidentStory.class;
        }

        @Override
        public void write(IncidentStory value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.cameBackMillis);
            out.writeByte(value.news.size());
            for (IncidentNews one : value.news.values()) {
                one.write(out);
            }
        }

        @Override
        public IncidentStory read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentStory.class);
            long cameBackMillis = in.readLong();
            EnumMap<NewsSource, IncidentNews> news = new EnumMap<>(NewsSource.class);
            for (int left = in.readByte(); left > 0; left--) {
                IncidentNews one = IncidentNews.read(in);
                news.put(one.source(), one);
            }
            return new IncidentStory(news, cameBackMillis);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentStory> {
        @Override
        public TypeInformation<IncidentStory> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentStoryCodec());
        }
    }
}
