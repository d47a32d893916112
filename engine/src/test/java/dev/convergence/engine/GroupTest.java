package dev.convergence.engine;

import static dev.convergence.engine.Gang.BAD;
import static dev.convergence.engine.Gang.DUPLICATE;
import static dev.convergence.engine.Gang.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.group.GroupCounts;
import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.GroupStatus;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Queue.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What groups promise, one member at a time.
class GroupTest {

    private final Installation here = new Installation();
    private Rooms engine;
    private TenantId tenant;

    @BeforeEach
    void open() {
        engine = here.node(1);
        tenant = here.tenant("acme", 100, 10);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        here.close();
    }

    private Instant now() {
        return here.clock.instant();
    }

    @Test
    void members_of_a_sequence_run_one_after_the_other() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD, GOOD);
        assertThat(gang.status()).isEqualTo(GroupStatus.QUEUED);
        assertThat(here.count("SELECT count(*) FROM ready")).isEqualTo(1);

        engine.worker().runHere(now());
        assertThat(gang.view().startedAt()).isEqualTo(now());
        assertThat(gang.view().group().finishedAt()).isNull();
        here.clock.advance(Duration.ofSeconds(7));
        gang.runAll();

        assertThat(gang.executed()).containsExactly(0, 1, 2);
        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
        assertThat(gang.view().group().finishedAt()).isEqualTo(now());
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 3, 0, 0, 0));
    }

    @Test
    void a_member_that_fails_for_good_stops_those_behind_it() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, BAD, GOOD);

        gang.runAll();

        assertThat(gang.executed()).containsExactly(0, 1, 1, 1, 1);
        assertThat(gang.state(2, 0)).isEqualTo("SKIPPED");
        assertThat(here.count("SELECT count(*) FROM job")).isEqualTo(6);
        assertThat(
                        here.count(
                                "SELECT count(*) FROM run WHERE state = 'SKIPPED' AND error LIKE"
                                        + " '%failed for good%' AND error_code = 'GROUP_STOPPED' AND"
                                        + " started_at IS NULL"))
                .isEqualTo(1);
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 1, 1, 1, 0));
    }

    @Test
    void a_first_member_that_fails_for_good_stops_all() {
        Gang gang = Gang.inSequence(here, engine, tenant, BAD, GOOD, GOOD);

        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 0, 1, 2, 0));
    }

    @Test
    void a_member_that_succeeds_when_tried_again_counts_as_completed() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, Map.of("fail_times", 2), GOOD);

        gang.runAll();

        assertThat(gang.executed()).containsExactly(0, 1, 1, 1, 2);
        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 3, 0, 0, 0));
    }

    @Test
    void where_it_is_to_continue_the_others_run_and_the_end_is_partial() {
        Gang gang =
                Gang.of(
                        here,
                        engine,
                        tenant,
                        GroupMode.SEQUENTIAL,
                        OnFailure.CONTINUE,
                        BAD,
                        GOOD,
                        GOOD);

        gang.runAll();

        assertThat(gang.executed()).containsExactly(0, 0, 0, 0, 1, 2);
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
    }

    @Test
    void where_it_is_to_skip_the_rest_is_skipped_and_says_so() {
        Gang gang = Gang.of(here, engine, tenant, GroupMode.SEQUENTIAL, OnFailure.SKIP, BAD, GOOD);

        gang.runAll();

        assertThat(gang.state(1, 0)).isEqualTo("SKIPPED");
        assertThat(here.count("SELECT count(*) FROM run WHERE error_code = 'GROUP_SKIPPED'"))
                .isEqualTo(1);
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
    }

    @Test
    void a_member_that_skips_itself_stops_nothing() {
        Gang gang = Gang.inSequence(here, engine, tenant, DUPLICATE, GOOD);

        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(2, 0, 0, 1, 0, 1, 0));
    }

    @Test
    void members_and_other_jobs_take_turns_by_the_ordinary_order() {
        Gang gang = Gang.inSequence(here, engine, tenant, Map.of("fail_times", 1), GOOD);
        Job solo = here.probe(tenant, 5, Map.of());
        here.enqueue(engine, List.of(solo));

        gang.runAll();

        long soloToken = token(solo);
        assertThat(gang.executed()).containsExactly(0, 0, 1);
        assertThat(soloToken)
                .isGreaterThan(here.count(tokenOf(gang, 0, 0)))
                .isLessThan(here.count(tokenOf(gang, 0, 1)));
    }

    private long token(Job job) {
        return here.count("SELECT token FROM run WHERE job_id = '" + job.id() + "'");
    }

    private static String tokenOf(Gang gang, int member, int attempt) {
        return "SELECT token FROM run WHERE job_id = '" + gang.job(member, attempt) + "'";
    }

    @Test
    void a_later_member_goes_before_what_was_put_in_after_it() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD, GOOD);
        Job solo = here.probe(tenant, 5, Map.of());
        here.enqueue(engine, List.of(solo));

        gang.runAll();

        assertThat(token(solo)).isGreaterThan(here.count(tokenOf(gang, 2, 0)));
    }

    @Test
    void the_pause_of_a_retry_holds_the_members_behind_it_and_nobody_else() {
        Gang gang =
                Gang.inSequence(
                        here, engine, tenant, Map.of("outcome", "FAILED", "pause", 10), GOOD);
        Job solo = here.probe(tenant, 5, Map.of());
        here.enqueue(engine, List.of(solo));

        gang.runAll();

        assertThat(here.state(solo.id())).isEqualTo("COMPLETED");
        assertThat(gang.state(1, 0)).isEqualTo("LIVE");
        assertThat(gang.status()).isEqualTo(GroupStatus.QUEUED);
    }

    @Test
    void parallel_members_run_at_once_and_fail_alone() {
        Gang gang =
                Gang.of(here, engine, tenant, GroupMode.PARALLEL, OnFailure.STOP, GOOD, BAD, GOOD);
        assertThat(here.count("SELECT count(*) FROM ready")).isEqualTo(3);

        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 2, 1, 0, 0));
    }

    @Test
    void a_group_that_is_cancelled_before_it_starts_ends_without_an_execution() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD);

        gang.cancel();
        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.CANCELLED);
        assertThat(gang.executed()).isEmpty();
        assertThat(gang.counts().cancelled()).isEqualTo(2);
        Instant ended = gang.view().group().finishedAt();
        here.clock.advance(Duration.ofMinutes(1));
        gang.cancel();
        assertThat(gang.view().group().finishedAt()).isEqualTo(ended);
    }

    @Test
    void a_parallel_group_is_cancelled_wherever_its_members_wait() {
        Gang gang =
                Gang.of(
                        here,
                        engine,
                        tenant,
                        GroupMode.PARALLEL,
                        OnFailure.STOP,
                        Map.of("fail_times", 1, "pause", 10),
                        GOOD,
                        GOOD);
        engine.worker().runHere(now());
        assertThat(here.count("SELECT count(*) FROM deferred")).isEqualTo(1);

        gang.cancel();

        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(3, 0, 0, 0, 1, 0, 2));
    }

    @Test
    void a_member_that_is_cancelled_lets_the_next_one_go() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD, GOOD);

        assertThat(cancel(gang, 0, 0)).isEqualTo(Cancellation.CANCELLED);
        assertThat(cancel(gang, 2, 0)).isEqualTo(Cancellation.CANCELLED);
        assertThat(gang.status()).isEqualTo(GroupStatus.QUEUED);
        gang.runAll();

        assertThat(gang.executed()).containsExactly(1);
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
    }

    @Test
    void a_group_of_which_every_member_is_cancelled_is_cancelled() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD, GOOD);

        cancel(gang, 1, 0);
        cancel(gang, 0, 0);

        assertThat(gang.status()).isEqualTo(GroupStatus.CANCELLED);
    }

    @Test
    void a_retry_that_is_cancelled_stops_the_group_like_a_last_failure() {
        Gang gang = Gang.inSequence(here, engine, tenant, BAD, GOOD);
        engine.worker().runHere(now());

        cancel(gang, 0, 1);

        assertThat(gang.state(1, 0)).isEqualTo("SKIPPED");
        assertThat(gang.status()).isEqualTo(GroupStatus.PARTIAL);
        assertThat(gang.counts()).isEqualTo(new GroupCounts(2, 0, 0, 0, 1, 1, 0));
    }

    private Cancellation cancel(Gang gang, int member, int attempt) {
        return engine.queue().cancel(tenant, gang.job(member, attempt), "by a user", now());
    }

    @Test
    void members_of_a_pool_wait_for_it_like_other_jobs() {
        Map<String, Object> local = Map.of("pool", "ollama-local");
        Gang gang = Gang.inSequence(here, engine, tenant, local, local);

        gang.runAll();

        assertThat(gang.status()).isEqualTo(GroupStatus.COMPLETED);
    }

    @Test
    void a_group_of_another_tenant_is_unknown() {
        Gang gang = Gang.inSequence(here, engine, tenant, GOOD);
        TenantId other = here.tenant("globex", 100, 1);

        assertThatThrownBy(() -> engine.groupBook().find(other, gang.id()))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> engine.groups().cancel(other, gang.id(), now()))
                .isInstanceOf(EngineException.class);
        assertThat(gang.status()).isEqualTo(GroupStatus.QUEUED);
        assertThat(engine.groupBook().list(other, null, 10)).isEmpty();
        assertThat(engine.groupBook().list(tenant, null, 10)).hasSize(1);
        assertThat(engine.groupBook().list(tenant, gang.id(), 10)).isEmpty();
        gang.cancel();
    }
}
