package dev.convergence.engine.notification;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.notification.Notices.News;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.NoteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The table `notification_delivery` and what is noted for it, but for what senders do with it.
final class NoticeStore {

    private NoticeStore() {}

    private static final String NOTE =
            """
            INSERT INTO outbox (topic, tenant_id, payload, due_at)
            SELECT :topic, tenant_id, payload::jsonb, :now
            FROM unnest(:tenants::text[], :events::text[], :payloads::text[])
                WITH ORDINALITY AS n (tenant_id, event, payload, place)
            WHERE EXISTS (SELECT 1 FROM notification_rule AS rule
                          WHERE rule.tenant_id = n.tenant_id AND rule.is_enabled AND n.event = ANY (rule.events))
            ORDER BY place
            """;

    static void note(Handle handle, Collection<News> news, Instant now) {
        handle.createUpdate(NOTE)
                .bind("topic", Notices.TOPIC)
                .bind("tenants", texts(news, one -> one.tenant().value()))
                .bind("events", texts(news, one -> one.event().word()))
                .bind("payloads", texts(news, NoticeStore::payload))
                .bind("now", now)
                .execute();
    }

    private static String payload(News news) {
        return Json.write(
                Map.of(
                        "event", news.event().name(),
                        "fact", news.fact(),
                        "about", news.about(),
                        "data", news.data()));
    }

    private static String[] texts(Collection<News> news, Function<News, String> column) {
        return news.stream().map(column).toArray(String[]::new);
    }

    private static final String EMAILS =
            """
            SELECT notification_emails FROM pipeline_config
            WHERE config_id = :config AND tenant_id = :tenant AND deleted_at IS NULL
            """;

    /// Whom a config wants told of its failures.
    static List<String> emailsOf(Handle handle, TenantId tenant, UUID config) {
        return handle.createQuery(EMAILS)
                .bind("tenant", tenant.value())
                .bind("config", config)
                .map((row, _) -> List.of((String[]) row.getArray(1).getArray()))
                .findOne()
                .orElse(List.of());
    }

    // Whoever finds the time over takes it for himself; the others find it standing.
    private static final String COOL =
            """
            INSERT INTO notification_cooldown AS known (tenant_id, cooldown_key, until)
            VALUES (:tenant, :key, :until)
            ON CONFLICT (tenant_id, cooldown_key) DO UPDATE SET until = excluded.until
            WHERE known.until <= :at
            """;
    private static final String COOLING =
            "SELECT until FROM notification_cooldown WHERE tenant_id = :tenant AND cooldown_key = :key";

    /// Begins a cool-down at a time; until when another one lasts, if one does.
    static Optional<Instant> cool(
            Handle handle, TenantId tenant, String key, Instant at, Duration cooldown) {
        if (cooldown.isZero()) {
            return Optional.empty();
        }
        boolean isOurs =
                handle.createUpdate(COOL)
                                .bind("tenant", tenant.value())
                                .bind("key", key)
                                .bind("at", at)
                                .bind("until", at.plus(cooldown))
                                .execute()
                        == 1;
        return isOurs ? Optional.empty() : cooling(handle, tenant, key);
    }

    private static Optional<Instant> cooling(Handle handle, TenantId tenant, String key) {
        return handle.createQuery(COOLING)
                .bind("tenant", tenant.value())
                .bind("key", key)
                .map((row, _) -> row.getObject("until", OffsetDateTime.class).toInstant())
                .findOne();
    }

    // Again and again the same fact makes one message.
    private static final String INSERT =
            """
            INSERT INTO notification_delivery (delivery_id, tenant_id, channel_id, rule_id, event, severity, fact,
                job_id, pipeline_id, subject, payload, state, max_attempts, next_attempt_at, held_until, created_at)
            VALUES (:id, :tenant, :channel, :rule, :event, :severity, :fact, :job, :pipeline, :subject, :payload,
                :state, :attemptsMax, :next, :heldUntil, :now)
            ON CONFLICT DO NOTHING
            """;

    static UUID insert(Handle handle, NewMessage message, Composer composer, Instant now) {
        UUID id = TimeOrderedId.next(now);
        Notice notice = message.notice();
        Composer.Composed words =
                composer.compose(message.channel(), notice, id, message.recipients());
        Instant held = message.heldUntil();
        JobId job = notice.job();
        handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("tenant", notice.tenant().value())
                .bind("channel", message.channel().id())
                .bindByType("rule", message.rule(), UUID.class)
                .bind("event", notice.event().word())
                .bind("severity", notice.severity().name())
                .bind("fact", notice.fact())
                .bindByType("job", job == null ? null : job.value(), UUID.class)
                .bindByType("pipeline", notice.pipelineId(), String.class)
                .bind("subject", words.subject())
                .bind("payload", words.payload())
                .bind("state", held == null ? "PENDING" : "HELD")
                .bind("attemptsMax", message.channel().attemptsMax())
                .bindByType("next", held == null ? now : null, Instant.class)
                .bindByType("heldUntil", held, Instant.class)
                .bind("now", now)
                .execute();
        return id;
    }

    private static final String SELECT =
            """
            SELECT d.delivery_id, d.tenant_id, d.channel_id, c.channel_type, c.name, d.rule_id, d.event, d.severity,
                   d.subject, d.job_id, d.pipeline_id, d.state, d.attempt_count, d.max_attempts, d.next_attempt_at,
                   d.held_until, d.last_status, d.last_error, d.created_at, d.delivered_at
            FROM notification_delivery AS d
            LEFT JOIN notification_channel AS c ON c.channel_id = d.channel_id AND c.tenant_id = d.tenant_id
            WHERE d.tenant_id = :tenant
            """;

    private static final String FIND = SELECT + " AND d.delivery_id = :id";

    static Optional<NoticeDelivery> find(Handle handle, TenantId tenant, UUID id) {
        return handle.createQuery(FIND)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> delivery(row))
                .findOne();
    }

    /// Conditions are constants; what the caller gave is bound. Each has an index of its own that
    /// ends in the order of the list.
    static List<NoticeDelivery> list(Handle handle, NoticeFilter filter) {
        String sql =
                SELECT
                        + (filter.channel() == null ? "" : " AND d.channel_id = :channel")
                        + (filter.state() == null ? "" : " AND d.state = :state")
                        + (filter.event() == null ? "" : " AND d.event = :event")
                        + (filter.job() == null ? "" : " AND d.job_id = :job")
                        + (filter.before() == null ? "" : " AND d.delivery_id < :before")
                        + " ORDER BY d.delivery_id DESC LIMIT :limit";
        Query query =
                handle.createQuery(sql)
                        .bind("tenant", filter.tenant().value())
                        .bind("limit", filter.limit());
        bind(query, "channel", filter.channel());
        bind(query, "state", filter.state() == null ? null : filter.state().name());
        bind(query, "event", filter.event());
        bind(query, "job", filter.job() == null ? null : filter.job().value());
        bind(query, "before", filter.before());
        return query.map((row, _) -> delivery(row)).list();
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }

    private static final String PAYLOAD =
            "SELECT payload FROM notification_delivery WHERE delivery_id = :id";

    static byte[] payload(Handle handle, UUID id) {
        return handle.createQuery(PAYLOAD).bind("id", id).mapTo(byte[].class).one();
    }

    private static final String ATTEMPTS =
            """
            SELECT attempt_number, started_at, duration_ms, status, error, response
            FROM notification_attempt WHERE delivery_id = :id ORDER BY attempt_number LIMIT 1000
            """;

    static List<DeliveryAttempt> attempts(Handle handle, UUID id) {
        return handle.createQuery(ATTEMPTS)
                .bind("id", id)
                .map((row, _) ->
                        new DeliveryAttempt(
                                row.getInt("attempt_number"),
                                Objects.requireNonNull(NoteStore.instant(row, "started_at")),
                                Duration.ofMillis(row.getLong("duration_ms")),
                                row.getObject("status", Integer.class),
                                row.getString("error"),
                                row.getString("response")))
                .list();
    }

    private static final String AGAIN =
            """
            UPDATE notification_delivery
            SET state = 'PENDING', max_attempts = attempt_count + :attemptsMax, next_attempt_at = :now, claim = NULL,
                handed_at = NULL
            WHERE delivery_id = :id AND state <> 'PENDING'
            """;

    static boolean again(Handle handle, UUID id, int attemptsMax, Instant now) {
        return handle.createUpdate(AGAIN)
                        .bind("id", id)
                        .bind("attemptsMax", attemptsMax)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String GIVE_UP =
            """
            UPDATE notification_delivery
            SET state = 'FAILED', next_attempt_at = NULL, claim = NULL, handed_at = NULL, last_error = :error
            WHERE channel_id = :channel AND state = 'PENDING'
            """;

    static void giveUp(Handle handle, UUID channel, String error) {
        handle.createUpdate(GIVE_UP).bind("channel", channel).bind("error", error).execute();
    }

    private static final String PENDING =
            """
            SELECT count(*) FROM
                (SELECT 1 FROM notification_delivery WHERE state = 'PENDING' LIMIT :max) AS pending
            """;

    static long pending(Handle handle, int max) {
        return handle.createQuery(PENDING).bind("max", max).mapTo(long.class).one();
    }

    private static NoticeDelivery delivery(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        String type = row.getString("channel_type");
        return new NoticeDelivery(
                row.getObject("delivery_id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                row.getObject("channel_id", UUID.class),
                type == null ? null : ChannelType.valueOf(type),
                row.getString("name"),
                row.getObject("rule_id", UUID.class),
                row.getString("event"),
                Severity.valueOf(row.getString("severity")),
                row.getString("subject"),
                job == null ? null : JobId.of(job),
                row.getString("pipeline_id"),
                NoticeDelivery.State.valueOf(row.getString("state")),
                row.getInt("attempt_count"),
                row.getInt("max_attempts"),
                NoteStore.instant(row, "next_attempt_at"),
                NoteStore.instant(row, "held_until"),
                row.getObject("last_status", Integer.class),
                row.getString("last_error"),
                Objects.requireNonNull(NoteStore.instant(row, "created_at")),
                NoteStore.instant(row, "delivered_at"));
    }
}
