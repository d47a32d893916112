package dev.convergence.engine.notification;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.courier.Postman;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.event.EngineEvent.NotificationUncertain;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Mailbag;
import dev.convergence.engine.webhook.Signature;
import dev.convergence.engine.webhook.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages that wait, and how each type of channel is reached.
///
/// Whoever gets a mail or a Slack message twice cannot tell, so right before one is handed over
/// that is written down. What a node had handed over when it died is not sent again by another: it
/// is UNCERTAIN, and shown as that.
public final class NoticeBag implements Mailbag {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeBag.class);
    private static final Logger TOLD = LoggerFactory.getLogger("convergence.notifications");
    private static final Reply WRITTEN = new Reply.Answered(200, null, "");
    private static final Reply TAKEN_OVER =
            new Reply.Unreachable("Another node has taken this over.");

    private final Database database;
    private final Vault vault;
    private final Courier courier;
    private final Postman postman;
    private final InstantSource clock;
    private final Events events;
    private final String userAgent;

    public NoticeBag(
            Database database,
            Vault vault,
            Courier courier,
            Postman postman,
            InstantSource clock,
            Events events,
            String userAgent) {
        this.database = database;
        this.vault = vault;
        this.courier = courier;
        this.postman = postman;
        this.clock = clock;
        this.events = events;
        this.userAgent = userAgent;
    }

    @Override
    public List<Due> due(Handle handle, Instant now) {
        return NoticeSendingStore.due(handle, now);
    }

    @Override
    public List<NoticeParcel> take(
            Handle handle, Map<UUID, Integer> shares, Instant until, Instant now) {
        NoticeSendingStore.abandoned(handle, now).forEach(this::tellUncertain);
        return NoticeSendingStore.take(handle, this, shares, until, now);
    }

    private void tellUncertain(UUID delivery) {
        LOG.warn("Notification {} may have arrived: its node died while it was sent", delivery);
        events.publish(new NotificationUncertain(delivery));
    }

    Reply carry(NoticeParcel parcel, Instant now) {
        return switch (parcel.channel().type()) {
            case EMAIL -> mail(parcel);
            case SLACK -> slack(parcel);
            case WEBHOOK -> webhook(parcel, now);
            case LOG -> log(parcel);
        };
    }

    private boolean isHandedOver(NoticeParcel parcel) {
        return database.inTransaction(
                handle -> NoticeSendingStore.handingOver(handle, parcel, clock.instant()));
    }

    private Reply mail(NoticeParcel parcel) {
        Map<String, Object> mail = Json.object(text(parcel));
        return postman.send(
                new Postman.Mail(
                        parcel.delivery().toString(),
                        texts(mail.get("to")),
                        texts(mail.get("cc")),
                        parcel.subject(),
                        String.valueOf(mail.get("text")),
                        String.valueOf(mail.get("html"))),
                () -> isHandedOver(parcel));
    }

    private Reply slack(NoticeParcel parcel) {
        String url = secret(parcel).url();
        courier.check(url);
        if (!isHandedOver(parcel)) {
            return TAKEN_OVER;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", userAgent);
        headers.put("Idempotency-Key", parcel.delivery().toString());
        return SlackReply.of(courier.post(url, headers, parcel.payload()));
    }

    private Reply webhook(NoticeParcel parcel, Instant now) {
        ChannelSecret secret = secret(parcel);
        String id = parcel.delivery().toString();
        SigningSecret key = SigningSecret.ofText(Objects.requireNonNull(secret.signing()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", userAgent);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(id, now, parcel.payload(), List.of(key)));
        headers.put("Idempotency-Key", id);
        headers.put("X-Delivery-Attempt", Integer.toString(parcel.attempts() + 1));
        return courier.post(secret.url(), headers, parcel.payload());
    }

    private static Reply log(NoticeParcel parcel) {
        TOLD.info("{} {}: {}", parcel.tenant(), parcel.severity(), text(parcel));
        return WRITTEN;
    }

    private ChannelSecret secret(NoticeParcel parcel) {
        Sealed sealed = Objects.requireNonNull(parcel.secret());
        return ChannelSecret.open(vault, parcel.tenant(), parcel.receiver(), sealed);
    }

    private static String text(NoticeParcel parcel) {
        return new String(parcel.payload(), StandardCharsets.UTF_8);
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }
}
