package dev.convergence.engine.notification;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with rules.
public final class Rules {

    static final int RULES_MAX = 100;

    private static final int NAME_CHARACTERS_MAX = 100;

    private final Database database;

    public Rules(Database database) {
        this.database = database;
    }

    public Rule create(TenantId tenant, RuleWish wish, Instant now) {
        FieldFaults faults = new FieldFaults();
        String name = faults.text("name", wish.name(), 1, NAME_CHARACTERS_MAX);
        wish.check(faults);
        Set<NoticeEvent> events = wish.checkedEvents(faults).orElse(Set.of());
        if (wish.events() == null) {
            faults.add("events", "REQUIRED", "says what to tell of.");
        }
        if (wish.channels() == null) {
            faults.add("channel_ids", "REQUIRED", "says which channels to tell.");
        }
        RuleWish.refuseNever(faults, events, wish.checkedProviders(), wish.pipelineId());
        faults.refuseIfAny();
        Rule rule =
                new Rule(
                        TimeOrderedId.next(now),
                        tenant,
                        name,
                        events,
                        wish.checkedChannels(),
                        wish.checkedProviders(),
                        wish.pipelineId(),
                        wish.checkedSeverity(),
                        wish.cooldownSeconds(),
                        Boolean.TRUE.equals(wish.isFinalOnly()),
                        Objects.requireNonNullElse(
                                wish.lateSeconds(), RuleWish.LATE_SECONDS_DEFAULT),
                        Objects.requireNonNullElse(wish.daysBefore(), RuleWish.DAYS_BEFORE_DEFAULT),
                        !Boolean.FALSE.equals(wish.isEnabled()),
                        now,
                        now);
        return database.inTransaction(handle -> insert(handle, rule));
    }

    private static Rule insert(Handle handle, Rule rule) {
        refuseForeignChannels(handle, rule);
        List<String> names = RuleStore.namesAlone(handle, rule.tenant(), rule.id());
        if (names.size() >= RULES_MAX) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The tenant has " + RULES_MAX + " rules, which is the most; delete one first.");
        }
        refuseNamed(names, rule);
        RuleStore.insert(handle, rule);
        return rule;
    }

    /// Another tenant's channel is as unknown as one that never was.
    private static void refuseForeignChannels(Handle handle, Rule rule) {
        List<UUID> known = RuleStore.keepChannels(handle, rule.tenant(), rule.channels());
        List<UUID> unknown = new ArrayList<>(rule.channels());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw EngineException.invalidField(
                    "channel_ids",
                    "UNKNOWN_CHANNEL",
                    "names no channel of this tenant: " + unknown.getFirst() + ".");
        }
    }

    private static void refuseNamed(List<String> names, Rule rule) {
        if (names.contains(rule.name())) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "There is a rule named '" + rule.name() + "' already.");
        }
    }

    /// Newest first.
    public List<Rule> list(TenantId tenant, @Nullable UUID before, int limit) {
        return database.read(handle -> RuleStore.list(handle, tenant, before, limit));
    }

    public Rule get(TenantId tenant, UUID id) {
        return database.read(handle -> RuleStore.find(handle, tenant, id))
                .orElseThrow(() -> none(id));
    }

    public Rule update(TenantId tenant, UUID id, RuleWish wish, Instant now) {
        return database.inTransaction(handle -> {
            Rule before = RuleStore.lock(handle, tenant, id).orElseThrow(() -> none(id));
            Rule after = changed(before, wish, now);
            if (wish.channels() != null) {
                refuseForeignChannels(handle, after);
            }
            refuseNamed(RuleStore.namesAlone(handle, tenant, id), after);
            RuleStore.update(handle, after);
            return after;
        });
    }

    private static Rule changed(Rule before, RuleWish wish, Instant now) {
        FieldFaults faults = new FieldFaults();
        wish.check(faults);
        Set<NoticeEvent> events = wish.checkedEvents(faults).orElse(before.events());
        String name =
                wish.name() == null
                        ? before.name()
                        : faults.text("name", wish.name(), 1, NAME_CHARACTERS_MAX);
        List<String> providers =
                wish.providers() == null ? before.providers() : wish.checkedProviders();
        String pipelineId = wish.pipelineId() == null ? before.pipelineId() : wish.pipelineId();
        RuleWish.refuseNever(faults, events, providers, pipelineId);
        faults.refuseIfAny();
        return new Rule(
                before.id(),
                before.tenant(),
                name,
                events,
                wish.channels() == null ? before.channels() : wish.checkedChannels(),
                providers,
                pipelineId,
                wish.severity() == null ? before.severity() : wish.checkedSeverity(),
                wish.cooldownSeconds() == null ? before.cooldownSeconds() : wish.cooldownSeconds(),
                Objects.requireNonNullElse(wish.isFinalOnly(), before.isFinalOnly()),
                Objects.requireNonNullElse(wish.lateSeconds(), before.lateSeconds()),
                Objects.requireNonNullElse(wish.daysBefore(), before.daysBefore()),
                Objects.requireNonNullElse(wish.isEnabled(), before.isEnabled()),
                before.createdAt(),
                now);
    }

    public void delete(TenantId tenant, UUID id) {
        if (!database.inTransaction(handle -> RuleStore.delete(handle, tenant, id))) {
            throw none(id);
        }
    }

    private static EngineException none(UUID id) {
        return EngineException.notFound("There is no notification rule " + id + ".");
    }
}
