// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Which files a path stands for: itself, or, if it is a directory, those below it. */
public final class AlertPaths {
    /** A directory below so many is taken for a link that leads back. */
    static final int MAX_DEPTH = 32;

    private static final Pattern CSV_BY_NAME = Pattern.compile(".*\\.csv(\\.(gz|gzip|zst|zstd))?");

    private AlertPaths() {}

    /** Whether the name says so: {@code .csv}, compressed or not. */
    public static boolean isCsvByName(String path) {
        return CSV_BY_NAME.matcher(path.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * The file, or the files of the directory and of those in it, by name; names that begin with a
     * dot are passed over. Each is the given path and the way down from it, so that paths stay as
     * short as the user wrote them.
     *
     * @throws java.io.FileNotFoundException if there is nothing at the path
     * @throws IOException if a directory cannot be listed, or they are nested too deeply
     */
    public static List<String> filesAt(String path) throws IOException {
        Path location = AlertFile.of(path, path, Framing.AUTO).location();
        FileSystem files = location.getFileSystem();
        List<String> found = new ArrayList<>();
        if (files.getFileStatus(location).isDir()) {
            collect(files, location, path, 1, found);
        } else {
            found.add(path);
        }
        return found;
    }

    private static void collect(
            FileSystem files, Path directory, String name, int depth, List<String> found)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("more than " + MAX_DEPTH + " directories deep: " + name);
        }
        FileStatus[] entries = files.listStatus(directory);
        if (entries == null) {
            throw new IOException("cannot be listed: " + name);
        }
        Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
        for (FileStatus entry : entries) {
            String child = entry.getPath().getName();
            String below = name.endsWith("/") ? name + child : name + "/" + child;
            if (child.startsWith(".")) {
                continue;
            }
            if (entry.isDir()) {
                collect(files, entry.getPath(), below, depth + 1, found);
            } else {
                found.add(below);
            }
        }
    }
}
