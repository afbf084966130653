// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

/** What a model answered is no diagnosis, and why. */
public final class UnusableAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DiagnosisFailure.Kind kind;

    /**
     * @param message fit for a log: words of a model in it are clean
     */
    public UnusableAnswerException(DiagnosisFailure.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public DiagnosisFailure.Kind kind() {
        return kind;
    }
}
