package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void a_full_page_knows_where_the_next_begins() {
        Page<String> page = Page.of("things", List.of("a", "b", "c"), 2, last -> "after-" + last);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(WireFormat.mapper().writeValueAsString(page))
                .contains("\"things\":[\"a\",\"b\"]")
                .contains("\"next_cursor\":\"after-b\"");
    }

    @Test
    void the_last_page_has_no_next() {
        Page<String> page = Page.of("things", List.of("a"), 2, last -> last);
        assertThat(WireFormat.mapper().writeValueAsString(page)).contains("\"next_cursor\":null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "x", "", "1.5", "99999999999"})
    void a_limit_outside_1_to_200_is_named(String limit) {
        assertThatThrownBy(() -> Page.limit(limit))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
                            assertThat(refused.fields().getFirst().field()).isEqualTo("limit");
                        });
    }

    @Test
    void a_cursor_reads_back() {
        UUID id = new UUID(1, 2);
        Instant at = Instant.parse("2026-11-20T10:00:00.123456Z");
        String text = Cursor.encode("runs", at, id, 7L, "ü|x");
        Cursor cursor = Objects.requireNonNull(Cursor.decode(text, "runs", 4));
        assertThat(cursor.instant(0)).isEqualTo(at);
        assertThat(cursor.uuid(1)).isEqualTo(id);
        assertThat(cursor.number(2)).isEqualTo(7);
        assertThat(cursor.text(3)).isEqualTo("ü|x");
        assertThat(Cursor.decode(null, "runs", 4)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "MQ", "MR9ydW5zHzE", "MR9qb2JzHzE"})
    void a_cursor_of_something_else_is_refused(String text) {
        assertThatThrownBy(() -> Objects.requireNonNull(Cursor.decode(text, "runs", 1)).uuid(0))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
