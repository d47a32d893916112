package dev.convergence.testkit.models;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// What a model does when it is asked.
public sealed interface Turn {

    /// It answers with a text, in its vendor's words.
    record Says(String text) implements Turn {}

    /// It answers with a text that its limit has cut.
    record IsCutShort(String text) implements Turn {}

    /// It declines, in its vendor's words.
    record Declines() implements Turn {}

    /// It refuses with an error of its vendor's form.
    record Refuses(int status, String message, Map<String, String> headers) implements Turn {

        public static Refuses with(int status, String message) {
            return new Refuses(status, message, Map.of());
        }
    }

    /// Something of no form at all.
    record Sends(int status, String body) implements Turn {}

    /// It answers when a test lets it.
    record Waits(CountDownLatch until, String text) implements Turn {}

    /// It sends a blank now and then, until its caller hangs up.
    record Drips(CountDownLatch hungUp) implements Turn {}
}
