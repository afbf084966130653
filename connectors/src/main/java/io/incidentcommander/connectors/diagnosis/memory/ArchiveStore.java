// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import java.io.IOException;

/** Where archives are kept for good. */
public interface ArchiveStore extends AutoCloseable {
    /** Keeps an object; one of this key that is there is replaced. */
    void put(String key, byte[] content) throws IOException;

    /** The object as it is stored. */
    byte[] get(String key) throws IOException;

    @Override
    void close();
}
