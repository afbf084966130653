// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.udfs.diagnosis.causal.NodeMetrics.Pair;
import java.util.List;

/**
 * Takes out of a resource what the traffic of its node explains: a processor that is busier because
 * more requests come is not in trouble. By least squares over the normal period, and only where the
 * two clearly move together there.
 */
final class LoadAdjustment {
    private static final double CLEARLY = 0.5;
    private static final int FEWEST_ROWS = 10;

    private final double[] normal;
    private final double[] issue;

    private LoadAdjustment(double[] normal, double[] issue) {
        this.normal = normal;
        this.issue = issue;
    }

    double[] normal() {
        return normal;
    }

    double[] issue() {
        return issue;
    }

    static LoadAdjustment of(Pair resource, List<Pair> traffic) {
        if (traffic.isEmpty()) {
            return new LoadAdjustment(resource.normal, resource.issue);
        }
        double[] load = traffic.get(0).normal;
        double[] value = resource.normal;
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < load.length; i++) {
            if (!Double.isNaN(load[i]) && !Double.isNaN(value[i])) {
                n++;
                x += load[i];
                y += value[i];
                xx += load[i] * load[i];
                yy += value[i] * value[i];
                xy += load[i] * value[i];
            }
        }
        double varianceX = xx - x * x / n;
        double varianceY = yy - y * y / n;
        double covariance = xy - x * y / n;
        boolean together =
                n >= FEWEST_ROWS
                        && varianceX > 0
                        && varianceY > 0
                        && covariance > CLEARLY * Math.sqrt(varianceX * varianceY);
        if (!together) {
            return new LoadAdjustment(resource.normal, resource.issue);
        }
        double slope = covariance / varianceX;
        double usual = x / n;
        return new LoadAdjustment(
                without(value, load, slope, usual),
                without(resource.issue, traffic.get(0).issue, slope, usual));
    }

    private static double[] without(double[] value, double[] load, double slope, double usual) {
        double[] rest = value.clone();
        for (int i = 0; i < rest.length; i++) {
            if (!Double.isNaN(load[i])) {
                rest[i] -= slope * (load[i] - usual);
            }
        }
        return rest;
    }
}
