// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The few shapes all codecs share: strings of any length as UTF-8 with an int length, byte arrays,
 * sorted string maps, and the version check.
 */
public final class Wire {
    private static final SharedTexts SHARED = new SharedTexts();

    private Wire() {}

    public static void writeString(String value, DataOutputView out) throws IOException {
        writeBytes(value.getBytes(StandardCharsets.UTF_8), out);
    }

    public static String readString(DataInputView in) throws IOException {
        return SHARED.text(readBytes(in));
    }

    public static void writeBytes(byte[] value, DataOutputView out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return value;
    }

    public static void writeMap(Map<String, String> map, DataOutputView out) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            writeString(entry.getKey(), out);
            writeString(entry.getValue(), out);
        }
    }

    /** The map as written, sorted by key, unmodifiable. */
    public static Map<String, String> readMap(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return Collections.emptyMap();
        }
        String[] texts = new String[Math.multiplyExact(2, size)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = readString(in);
        }
        return SortedTexts.areSorted(texts)
                ? new SortedTexts(texts)
                : Collections.unmodifiableMap(sorted(texts));
    }

    private static TreeMap<String, String> sorted(String[] texts) {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < texts.length; i += 2) {
            map.put(texts[i], texts[i + 1]);
        }
        return map;
    }

    /**
     * Reads the version byte.
     *
     * @throws IOException if the bytes were written by a release newer than {@code newest}
     */
    public static int readVersion(DataInputView in, int newest, Class<?> type) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > newest) {
            throw new IOException(
                    type.getSimpleName()
                            + " was written in version "
                            + version
                            + "; this release reads 1 to "
                            + newest);
        }
        return version;
    }
}
