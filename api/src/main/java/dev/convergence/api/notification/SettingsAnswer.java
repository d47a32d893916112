package dev.convergence.api.notification;

import java.util.List;

/// A tenant's notifications at a glance.
///
/// @param emailAvailable whether this installation has a mail server
/// @param events what one can be told of, with what holds where a rule says nothing else
public record SettingsAnswer(
        String tenantId,
        String customerId,
        boolean emailAvailable,
        List<Event> events,
        List<ChannelAnswer> channels,
        List<RuleAnswer> rules) {

    /// An event that rules can ask for.
    public record Event(String event, String severity, long cooldownSeconds) {}
}
