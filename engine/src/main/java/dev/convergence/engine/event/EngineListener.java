package dev.convergence.engine.event;

/// Hears of what happens on this node.
///
/// It is called by the threads that do the work, several at once, so it must be quick. What it
/// throws is logged and changes nothing.
@FunctionalInterface
public interface EngineListener {

    EngineListener NOBODY = _ -> {};

    void on(EngineEvent event);
}
