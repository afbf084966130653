// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.IncidentProfile;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.detection.Sign;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the signs of one incident as its alerts come. Holds at most {@link #MOST_SIGNS} signs and
 * {@link #MOST_MATCHES} matches; what comes beyond is left out, first come first kept. Words are
 * read once for each service and name. Mutable, not thread safe; {@link #profile} is its state.
 */
public final class IncidentSigns {
    public static final int MOST_SIGNS = 256;
    public static final int MOST_MATCHES = 8;

    /** What an alert added to what was known. */
    public enum Change {
        /** Another kind of alert, or another service: worth classifying anew. */
        NEW_SIGN,
        /** A known one, more severe than before: worth classifying anew. */
        SEVERER,
        /** More of the same. */
        REPEAT,
        /** There is no room for it. */
        FULL
    }

    /** What a pattern changes in what is known. */
    public enum Seen {
        /** The first match of this pattern: worth telling, and classifying anew. */
        FIRST,
        /** It was seen of other subjects: worth classifying anew. */
        ANOTHER,
        /** More of the same. */
        REPEAT,
        /** There is no room for it. */
        FULL
    }

    private final Map<List<String>, Sign> signs = new LinkedHashMap<>();
    private final List<PatternMatch> matches = new ArrayList<>();

    private IncidentSigns() {}

    public static IncidentSigns none() {
        return new IncidentSigns();
    }

    public static IncidentSigns of(IncidentProfile profile) {
        IncidentSigns all = new IncidentSigns();
        profile.signs().forEach(all::put);
        all.matches.addAll(profile.matches());
        return all;
    }

    /** Takes in an alert that fires. */
    public Change add(NotableAlert notable) {
        Alert alert = notable.alert();
        List<String> key = List.of(alert.service(), alert.name());
        Sign known = signs.get(key);
        if (known == null && signs.size() >= MOST_SIGNS) {
            return Change.FULL;
        }
        Sign sign = known == null ? read(notable) : known.plus(again(known, notable));
        signs.put(key, sign);
        if (known == null) {
            return Change.NEW_SIGN;
        }
        return sign.severity() == known.severity() ? Change.REPEAT : Change.SEVERER;
    }

    /** Takes in a pattern; the same one of the same subject replaces what it said before. */
    public Seen add(PatternMatch match) {
        boolean isFirst = matches.stream().noneMatch(m -> m.patternId().equals(match.patternId()));
        boolean isRepeat =
                matches.removeIf(
                        m ->
                                m.patternId().equals(match.patternId())
                                        && m.subject().equals(match.subject()));
        if (matches.size() >= MOST_MATCHES) {
            return Seen.FULL;
        }
        matches.add(match);
        return isFirst ? Seen.FIRST : isRepeat ? Seen.REPEAT : Seen.ANOTHER;
    }

    /** Takes in all of an incident that was merged into this one. */
    public void addAll(IncidentSigns other) {
        other.signs.values().forEach(this::put);
        other.matches.forEach(this::add);
    }

    public Collection<Sign> signs() {
        return signs.values();
    }

    public List<PatternMatch> matches() {
        return matches;
    }

    public IncidentProfile profile() {
        return new IncidentProfile(new ArrayList<>(signs.values()), matches);
    }

    private void put(Sign sign) {
        List<String> key = List.of(sign.service(), sign.name());
        Sign known = signs.get(key);
        if (known != null || signs.size() < MOST_SIGNS) {
            signs.put(key, known == null ? sign : known.plus(sign));
        }
    }

    private static Sign read(NotableAlert notable) {
        Alert alert = notable.alert();
        Vocabulary.Meaning meaning = Vocabulary.of(alert);
        return new Sign(
                alert.service(),
                alert.name(),
                meaning.type(),
                meaning.strength(),
                alert.severity(),
                alert.eventTimeMillis(),
                alert.eventTimeMillis(),
                notable.weight());
    }

    private static Sign again(Sign known, NotableAlert notable) {
        Alert alert = notable.alert();
        return new Sign(
                known.service(),
                known.name(),
                known.type(),
                known.strength(),
                alert.severity(),
                alert.eventTimeMillis(),
                alert.eventTimeMillis(),
                notable.weight());
    }
}
