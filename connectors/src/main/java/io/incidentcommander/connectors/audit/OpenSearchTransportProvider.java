// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.Serializable;
import java.net.URISyntaxException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;

/** Makes the transport of one writer, which closes it. */
public interface OpenSearchTransportProvider extends Serializable {
    OpenSearchTransport create();

    /**
     * Plain or TLS without credentials, five seconds a call.
     *
     * @param url such as {@code http://127.0.0.1:9200}
     */
    static OpenSearchTransportProvider at(String url) {
        return at(url, 5);
    }

    /** As the other, with so many seconds a call. */
    static OpenSearchTransportProvider at(String url, int seconds) {
        return () ->
                ApacheHttpClient5TransportBuilder.builder(host(url))
                        .setMapper(new JacksonJsonpMapper())
                        .setRequestConfigCallback(
                                request -> request.setResponseTimeout(Timeout.ofSeconds(seconds)))
                        .build();
    }

    private static HttpHost host(String url) {
        try {
            return HttpHost.create(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not the address of an OpenSearch: " + url, e);
        }
    }
}
