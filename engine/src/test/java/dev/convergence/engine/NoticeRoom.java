package dev.convergence.engine;

import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.ChannelWish;
import dev.convergence.engine.notification.Channels;
import dev.convergence.engine.notification.Composer.Composed;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.notification.NoticeBag;
import dev.convergence.engine.notification.NoticeDelivery;
import dev.convergence.engine.notification.NoticeFanOut;
import dev.convergence.engine.notification.NoticeFilter;
import dev.convergence.engine.notification.Rule;
import dev.convergence.engine.notification.RuleWish;
import dev.convergence.engine.notification.Rules;
import dev.convergence.engine.notification.Watch;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Deliverer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What a node has to tell tenants' people with, on the clock of its installation.
final class NoticeRoom {

    private static final Vault VAULT =
            new Vault(MasterKey.fromBase64(Base64.getEncoder().encodeToString(new byte[32])));

    final Receiver receiver = new Receiver();
    final Post post = new Post();
    final Channels channels;
    final Rules rules;
    final History history;
    final List<EngineEvent> told = new CopyOnWriteArrayList<>();
    private final Installation installation;
    private final NoticeFanOut fanOut;

    NoticeRoom(Installation installation) {
        this.installation = installation;
        channels = new Channels(installation.database, VAULT, receiver, post);
        rules = new Rules(installation.database);
        history = new History(installation.database, NoticeRoom::words);
        fanOut =
                new NoticeFanOut(
                        installation.database,
                        new StepRecords(installation.database),
                        NoticeRoom::words);
    }

    /// Plain words, so that a test sees what they are made of.
    private static Composed words(
            Channel channel,
            dev.convergence.engine.notification.Notice notice,
            UUID delivery,
            List<String> recipients) {
        List<String> to = recipients.isEmpty() ? channel.texts("to_emails") : recipients;
        String payload =
                Json.write(
                        Map.of(
                                "to",
                                to,
                                "text",
                                notice.event().word(),
                                "html",
                                "",
                                "event",
                                notice.event().word()));
        return new Composed(
                notice.severity() + " " + notice.event().word() + " " + notice.data().get("error"),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    Channel email(TenantId tenant, String address) {
        return channel(tenant, "EMAIL", "mail", List.of(address), null);
    }

    Channel slack(TenantId tenant, String url) {
        return channel(tenant, "SLACK", "slack at " + url, null, url);
    }

    Channel webhook(TenantId tenant, String url) {
        return channel(tenant, "WEBHOOK", "hook at " + url, null, url);
    }

    private Channel channel(
            TenantId tenant,
            String type,
            String name,
            @Nullable List<@Nullable String> to,
            @Nullable String url) {
        ChannelWish wish =
                new ChannelWish(
                        type, name, null, null, to, null, null, url, null, null, null, null, null,
                        null);
        return channels.create(tenant, wish, now()).channel();
    }

    Rule rule(TenantId tenant, Channel channel, @Nullable Integer cooldown, String... events) {
        RuleWish wish =
                new RuleWish(
                        "rule of " + String.join(",", events),
                        List.of(events),
                        List.of(channel.id()),
                        null,
                        null,
                        null,
                        cooldown,
                        null,
                        null,
                        null,
                        null);
        return rules.create(tenant, wish, now());
    }

    void fanOut() {
        fanOut.runOnce(now());
    }

    Deliverer deliverer() {
        NoticeBag bag =
                new NoticeBag(
                        installation.database,
                        VAULT,
                        receiver,
                        post,
                        installation.clock,
                        new Events(told::add),
                        "Convergence/test");
        return new Deliverer(
                installation.database,
                bag,
                new Deliverer.Wiring(
                        installation.clock,
                        new SameThread(),
                        new Events(told::add),
                        () -> 0.5,
                        "Convergence/test"));
    }

    void send() {
        while (deliverer().runOnce(now())) {
            // until nothing is due
        }
    }

    /// Makes messages of what happened, and sends what is due.
    void work() {
        fanOut();
        send();
    }

    void watch() {
        new Watch(installation.database).test(now());
    }

    List<NoticeDelivery> log(TenantId tenant) {
        return history.list(new NoticeFilter(tenant, null, null, null, null, null, 200));
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
