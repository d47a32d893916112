package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who of a tenant is told of what, and who is kept in silence by a cool-down.
final class Addressees {

    private final Handle handle;
    private final TenantId tenant;
    private final Instant now;
    private final List<Rule> rules;
    private final Map<UUID, Channel> channels;

    private Addressees(
            Handle handle,
            TenantId tenant,
            Instant now,
            List<Rule> rules,
            Map<UUID, Channel> channels) {
        this.handle = handle;
        this.tenant = tenant;
        this.now = now;
        this.rules = rules;
        this.channels = channels;
    }

    /// Of a tenant as it is now; its channels stay until the transaction ends.
    static Addressees of(Handle handle, TenantId tenant, Instant now) {
        Map<UUID, Channel> channels =
                ChannelStore.keepAll(handle, tenant).stream()
                        .filter(Channel::isEnabled)
                        .collect(Collectors.toMap(Channel::id, channel -> channel));
        return new Addressees(handle, tenant, now, RuleStore.enabled(handle, tenant), channels);
    }

    /// By the rules: to each channel one message, sent when any of them sends it.
    Collection<NewMessage> byRules(Notice notice) {
        Map<UUID, NewMessage> messages = new LinkedHashMap<>();
        for (Rule rule : rules) {
            List<Channel> asked =
                    rule.channels().stream()
                            .filter(channels::containsKey)
                            .map(channels::get)
                            .toList();
            if (!asked.isEmpty() && rule.takes(notice)) {
                @Nullable Instant held =
                        held("rule:" + rule.id(), notice, rule.cooldown(notice.event()));
                Notice told = notice.with(rule.severity(notice));
                for (Channel channel : asked) {
                    messages.merge(
                            channel.id(),
                            new NewMessage(channel, rule.id(), told, List.of(), held),
                            (one, other) -> one.heldUntil() == null ? one : other);
                }
            }
        }
        return messages.values();
    }

    /// To addresses that a config or a template names.
    Optional<NewMessage> direct(Notice notice, List<String> recipients) {
        List<String> good = recipients.stream().filter(ChannelWish::isEmail).toList();
        if (good.isEmpty()) {
            return Optional.empty();
        }
        return ChannelStore.direct(handle, tenant, now)
                .filter(Channel::isEnabled)
                .map(channel -> {
                    @Nullable Instant held = held("direct", notice, silence(notice));
                    return new NewMessage(channel, null, notice, good, held);
                });
    }

    /// To all channels of a type, because a template says so.
    List<NewMessage> ofType(Notice notice, ChannelType type) {
        List<Channel> asked = channels.values().stream().filter(c -> c.type() == type).toList();
        @Nullable Instant held =
                asked.isEmpty() ? null : held("step:" + type, notice, silence(notice));
        return asked.stream()
                .map(channel -> new NewMessage(channel, null, notice, List.of(), held))
                .toList();
    }

    /// Templates and configs say nothing of cool-downs: failures are kept apart as usual.
    private static Duration silence(Notice notice) {
        return notice.severity() == Severity.INFO
                ? Duration.ZERO
                : NoticeEvent.PIPELINE_FAILURE.cooldown();
    }

    /// Null when it is to be sent.
    private @Nullable Instant held(String who, Notice notice, Duration cooldown) {
        String key = who + ":" + notice.event().word() + ":" + notice.about();
        return NoticeStore.cool(handle, tenant, key, notice.happenedAt(), cooldown).orElse(null);
    }
}
