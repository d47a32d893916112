package dev.convergence.service.http.health;

import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.engine.sql.Migrations.Standing;
import dev.convergence.service.http.health.Inspection.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/// What there is to know of the database: whether it answers, its version, its schema, its clock.
///
/// @param machine this machine's own clock, which may differ from the database's
public record DatabaseInspection(DataSource source, Database database, InstantSource machine) {

    private static final int OLDEST = 150_000;
    private static final int RECOMMENDED = 180_000;
    private static final Duration SKEW_MAX = Duration.ofSeconds(2);

    public List<Inspection> all() {
        return List.of(
                new Inspection("database", this::version),
                new Inspection("migrations", this::schema),
                new Inspection("database clock", this::clock));
    }

    private static final String VERSION = "SELECT current_setting('server_version_num')::int";

    private Found version() {
        int version =
                database.read(handle -> handle.createQuery(VERSION).mapTo(Integer.class).one());
        String found = "PostgreSQL %d.%d answers".formatted(version / 10_000, version % 10_000);
        if (version < OLDEST) {
            return Found.fail(found, "Upgrade PostgreSQL to 15 or newer.");
        }
        return version < RECOMMENDED
                ? Found.warn(found, "PostgreSQL 18 is what this is tested with.")
                : Found.ok(found);
    }

    private Found schema() {
        Standing standing = Migrations.standing(source);
        return standing.pending() == 0
                ? Found.ok("the schema is at version " + standing.current())
                : Found.fail(
                        standing.pending() + " migrations are missing after " + standing.current(),
                        "Restart one node; it migrates before it serves.");
    }

    private static final String NOW = "SELECT clock_timestamp()";

    /// Half of the time that the question took may lie on either side of the answer: so much of the
    /// difference proves nothing.
    private Found clock() {
        Instant before = machine.instant();
        Instant told = database.read(handle -> handle.createQuery(NOW).mapTo(Instant.class).one());
        Duration half = Duration.between(before, machine.instant()).dividedBy(2);
        Duration skew = Duration.between(before.plus(half), told).abs();
        String found = "the server's machine and the database differ by " + skew.toMillis() + " ms";
        return skew.minus(half).compareTo(SKEW_MAX) <= 0
                ? Found.ok(found)
                : Found.warn(
                        found,
                        "Let both follow a time server (NTP). Schedules go by the database's time.");
    }
}
