// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.diagnosis.MemoryHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What came of a search: hits, and how much of the memory could be searched. Immutable. */
public final class Recollection {
    private static final int MOST_HITS = 100;
    private static final int MOST_REASON = 300;

    /** Which of the two searches answered. Ordinals are stored: append, never reorder. */
    public enum Extent {
        /** By meaning and by words. */
        WHOLE,
        /** By words alone: no vector, or none that fits. */
        WORDS_ONLY,
        /** By meaning alone. */
        MEANING_ONLY,
        /** Not at all: no answer in time, an error, or there is no memory. */
        NONE
    }

    private final Extent extent;
    private final List<MemoryHit> hits;
    private final String reason;

    /**
     * @param hits best first, {@value #MOST_HITS} at most
     * @param reason why not the whole, empty if it is; cut at 300 chars
     */
    public Recollection(Extent extent, List<MemoryHit> hits, String reason) {
        this.extent = Objects.requireNonNull(extent, "extent");
        this.hits = List.copyOf(hits.subList(0, Math.min(MOST_HITS, hits.size())));
        this.reason = reason.substring(0, Math.min(MOST_REASON, reason.length()));
    }

    public static Recollection none(String reason) {
        return new Recollection(Extent.NONE, List.of(), reason);
    }

    public Extent extent() {
        return extent;
    }

    public List<MemoryHit> hits() {
        return hits;
    }

    public String reason() {
        return reason;
    }

    /** With each hit as {@link MemoryHit#brief()}. */
    public Recollection brief() {
        return new Recollection(
                extent, hits.stream().map(MemoryHit::brief).collect(Collectors.toList()), reason);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Recollection)) {
            return false;
        }
        Recollection that = (Recollection) other;
        return extent == that.extent && hits.equals(that.hits) && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(extent, hits, reason);
    }

    @Override
    public String toString() {
        return extent + " " + hits + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** Binary form, version 1. */
    public static final class RecollectionCodec implements Codec<Recollection> {
        private static final long serialVersionUID = 1L;
        private static final Extent[] EXTENTS = Extent.values();

        private final MemoryHit.MemoryHitCodec codec = new MemoryHit.MemoryHitCodec();

        @Override
        public Class<Recollection> type() {
            return Recollection.class;
        }

        @Override
        public void write(Recollection value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.extent.ordinal());
            out.writeInt(value.hits.size());
            for (MemoryHit hit : value.hits) {
                codec.write(hit, out);
            }
            Wire.writeString(value.reason, out);
        }

        @Override
        public Recollection read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Recollection.class);
            Extent extent = EXTENTS[in.readByte()];
            List<MemoryHit> hits = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                hits.add(codec.read(in));
            }
            return new Recollection(extent, hits, Wire.readString(in));
        }
    }
}
