package dev.convergence.engine.notification;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.DeliveryAttempt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What people were told, telling again, and telling for a test.
public final class History {

    private static final int PENDING_COUNTED_MAX = 100_000;

    private final Database database;
    private final Composer composer;

    public History(Database database, Composer composer) {
        this.database = database;
        this.composer = composer;
    }

    /// A message with its bytes and its attempts, the first one first.
    ///
    /// @param payload what is sent, as text
    public record Detail(NoticeDelivery delivery, String payload, List<DeliveryAttempt> attempts) {}

    /// Newest first.
    public List<NoticeDelivery> list(NoticeFilter filter) {
        return database.read(handle -> NoticeStore.list(handle, filter));
    }

    public Detail get(TenantId tenant, UUID id) {
        return database.read(handle -> {
            NoticeDelivery delivery =
                    NoticeStore.find(handle, tenant, id).orElseThrow(() -> none(id));
            String payload = new String(NoticeStore.payload(handle, id), StandardCharsets.UTF_8);
            return new Detail(delivery, payload, NoticeStore.attempts(handle, id));
        });
    }

    /// Sends the same bytes again, also what was held, and what may have arrived.
    public NoticeDelivery redeliver(TenantId tenant, UUID id, Instant now) {
        return database.inTransaction(handle -> {
            NoticeDelivery delivery =
                    NoticeStore.find(handle, tenant, id).orElseThrow(() -> none(id));
            Channel channel =
                    ChannelStore.lock(handle, tenant, delivery.channel())
                            .orElseThrow(() -> Channels.none(delivery.channel()));
            refuseWhenOff(channel);
            if (!NoticeStore.again(handle, id, channel.attemptsMax(), now)) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "The message is still under way, and is tried again by itself.");
            }
            return NoticeStore.find(handle, tenant, id).orElseThrow(() -> none(id));
        });
    }

    /// Sends a test to a channel, whatever its rules.
    public NoticeDelivery test(TenantId tenant, UUID channel, Instant now) {
        return database.inTransaction(handle -> {
            Channel found =
                    ChannelStore.lock(handle, tenant, channel)
                            .orElseThrow(() -> Channels.none(channel));
            refuseWhenOff(found);
            return test(handle, found, now);
        });
    }

    /// Sends a test to every channel that is on.
    public List<NoticeDelivery> testAll(TenantId tenant, Instant now) {
        return database.inTransaction(handle ->
                ChannelStore.keepAll(handle, tenant).stream()
                        .filter(channel -> channel.isEnabled() && !channel.isDirect())
                        .map(channel -> test(handle, channel, now))
                        .toList());
    }

    private NoticeDelivery test(Handle handle, Channel channel, Instant now) {
        if (channel.isDirect()) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "This channel is for addresses that configs and templates name; it has none of"
                            + " its own to test.");
        }
        Notice notice =
                new Notice(
                        channel.tenant(),
                        NoticeEvent.TEST,
                        NoticeEvent.TEST.severity(),
                        "test:" + TimeOrderedId.next(now),
                        "test",
                        null,
                        null,
                        false,
                        now,
                        Map.of("channel", channel.name()));
        NewMessage message = new NewMessage(channel, null, notice, List.of(), null);
        UUID id = NoticeStore.insert(handle, message, composer, now);
        return NoticeStore.find(handle, channel.tenant(), id).orElseThrow();
    }

    private static void refuseWhenOff(Channel channel) {
        if (!channel.isEnabled()) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "The channel is switched off: enable it first.");
        }
    }

    /// How many are still to be sent, up to a hundred thousand.
    public long pending() {
        return database.read(handle -> NoticeStore.pending(handle, PENDING_COUNTED_MAX));
    }

    private static EngineException none(UUID id) {
        return EngineException.notFound("There is no notification delivery " + id + ".");
    }
}
