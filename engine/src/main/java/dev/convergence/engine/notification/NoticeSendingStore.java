package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.Mailbag.Due;
import dev.convergence.engine.webhook.NoteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `notification_delivery` and `notification_attempt`, for who sends.
final class NoticeSendingStore {

    private NoticeSendingStore() {}

    // Steps from channel to channel in the index: how much waits for one does not matter to the
    // others.
    private static final String DUE =
            """
            WITH RECURSIVE first AS (
                (SELECT channel_id, tenant_id, next_attempt_at FROM notification_delivery
                 WHERE state = 'PENDING' ORDER BY channel_id, next_attempt_at LIMIT 1)
                UNION ALL
                SELECT next.channel_id, next.tenant_id, next.next_attempt_at
                FROM first CROSS JOIN LATERAL (
                    SELECT channel_id, tenant_id, next_attempt_at FROM notification_delivery
                    WHERE state = 'PENDING' AND channel_id > first.channel_id
                    ORDER BY channel_id, next_attempt_at LIMIT 1) AS next)
            SELECT channel_id, tenant_id FROM first WHERE next_attempt_at <= :now
            """;

    static List<Due> due(Handle handle, Instant now) {
        return handle.createQuery(DUE)
                .bind("now", now)
                .map((row, _) ->
                        new Due(
                                new TenantId(row.getString("tenant_id")),
                                row.getObject("channel_id", UUID.class)))
                .list();
    }

    private static final String ABANDONED =
            """
            UPDATE notification_delivery AS d
            SET state = 'UNCERTAIN', next_attempt_at = NULL, claim = NULL,
                last_error = 'The node died while it handed this over: it may have arrived.'
            WHERE d.delivery_id IN (
                SELECT delivery_id FROM notification_delivery
                WHERE state = 'PENDING' AND handed_at IS NOT NULL AND next_attempt_at <= :now
                ORDER BY next_attempt_at LIMIT 100 FOR UPDATE SKIP LOCKED)
            RETURNING d.delivery_id
            """;

    /// Ends what nodes had handed over when they died.
    static List<UUID> abandoned(Handle handle, Instant now) {
        return handle.createQuery(ABANDONED).bind("now", now).mapTo(UUID.class).list();
    }

    // Whoever takes one moves its time on: when he dies before he hands it over, it is due again
    // then.
    private static final String TAKE =
            """
            WITH taken AS MATERIALIZED (
                SELECT waiting.delivery_id
                FROM unnest(:channels::uuid[], :shares::int[]) AS asked (channel_id, share)
                JOIN notification_channel AS c ON c.channel_id = asked.channel_id AND c.is_enabled
                CROSS JOIN LATERAL (
                    SELECT delivery_id FROM notification_delivery AS d
                    WHERE d.channel_id = asked.channel_id AND state = 'PENDING' AND next_attempt_at <= :now
                      AND handed_at IS NULL
                    ORDER BY next_attempt_at LIMIT asked.share FOR UPDATE SKIP LOCKED) AS waiting)
            UPDATE notification_delivery AS d SET next_attempt_at = :until, claim = gen_random_uuid()
            FROM taken, notification_channel AS c
            WHERE d.delivery_id = taken.delivery_id AND c.channel_id = d.channel_id
            RETURNING d.delivery_id, d.event, d.severity, d.subject, d.payload, d.attempt_count,
                      d.max_attempts AS attempts_max, d.claim, d.created_at AS noted_at,
                      c.channel_id, c.tenant_id, c.channel_type, c.name, c.settings, c.max_attempts, c.is_enabled,
                      c.is_direct, c.created_at, c.updated_at, c.secret, c.key_id
            """;

    static List<NoticeParcel> take(
            Handle handle, NoticeBag bag, Map<UUID, Integer> shares, Instant until, Instant now) {
        return handle.createQuery(TAKE)
                .bind("channels", shares.keySet().toArray(UUID[]::new))
                .bind("shares", shares.values().toArray(Integer[]::new))
                .bind("until", until)
                .bind("now", now)
                .map((row, _) -> parcel(bag, row))
                .list();
    }

    private static NoticeParcel parcel(NoticeBag bag, ResultSet row) throws SQLException {
        return new NoticeParcel(
                bag,
                row.getObject("delivery_id", UUID.class),
                ChannelStore.channel(row),
                ChannelStore.sealed(row),
                row.getString("event"),
                Severity.valueOf(row.getString("severity")),
                row.getString("subject"),
                row.getBytes("payload"),
                row.getInt("attempt_count"),
                row.getInt("attempts_max"),
                row.getObject("claim", UUID.class),
                Objects.requireNonNull(NoteStore.instant(row, "noted_at")));
    }

    private static final String HANDING_OVER =
            """
            UPDATE notification_delivery SET handed_at = :now
            WHERE delivery_id = :id AND claim = :claim AND next_attempt_at > :now
            """;

    /// Writes down that it may have arrived from now on; false when the claim is not good any more.
    static boolean handingOver(Handle handle, NoticeParcel parcel, Instant now) {
        return handle.createUpdate(HANDING_OVER)
                        .bind("id", parcel.delivery())
                        .bind("claim", parcel.claim())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    // The claim decides: who has lost it writes nothing.
    private static final String END =
            """
            WITH ended AS (
                UPDATE notification_delivery
                SET state = :state, attempt_count = attempt_count + 1, next_attempt_at = :next, claim = NULL,
                    handed_at = NULL, last_status = :status, last_error = :error,
                    delivered_at = CASE WHEN :state = 'DELIVERED' THEN :now ELSE delivered_at END
                WHERE delivery_id = :delivery AND claim = :claim
                RETURNING delivery_id, attempt_count, tenant_id)
            INSERT INTO notification_attempt (delivery_id, attempt_number, tenant_id, started_at, duration_ms,
                                              status, error, response)
            SELECT delivery_id, attempt_count, tenant_id, :started, :millis, :status, :error, :response
            FROM ended
            """;

    /// @param next when it is tried again; null when it is over
    /// @return whether the claim was still good
    static boolean end(
            Handle handle,
            NoticeParcel parcel,
            Delivery.State state,
            DeliveryAttempt attempt,
            @Nullable Instant next,
            Instant now) {
        return handle.createUpdate(END)
                        .bind("delivery", parcel.delivery())
                        .bind("claim", parcel.claim())
                        .bind("state", state.name())
                        .bindByType("next", next, Instant.class)
                        .bindByType("status", attempt.httpStatus(), Integer.class)
                        .bindByType("error", attempt.error(), String.class)
                        .bindByType("response", attempt.response(), String.class)
                        .bind("started", attempt.startedAt())
                        .bind("millis", attempt.duration().toMillis())
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
