// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The npm package kinesis-local in a cache folder, put there by npm on first use.
 *
 * <p>There is no lock file: the package is named by its exact version and depends on nothing. The
 * folder appears in one move, so processes that install at the same time don't disturb each other.
 */
final class KinesisPackage {

    private static final String FOLDER = "kinesis-local-0.6.2";
    private static final long INSTALL_SECONDS = 120;

    private final Path installed;

    private KinesisPackage(Path installed) {
        this.installed = installed;
    }

    /** The package in this cache, installed if it isn't yet; npm's output goes to the log. */
    static KinesisPackage installedIn(Path cache, Path npm, Path log)
            throws IOException, InterruptedException {
        Path target = cache.resolve(FOLDER);
        if (Files.notExists(target)) {
            Files.createDirectories(cache);
            Path workspace = Files.createTempDirectory(cache, "installing-");
            try {
                install(workspace, npm, log);
                publish(workspace, target);
            } finally {
                DataDirectory.deleteTree(workspace);
            }
        }
        return new KinesisPackage(target);
    }

    /** The folder the server must run in: it reads its certificate from there. */
    Path serverDirectory() {
        return installed.resolve("node_modules").resolve("kinesis-local");
    }

    Path main() {
        return serverDirectory().resolve("main.js");
    }

    private static void install(Path workspace, Path npm, Path log)
            throws IOException, InterruptedException {
        Resources.copy("kinesis/package.json", workspace);
        Process process =
                new ProcessBuilder(
                                List.of(
                                        npm.toString(),
                                        "install",
                                        "--no-package-lock",
                                        "--ignore-scripts",
                                        "--no-audit",
                                        "--no-fund"))
                        .directory(workspace.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        process.getOutputStream().close();
        if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("npm did not finish in " + INSTALL_SECONDS + " s; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IOException("npm could not install kinesis-local; see " + log);
        }
    }

    private static void publish(Path workspace, Path target) throws IOException {
        try {
            Files.move(workspace, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException another) {
            // Another process was first; its copy is as good as ours.
            if (Files.notExists(target)) {
                throw another;
            }
        }
    }
}
