// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Objects of a bucket. Each call is made once, 10 s at most: the retries are the writer's. */
final class S3SpillStore implements SpillStore {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final S3AsyncClient client;
    private final String bucket;
    private final String root;

    private S3SpillStore(S3AsyncClient client, String bucket, String path) {
        this.client = client;
        this.bucket = bucket;
        this.root = path.isEmpty() ? "" : path + "/";
    }

    /**
     * @param endpoint empty: AWS, with the credentials of the environment
     */
    static S3SpillStore open(String bucket, String path, String region, String endpoint) {
        S3AsyncClientBuilder client =
                S3AsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(NettyNioAsyncHttpClient.builder().readTimeout(LONGEST))
                        .overrideConfiguration(
                                c ->
                                        c.apiCallTimeout(LONGEST)
                                                .retryStrategy(DefaultRetryStrategy.doNotRetry()));
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint))
                    .forcePathStyle(true)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")));
        }
        return new S3SpillStore(client.build(), bucket, path);
    }

    @Override
    public CompletableFuture<Void> put(String key, byte[] content) {
        return client.putObject(
                        p -> p.bucket(bucket).key(root + key), AsyncRequestBody.fromBytes(content))
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<List<String>> list(String prefix, int most) {
        return client.listObjectsV2(l -> l.bucket(bucket).prefix(root + prefix).maxKeys(most))
                .thenApply(
                        page ->
                                page.contents().stream()
                                        .map(object -> object.key().substring(root.length()))
                                        .collect(Collectors.toList()));
    }

    @Override
    public CompletableFuture<List<String>> listAll(String prefix) {
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        return client.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(root + prefix))
                .contents()
                .subscribe(object -> keys.add(object.key().substring(root.length())))
                .thenApply(done -> keys);
    }

    @Override
    public CompletableFuture<byte[]> get(String key) {
        return client.getObject(
                        g -> g.bucket(bucket).key(root + key), AsyncResponseTransformer.toBytes())
                .thenApply(answer -> answer.asByteArray());
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return client.deleteObject(d -> d.bucket(bucket).key(root + key)).thenApply(done -> null);
    }

    @Override
    public void close() {
        client.close();
    }
}
