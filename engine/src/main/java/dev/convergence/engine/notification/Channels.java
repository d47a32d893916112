package dev.convergence.engine.notification;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.courier.Postman;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.SigningSecret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with channels.
public final class Channels {

    static final int CHANNELS_MAX = 50;

    private static final int NAME_CHARACTERS_MAX = 100;

    private final Database database;
    private final Vault vault;
    private final Courier courier;
    private final Postman postman;

    public Channels(Database database, Vault vault, Courier courier, Postman postman) {
        this.database = database;
        this.vault = vault;
        this.courier = courier;
        this.postman = postman;
    }

    /// A channel and its signing secret in clear text, which is never shown again.
    ///
    /// @param secret null for channels that do not sign
    public record Made(Channel channel, @Nullable String secret) {

        @Override
        public String toString() {
            return "Made[" + channel.id() + ", ***]";
        }
    }

    public boolean hasMail() {
        return postman.isThere();
    }

    public Made create(TenantId tenant, ChannelWish wish, Instant now) {
        FieldFaults faults = new FieldFaults();
        ChannelType type = wish.checkedType(faults);
        String name = faults.text("name", wish.name(), 1, NAME_CHARACTERS_MAX);
        ChannelType of = Objects.requireNonNullElse(type, ChannelType.LOG);
        Map<String, Object> settings = type == null ? Map.of() : wish.settings(of, true, faults);
        SigningSecret signing =
                of == ChannelType.WEBHOOK ? SigningSecret.givenOrNew(wish.secret(), faults) : null;
        faults.refuseIfAny();
        refuseWithoutMail(of);
        UUID id = TimeOrderedId.next(now);
        String text = signing == null ? null : signing.text();
        Sealed sealed = of.hasUrl() ? checked(wish.url(), text).seal(vault, tenant, id) : null;
        Channel channel =
                new Channel(
                        id,
                        tenant,
                        of,
                        name,
                        settings,
                        Objects.requireNonNullElse(
                                wish.attemptsMax(), ChannelWish.ATTEMPTS_DEFAULT),
                        !Boolean.FALSE.equals(wish.isEnabled()),
                        false,
                        now,
                        now);
        return new Made(database.inTransaction(h -> insert(h, channel, sealed)), text);
    }

    private static Channel insert(Handle handle, Channel channel, @Nullable Sealed sealed) {
        if (ChannelStore.countAlone(handle, channel.tenant()) >= CHANNELS_MAX) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The tenant has "
                            + CHANNELS_MAX
                            + " channels, which is the most; delete one first.");
        }
        return ChannelStore.insert(handle, channel, sealed)
                .orElseThrow(() -> named(channel.name()));
    }

    private void refuseWithoutMail(ChannelType type) {
        if (type == ChannelType.EMAIL && !postman.isThere()) {
            throw EngineException.invalidField(
                    "type",
                    "EMAIL_NOT_AVAILABLE",
                    "EMAIL needs a mail server, and this installation has none: its operator sets"
                            + " SMTP_URL.");
        }
    }

    private ChannelSecret checked(@Nullable String url, @Nullable String signing) {
        String wanted = Objects.requireNonNull(url).strip();
        courier.check(wanted);
        return new ChannelSecret(wanted, signing);
    }

    /// Newest first.
    public List<Channel> list(TenantId tenant, @Nullable UUID before, int limit) {
        return database.read(handle -> ChannelStore.list(handle, tenant, before, limit));
    }

    public Channel get(TenantId tenant, UUID id) {
        return database.read(handle -> ChannelStore.find(handle, tenant, id))
                .orElseThrow(() -> none(id));
    }

    /// Where a channel's messages go, as far as it may be shown: the host and no more.
    public @Nullable String shownUrl(Channel channel) {
        Sealed sealed = database.read(handle -> ChannelStore.secret(handle, channel.id()));
        return sealed == null
                ? null
                : ShownUrl.of(
                        ChannelSecret.open(vault, channel.tenant(), channel.id(), sealed).url());
    }

    public Channel update(TenantId tenant, UUID id, ChannelWish wish, Instant now) {
        return database.inTransaction(handle -> {
            Channel before = ChannelStore.lock(handle, tenant, id).orElseThrow(() -> none(id));
            Channel after = changed(before, wish, now);
            if (ChannelStore.isNamed(handle, after)) {
                throw named(after.name());
            }
            ChannelStore.update(handle, after, resealed(handle, before, wish));
            return after;
        });
    }

    private static Channel changed(Channel before, ChannelWish wish, Instant now) {
        FieldFaults faults = new FieldFaults();
        if (wish.type() != null && !before.type().name().equalsIgnoreCase(wish.type().strip())) {
            faults.add("type", "NOT_CHANGEABLE", "stays as it is; make another channel.");
        }
        if (wish.secret() != null) {
            faults.add("secret", "NOT_CHANGEABLE", "stays as it is; make another channel.");
        }
        String name =
                wish.name() == null
                        ? before.name()
                        : faults.text("name", wish.name(), 1, NAME_CHARACTERS_MAX);
        Map<String, Object> settings = new LinkedHashMap<>(before.settings());
        settings.putAll(wish.settings(before.type(), false, faults));
        faults.refuseIfAny();
        return new Channel(
                before.id(),
                before.tenant(),
                before.type(),
                name,
                settings,
                Objects.requireNonNullElse(wish.attemptsMax(), before.attemptsMax()),
                Objects.requireNonNullElse(wish.isEnabled(), before.isEnabled()),
                before.isDirect(),
                before.createdAt(),
                now);
    }

    private @Nullable Sealed resealed(Handle handle, Channel channel, ChannelWish wish) {
        Sealed old = ChannelStore.secret(handle, channel.id());
        if (wish.url() == null || old == null) {
            return null;
        }
        String signing = ChannelSecret.open(vault, channel.tenant(), channel.id(), old).signing();
        return checked(wish.url(), signing).seal(vault, channel.tenant(), channel.id());
    }

    /// Deletes a channel; what still waited for it is given up, its history stays.
    public void delete(TenantId tenant, UUID id) {
        boolean isDeleted =
                database.inTransaction(handle -> {
                    boolean isGone = ChannelStore.delete(handle, tenant, id);
                    if (isGone) {
                        RuleStore.withoutChannel(handle, tenant, id);
                        NoticeStore.giveUp(handle, id, "The channel was deleted.");
                    }
                    return isGone;
                });
        if (!isDeleted) {
            throw none(id);
        }
    }

    static EngineException none(UUID id) {
        return EngineException.notFound("There is no notification channel " + id + ".");
    }

    private static EngineException named(String name) {
        return new EngineException(
                ErrorCode.CONFLICT, "There is a channel named '" + name + "' already.");
    }
}
