// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** A bucket; calls wait for their answer, a minute at most. */
public final class S3ArchiveStore implements ArchiveStore {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final S3AsyncClient client;
    private final String bucket;

    private S3ArchiveStore(S3AsyncClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** In a region, with the credentials of the environment. */
    public static S3ArchiveStore inRegion(String region, String bucket) {
        return new S3ArchiveStore(client(region, Optional.empty()), bucket);
    }

    /** On a server that speaks the protocol at this address and takes any credentials. */
    public static S3ArchiveStore at(String endpoint, String bucket) {
        return new S3ArchiveStore(client("us-east-1", Optional.of(URI.create(endpoint))), bucket);
    }

    /** Creates the bucket unless it is there. For local runs. */
    public void createBucketIfAbsent() throws IOException {
        boolean there =
                await(client.listBuckets(), "list buckets").buckets().stream()
                        .anyMatch(b -> b.name().equals(bucket));
        if (!there) {
            await(client.createBucket(b -> b.bucket(bucket)), "create " + bucket);
        }
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        await(
                client.putObject(
                        p -> p.bucket(bucket).key(key), AsyncRequestBody.fromBytes(content)),
                "write " + key);
    }

    @Override
    public byte[] get(String key) throws IOException {
        return await(
                        client.getObject(
                                g -> g.bucket(bucket).key(key), AsyncResponseTransformer.toBytes()),
                        "read " + key)
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T await(CompletableFuture<T> answer, String what) throws IOException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException) {
                throw new IOException(
                        "Bucket " + bucket + ": cannot " + what + ": " + e.getCause().getMessage(),
                        e.getCause());
            }
            throw e;
        }
    }

    private static S3AsyncClient client(String region, Optional<URI> endpoint) {
        S3AsyncClientBuilder client =
                S3AsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(NettyNioAsyncHttpClient.builder().readTimeout(TIMEOUT))
                        .overrideConfiguration(c -> c.apiCallTimeout(TIMEOUT));
        endpoint.ifPresent(
                address ->
                        client.endpointOverride(address)
                                .forcePathStyle(true)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("local", "local"))));
        return client.build();
    }
}
