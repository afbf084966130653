// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.List;
import java.util.Set;

/** The formats there are, in the order in which they are asked: a new one is a line here. */
final class DecoderRegistry {
    private DecoderRegistry() {}

    /** {@code ownSlackBots}: ids of bots or apps whose messages are our own. */
    static List<AlertDecoder> all(Set<String> ownSlackBots) {
        return List.of(
                new CanonicalDecoder(),
                new AlertmanagerDecoder(),
                new GrafanaDecoder(),
                new DatadogDecoder(),
                new CloudWatchEventBridgeDecoder(),
                new CloudWatchSnsDecoder(),
                new CloudWatchLambdaDecoder(),
                new MetricStreamDecoder(),
                new PagerDutyEventsDecoder(),
                new PagerDutyWebhookDecoder(),
                new SlackDecoder(ownSlackBots),
                new OtlpMetricsDecoder(),
                new OtlpLogsDecoder(),
                new ApplicationLogDecoder());
    }
}
