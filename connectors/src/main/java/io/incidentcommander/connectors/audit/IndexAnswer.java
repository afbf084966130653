// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

/** What the index answered about one document. Immutable. */
final class IndexAnswer {
    /** What it comes to. */
    enum Kind {
        INDEXED,
        /** The index holds the same or a newer state. */
        STALE,
        /** It may work later. */
        RETRY,
        /** This document never will. */
        REJECTED
    }

    private final Kind kind;
    private final String detail;

    private IndexAnswer(Kind kind, String detail) {
        this.kind = kind;
        this.detail = detail;
    }

    /**
     * @param status the HTTP status that the index gives the document
     * @param detail its error in its own words; empty if there is none
     */
    static IndexAnswer ofDocument(int status, String detail) {
        String text = "status " + status + " " + detail;
        if (status == 200 || status == 201) {
            return new IndexAnswer(Kind.INDEXED, text);
        }
        if (status == 409) {
            return new IndexAnswer(Kind.STALE, text);
        }
        boolean busy = status == 429 || status >= 500;
        return new IndexAnswer(busy ? Kind.RETRY : Kind.REJECTED, text);
    }

    /**
     * A whole request was refused: only what is wrong with the request itself is final. A missing
     * index or permission can be mended while the job runs.
     */
    static IndexAnswer ofRequest(int status, String detail) {
        boolean wrong = status == 400 || status == 413;
        return new IndexAnswer(
                wrong ? Kind.REJECTED : Kind.RETRY, "status " + status + " " + detail);
    }

    static IndexAnswer unreachable(Throwable failure) {
        return new IndexAnswer(Kind.RETRY, failure.toString());
    }

    Kind kind() {
        return kind;
    }

    /** One line. */
    String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
