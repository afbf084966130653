// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The class path of the servers, which is never the caller's own: this module's classes, the jars
 * Maven found for it, and the jars of OpenSearch's k-NN plugin, which the build unpacks into {@code
 * knn/} beside the classes.
 *
 * <p>Taken from the system property {@value #PROPERTY} if it is set; else from the file {@code
 * runtime.classpath} that the build of this module leaves beside its classes, found next to the
 * code of this class or in {@code embedded/target} of a folder above the working directory.
 *
 * @param elements jars and folders in order, all of which exist
 * @param cache a folder where packages may be kept between runs
 */
record EmbeddedClassPath(List<Path> elements, Optional<Path> cache) {

    static final String PROPERTY = "commander.embedded.classpath";
    private static final String FILE = "runtime.classpath";
    private static final String PLUGIN = "knn";
    private static final String HOW_TO_BUILD =
            " Build it with: mvn -pl embedded process-classes, or set -D" + PROPERTY + ".";

    /**
     * @throws IllegalStateException if there is none or a part of it is missing, saying how to
     *     build it
     */
    static EmbeddedClassPath find() {
        Optional<String> given = Optional.ofNullable(System.getProperty(PROPERTY));
        EmbeddedClassPath found =
                given.map(EmbeddedClassPath::split)
                        .map(EmbeddedClassPath::withPlugin)
                        .orElseGet(() -> ofBuild(buildDirectory()));
        found.elements.stream()
                .filter(Files::notExists)
                .findFirst()
                .ifPresent(
                        missing -> {
                            throw new IllegalStateException(
                                    "The embedded servers' class path names "
                                            + missing
                                            + ", which is not there."
                                            + HOW_TO_BUILD);
                        });
        return found;
    }

    /** In the form the java command takes. */
    String text() {
        return String.join(File.pathSeparator, elements.stream().map(Path::toString).toList());
    }

    private static EmbeddedClassPath ofBuild(Path target) {
        List<Path> elements = new ArrayList<>();
        elements.add(target.resolve("classes"));
        try {
            elements.addAll(split(Files.readString(target.resolve(FILE)).trim()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE + "." + HOW_TO_BUILD, e);
        }
        return withPlugin(elements);
    }

    /** Adds what stands beside the first element, which is this module's classes. */
    private static EmbeddedClassPath withPlugin(List<Path> classesAndJars) {
        Path target = classesAndJars.get(0).toAbsolutePath().getParent();
        if (!Files.isDirectory(target.resolve(PLUGIN))) {
            return new EmbeddedClassPath(classesAndJars, Optional.empty());
        }
        List<Path> elements = new ArrayList<>(classesAndJars);
        try (Stream<Path> jars = Files.list(target.resolve(PLUGIN))) {
            jars.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(elements::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + target + "." + HOW_TO_BUILD, e);
        }
        return new EmbeddedClassPath(List.copyOf(elements), Optional.of(target.resolve("npm")));
    }

    private static Path buildDirectory() {
        return Stream.concat(ownCode().map(Path::getParent).stream(), aboveWorkingDirectory())
                .filter(target -> Files.isRegularFile(target.resolve(FILE)))
                // Other modules have a class path file too; the plugin is ours alone.
                .filter(target -> Files.isDirectory(target.resolve(PLUGIN)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "There is no embedded/target/"
                                                + FILE
                                                + "."
                                                + HOW_TO_BUILD));
    }

    private static Stream<Path> aboveWorkingDirectory() {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("embedded").resolve("target"));
    }

    /** The folder or jar this class was loaded from. */
    private static Optional<Path> ownCode() {
        return Optional.ofNullable(EmbeddedClassPath.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(
                        location -> {
                            try {
                                return Path.of(location.toURI());
                            } catch (URISyntaxException e) {
                                throw new IllegalStateException("Not a path: " + location, e);
                            }
                        });
    }

    private static List<Path> split(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(element -> !element.isBlank())
                .map(Path::of)
                .toList();
    }
}
