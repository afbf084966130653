// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

/**
 * The questions about one incident, as far as its life knows of them. The first is asked when the
 * incident opens; whoever asks, each attempt gets one decision. Immutable.
 */
public final class QuestionsHeard {
    private static final QuestionsHeard NONE = new QuestionsHeard(0, 0);

    private final int decided;
    private final int asked;

    /**
     * @param decided the latest attempt that there was a decision on; 0: none yet
     * @param asked the latest attempt that this life asked for; 0: none yet
     */
    public QuestionsHeard(int decided, int asked) {
        this.decided = decided;
        this.asked = asked;
    }

    /** Nothing was decided, and the first question is under way. */
    public static QuestionsHeard none() {
        return NONE;
    }

    public int decided() {
        return decided;
    }

    public int asked() {
        return asked;
    }

    QuestionsHeard decided(int attempt) {
        return new QuestionsHeard(Math.max(decided, attempt), asked);
    }

    QuestionsHeard askedNext() {
        return new QuestionsHeard(decided, decided + 1);
    }

    /** Whether no answer is under way that is known of. */
    boolean areAllAnswered() {
        return decided > 0 && asked <= decided;
    }
}
