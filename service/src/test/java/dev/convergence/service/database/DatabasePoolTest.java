package dev.convergence.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.service.config.DatabaseAddress;
import dev.convergence.service.config.Secret;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasePoolTest {

    /// Nothing listens on the one, and nothing is behind the other.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "192.0.2.1:5432"})
    void nobody_waits_for_a_database_that_does_not_answer(String nowhere) {
        DatabaseAddress address =
                new DatabaseAddress(
                        "jdbc:postgresql://" + nowhere + "/convergence",
                        "user",
                        new Secret("hush"));
        long began = System.nanoTime();

        assertThatThrownBy(() -> DatabasePool.open(address, 2))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("Is PostgreSQL running there");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
}
