package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pipelines as files, before a server has a say; with a real one they are tested in the service.
class ApplyTest {

    private static final String FILE =
            """
            name: nightly
            template: gcp/cost/billing
            cron: 0 2 * * *
            parameters: {days: 3}
            schedule_policy: {window: PT60M, overlap: skip}
            """;
    private static final String SERVER =
            """
            {"pipelines": [{"config_id": "c-1", "pipeline_name": "nightly", "provider": "GCP",
              "domain": "COST", "pipeline_template": "billing", "schedule_cron": "0 2 * * *",
              "timezone": "UTC", "parameters": {"days": 3.0}, "priority": 5,
              "schedule_policy": {"window": "PT1H", "overlap": "SKIP", "missed_runs": "LAST"}}]}\
            """;

    @TempDir Path folder;
    private Path files;
    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(folder);
        files = Files.createDirectory(folder.resolve("pipelines"));
        Files.writeString(files.resolve("a.yaml"), FILE);
        Files.writeString(files.resolve("README.md"), "not a pipeline");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void what_is_the_same_in_other_words_is_unchanged() {
        assertThat(apply(SERVER)).isZero();

        assertThat(desk.out()).contains("nightly", "unchanged");
        assertThat(desk.asked).hasSize(1);
    }

    @Test
    void only_what_differs_is_sent_and_shown() {
        assertThat(apply(SERVER.replace("0 2 * * *", "0 3 * * *"), "--diff")).isZero();

        assertThat(desk.asked.getLast())
                .isEqualTo(
                        "PATCH /api/v1/scheduler/tenant/acme_corp/pipelines/c-1"
                                + " tenant=acme_corp_api_k {\"schedule_cron\":\"0 2 * * *\"}");
        Approved.text("output/apply.diff", desk.out());
    }

    @Test
    void a_dry_run_asks_whether_what_is_new_could_be_made_and_makes_nothing() {
        assertThat(apply("{\"pipelines\": []}", "--diff", "--dry-run", "--prune")).isZero();

        assertThat(desk.out()).contains("+pipeline_name: nightly", "would be created");
        assertThat(desk.asked).hasSize(2);
        assertThat(desk.asked.getLast())
                .startsWith("POST /api/v1/scheduler/tenant/acme_corp/pipelines/dryrun ");
    }

    @Test
    void pruning_asks_and_names_what_goes() throws Exception {
        Files.writeString(files.resolve("a.yaml"), FILE.replace("nightly", "other"));

        assertThat(apply(SERVER, "--prune")).isEqualTo(2);
        assertThat(desk.err()).contains("Delete 1 that no file names: nightly?");
        assertThat(desk.asked).noneMatch(line -> line.startsWith("DELETE"));

        assertThat(apply(SERVER, "--prune", "--yes")).isZero();
        assertThat(desk.asked.getLast())
                .startsWith("DELETE /api/v1/scheduler/tenant/acme_corp/pipelines/c-1");
    }

    @Test
    void faulty_files_are_refused_with_their_name_before_anything_is_sent() throws Exception {
        for (String faulty :
                new String[] {
                    FILE + "colour: red\n", FILE.replace("cron:", "# cron:"), "- 1\n", "a: [\n", ""
                }) {
            Files.writeString(files.resolve("b.yml"), faulty);

            assertThat(apply(SERVER)).as(faulty).isEqualTo(2);

            assertThat(desk.err()).contains("b.yml");
        }
        Files.writeString(files.resolve("b.yml"), FILE);
        assertThat(apply(SERVER)).isEqualTo(2);
        assertThat(desk.err()).contains("nightly is in", "a.yaml", "b.yml");
        assertThat(desk.asked).isEmpty();
    }

    private int apply(String server, String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "apply";
        line[1] = "-f";
        line[2] = files.toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return desk.answersFirst(server).run(line);
    }
}
