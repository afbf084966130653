// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;
import java.util.Optional;

/**
 * What a series is expected to be: a level that forgets within about a day, and on top of it the
 * time of the day or of the week, if that was seen for a whole period and clearly explains more
 * than the level alone. A value moves the level by four usual deviations at most; what stays away
 * from it on one side for half a day is the new level at once. Not thread safe.
 */
final class Expectation {
    private static final double MOST_PULL = 4;
    private static final double FAR = 3;
    private static final double SHIFT_DAYS = 0.5;

    /** A season is used a while after its first period is over: then it has been tried. */
    private static final double DAY_TRIED = 1.2;

    private static final double WEEK_TRIED = 8;

    private final Season ofDay = Season.ofDay();
    private final Season ofWeek = Season.ofWeek();
    private final Spread fromLevel = new Spread(4);
    private final Spread fromExpected = new Spread(4);
    private double seen;
    private double level = Double.NaN;
    private double side;
    private double onOneSide;

    /** Of values that were learnt from, less the values a day. */
    private double days;

    /** What is expected at a time; the value itself at the very first. */
    double at(long time, double first) {
        return (seen == 0 ? first : level) + offset(time);
    }

    /** What one calls far from that, at this time. */
    double deviation(long time) {
        double overall = fromExpected.size();
        return season(time).map(s -> s.deviation(time, overall)).orElse(overall);
    }

    /** Distances from what is expected that are only the rounding of computers. */
    double rounding(long time, double value) {
        double first = seen == 0 ? value : level;
        return 1e-9 * Math.max(Math.abs(value), Math.abs(first))
                + 1e-6 * Math.max(Math.abs(value - first), Math.abs(offset(time)));
    }

    /**
     * @param residual the value, less what was expected of it
     * @param recent what was seen just now, which moves with the level
     */
    void learn(long time, double value, double residual, RecentResiduals recent, Cadence cadence) {
        double perDay = cadence.pointsPerDay();
        seen++;
        if (seen == 1) {
            level = value;
        }
        days += 1 / perDay;
        double away = value - level;
        double usualBefore = fromLevel.size();
        double rate = 1 - Math.exp(-1 / Math.max(3 * perDay, 200));
        fromLevel.add(away, rate);
        fromExpected.add(residual, rate);
        Season.Usual usual = new Season.Usual(perDay, fromLevel.size(), fromExpected.size());
        ofDay.learn(time, away, residual, usual);
        ofWeek.learn(time, away, residual, usual);
        double most = MOST_PULL * (usualBefore > 0 ? usualBefore : fromLevel.size());
        level +=
                Math.max(1 - Math.exp(-1 / perDay), 1 / seen)
                        * (most > 0 ? Math.max(-most, Math.min(most, away)) : away);
        shift(residual, recent, cadence);
    }

    private void shift(double residual, RecentResiduals recent, Cadence cadence) {
        double on = Math.signum(residual);
        boolean far = Math.abs(residual) > FAR * fromExpected.size();
        onOneSide = far && on == side ? onOneSide + 1 : 0;
        side = on;
        if (onOneSide >= Math.max(6, SHIFT_DAYS * cadence.pointsPerDay())) {
            double by = recent.median(cadence.recent());
            level += by;
            recent.lower(by);
            onOneSide = 0;
        }
    }

    private double offset(long time) {
        return season(time).map(s -> s.offset(time)).orElse(0.0);
    }

    private Optional<Season> season(long time) {
        boolean day = days > DAY_TRIED && ofDay.knows(time) && ofDay.explains(ofDay.errorWithout());
        double best =
                day ? Math.min(ofWeek.errorWithout(), 1.2 * ofDay.error()) : ofWeek.errorWithout();
        if (days > WEEK_TRIED && ofWeek.knows(time) && ofWeek.explains(best)) {
            return Optional.of(ofWeek);
        }
        return day ? Optional.of(ofDay) : Optional.empty();
    }

    void save(BaselineMemory.Writer to) {
        to.number(seen).number(level).number(side).number(onOneSide).number(days);
        fromLevel.save(to);
        fromExpected.save(to);
        ofDay.save(to);
        ofWeek.save(to);
    }

    void restore(BaselineMemory.Reader from) {
        seen = from.number();
        level = from.number();
        side = from.number();
        onOneSide = from.number();
        days = from.number();
        fromLevel.restore(from);
        fromExpected.restore(from);
        ofDay.restore(from);
        ofWeek.restore(from);
    }
}
