package dev.convergence.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoArgumentsTest {

    @Test
    void a_demo_that_goes_on_serving_serves_where_a_server_would() {
        DemoArguments arguments = DemoArguments.parse(List.of());
        assertThat(arguments.once()).isFalse();
        assertThat(arguments.server()).isEqualTo(ServeArguments.parse(List.of()));
    }

    @Test
    void a_demo_that_ends_takes_any_free_port_unless_told_one() {
        assertThat(DemoArguments.parse(List.of("--once")).server().port()).isZero();
        assertThat(DemoArguments.parse(List.of("--once", "--port=81")).server().port())
                .isEqualTo(81);
        DemoArguments told =
                DemoArguments.parse(List.of("--data-dir", "/x", "--port", "82", "--once"));
        assertThat(told.once()).isTrue();
        assertThat(told.server().port()).isEqualTo(82);
        assertThat(told.server().dataDirectory()).isEqualTo(Path.of("/x"));
    }

    @Test
    void a_demo_needs_all_roles_so_it_takes_none() {
        assertThatExceptionOfType(WrongUsage.class)
                .isThrownBy(() -> DemoArguments.parse(List.of("--roles", "api")))
                .withMessageContaining("--roles is not known")
                .withMessageContaining("demo [--once]");
    }
}
