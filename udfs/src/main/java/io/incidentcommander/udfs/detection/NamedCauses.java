// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.Sign;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.IncidentType;

/**
 * The cause that the words of an incident's alerts name most clearly, if any. What breaks by itself
 * mostly names its cause; what suffers from something else mostly speaks of errors, delays and
 * dependencies. Immutable.
 */
public final class NamedCauses {
    /** A word at least as clear as this names a cause; the name of a kind of service is less. */
    private static final double CLEAR = 0.7;

    /** Of the kinds of alerts: a single one may be of something that goes on anyway. */
    private static final double LEAST_SHARE = 0.3;

    /**
     * Likelihood of such words if both broke by themselves over that if one brought the other
     * about: one in ten faults does not name its cause, and half of what suffers names none.
     */
    private static final double ONE_IS_SILENT = 0.2;

    /** Faults are of several kinds, and who suffers may speak of what it suffers from. */
    private static final double BOTH_THE_SAME = 0.5;

    /** Who suffers seldom names a cause that is another's. */
    private static final double EACH_ITS_OWN = 5;

    private final IncidentType type;

    private NamedCauses(IncidentType type) {
        this.type = type;
    }

    /** By what most of its words speak of, if that is a good part of all it shows. */
    public static NamedCauses of(IncidentSigns signs) {
        double[] named = new double[IncidentType.values().length];
        for (Sign sign : signs.signs()) {
            if (sign.strength() >= CLEAR) {
                named[sign.type().ordinal()] += sign.strength();
            }
        }
        IncidentType most = IncidentType.UNKNOWN;
        for (IncidentType type : IncidentType.values()) {
            if (isCause(type)
                    && named[type.ordinal()] >= LEAST_SHARE * signs.signs().size()
                    && named[type.ordinal()] > named[most.ordinal()]) {
                most = type;
            }
        }
        return new NamedCauses(most);
    }

    /** Of what was said to be of this type. */
    public static NamedCauses of(IncidentType type) {
        return new NamedCauses(isCause(type) ? type : IncidentType.UNKNOWN);
    }

    /** Of a single alert. */
    public static NamedCauses of(Alert alert) {
        Vocabulary.Meaning meaning = Vocabulary.of(alert);
        return of(meaning.strength() >= CLEAR ? meaning.type() : IncidentType.UNKNOWN);
    }

    /** Whether both name a cause, and not the same. */
    public boolean isAnother(NamedCauses other) {
        return type != IncidentType.UNKNOWN
                && other.type != IncidentType.UNKNOWN
                && type != other.type;
    }

    /**
     * Whether this is a flood and the other an overload, which is all that shows behind a flood.
     */
    public boolean floods(NamedCauses other) {
        return type == IncidentType.DDOS && other.type == IncidentType.API_OVERLOAD;
    }

    /** Who suffers speaks of dependencies. */
    private static boolean isCause(IncidentType type) {
        return type != IncidentType.UNKNOWN && type != IncidentType.DEPENDENCY_FAILURE;
    }

    /** Whether one names a cause, and the other none. */
    public boolean isOneSilent(NamedCauses other) {
        return (type == IncidentType.UNKNOWN) != (other.type == IncidentType.UNKNOWN);
    }

    /**
     * By how much the words make it likelier that this one and the other broke by themselves than
     * that one brought the other about; 1 if they say nothing of it. Symmetric.
     */
    public double apart(NamedCauses other) {
        if (isOneSilent(other)) {
            return ONE_IS_SILENT;
        }
        if (type == IncidentType.UNKNOWN) {
            return 1;
        }
        return type == other.type ? BOTH_THE_SAME : EACH_ITS_OWN;
    }
}
