package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A way to reach people; what is secret of it stays in the table.
///
/// @param settings recipients and looks, by their names on the wire
/// @param isDirect whether it is the one for addresses that configs and templates name
public record Channel(
        UUID id,
        TenantId tenant,
        ChannelType type,
        String name,
        Map<String, Object> settings,
        int attemptsMax,
        boolean isEnabled,
        boolean isDirect,
        Instant createdAt,
        Instant updatedAt) {

    public Channel {
        settings = Map.copyOf(settings);
    }

    public List<String> texts(String setting) {
        return settings.get(setting) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    public String text(String setting, String otherwise) {
        return settings.get(setting) instanceof String text ? text : otherwise;
    }

    public boolean flag(String setting) {
        return Boolean.TRUE.equals(settings.get(setting));
    }
}
