package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// The real day, for tests of what is counted by the day.
final class Today {

    private static final Duration TEST_MAX = Duration.ofMinutes(2);

    private Today() {}

    /// Lets midnight pass when it is near, so that all of a test is on one day.
    static void goesOnForAWhile() {
        eventually(
                "a new day has begun",
                TEST_MAX.plusMinutes(1),
                () -> now().plus(TEST_MAX).toLocalDate().equals(now().toLocalDate()));
    }

    private static ZonedDateTime now() {
        return InstantSource.system().instant().atZone(ZoneOffset.UTC);
    }
}
