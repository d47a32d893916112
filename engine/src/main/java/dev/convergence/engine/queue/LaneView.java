package dev.convergence.engine.queue;

/// What a tenant's lane does.
///
/// @param running how many of its jobs run
/// @param isPaused whether the tenant has stopped it
public record LaneView(int running, boolean isPaused) {

    static final LaneView NONE = new LaneView(0, false);

    public enum State {
        RUNNING,
        /// Stopped, but what was running has not ended.
        STOPPING,
        STOPPED
    }

    public State state() {
        if (!isPaused) {
            return State.RUNNING;
        }
        return running > 0 ? State.STOPPING : State.STOPPED;
    }
}
