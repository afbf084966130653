// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Shares of the records by format; they add up to one. Immutable. */
public final class FormatMix implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<RecordFormat, Double> shares;

    private FormatMix(EnumMap<RecordFormat, Double> shares) {
        this.shares = shares;
    }

    /**
     * @param weights finite and not negative; at least one alert-bearing format has a positive one
     */
    public static FormatMix of(Map<RecordFormat, Double> weights) {
        double total = 0;
        double alerts = 0;
        for (Map.Entry<RecordFormat, Double> entry : weights.entrySet()) {
            double weight = entry.getValue();
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "The weight of " + entry.getKey() + " must be 0 or more: " + weight);
            }
            total += weight;
            alerts += entry.getKey().bearsAlerts() ? weight : 0;
        }
        if (!(alerts > 0)) {
            throw new IllegalArgumentException("A mix needs a format that bears alerts");
        }
        EnumMap<RecordFormat, Double> shares = new EnumMap<>(RecordFormat.class);
        for (Map.Entry<RecordFormat, Double> entry : weights.entrySet()) {
            if (entry.getValue() > 0) {
                shares.put(entry.getKey(), entry.getValue() / total);
            }
        }
        return new FormatMix(shares);
    }

    public static FormatMix only(RecordFormat format) {
        return of(Collections.singletonMap(format, 1.0));
    }

    /** What a company with several monitoring systems sends, some of it unreadable. */
    public static FormatMix realistic() {
        EnumMap<RecordFormat, Double> weights = new EnumMap<>(RecordFormat.class);
        weights.put(RecordFormat.CANONICAL, 0.17);
        weights.put(RecordFormat.EVENTBRIDGE, 0.16);
        weights.put(RecordFormat.SNS, 0.10);
        weights.put(RecordFormat.DATADOG, 0.17);
        weights.put(RecordFormat.ALERTMANAGER, 0.18);
        weights.put(RecordFormat.PAGERDUTY_EVENTS, 0.07);
        weights.put(RecordFormat.GRAFANA, 0.10);
        weights.put(RecordFormat.OTLP_METRICS, 0.02);
        weights.put(RecordFormat.OTLP_LOGS, 0.02);
        weights.put(RecordFormat.CONFIG_CHANGE, 0.003);
        weights.put(RecordFormat.SUBSCRIPTION, 0.0005);
        weights.put(RecordFormat.ECHO, 0.0035);
        weights.put(RecordFormat.JUNK, 0.003);
        return of(weights);
    }

    /** This mix with {@code share} of the records unreadable and the rest in proportion. */
    public FormatMix withJunk(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("The share of junk must be in [0, 1): " + share);
        }
        double rest = 1 - share(RecordFormat.JUNK);
        EnumMap<RecordFormat, Double> weights = new EnumMap<>(RecordFormat.class);
        shares.forEach((format, old) -> weights.put(format, old / rest * (1 - share)));
        weights.put(RecordFormat.JUNK, share);
        return of(weights);
    }

    public double share(RecordFormat format) {
        return shares.getOrDefault(format, 0.0);
    }

    /** Share of the records that bear no alert. */
    double noise() {
        double noise = 0;
        for (Map.Entry<RecordFormat, Double> entry : shares.entrySet()) {
            noise += entry.getKey().bearsAlerts() ? 0 : entry.getValue();
        }
        return noise;
    }

    /** The shares of these formats, in their order. */
    double[] weightsOf(RecordFormat... formats) {
        double[] weights = new double[formats.length];
        for (int i = 0; i < formats.length; i++) {
            weights[i] = share(formats[i]);
        }
        return weights;
    }
}
