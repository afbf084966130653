// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lines of a time out of logs of any size. What is of that time is divided into blocks, and they
 * are read in an order that is spread evenly at every moment: when the reading ends early, because
 * enough was read or the time is up, what was read is a sample of the whole time, with the same
 * share of each part of it. Not thread safe.
 */
public final class LogSampler {
    /** Bytes; smaller ones would be seeks and little else. */
    static final long BLOCK = 128 << 10;

    /** How much earlier or later than its neighbours a line may be (ms). */
    static final long DISORDER_MILLIS = 60_000;

    private final List<Part> parts = new ArrayList<>();
    private final long blockBytes;
    private long blocks;
    private long blocksRead;

    /**
     * Finds the time in each log.
     *
     * @param from epoch milliseconds
     * @param to exclusive
     */
    public LogSampler(List<OrderedLog> logs, long from, long to) throws IOException {
        this(logs, from, to, BLOCK);
    }

    LogSampler(List<OrderedLog> logs, long from, long to, long blockBytes) throws IOException {
        this.blockBytes = blockBytes;
        for (OrderedLog log : logs) {
            long begin = log.firstOf(from - DISORDER_MILLIS);
            long end = log.endOf(to + DISORDER_MILLIS);
            if (end > begin) {
                Part part = new Part(log, begin, end, blocks);
                parts.add(part);
                blocks += part.blocks();
            }
        }
    }

    /**
     * Reads block after block while {@code goOn}, which is asked before each.
     *
     * @throws IOException if a log cannot be read
     */
    public void read(BooleanSupplier goOn, Consumer<byte[]> lines) throws IOException {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(0, blocks - 1));
        long ends = 1L << bits;
        for (long i = 0; i < ends && blocksRead < blocks; i++) {
            long block = bits == 0 ? 0 : Long.reverse(i) >>> (64 - bits);
            if (block >= blocks) {
                continue;
            }
            if (!goOn.getAsBoolean()) {
                return;
            }
            partOf(block).read(block, lines);
            blocksRead++;
        }
    }

    /** Of the bytes that are of the time, how many were read, in (0, 1]. */
    public double share() {
        return blocks == 0 ? 1 : (double) blocksRead / blocks;
    }

    /** Bytes of the time looked at, give or take a block of each log. */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.end - part.begin).sum();
    }

    private Part partOf(long block) {
        int found = parts.size() - 1;
        while (parts.get(found).firstBlock > block) {
            found--;
        }
        return parts.get(found);
    }

    /** What one log has of the time. */
    private final class Part {
        private final OrderedLog log;
        private final long begin;
        private final long end;
        private final long firstBlock;

        Part(OrderedLog log, long begin, long end, long firstBlock) {
            this.log = log;
            this.begin = begin;
            this.end = end;
            this.firstBlock = firstBlock;
        }

        long blocks() {
            return (end - begin + blockBytes - 1) / blockBytes;
        }

        void read(long block, Consumer<byte[]> lines) throws IOException {
            long from = begin + (block - firstBlock) * blockBytes;
            log.read(from, Math.min(end, from + blockBytes), lines);
        }
    }
}
