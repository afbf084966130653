// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The prompt for a request: a function of the request alone, so that the same incident gives the
 * same bytes. Times are told from the incident's first alert on. A changed text is a new version.
 */
public final class DiagnosisPrompts implements Serializable {
    public static final String VERSION = "diagnosis-v1";

    private static final long serialVersionUID = 1L;
    private static final String SYSTEM = read(VERSION + ".txt");
    private static final int MOST_OUTPUT_TOKENS = 1_500;

    private final Redaction.Addresses addresses;

    /**
     * @param addresses whether IP addresses may leave
     */
    public DiagnosisPrompts(Redaction.Addresses addresses) {
        this.addresses = addresses;
    }

    public PreparedPrompt of(DiagnosisRequest request) {
        Labels labels = new Labels();
        Evidence evidence =
                new Evidence(request, labels, new UntrustedText(new Redaction(addresses)));
        ModelPrompt prompt =
                new ModelPrompt(
                        VERSION,
                        SYSTEM,
                        "<data>\n" + evidence.text() + "</data>\n",
                        AnswerShape.TOOL,
                        AnswerShape.schema(labels),
                        MOST_OUTPUT_TOKENS);
        return new PreparedPrompt(prompt, labels);
    }

    private static String read(String resource) {
        try (InputStream in = DiagnosisPrompts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The prompt " + resource + " is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The prompt " + resource + " cannot be read", e);
        }
    }
}
