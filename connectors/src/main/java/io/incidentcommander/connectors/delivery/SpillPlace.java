// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;

/** Which place that is; opened by each writer, which closes it. */
public interface SpillPlace extends Serializable {
    SpillStore open();

    /**
     * @param address {@code s3://bucket/prefix}, or a directory, as a path or {@code file:} URI
     * @param region of the bucket
     * @param endpoint of a server that speaks the protocol and takes any credentials; empty: AWS
     * @throws IllegalArgumentException if it is neither
     */
    static SpillPlace at(String address, String region, String endpoint) {
        if (address.startsWith("s3://")) {
            URI place = URI.create(address);
            if (place.getHost() == null) {
                throw new IllegalArgumentException("No bucket in " + address);
            }
            String bucket = place.getHost();
            String path = place.getPath().replaceAll("^/+|/+$", "");
            return () -> S3SpillStore.open(bucket, path, region, endpoint);
        }
        String directory =
                address.startsWith("file:") ? Path.of(URI.create(address)).toString() : address;
        if (directory.contains("://")) {
            throw new IllegalArgumentException("Neither s3:// nor a directory: " + address);
        }
        return () -> new DirectorySpillStore(Path.of(directory));
    }
}
