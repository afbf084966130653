// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of this machine, found the way a shell finds them. */
record Executables(String searchPath) {

    static Executables ofEnvironment() {
        return new Executables(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** The first executable file of this name on the search path. */
    Optional<Path> find(String program) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
