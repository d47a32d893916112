package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.convergence.engine.Rewriting.Fragment;
import dev.convergence.engine.Scenes.Scene;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Takes one protection away and sees the engine go wrong: so the tests that pass with it prove it.
///
/// Who rewrites a protected statement adapts its fragment here. One that is met in no statement
/// fails its test, so that none is ever checked in name only.
class ProtectionTest {

    /// @param off what the statements lose
    /// @param alsoOff constraints of the schema that would catch it, too
    private record Protection(String name, List<Fragment> off, List<String> alsoOff, Scene scene) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Protection of(String name, Scene scene, Fragment... off) {
        return new Protection(name, List.of(off), List.of(), scene);
    }

    private static final String THE_REST =
            " AND virtual_time >= ? AND (SELECT count(*) FROM alive) = 1";

    private static final String CLAIMABLE = "WHERE is_claimable" + THE_REST;

    static final List<Protection> PROTECTIONS =
            List.of(
                    of(
                            "the token, compared when a lease is ended",
                            Scenes::a_finish_of_a_claim_that_another_has_now_changes_nothing,
                            new Fragment(" AND lease.token = finished.token", "")),
                    of(
                            "the lane's limit",
                            Scenes::a_lane_starts_no_more_than_its_limit,
                            new Fragment(
                                    CLAIMABLE,
                                    "WHERE has_ready AND NOT is_paused AND NOT is_suspended AND NOT"
                                            + " is_reserved"
                                            + THE_REST),
                            new Fragment("concurrent_limit - running AS free", "1000 AS free")),
                    of(
                            "the lock on the lanes of a claim",
                            Scenes::two_claims_at_once_keep_one_limit,
                            new Fragment("FOR UPDATE SKIP LOCKED), shares AS", "), shares AS")),
                    of(
                            "the pause of a lane",
                            Scenes::a_paused_lane_starts_nothing,
                            new Fragment(
                                    CLAIMABLE,
                                    "WHERE has_ready AND running < concurrent_limit" + THE_REST)),
                    of(
                            "the reservation of a lane",
                            Scenes::a_reserved_lane_starts_nothing,
                            new Fragment(
                                    CLAIMABLE,
                                    "WHERE has_ready AND running < concurrent_limit" + THE_REST)),
                    of(
                            "the heartbeat of the claiming node",
                            Scenes::a_node_without_a_heartbeat_starts_nothing,
                            new Fragment(
                                    "heartbeat_at > ?",
                                    "heartbeat_at > CAST(? AS timestamptz) - interval '100"
                                            + " years'")),
                    of(
                            "the key of a flight",
                            Scenes::the_same_request_again_is_the_same_run,
                            new Fragment(
                                    "INSERT INTO in_flight (tenant_id, flight_key, job_id) VALUES"
                                            + " (?, ?, ?)",
                                    "INSERT INTO in_flight (tenant_id, flight_key, job_id) VALUES"
                                            + " (?, CAST(? AS text) || gen_random_uuid(), ?)")),
                    new Protection(
                            "the outcome that an instant has already",
                            List.of(new Fragment("ON CONFLICT (config_id, due_at) DO NOTHING", "")),
                            List.of("ALTER TABLE slot DROP CONSTRAINT slot_pkey"),
                            Scenes::an_instant_that_comes_due_again_fires_nothing),
                    new Protection(
                            "the slot of a permit",
                            List.of(
                                    new Fragment(
                                            "permit.slot = slot.slot",
                                            "permit.slot = slot.slot AND false"),
                                    new Fragment(
                                            "AND reservation_id < ?) < ?",
                                            "AND reservation_id < ?) - 1000 < ?")),
                            List.of("ALTER TABLE permit DROP CONSTRAINT permit_pkey"),
                            Scenes::a_pool_of_one_has_one_holder),
                    of(
                            "the pause of a retry",
                            Scenes::a_retry_waits_for_its_pause,
                            new Fragment(
                                    "due_at <= ? ORDER BY due_at",
                                    "due_at <= CAST(? AS timestamptz) + interval '1 day' ORDER BY"
                                            + " due_at")));

    @ParameterizedTest
    @FieldSource("PROTECTIONS")
    void with_its_protection_a_scene_ends_well(Protection protection) throws Exception {
        play(protection, new Installation());
    }

    @ParameterizedTest
    @FieldSource("PROTECTIONS")
    void without_its_protection_a_scene_goes_wrong(Protection protection) {
        Rewriting rewriting = new Rewriting(protection.off());
        Installation installation = new Installation(rewriting::between);
        protection
                .alsoOff()
                .forEach(ddl -> installation.database.transact(handle -> handle.execute(ddl)));

        Throwable wrong = catchThrowable(() -> play(protection, installation));

        assertThat(rewriting.missed())
                .as("statements have changed: adapt the fragments of '%s'", protection)
                .isEmpty();
        assertThat(wrong)
                .as("nothing goes wrong without %s", protection)
                .isInstanceOf(AssertionError.class);
    }

    private static void play(Protection protection, Installation installation) throws Exception {
        try (installation) {
            protection.scene().play(installation);
        }
    }
}
