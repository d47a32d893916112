package dev.convergence.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.service.config.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeArgumentsTest {

    @Test
    void everything_has_a_default() {
        assertThat(ServeArguments.parse(List.of()))
                .isEqualTo(
                        new ServeArguments(
                                8080,
                                Path.of("data"),
                                Set.of(Role.API, Role.SCHEDULER, Role.WORKER),
                                null));
    }

    @Test
    void every_option_is_read_in_both_spellings() {
        assertThat(
                        ServeArguments.parse(
                                List.of(
                                        "--port=0",
                                        "--data-dir",
                                        "/d",
                                        "--roles",
                                        "api,Worker",
                                        "--config=c=1.yml")))
                .isEqualTo(
                        new ServeArguments(
                                0,
                                Path.of("/d"),
                                Set.of(Role.API, Role.WORKER),
                                Path.of("c=1.yml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port", "--port 65536", "--port x", "--roles cook", "--colour red", "x"})
    void anything_else_is_refused(String line) {
        assertThatThrownBy(() -> ServeArguments.parse(List.of(line.split(" "))))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining(line.split(" ")[0]);
    }
}
