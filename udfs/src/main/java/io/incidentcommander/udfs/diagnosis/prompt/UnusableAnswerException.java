// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;

/** What a model answered is no diagnosis, and why. */
public final class UnusableAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DiagnosisFailure.Kind kind;

    /**
     * @param message may hold words of the model
     */
    UnusableAnswerException(DiagnosisFailure.Kind kind, String message) {
        super(
                new UntrustedText(new Redaction(Redaction.Addresses.TAKEN_OUT))
                        .of(message, DiagnosisFailure.MOST_TEXT));
        this.kind = kind;
    }

    public DiagnosisFailure.Kind kind() {
        return kind;
    }
}
