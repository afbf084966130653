// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class SortedTextsProperties {
    @Property
    void aMapIsReadAsItWasWritten(
            @ForAll @Size(max = 20) Map<String, String> texts, @ForAll String other)
            throws IOException {
        TreeMap<String, String> expected = wellFormed(texts);
        Map<String, String> read = readBack(expected);
        assertThat(read).isEqualTo(expected);
        assertThat(expected).isEqualTo(read);
        assertThat(read.hashCode()).isEqualTo(expected.hashCode());
        assertThat(read.toString()).isEqualTo(expected.toString());
        assertThat(new ArrayList<>(read.entrySet()))
                .isEqualTo(new ArrayList<>(expected.entrySet()));
        assertThat(read.get(other)).isEqualTo(expected.get(other));
        assertThat(read.containsKey(other)).isEqualTo(expected.containsKey(other));
        for (String key : expected.keySet()) {
            assertThat(read.get(key)).isEqualTo(expected.get(key));
            assertThat(read.containsKey(key)).isTrue();
        }
    }

    @Property
    void aMapInAnyOrderIsReadSorted(@ForAll @Size(max = 20) List<String> keys) throws IOException {
        TreeMap<String, String> expected = new TreeMap<>();
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(keys.size());
        for (String key : keys) {
            String text = wellFormed(key);
            expected.put(text, text + expected.size());
            Wire.writeString(text, out);
            Wire.writeString(expected.get(text), out);
        }
        Map<String, String> read = Wire.readMap(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(new ArrayList<>(read.entrySet()))
                .isEqualTo(new ArrayList<>(expected.entrySet()));
    }

    @Example
    void aMapThatWasReadCannotBeChanged() throws IOException {
        Map<String, String> read = readBack(new TreeMap<>(Map.of("a", "1", "b", "2")));
        assertThatThrownBy(() -> read.put("c", "3"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.remove("a"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.entrySet().iterator().next().setValue("3"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, String> readBack(Map<String, String> map) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        Wire.writeMap(map, out);
        return Wire.readMap(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private static TreeMap<String, String> wellFormed(Map<String, String> texts) {
        TreeMap<String, String> all = new TreeMap<>();
        texts.forEach((key, value) -> all.put(wellFormed(key), wellFormed(value)));
        return all;
    }

    /** Without lone surrogates, which have no bytes. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
