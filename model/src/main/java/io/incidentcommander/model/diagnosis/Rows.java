// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Lists in the binary forms of this package: the number, then the elements. */
final class Rows {
    private Rows() {}

    /** Writes one element. */
    interface Writer<T> {
        void write(T value, DataOutputView out) throws IOException;
    }

    /** Reads one element. */
    interface Reader<T> {
        T read(DataInputView in) throws IOException;
    }

    static <T> void write(List<T> all, Writer<T> writer, DataOutputView out) throws IOException {
        out.writeInt(all.size());
        for (T one : all) {
            writer.write(one, out);
        }
    }

    static <T> List<T> read(Reader<T> reader, DataInputView in) throws IOException {
        List<T> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(reader.read(in));
        }
        return all;
    }

    /** The first so many. */
    static <T> List<T> first(int most, List<T> all) {
        return List.copyOf(all.size() > most ? all.subList(0, most) : all);
    }

    /** The first so many chars. */
    static String bounded(int most, String text) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
