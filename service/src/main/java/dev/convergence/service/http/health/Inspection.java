package dev.convergence.service.http.health;

import java.util.concurrent.Callable;

/// One thing of this installation that an operator may have to mend.
///
/// @param name what is looked at
/// @param look how it is; an exception counts as a failure
public record Inspection(String name, Callable<Found> look) {

    /// How something is.
    ///
    /// @param state OK, WARN, FAIL or SKIPPED
    /// @param detail what was found, for people
    /// @param mend what to do about it; empty when nothing is to be done
    public record Found(String state, String detail, String mend) {

        static Found ok(String detail) {
            return new Found("OK", detail, "");
        }

        static Found warn(String detail, String mend) {
            return new Found("WARN", detail, mend);
        }

        static Found fail(String detail, String mend) {
            return new Found("FAIL", detail, mend);
        }

        static Found skipped(String detail, String mend) {
            return new Found("SKIPPED", detail, mend);
        }
    }
}
