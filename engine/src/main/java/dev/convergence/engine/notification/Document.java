package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant's notifications as one document: channels of fixed names, and a rule for each event.
///
/// Every step is an operation of channels and rules, and putting the same document again changes
/// nothing: a crash in between is mended by putting it again.
public final class Document {

    /// The channels of a document.
    public static final Set<String> NAMES = Set.of("email", "slack", "log");

    private final Channels channels;
    private final Rules rules;

    public Document(Channels channels, Rules rules) {
        this.channels = channels;
        this.rules = rules;
    }

    /// What belongs to the document, and what does not.
    public List<Channel> channels(TenantId tenant) {
        return channels.list(tenant, null, Channels.CHANNELS_MAX + 1);
    }

    public List<Rule> rules(TenantId tenant) {
        return rules.list(tenant, null, Rules.RULES_MAX);
    }

    /// Makes what is asked for, changes what is there, deletes what is no longer asked for.
    ///
    /// @param wishes the document's channels, by their fixed names
    /// @param triggers its rules, named like their events; their channels are the document's
    public void replace(
            TenantId tenant, List<ChannelWish> wishes, List<RuleWish> triggers, Instant now) {
        Map<String, UUID> before = new TreeMap<>();
        channels(tenant).stream()
                .filter(channel -> NAMES.contains(channel.name()) && !channel.isDirect())
                .forEach(channel -> before.put(channel.name(), channel.id()));
        List<UUID> present = new ArrayList<>();
        Set<String> wanted = new TreeSet<>();
        for (ChannelWish wish : wishes) {
            String name = String.valueOf(wish.name());
            wanted.add(name);
            present.add(put(tenant, wish, before.get(name), now));
        }
        if (present.isEmpty()) {
            replaceRules(tenant, List.of(), List.of(), now);
        } else {
            replaceRules(tenant, triggers, present, now);
        }
        before.forEach((name, id) -> {
            if (!wanted.contains(name)) {
                channels.delete(tenant, id);
            }
        });
    }

    private UUID put(TenantId tenant, ChannelWish wish, @Nullable UUID known, Instant now) {
        return known == null
                ? channels.create(tenant, wish, now).channel().id()
                : channels.update(tenant, known, wish, now).id();
    }

    private void replaceRules(
            TenantId tenant, List<RuleWish> triggers, List<UUID> to, Instant now) {
        Map<String, Rule> before = new TreeMap<>();
        rules(tenant).stream()
                .filter(rule -> NoticeEvent.of(rule.name()).isPresent())
                .forEach(rule -> before.put(rule.name(), rule));
        for (RuleWish trigger : triggers) {
            RuleWish wish = trigger.to(to);
            Optional<Rule> known = Optional.ofNullable(before.remove(wish.name()));
            if (known.isPresent()) {
                rules.update(tenant, known.get().id(), wish, now);
            } else {
                rules.create(tenant, wish, now);
            }
        }
        before.values().forEach(rule -> rules.delete(tenant, rule.id()));
    }
}
