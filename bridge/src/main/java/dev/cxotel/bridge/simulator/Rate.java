package dev.cxotel.bridge.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How many webhooks a second are due at a time. */
@FunctionalInterface
public interface Rate {

    double perSecond(Instant at);

    /** The same at all times; infinity is as fast as it goes. */
    static Rate fixed(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is more than 0 a second, not " + perSecond);
        }
        return at -> perSecond;
    }

    /**
     * A day of a contact centre: quiet at night, highest at 11 and at 15 o'clock local time, a quarter of that at
     * week-ends, and a bunch in the ten minutes after each full hour
     * (callcentrehelper.com/daily-profiles-reporting-intervals-231151.htm).
     */
    static Rate diurnal(double peakPerSecond, ZoneId zone) {
        return at -> {
            ZonedDateTime local = at.atZone(zone);
            double hour = local.getHour() + local.getMinute() / 60.0;
            double day = Math.max(bell(hour, 11, 2.2), 0.9 * bell(hour, 15, 2.5));
            double weekend = local.getDayOfWeek().getValue() > 5 ? 0.25 : 1;
            double bunch = local.getMinute() < 10 ? 1 : 0.85;
            return peakPerSecond * Math.max(0.03, day * weekend) * bunch;
        };
    }

    private static double bell(double hour, double top, double width) {
        double distance = (hour - top) / width;
        return Math.exp(-distance * distance / 2);
    }
}
