// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.model.diagnosis.UnusableAnswerException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The models of a replay: what they answered then. There is no client, and none can be made. */
public final class RecordedAnswers {
    private static final DiagnosisSource SOURCE = DiagnosisSource.model("recorded");

    private final AnswerRecord record;

    public RecordedAnswers(AnswerRecord record) {
        this.record = record;
    }

    public <T> Routed<T> ask(ModelPrompt prompt, AnswerReading<T> reading) {
        try {
            Optional<ModelAnswer> known = record.find(prompt);
            if (known.isPresent()) {
                return new Routed<>(Optional.of(reading.read(known.get())), List.of(), Spend.NONE);
            }
            return none(Kind.NOT_RECORDED, "no answer to " + prompt.hash());
        } catch (UnusableAnswerException e) {
            return none(e.kind(), e.getMessage());
        } catch (IOException e) {
            return none(Kind.NOT_RECORDED, e.toString());
        }
    }

    private static <T> Routed<T> none(Kind kind, String message) {
        return new Routed<>(
                Optional.empty(), List.of(new DiagnosisFailure(kind, SOURCE, message)), Spend.NONE);
    }
}
