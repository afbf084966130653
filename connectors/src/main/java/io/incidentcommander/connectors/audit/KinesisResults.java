// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.KafkaResults.Parcels;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.delivery.Refusals;
import io.incidentcommander.connectors.delivery.WaitingParcels;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/**
 * Results as records of a Kinesis stream, at least once; records of one key go to one shard, in
 * order. What the stream has not taken waits as {@link DeliverySink} says.
 */
public final class KinesisResults implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String region;
    private final String endpoint;

    /**
     * @param endpoint a server that speaks the protocol and takes any credentials; empty: the
     *     region's own, with the credentials of the environment
     */
    public KinesisResults(String region, String endpoint) {
        this.region = region;
        this.endpoint = endpoint;
    }

    /**
     * @param name of no other sink of the job
     * @param parcels each with a key
     */
    public <I> DeliverySink<I, Parcel> into(String name, String stream, Parcels<I> parcels) {
        return new DeliverySink<>(
                name,
                (element, time, place) -> parcels.apply(element).placed(place),
                new WaitingParcels(),
                () -> new KinesisCourier(stream, client()),
                Refusals.logged());
    }

    /** Each call takes 10 s at most and is made once: retries are the sink's. */
    private KinesisAsyncClient client() {
        boolean local = !endpoint.isEmpty();
        KinesisAsyncClientBuilder client =
                KinesisAsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .protocol(local ? Protocol.HTTP1_1 : Protocol.HTTP2)
                                        .connectionTimeout(LONGEST)
                                        .readTimeout(LONGEST))
                        .overrideConfiguration(
                                c ->
                                        c.apiCallTimeout(LONGEST)
                                                .retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (local) {
            client.endpointOverride(URI.create(endpoint))
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")));
        }
        return client.build();
    }
}
