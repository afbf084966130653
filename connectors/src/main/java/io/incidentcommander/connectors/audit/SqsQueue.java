// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

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

/** Which queue, and where. Each call takes 5 s at most and is made once: retries are the sink's. */
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

    String url() {
        return url;
    }

    SqsAsyncClient client() {
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
