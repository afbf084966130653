// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that this module carries inside its jar and other programs need as files. */
final class Resources {

    private Resources() {}

    /**
     * Writes the resource into the folder, over an older one, and returns where.
     *
     * @param name relative to this package
     */
    static Path copy(String name, Path folder) throws IOException {
        Path target = folder.resolve(Path.of(name).getFileName());
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The build left out the resource " + name);
            }
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
