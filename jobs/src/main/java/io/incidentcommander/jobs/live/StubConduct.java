// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What the stubs of services are told to do with requests. */
public final class StubConduct {
    private static final int HTTP_OK = 200;

    private StubConduct() {}

    /**
     * From now on it takes requests so.
     *
     * @param endpoint its address
     * @param behaviour the stub's word: {@code good}, {@code refusing}, {@code hang} and others
     * @throws IOException if it does not know the word, or is not there
     */
    public static void behave(String endpoint, String behaviour)
            throws IOException, InterruptedException {
        HttpResponse<Void> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        endpoint + "/stub/behaviour/" + behaviour))
                                        .PUT(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != HTTP_OK) {
            throw new IOException("The stub at " + endpoint + " answers " + answer.statusCode());
        }
    }
}
