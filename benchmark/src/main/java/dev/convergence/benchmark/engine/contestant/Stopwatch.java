package dev.convergence.benchmark.engine.contestant;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Notes how old each job is when it starts; jobs to warm up with are not noted.
final class Stopwatch implements Work {

    private final Work then;
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

    Stopwatch(Work then) {
        this.then = then;
    }

    @Override
    public void run(Payload payload) {
        if (payload.number() >= 0) {
            micros.add(Payload.nowMicros() - payload.sentMicros());
        }
        then.run(payload);
    }

    Collection<Long> micros() {
        return micros;
    }
}
