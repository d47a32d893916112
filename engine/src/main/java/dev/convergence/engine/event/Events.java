package dev.convergence.engine.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the listener, and keeps its failures from whoever has something to tell.
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final EngineListener listener;
    private final Set<Class<?>> failed = ConcurrentHashMap.newKeySet();

    public Events(EngineListener listener) {
        this.listener = listener;
    }

    public void publish(EngineEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error failure) {
            logOnce(event, failure);
        }
    }

    /// There may be thousands of one type in a second, and all fail for the same reason.
    private void logOnce(EngineEvent event, Throwable failure) {
        if (failed.add(event.getClass())) {
            LOG.warn(
                    "The listener failed on {}; further failures on events of this type are not"
                            + " logged",
                    event,
                    failure);
        }
    }
}
