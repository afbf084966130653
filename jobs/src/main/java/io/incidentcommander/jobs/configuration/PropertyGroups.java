// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;

/** Port to the runtime properties of Amazon Managed Service for Apache Flink. */
@FunctionalInterface
public interface PropertyGroups {
    /** The group whose keys are ours; others belong to the service or to somebody else. */
    String GROUP = "commander";

    /** Group id to properties; empty outside the service. */
    Map<String, Properties> read() throws IOException;

    /** What the service hands to this application. */
    static PropertyGroups ofManagedFlink() {
        return KinesisAnalyticsRuntime::getApplicationProperties;
    }
}
