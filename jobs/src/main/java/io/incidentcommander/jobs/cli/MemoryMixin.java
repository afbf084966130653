// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.DiagnosisOptions;
import io.incidentcommander.jobs.configuration.EmbeddingUse;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import java.io.IOException;
import java.util.Map;
import org.opensearch.client.transport.OpenSearchTransport;
import picocli.CommandLine.Mixin;

/** Which memory, and by which embedder. */
final class MemoryMixin {
    private static final int CALL_SECONDS = (int) (IncidentMemory.MAX_SEARCH_MILLIS / 1_000);

    @Mixin private ConfigurationMixin configuration;

    /** Opens it, does something with it, and closes it. */
    <T> T with(Use<T> use) throws IOException {
        CommanderConfiguration options = configuration.load(Map.of());
        String url = options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_ENDPOINT);
        if (url.isEmpty()) {
            throw new ConfigurationException(
                    "where is the memory? Set "
                            + DiagnosisOptions.DIAGNOSIS_MEMORY_ENDPOINT.key()
                            + " to the address of OpenSearch");
        }
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(url, CALL_SECONDS).create()) {
            return use.with(
                    transport,
                    options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_ALIAS),
                    () ->
                            options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_EMBEDDINGS)
                                            == EmbeddingUse.TITAN
                                    ? Memories.titanEmbedding(DiagnosisInputs.clients(options))
                                    : Memories.localEmbedding());
        }
    }

    /** What is done with it. */
    interface Use<T> {
        /**
         * @param alias that all of its indices have
         */
        T with(OpenSearchTransport transport, String alias, Embeddings embeddings)
                throws IOException;
    }

    /** Opens the embedder, where one is needed. */
    interface Embeddings {
        Memories.Embedding open();
    }
}
