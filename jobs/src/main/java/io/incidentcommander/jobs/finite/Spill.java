// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.codec.Codec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;

/** What a {@link SpillSink} wrote, in no order that means anything. */
final class Spill<T> {
    private final List<Path> files = new ArrayList<>();
    private final Codec<T> codec;

    Spill(Path directory, String name, Codec<T> codec) throws IOException {
        this.codec = codec;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name + "-*")) {
            found.forEach(files::add);
        }
    }

    /** Hands over every element with its place, holding one at a time. */
    void forEach(Visitor<T> visitor) throws IOException {
        for (int file = 0; file < files.size(); file++) {
            try (DataInputStream in =
                    new DataInputStream(
                            new BufferedInputStream(
                                    Files.newInputStream(files.get(file)), 1 << 16))) {
                forEach(file, in, visitor);
            }
        }
    }

    private void forEach(int file, DataInputStream in, Visitor<T> visitor) throws IOException {
        long position = 0;
        while (true) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                return;
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            visitor.visit(decode(bytes), file, position);
            position += Integer.BYTES + length;
        }
    }

    /** Opens the files for reading elements by their places. */
    Reader open() throws IOException {
        return new Reader();
    }

    private T decode(byte[] bytes) throws IOException {
        return codec.read(new DataInputDeserializer(bytes));
    }

    /** Told of each element, and where it is. */
    @FunctionalInterface
    interface Visitor<T> {
        void visit(T element, int file, long position) throws IOException;
    }

    final class Reader implements AutoCloseable {
        private final List<RandomAccessFile> opened = new ArrayList<>();

        private Reader() throws IOException {
            for (Path path : files) {
                opened.add(new RandomAccessFile(path.toFile(), "r"));
            }
        }

        T read(int file, long position) throws IOException {
            RandomAccessFile from = opened.get(file);
            from.seek(position);
            byte[] bytes = new byte[from.readInt()];
            from.readFully(bytes);
            return decode(bytes);
        }

        @Override
        public void close() throws IOException {
            for (RandomAccessFile file : opened) {
                file.close();
            }
        }
    }
}
