// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records that nobody can read: none may stop a reader, all must end as dead letters. */
final class Junk {
    private static final int CUT_AND_BINARY = 8;

    private Junk() {}

    /**
     * @param readable messages to cut short
     * @param bytes least length of each
     */
    static Template[] of(long seed, List<Template> readable, int bytes) {
        List<byte[]> junk = new ArrayList<>();
        junk.add(text("<html><head><title>502 Bad Gateway</title></head><body>", bytes));
        junk.add(text("upstream connect error or disconnect/reset before headers ", bytes));
        junk.add(text("[".repeat(600), bytes));
        junk.add(text("{\"severity\":\"HIGH\",\"severity\":\"LOW\",\"padding\":\"", bytes));
        junk.add(foreign(bytes));
        junk.add(new byte[bytes]);
        for (int i = 0; i < CUT_AND_BINARY; i++) {
            byte[] whole = readable.get(i % readable.size()).copy();
            int keep = Math.max(bytes, whole.length * (i + 1) / (CUT_AND_BINARY + 1));
            junk.add(Arrays.copyOf(whole, Math.min(keep, whole.length - 1)));
            junk.add(noise(SplitMix.at(seed, i), bytes));
        }
        return junk.stream().map(Template::fixed).toArray(Template[]::new);
    }

    /** Well-formed, and of no format known to anyone. */
    private static byte[] foreign(int bytes) {
        String head = "{\"recipe\":\"pancakes\",\"eggs\":3,\"method\":\"";
        return (head + "x".repeat(Math.max(0, bytes - head.length() - 2)) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] text(String text, int bytes) {
        String padded = text + "x".repeat(Math.max(0, bytes - text.length()));
        return padded.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(long seed, int bytes) {
        byte[] noise = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            noise[i] = (byte) (SplitMix.at(seed, i) >>> 56);
        }
        noise[0] = (byte) 0xff;
        return noise;
    }
}
