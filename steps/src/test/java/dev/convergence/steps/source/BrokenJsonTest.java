package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenJsonTest {

    private static final String WHOLE =
            """
            {"finding":{"name":"f1","parent":"organizations/1/sources/2","category":"OPEN_FIREWALL",\
            "severity":"HIGH","state":"ACTIVE","eventTime":"2026-11-20T00:00:00Z"}}
            """;
    private static final String CUT_OFF = "{\"finding\":{\"name\":\"f2\",\"par";

    @TempDir Path directory;
    private LoadFixture fixture;

    @BeforeEach
    void set_up() {
        fixture = new LoadFixture(directory);
    }

    @Test
    void a_line_that_is_cut_off_is_named_by_its_number() throws Exception {
        land(WHOLE + WHOLE + CUT_OFF);
        assertThat(refusal()).contains("line 3 of gcp/security/a.jsonl: it is not JSON");
    }

    @Test
    void a_first_line_that_is_cut_off_spoils_only_itself() throws Exception {
        land(CUT_OFF + "\n" + WHOLE + WHOLE);
        assertThat(refusal()).contains("line 1 of gcp/security/a.jsonl: it is not JSON");

        assertDone(fixture.load(Bill.FINDINGS, Map.of("bad_rows", "skip")));
        assertThat(fixture.rows("SELECT count(DISTINCT finding_id) FROM findings"))
                .isEqualTo(List.of(List.of("1")));
    }

    @Test
    void a_file_that_is_cut_off_says_where_in_plain_words() throws Exception {
        land(CUT_OFF + "\n");
        assertThat(refusal())
                .contains("is not whole JSON at line 1; was it cut off?")
                .doesNotContain("CTRL-CHAR");

        land("[\n" + WHOLE.strip() + ",\n" + CUT_OFF);
        assertThat(refusal()).contains("is not whole JSON at line 3; was it cut off?");
    }

    private void land(String content) throws Exception {
        fixture.land("gcp/security/a.jsonl", content);
    }

    private String refusal() {
        return failure(fixture.load(Bill.FINDINGS, Map.of()));
    }
}
