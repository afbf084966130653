// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.KafkaResults.Bytes;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.delivery.Refusals;
import io.incidentcommander.connectors.delivery.WaitingParcels;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;

/**
 * Which queue, and where. Messages arrive at least once, in any order; what the queue has not taken
 * waits as {@link DeliverySink} says; what it never takes is counted and logged; a queue that is
 * not there fails the job. Each call takes 5 s at most and is made once: retries are the sink's.
 */
public final class SqsQueue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String url;
    private final String region;
    private final String endpoint;

    /**
     * @param url as the service names it
     * @param endpoint a server that speaks the protocol and takes any credentials; empty: the
     *     region's own, with the credentials of the environment
     */
    public SqsQueue(String url, String region, String endpoint) {
        this.url = url;
        this.region = region;
        this.endpoint = endpoint;
    }

    /**
     * @param name of no other sink of the job
     */
    public <I> DeliverySink<I, Parcel> sink(String name, Bytes<I> text) {
        return new DeliverySink<>(
                name,
                (element, time, place) -> Parcel.of(url, text.apply(element)).placed(place),
                new WaitingParcels(),
                () -> new SqsCourier(url, client()),
                Refusals.logged());
    }

    private SqsAsyncClient client() {
        SqsAsyncClientBuilder client =
                SqsAsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .connectionTimeout(LONGEST)
                                        .readTimeout(LONGEST))
                        .overrideConfiguration(
                                c ->
                                        c.apiCallTimeout(LONGEST)
                                                .retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint))
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")));
        }
        return client.build();
    }
}
