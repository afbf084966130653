// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.List;

/** The formats there are, in the order in which they are asked: a new one is a line here. */
final class DecoderRegistry {
    private DecoderRegistry() {}

    static List<AlertDecoder> all() {
        return List.of(new CanonicalDecoder());
    }
}
