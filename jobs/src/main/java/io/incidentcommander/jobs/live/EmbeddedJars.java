// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.cli.CommandFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the embedded services, which is never the job's own. */
final class EmbeddedJars {
    /** Set by the launcher: classes of the module that starts them, then its libraries. */
    static final String PROPERTY = "commander.embedded.classpath";

    private EmbeddedJars() {}

    /**
     * What the launcher says, and the plugin jars that the build unpacks beside the classes.
     *
     * @throws CommandFailedException if the launcher says nothing
     */
    static String classPath() throws IOException {
        String given = System.getProperty(PROPERTY, "").strip();
        if (given.isEmpty()) {
            throw new CommandFailedException(
                    "no class path for the embedded services; start by ./commander, or set -D"
                            + PROPERTY);
        }
        Path classes = Path.of(given.split(File.pathSeparator, 2)[0]).toAbsolutePath();
        Path plugins = classes.resolveSibling("knn");
        if (!Files.isDirectory(plugins)) {
            return given;
        }
        try (Stream<Path> jars = Files.list(plugins)) {
            return Stream.concat(
                            Stream.of(given),
                            jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).sorted())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
