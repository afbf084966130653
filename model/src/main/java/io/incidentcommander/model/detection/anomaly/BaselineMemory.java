// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection.anomaly;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that a baseline has learnt of one series, as it is kept in state: numbers in the order in
 * which the parts of the baseline wrote them, and the cells of their tables in single precision.
 * What stands where is the business of the baseline that wrote it; a baseline with other parts is
 * another version of the codec. Bound: {@value #MOST_NUMBERS} numbers and {@value #MOST_CELLS}
 * cells, some 5 KiB. Immutable.
 */
@TypeInfo(BaselineMemory.Info.class)
public final class BaselineMemory {
    public static final int MOST_NUMBERS = 64;
    public static final int MOST_CELLS = 1_280;

    private final double[] numbers;
    private final float[] cells;

    private BaselineMemory(double[] numbers, float[] cells) {
        this.numbers = numbers;
        this.cells = cells;
    }

    public Reader reader() {
        return new Reader();
    }

    /** What it takes up in state, roughly. */
    public int bytes() {
        return numbers.length * Double.BYTES + cells.length * Float.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BaselineMemory
                && Arrays.equals(((BaselineMemory) other).numbers, numbers)
                && Arrays.equals(((BaselineMemory) other).cells, cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers) * 31 + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return numbers.length + " numbers and " + cells.length + " cells of a baseline";
    }

    /** Takes what the parts of a baseline hand over, one after the other. Not thread safe. */
    public static final class Writer {
        private final double[] numbers = new double[MOST_NUMBERS];
        private final float[] cells = new float[MOST_CELLS];
        private int numberCount;
        private int cellCount;

        public Writer number(double value) {
            numbers[numberCount++] = value;
            return this;
        }

        public Writer table(float[] values) {
            System.arraycopy(values, 0, cells, cellCount, values.length);
            cellCount += values.length;
            return this;
        }

        public BaselineMemory written() {
            return new BaselineMemory(
                    Arrays.copyOf(numbers, numberCount), Arrays.copyOf(cells, cellCount));
        }
    }

    /** Gives back what was written, in the same order. Not thread safe. */
    public final class Reader {
        private int numbersRead;
        private int cellsRead;

        public double number() {
            return numbers[numbersRead++];
        }

        /** Fills the table, which is as long as the one that was written. */
        public void table(float[] into) {
            System.arraycopy(cells, cellsRead, into, 0, into.length);
            cellsRead += into.length;
        }
    }

    /** Binary form, version 1. */
    public static final class BaselineMemoryCodec implements Codec<BaselineMemory> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<BaselineMemory> type() {
            return BaselineMemory.class;
        }

        @Override
        public void write(BaselineMemory value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeShort(value.numbers.length);
            for (double number : value.numbers) {
                out.writeDouble(number);
            }
            out.writeShort(value.cells.length);
            for (float cell : value.cells) {
                out.writeFloat(cell);
            }
        }

        @Override
        public BaselineMemory read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, BaselineMemory.class);
            double[] numbers = new double[in.readShort()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readDouble();
            }
            float[] cells = new float[in.readShort()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = in.readFloat();
            }
            return new BaselineMemory(numbers, cells);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<BaselineMemory> {
        @Override
        public TypeInformation<BaselineMemory> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new BaselineMemoryCodec());
        }
    }
}
