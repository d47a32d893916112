package dev.convergence.service.http.health;

import dev.convergence.service.http.health.Inspection.Found;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;

/// Whether the rules of the time zones, by which schedules are due, are of these years.
public record ZoneInspection(InstantSource machine) {

    private static final String ZONE = "Europe/Berlin";
    private static final int YEAR_DIGITS = 4;
    private static final Duration OLD = Duration.ofDays(2 * 365);

    public Inspection one() {
        return new Inspection("time zones", this::rules);
    }

    /// A version is the year and a letter, such as 2026a.
    private Found rules() {
        String version = ZoneRulesProvider.getVersions(ZONE).lastEntry().getKey();
        String found = "rules of " + version;
        Year year = Year.parse(version.substring(0, YEAR_DIGITS));
        return isOld(year)
                ? Found.warn(found, "Update the JDK: governments change their clocks.")
                : Found.ok(found);
    }

    private boolean isOld(Year year) {
        Year oldest = Year.from(machine.instant().minus(OLD).atZone(ZoneOffset.UTC));
        return year.isBefore(oldest);
    }
}
