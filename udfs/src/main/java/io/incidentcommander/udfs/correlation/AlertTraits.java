// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What alerts of different services may have in common: values of labels, and their text. */
final class AlertTraits {
    static final String TEXT = "text ";
    static final String LABEL = "label ";

    private static final int MOST_LABELS = 8;
    private static final int LONGEST = 128;

    private AlertTraits() {}

    /** The keys of an alert: its text first, then its labels by name. */
    static List<String> of(Alert alert) {
        List<String> keys = new ArrayList<>();
        keys.add(TEXT + form(alert.name()));
        for (Map.Entry<String, String> label : alert.labels().entrySet()) {
            if (keys.size() <= MOST_LABELS && tells(label.getValue(), alert)) {
                keys.add(LABEL + label.getKey() + "=" + label.getValue());
            }
        }
        return keys;
    }

    /** Labels that say what is known anyway relate nothing. */
    private static boolean tells(String value, Alert alert) {
        return !value.isEmpty()
                && value.length() <= LONGEST
                && !value.equals(alert.service())
                && !value.equals(alert.host())
                && !value.equals(alert.name());
    }

    /**
     * The words of a text without numbers, in alphabetical order, each once: texts that differ in
     * numbers, ids, order and case are alike.
     */
    static String form(String text) {
        TreeSet<String> words = new TreeSet<>();
        StringBuilder word = new StringBuilder();
        boolean hasDigit = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? Character.toLowerCase(text.charAt(i)) : ' ';
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
                hasDigit |= Character.isDigit(c);
            } else {
                if (word.length() > 0 && !hasDigit) {
                    words.add(word.toString());
                }
                word.setLength(0);
                hasDigit = false;
            }
        }
        return words.isEmpty() ? text : String.join(" ", words);
    }
}
