// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Sixty-four bytes at a time say the same as one at a time. */
class StructuralBitsProperties {
    @Property(tries = 5000)
    void structureIsWhatReadingByteByByteFinds(@ForAll("soup") String soup) {
        byte[] b = soup.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(inBlocks(b)).isEqualTo(byteByByte(b));
    }

    /** Long runs of backslashes, quotes and structure; high bytes that differ in the top bit. */
    @Provide
    Arbitrary<String> soup() {
        Arbitrary<String> characters =
                Arbitraries.strings()
                        .withChars("\"\\:{}[],a #!\u00a2\u00dc\u00ba\u00fb\u00fd\u00db\u00dd\u0000")
                        .ofMaxLength(12);
        Arbitrary<String> runs =
                Arbitraries.of("\\", "\"", "a")
                        .flatMap(c -> Arbitraries.integers().between(0, 70).map(c::repeat));
        return Arbitraries.frequencyOf(Tuple.of(4, characters), Tuple.of(1, runs))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static BitSet inBlocks(byte[] b) {
        StructuralBits bits = new StructuralBits();
        bits.reset();
        BitSet found = new BitSet();
        for (int base = 0; base < b.length; base += StructuralBits.BLOCK) {
            BitSet block = BitSet.valueOf(new long[] {bits.structure(b, base)});
            for (int i = block.nextSetBit(0); i >= 0; i = block.nextSetBit(i + 1)) {
                found.set(base + i);
            }
        }
        return found;
    }

    private static BitSet byteByByte(byte[] b) {
        BitSet found = new BitSet();
        boolean escaped = false;
        boolean withinString = false;
        for (int i = 0; i < b.length; i++) {
            char c = (char) (b[i] & 0xFF);
            if (escaped) {
                escaped = false;
                if (c == '"' || c == '\\') {
                    continue;
                }
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                withinString = !withinString;
            }
            if (!withinString && ":{}[]".indexOf(c) >= 0) {
                found.set(i);
            }
        }
        return found;
    }
}
