// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build leaves the embedded services. */
final class EmbeddedBuild {
    private EmbeddedBuild() {}

    /** As the launcher passes it to the command line: classes first, then the libraries. */
    static String classPath() throws IOException {
        Path target =
                Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                        .takeWhile(folder -> folder != null)
                        .map(folder -> folder.resolve("embedded").resolve("target"))
                        .filter(folder -> Files.exists(folder.resolve("runtime.classpath")))
                        .findFirst()
                        .orElseThrow();
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("runtime.classpath")).strip();
    }
}
