package dev.convergence.service.http.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The windows of one kind, by name; the ones unused for longest are forgotten when there are too
/// many.
final class Windows {

    private static final int NAMES_MAX = 20_000;

    private final Supplier<SlidingWindow> fresh;

    private final Map<String, SlidingWindow> byName =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SlidingWindow> eldest) {
                    return size() > NAMES_MAX;
                }
            };

    Windows(Supplier<SlidingWindow> fresh) {
        this.fresh = fresh;
    }

    SlidingWindow of(String name) {
        synchronized (byName) {
            return byName.computeIfAbsent(name, _ -> fresh.get());
        }
    }
}
