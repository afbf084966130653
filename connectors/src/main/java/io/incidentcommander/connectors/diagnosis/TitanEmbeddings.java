// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/**
 * Texts as vectors of length 1, by Titan. Once each: no retries, no limits. The caller has taken
 * out what may not leave. Thread safe; whoever made it closes it.
 */
public final class TitanEmbeddings implements AutoCloseable {
    public static final String MODEL = "amazon.titan-embed-text-v2:0";

    /**
     * The model takes 8,192 tokens. A token of its byte-level vocabulary is one byte of UTF-8 or
     * more, so no text of so many bytes has more tokens.
     */
    static final int MOST_BYTES = 8_192;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BedrockRuntimeAsyncClient client;
    private final int dimensions;

    /**
     * @param dimensions 256, 512 or 1024
     */
    public TitanEmbeddings(BedrockClients clients, int dimensions) {
        this.client = clients.create();
        this.dimensions = dimensions;
    }

    /** Fails with an {@link UncheckedIOException} if the answer is no vector of this length. */
    public CompletableFuture<float[]> embed(String text) {
        String body;
        try {
            body =
                    JSON.writeValueAsString(
                            JSON.createObjectNode()
                                    .put("inputText", cut(text))
                                    .put("dimensions", dimensions)
                                    .put("normalize", true));
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        return client.invokeModel(
                        request ->
                                request.modelId(MODEL)
                                        .contentType("application/json")
                                        .accept("application/json")
                                        .body(SdkBytes.fromUtf8String(body)))
                .thenApply(response -> vector(response.body()));
    }

    /** As many whole characters as fit. */
    static String cut(String text) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > MOST_BYTES) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    public int dimensions() {
        return dimensions;
    }

    @Override
    public void close() {
        client.close();
    }

    private float[] vector(SdkBytes body) {
        try {
            JsonNode values = JSON.readTree(body.asByteArray()).path("embedding");
            if (values.size() != dimensions) {
                throw new IOException(
                        "An embedding of " + values.size() + " values, not " + dimensions);
            }
            float[] vector = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vector[i] = values.get(i).floatValue();
            }
            return vector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
