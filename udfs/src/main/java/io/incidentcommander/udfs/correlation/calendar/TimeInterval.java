// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * One recurring time, as Alertmanager has it: every part that is given must fit, a part that is not
 * given fits always, and within a part one range is enough. Times of day begin inclusively and end
 * exclusively, to the minute; all other ranges include both ends. Negative days count from the end
 * of the month; a range of days that reaches past the end of a month is cut there. Immutable.
 */
public final class TimeInterval {
    private final List<NumberRange> minutes;
    private final List<NumberRange> weekdays;
    private final List<NumberRange> daysOfMonth;
    private final List<NumberRange> months;
    private final List<NumberRange> years;
    private final ZoneId location;

    private TimeInterval(Builder b) {
        minutes = List.copyOf(b.minutes);
        weekdays = List.copyOf(b.weekdays);
        daysOfMonth = List.copyOf(b.daysOfMonth);
        months = List.copyOf(b.months);
        years = List.copyOf(b.years);
        location = b.location;
    }

    static Builder builder() {
        return new Builder();
    }

    public boolean contains(long millis) {
        ZonedDateTime t = Instant.ofEpochMilli(millis).atZone(location);
        return fits(minutes, t.getHour() * 60 + t.getMinute())
                && fits(weekdays, t.getDayOfWeek().getValue() % 7)
                && fitsDay(t)
                && fits(months, t.getMonthValue())
                && fits(years, t.getYear());
    }

    private static boolean fits(List<NumberRange> ranges, int number) {
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(number));
    }

    private boolean fitsDay(ZonedDateTime t) {
        int length = t.toLocalDate().lengthOfMonth();
        for (NumberRange range : daysOfMonth) {
            int first = range.first() < 0 ? length + range.first() + 1 : range.first();
            int last = range.last() < 0 ? length + range.last() + 1 : range.last();
            if (first <= t.getDayOfMonth() && t.getDayOfMonth() <= last) {
                return true;
            }
        }
        return daysOfMonth.isEmpty();
    }

    /** Minutes of the day with an exclusive end; Sunday is 0. */
    static final class Builder {
        private List<NumberRange> minutes = List.of();
        private List<NumberRange> weekdays = List.of();
        private List<NumberRange> daysOfMonth = List.of();
        private List<NumberRange> months = List.of();
        private List<NumberRange> years = List.of();
        private ZoneId location = ZoneOffset.UTC;

        private Builder() {}

        Builder minutes(List<NumberRange> ranges) {
            minutes = ranges;
            return this;
        }

        Builder weekdays(List<NumberRange> ranges) {
            weekdays = ranges;
            return this;
        }

        Builder daysOfMonth(List<NumberRange> ranges) {
            daysOfMonth = ranges;
            return this;
        }

        Builder months(List<NumberRange> ranges) {
            months = ranges;
            return this;
        }

        Builder years(List<NumberRange> ranges) {
            years = ranges;
            return this;
        }

        Builder location(ZoneId zone) {
            location = zone;
            return this;
        }

        TimeInterval build() {
            return new TimeInterval(this);
        }
    }
}
