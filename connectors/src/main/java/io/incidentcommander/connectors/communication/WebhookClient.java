// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.communication.OutboundMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JSON to an address of one's own, signed: {@link #SIGNATURE} is {@code v1=} and HMAC-SHA256, in
 * hexadecimal digits, over the id, a full stop and the body. The id in {@link #ID} is the same for
 * every delivery of a message, so that the receiver recognises a repetition. Thread safe.
 */
public final class WebhookClient implements ChannelClient {
    public static final String ID = "X-Incident-Commander-Id";
    public static final String SIGNATURE = "X-Incident-Commander-Signature";

    /** Followed by the name of a webhook: under which its address and its key are found. */
    public static final String ADDRESS_PREFIX = "webhook.address.";

    public static final String KEY_PREFIX = "webhook.key.";

    private static final int MULTIPLE_CHOICES = 300;

    private final HttpCalls http = new HttpCalls();
    private final ChannelSecrets secrets;

    private WebhookClient(ChannelSecrets secrets) {
        this.secrets = secrets;
    }

    public static ChannelClientProvider with(ChannelSecrets secrets) {
        return () -> new WebhookClient(secrets);
    }

    @Override
    public CompletableFuture<SendOutcome> send(
            OutboundMessage message, String handle, int attempt) {
        Optional<String> address = secrets.of(ADDRESS_PREFIX + message.address());
        Optional<String> key = secrets.of(KEY_PREFIX + message.address());
        if (address.isEmpty() || key.isEmpty()) {
            return HttpCalls.done(
                    SendOutcome.refused("no address or key for webhook " + message.address()));
        }
        byte[] body = MessageJson.of(message);
        return http.post(
                URI.create(address.get()),
                Map.of(ID, message.id(), SIGNATURE, sign(key.get(), message.id(), body)),
                body,
                answer ->
                        HttpCalls.done(
                                answer.statusCode() < MULTIPLE_CHOICES
                                        ? SendOutcome.sent("")
                                        : SendOutcome.refused(
                                                "the receiver says " + answer.statusCode())));
    }

    /** What {@link #SIGNATURE} holds. */
    public static String sign(String key, String id, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((id + ".").getBytes(StandardCharsets.UTF_8));
            return "v1=" + Sha256.hex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
