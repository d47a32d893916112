package dev.convergence.steps.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.steps.intake.ByteBudget;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LandingZoneTest {

    private static final TenantId ACME = new TenantId("acme_corp");
    private static final Cancellation NEVER =
            new Cancellation() {
                @Override
                public boolean isRequested() {
                    return false;
                }

                @Override
                public Registration onRequest(Runnable interrupt) {
                    return () -> {};
                }
            };

    private static final Intake INTAKE = new Intake(NEVER, new ByteBudget(1_000));

    @TempDir Path directory;
    private LandingZone zone;
    private Path home;
    private Path copies;

    @BeforeEach
    void set_up() throws IOException {
        zone = new LandingZone(directory.resolve("landing"));
        home = Files.createDirectories(directory.resolve("landing/acme_corp"));
        copies = directory.resolve("copies");
        Files.writeString(directory.resolve("secret.csv"), "secret");
        Files.createDirectories(directory.resolve("landing/globex"));
        Files.writeString(directory.resolve("landing/globex/bill.csv"), "secret");
        Files.createDirectories(home.resolve("gcp/cost"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../globex/bill.csv",
                "gcp/../../globex/bill.csv",
                "gcp/cost/../../../../secret.csv",
                "..",
                "*/../../globex/*",
                "{..,gcp}/globex/*",
                "/etc/passwd",
                "~/x",
                "gcp\\..\\x",
                "a\0b",
                "",
                "[",
                "gcp/cost/missing.csv",
                "gcp/*/missing*.csv"
            })
    void a_path_that_leaves_the_zone_or_names_nothing_is_refused(String pattern) {
        assertThatThrownBy(() -> zone.named(ACME, pattern, copies, INTAKE))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("file: ");
        assertThat(copies).doesNotExist();
    }

    @Test
    void a_link_that_points_out_is_refused_even_when_a_default_pattern_finds_it() throws Exception {
        Files.writeString(home.resolve("gcp/cost/good.csv"), "good");
        Files.createSymbolicLink(
                home.resolve("gcp/cost/link.csv"), directory.resolve("secret.csv"));
        assertRefused("leaves the tenant's landing zone");
    }

    @Test
    void a_link_to_a_folder_outside_or_to_another_tenant_is_refused() throws Exception {
        Files.createSymbolicLink(home.resolve("gcp/cost/other"), Path.of("../../../globex"));
        assertRefused("leaves the tenant's landing zone");
        assertThatThrownBy(() -> zone.named(ACME, "gcp/cost/other/bill.csv", copies, INTAKE))
                .hasMessageContaining("leaves the tenant's landing zone");
        assertThatThrownBy(() -> zone.named(ACME, "gcp/**.csv", copies, INTAKE))
                .hasMessageContaining("leaves the tenant's landing zone");
    }

    @Test
    void a_link_that_leads_nowhere_is_refused() throws Exception {
        Files.createSymbolicLink(home.resolve("gcp/cost/gone.csv"), Path.of("/no/such/file"));
        assertRefused("leads nowhere");
    }

    @Test
    void a_zone_that_is_itself_a_link_holds_nothing() throws Exception {
        Files.createSymbolicLink(
                directory.resolve("landing/mallory"), directory.resolve("landing/globex"));
        assertThat(zone.below(new TenantId("mallory"), "", copies, INTAKE)).isEmpty();
    }

    @Test
    void a_file_with_two_names_inside_the_zone_is_read_once() throws Exception {
        Files.writeString(home.resolve("gcp/cost/a.csv"), "a");
        Files.createSymbolicLink(home.resolve("gcp/cost/b.csv"), Path.of("a.csv"));
        List<LandedFile> files = zone.below(ACME, "gcp/cost", copies, INTAKE);
        assertThat(files).extracting(LandedFile::name).isEqualTo(List.of("gcp/cost/a.csv"));
        assertThat(files.getFirst().path()).hasContent("a");
    }

    @Test
    void a_folder_that_becomes_a_link_after_the_check_is_not_followed() throws Exception {
        Path real = home.toRealPath();
        Files.delete(real.resolve("gcp/cost"));
        Files.createSymbolicLink(real.resolve("gcp/cost"), directory.resolve("landing/globex"));
        FoundFile checked = new FoundFile("gcp/cost/bill.csv", real.resolve("gcp/cost/bill.csv"));
        assertThatThrownBy(() -> SafeEntry.bring(real, checked, copies, INTAKE))
                .isInstanceOf(IOException.class);
        assertThat(copies).doesNotExist();
    }

    @Test
    void a_file_that_becomes_a_link_after_the_check_is_not_followed() throws Exception {
        Path real = home.toRealPath();
        Files.createSymbolicLink(
                real.resolve("gcp/cost/bill.csv"), directory.resolve("landing/globex/bill.csv"));
        FoundFile checked = new FoundFile("gcp/cost/bill.csv", real.resolve("gcp/cost/bill.csv"));
        assertThatThrownBy(() -> SafeEntry.bring(real, checked, copies, INTAKE))
                .isInstanceOf(IOException.class);
        assertThat(copies).doesNotExist();
    }

    @Test
    void a_file_on_the_same_disk_is_not_copied_but_named_twice() throws Exception {
        Path bill = Files.writeString(home.resolve("gcp/cost/bill.csv"), "bill");
        LandedFile file = zone.below(ACME, "gcp/cost", copies, INTAKE).getFirst();
        assertThat(Files.isSameFile(bill, file.path())).isTrue();
        assertThat(file.bytes()).isEqualTo(4);
    }

    @Test
    void a_file_on_another_disk_is_copied() throws Exception {
        Path elsewhere = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(elsewhere));
        assumeFalse(Files.getFileStore(elsewhere).equals(Files.getFileStore(directory)));
        Path copy = elsewhere.resolve("copy-" + UUID.randomUUID());
        Path bill = Files.writeString(home.resolve("gcp/cost/bill.csv"), "bill");
        try {
            FoundFile found = new FoundFile("gcp/cost/bill.csv", bill.toRealPath());
            LandedFile file = SafeEntry.bring(home.toRealPath(), found, copy, INTAKE);
            assertThat(Files.isSameFile(bill, file.path())).isFalse();
            assertThat(file.path()).hasContent("bill");
        } finally {
            Files.delete(copy);
        }
    }

    @Test
    void what_is_brought_once_more_leaves_the_tenants_file_whole() throws Exception {
        Path bill = Files.writeString(home.resolve("gcp/cost/bill.csv"), "bill");
        zone.below(ACME, "gcp/cost", copies, INTAKE);
        LandedFile again = zone.below(ACME, "gcp/cost", copies, INTAKE).getFirst();
        assertThat(again.path()).hasContent("bill");
        Files.delete(again.path());
        assertThat(bill).hasContent("bill");
    }

    @Test
    void a_file_tells_that_it_was_written_to_since_it_was_brought() throws Exception {
        Path bill = Files.writeString(home.resolve("gcp/cost/bill.csv"), "bill");
        LandedFile file = zone.below(ACME, "gcp/cost", copies, INTAKE).getFirst();
        file.requireUnchanged();
        Files.writeString(bill, ", continued", StandardOpenOption.APPEND);
        assertThatThrownBy(file::requireUnchanged)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("gcp/cost/bill.csv was written to while it was read");
    }

    @Test
    void a_file_that_is_replaced_stays_as_it_was_for_who_has_it() throws Exception {
        Path bill = Files.writeString(home.resolve("gcp/cost/bill.csv"), "bill");
        LandedFile file = zone.below(ACME, "gcp/cost", copies, INTAKE).getFirst();
        Path restated = Files.writeString(directory.resolve("restated"), "restated");
        Files.move(restated, bill, StandardCopyOption.REPLACE_EXISTING);
        file.requireUnchanged();
        assertThat(file.path()).hasContent("bill");
    }

    @Test
    void globs_find_files_in_the_order_of_their_names_and_leave_dot_files_alone() throws Exception {
        for (String name : List.of("b.csv", "a.csv", ".c.csv", "d.txt")) {
            Files.writeString(home.resolve("gcp/cost").resolve(name), name);
        }
        assertThat(zone.named(ACME, "gcp/*/*.csv", copies, INTAKE))
                .extracting(LandedFile::name)
                .isEqualTo(List.of("gcp/cost/a.csv", "gcp/cost/b.csv"));
        assertThat(zone.named(ACME, "gcp/cost/d.txt", copies, INTAKE)).hasSize(1);
    }

    @Test
    void an_empty_zone_holds_nothing() throws Exception {
        assertThat(zone.below(ACME, "aws/cost", copies, INTAKE)).isEmpty();
        assertThat(zone.below(new TenantId("nobody"), "aws/cost", copies, INTAKE)).isEmpty();
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> zone.below(ACME, "gcp/cost", copies, INTAKE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(why);
        assertThat(copies).doesNotExist();
    }

    @Test
    void all_copies_of_a_run_draw_on_one_budget() throws IOException {
        Intake intake = new Intake(NEVER, new ByteBudget(250));
        for (String name : List.of("a.csv", "b.csv", "c.csv")) {
            Files.write(home.resolve("gcp/cost/" + name), new byte[100]);
        }

        assertThatThrownBy(() -> zone.named(ACME, "gcp/cost/?.csv", copies, intake))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("one run reads at most 250 bytes");
    }
}
