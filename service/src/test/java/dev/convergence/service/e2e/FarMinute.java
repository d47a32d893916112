package dev.convergence.service.e2e;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// A minute of the hour that comes in about half an hour: what is due then stays out of a test.
record FarMinute(ZonedDateTime next) {

    static FarMinute found() {
        ZonedDateTime now = InstantSource.system().instant().atZone(ZoneOffset.UTC);
        return new FarMinute(now.plusMinutes(30).truncatedTo(ChronoUnit.MINUTES));
    }

    /// @param rest the other four fields of a cron
    String cron(String rest) {
        return next.getMinute() + " " + rest;
    }

    String hourly() {
        return cron("* * * *");
    }

    /// When an hourly cron at this minute was due last.
    Instant last() {
        return next.minusHours(1).toInstant();
    }
}
