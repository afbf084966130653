// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.diagnosis.memory.S3ArchiveStore;
import picocli.CommandLine.Option;

/** Where the archive is. */
final class ArchiveMixin {
    @Option(names = "--bucket", paramLabel = "B", required = true, description = "S3 bucket.")
    private String bucket;

    @Option(
            names = "--region",
            paramLabel = "R",
            defaultValue = "us-east-1",
            description = "Its AWS region. Default: us-east-1.")
    private String region;

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "Another server that speaks S3.")
    private String endpoint;

    S3ArchiveStore open() {
        return endpoint == null
                ? S3ArchiveStore.inRegion(region, bucket)
                : S3ArchiveStore.at(endpoint, bucket);
    }
}
