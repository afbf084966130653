// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Secrets from a file, {@code NAME=VALUE} a line, on the machine that makes the calls: the job
 * holds its path alone. Read once, when the first is asked for. Thread safe.
 */
public final class FileChannelSecrets implements ChannelSecrets {
    private static final long serialVersionUID = 1L;

    private final String file;
    private transient Properties secrets;

    public FileChannelSecrets(String file) {
        this.file = file;
    }

    @Override
    public synchronized Optional<String> of(String name) {
        if (secrets == null) {
            secrets = read();
        }
        return Optional.ofNullable(secrets.getProperty(name));
    }

    private Properties read() {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            all.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of secrets cannot be read: " + file, e);
        }
        return all;
    }
}
