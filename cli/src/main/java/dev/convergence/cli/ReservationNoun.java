package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A tenant's lane, kept for one execution.
@Command(name = "reservation", description = "Keeps a tenant's queue from starting anything.")
final class ReservationNoun extends Noun {

    @Command(description = "Makes a reservation; what runs goes on.")
    void create(
            @Parameters(paramLabel = "WHO", description = "Who wants it, for people.") String who,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            description = "1 to 3600 (default: 600).")
                    @Nullable Integer seconds) {
        Body body = new Body().with("reserved_by", who).with("ttl_seconds", seconds);
        post(As.TENANT, Route.of("/reservations"), body);
    }

    @Command(description = "Shows the one that is active.")
    void show() {
        show(As.TENANT, Route.of("/reservations/active"));
    }

    @Command(description = "Releases one.")
    void release(
            @Parameters(paramLabel = "RESERVATION", description = "Its id.") String reservation) {
        delete(As.TENANT, Route.of("/reservations/{}", reservation));
    }
}
