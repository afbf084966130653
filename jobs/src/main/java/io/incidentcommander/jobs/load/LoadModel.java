// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.jobs.configuration.DiagnosisOptions;
import io.incidentcommander.jobs.live.EmbeddedChild;
import io.incidentcommander.jobs.live.StubConduct;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The stub of a model that a load run asks, if it asks any. Closing ends it. */
public final class LoadModel implements AutoCloseable {
    /** Long enough to hold its place, short enough that a run of a minute sees many end. */
    private static final String DEADLINE = "20 s";

    private final Optional<EmbeddedChild> child;
    private final Map<String, String> options = new TreeMap<>();

    private LoadModel(Optional<EmbeddedChild> child) {
        this.child = child;
    }

    /**
     * @param directory for its logs
     * @throws io.incidentcommander.jobs.cli.CommandFailedException if it does not start
     */
    public static LoadModel start(
            LoadDiagnosis diagnosis, Path directory, Consumer<String> progress) throws Exception {
        if (!diagnosis.asksModel()) {
            return new LoadModel(Optional.empty());
        }
        EmbeddedChild child = EmbeddedChild.start(directory, "bedrock", progress);
        try {
            String url = child.addresses().bedrock();
            if (diagnosis == LoadDiagnosis.HANGING) {
                StubConduct.behave(url, "hang");
            }
            LoadModel model = new LoadModel(Optional.of(child));
            model.options.put(DiagnosisOptions.DIAGNOSIS_MODEL.key(), "bedrock");
            model.options.put(DiagnosisOptions.DIAGNOSIS_BEDROCK_ENDPOINT.key(), url);
            model.options.put(DiagnosisOptions.DIAGNOSIS_DEADLINE.key(), DEADLINE);
            return model;
        } catch (Exception e) {
            child.close();
            throw e;
        }
    }

    /** What the job is to be told of it. */
    public Map<String, String> options() {
        return Map.copyOf(options);
    }

    @Override
    public void close() throws Exception {
        if (child.isPresent()) {
            child.get().close();
        }
    }
}
