// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of an alert that may speak of its cause: of its name, the metric and its namespace, and
 * the first sentence of its summary. Names of the service and the host are taken out, for what a
 * service is called says nothing of what ails it. Immutable.
 */
final class AlertWords {
    static final int INITIALS = 64;

    private static final int MOST_SUMMARY = 120;
    private static final String[] LABELS = {
        "alertname", "metric", "metric_name", "__name__", "namespace", "class", "monitor"
    };

    private final List<String> words;

    private AlertWords(List<String> words) {
        this.words = words;
    }

    static AlertWords of(Alert alert) {
        Set<String> names = new HashSet<>();
        split(alert.service(), names);
        split(alert.host(), names);
        List<String> words = new ArrayList<>();
        add(without(alert.name(), alert.service(), alert.host()), names, words);
        for (String label : LABELS) {
            String value = alert.labels().get(label);
            if (value != null && !value.equals(alert.name())) {
                add(without(value, alert.service(), alert.host()), names, words);
            }
        }
        add(firstSentence(alert.summary()), names, words);
        return new AlertWords(words);
    }

    static AlertWords of(String text) {
        List<String> words = new ArrayList<>();
        add(text, Set.of(), words);
        return new AlertWords(words);
    }

    int count() {
        return words.size();
    }

    /** The {@link #initial(String)} of one of its words. */
    int initial(int word) {
        return initial(words.get(word));
    }

    /** Below {@link #INITIALS}, by the first letter: the same for words that begin alike. */
    static int initial(String word) {
        return word.charAt(0) & INITIALS - 1;
    }

    /** Whether these stems begin the words from there on. */
    boolean hasAt(int at, String[] stems) {
        if (at + stems.length > words.size()) {
            return false;
        }
        for (int i = 0; i < stems.length; i++) {
            if (!begins(at + i, stems[i])) {
                return false;
            }
        }
        return true;
    }

    /** Stems of up to three letters are whole words. */
    private boolean begins(int word, String stem) {
        String text = words.get(word);
        return stem.length() <= 3 ? text.equals(stem) : text.startsWith(stem);
    }

    private static String without(String text, String service, String host) {
        String rest = text;
        for (String name : new String[] {service, host}) {
            rest = name.length() < 3 ? rest : rest.replace(name, " ");
        }
        return rest;
    }

    private static String firstSentence(String summary) {
        int end = summary.indexOf(". ");
        String first = end < 0 ? summary : summary.substring(0, end);
        return first.length() > MOST_SUMMARY ? first.substring(0, MOST_SUMMARY) : first;
    }

    /** A part that is a name by itself is left in: a rule may well say what the service is. */
    private static void add(String text, Set<String> names, List<String> to) {
        List<String> all = new ArrayList<>();
        split(text, all);
        if (all.isEmpty() || !names.containsAll(all)) {
            to.addAll(all);
            to.add("|");
        }
    }

    /** At case changes, digits' ends and whatever is no letter or digit; lower case. */
    private static void split(String text, Collection<String> to) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean starts =
                    Character.isUpperCase(c)
                            && i > 0
                            && (Character.isLowerCase(text.charAt(i - 1))
                                    || (i + 1 < text.length()
                                            && Character.isUpperCase(text.charAt(i - 1))
                                            && Character.isLowerCase(text.charAt(i + 1))));
            if (starts || !Character.isLetterOrDigit(c)) {
                flush(word, to);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        flush(word, to);
    }

    private static void flush(StringBuilder word, Collection<String> to) {
        if (word.length() > 0) {
            to.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}
