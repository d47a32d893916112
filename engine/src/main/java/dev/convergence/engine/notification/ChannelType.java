package dev.convergence.engine.notification;

/// How a message reaches people.
public enum ChannelType {
    EMAIL,
    SLACK,
    WEBHOOK,
    LOG;

    boolean hasUrl() {
        return this == SLACK || this == WEBHOOK;
    }
}
