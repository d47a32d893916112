package dev.convergence.service.http.health;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/// Whether this node is going down: it finishes what it has and takes nothing new.
///
/// Whoever stops the server publishes [ReadinessState#REFUSING_TRAFFIC]; before the first such
/// event a starting node counts as staying.
public final class DrainState
        implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private volatile boolean goingDown;

    public boolean isGoingDown() {
        return goingDown;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        goingDown = event.getState() == ReadinessState.REFUSING_TRAFFIC;
    }
}
