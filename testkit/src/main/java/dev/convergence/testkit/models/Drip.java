package dev.convergence.testkit.models;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An answer of blanks that goes on until its caller hangs up.
///
/// A caller who has hung up is found out by writing to it, so whoever wants to know writes.
final class Drip {

    private static final long PAUSE_NANOS = 10_000_000;

    private final HttpExchange exchange;
    private final CountDownLatch hungUp;
    private @Nullable OutputStream out;

    Drip(HttpExchange exchange, CountDownLatch hungUp) {
        this.exchange = exchange;
        this.hungUp = hungUp;
    }

    void untilHungUp() {
        while (!Thread.currentThread().isInterrupted() && isHeard()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Whether its caller still listens, at this very moment.
    ///
    /// The first blank to a connection that was closed politely still goes out; what comes back for
    /// it lets the second one fail.
    synchronized boolean isHeard() {
        try {
            send();
            send();
            return true;
        } catch (IOException gone) {
            hungUp.countDown();
            return false;
        }
    }

    private void send() throws IOException {
        if (out == null) {
            exchange.sendResponseHeaders(200, 0);
            out = exchange.getResponseBody();
        }
        out.write(' ');
        out.flush();
    }
}
