package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.trail.Beginning;
import dev.convergence.engine.trail.Ending;
import dev.convergence.engine.trail.Entry;
import dev.convergence.engine.trail.Trail;
import dev.convergence.engine.trail.TrailFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The audit log: begun before, ended after, never changed, let go when it is old.
class TrailTest {

    private final Installation installation = new Installation();
    private final Trail trail = new Trail(installation.database);

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_write_that_never_ended_is_shown_without_an_end() {
        UUID id = begin("acme", "channels.create");
        assertThat(all()).singleElement().satisfies(e -> assertThat(e.outcome()).isNull());

        end(id);
        assertThat(all())
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.outcome()).isEqualTo(Ending.Outcome.DONE);
                    assertThat(e.before()).contains("old");
                    assertThat(e.after()).contains("new");
                });
    }

    @Test
    void what_has_ended_is_not_changed() {
        UUID id = begin("acme", "channels.create");
        end(id);
        assertThatThrownBy(() -> end(id)).hasMessageContaining("is not changed");
        assertThatThrownBy(() ->
                        installation.database.transact(h ->
                                h.execute(
                                        "UPDATE audit SET actor = 'nobody' WHERE audit_id = ?",
                                        id)))
                .hasMessageContaining("is not changed");
    }

    @Test
    void entries_are_found_by_whose_they_are_by_action_resource_and_time() {
        begin("acme", "channels.create");
        installation.clock.advance(Duration.ofMinutes(1));
        Instant between = installation.clock.instant();
        begin("acme", "rules.delete");
        begin("other", "rules.delete");

        assertThat(list("acme", null, null, null)).hasSize(2);
        assertThat(list(null, "rules.delete", null, null)).hasSize(2);
        assertThat(list("acme", null, between, null))
                .extracting(Entry::action)
                .containsExactly("rules.delete");
        assertThat(list("acme", null, null, between))
                .extracting(Entry::action)
                .containsExactly("channels.create");
    }

    @Test
    void old_days_go_as_a_whole() {
        new Partitions(installation.database).make(installation.clock.instant());
        end(begin("acme", "channels.create"));
        installation.clock.advance(Duration.ofDays(30));
        begin("acme", "channels.create");
        RetentionPeriods periods = new RetentionPeriods(90, 90, 400, 10);
        new Retention(installation.database, periods).age(installation.clock.instant());

        assertThat(all()).hasSize(1);
    }

    private UUID begin(String tenant, String action) {
        UUID id = TimeOrderedId.next(installation.clock.instant());
        trail.begin(
                new Beginning(
                        id,
                        new TenantId(tenant),
                        "key:k",
                        "somebody",
                        action,
                        action.substring(0, action.indexOf('.')),
                        "7",
                        "POST",
                        "/api/v1/x",
                        "r-1"));
        return id;
    }

    private void end(UUID id) {
        trail.end(
                new Ending(
                        id,
                        null,
                        null,
                        Ending.Outcome.DONE,
                        200,
                        null,
                        "{\"name\": \"old\"}",
                        "{\"name\": \"new\"}",
                        installation.clock.instant()));
    }

    private List<Entry> all() {
        return list(null, null, null, null);
    }

    private List<Entry> list(
            @Nullable String tenant,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to) {
        return trail.list(
                new TrailFilter(
                        tenant == null ? null : new TenantId(tenant),
                        null,
                        action,
                        null,
                        null,
                        from,
                        to,
                        null,
                        50));
    }
}
