package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.artifact.Artifact;
import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.worker.JobHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an execution makes and says is kept, and only while its claim is good.
class ArtifactTest {

    private final Installation installation = new Installation();
    private final TenantId tenant = installation.tenant("acme", 100, 1);

    @AfterEach
    void audit() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_probes_echo_comes_back_as_an_artifact() {
        Rooms engine = installation.node(1);
        Job job = installation.probe(tenant, 5, Map.of("echo", Map.of("x", 1)));
        run(engine, job);

        assertThat(engine.artifacts().list(tenant, job.id()))
                .extracting(Artifact::name, Artifact::mediaType, Artifact::size)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("echo", "application/json", 7L));
        assertThat(text(engine, job, "echo")).isEqualTo("{\"x\":1}");
    }

    @Test
    void another_tenant_sees_none_of_it() {
        Rooms engine = installation.node(1);
        TenantId other = installation.tenant("globex", 100, 1);
        Job job = installation.probe(tenant, 5, Map.of("echo", 1));
        run(engine, job);

        assertThat(engine.artifacts().list(other, job.id())).isEmpty();
        assertThat(engine.artifacts().read(other, job.id(), "echo")).isEmpty();
    }

    @Test
    void the_same_name_again_replaces_it() {
        Rooms engine =
                installation.node(
                        1,
                        JobHandler.of(
                                "writer",
                                execution -> {
                                    execution.store("a.txt", "text/plain", bytes("first"));
                                    execution.store("a.txt", "text/plain", bytes("second"));
                                    return Outcome.Completed.plain();
                                }));
        Job job = job("writer");
        run(engine, job);

        assertThat(text(engine, job, "a.txt")).isEqualTo("second");
    }

    @Test
    void a_zombie_writes_no_artifact_and_no_line() {
        Rooms engine =
                installation.node(
                        1,
                        JobHandler.of(
                                "zombie",
                                execution -> {
                                    execution.log("before");
                                    installation.database.transact(
                                            h -> h.execute("DELETE FROM lease"));
                                    execution.log("after");
                                    assertThatThrownBy(() ->
                                                    execution.store(
                                                            "late", "text/plain", bytes("late")))
                                            .isInstanceOf(CancelledException.class);
                                    installation.database.transact(h ->
                                            h.execute(
                                                    "UPDATE lane SET running = 0; DELETE FROM job"));
                                    throw new CancelledException("gone");
                                }));
        Job job = job("zombie");
        run(engine, job);

        assertThat(engine.artifacts().list(tenant, job.id())).isEmpty();
        assertThat(engine.runLog().read(tenant, job.id(), 0, 10))
                .extracting(line -> line.text())
                .containsExactly("before");
    }

    @Test
    void names_types_and_sizes_have_limits() {
        for (String name : List.of("", "../up", "a/b", ".hidden", "x".repeat(129))) {
            assertThatThrownBy(() -> new ArtifactDraft(name, "text/plain", new byte[0]))
                    .isInstanceOf(EngineException.class);
        }
        assertThatThrownBy(() -> new ArtifactDraft("a", "text/plain\r\nX: y", new byte[0]))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() ->
                        new ArtifactDraft("a", "text/plain", new byte[ArtifactDraft.BYTES_MAX + 1]))
                .isInstanceOf(EngineException.class);
    }

    private Job job(String type) {
        Job probe = installation.probe(tenant, 5, Map.of());
        return new Job(
                probe.id(),
                tenant,
                type,
                Map.of(),
                5,
                0,
                null,
                probe.id(),
                probe.retry(),
                null,
                probe.origin());
    }

    private void run(Rooms engine, Job job) {
        installation.enqueue(engine, List.of(job));
        engine.worker().runHere(installation.clock.instant());
    }

    private String text(Rooms engine, Job job, String name) {
        return new String(
                engine.artifacts().read(tenant, job.id(), name).orElseThrow().bytes(),
                StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
