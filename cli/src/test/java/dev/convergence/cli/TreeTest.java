package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/// Documents as trees.
class TreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "1",
                "0.10",
                "12345678901234567890123456789",
                "9007199254740993",
                "{\"a\":[1,{\"b\":[true,false,null,\"x \u00e9\"]},1.50,-0.00000000000000000001]}"
            })
    void a_tree_is_what_the_mapper_reads(String text) {
        assertThat(Tree.read(new JsonFactory(), text)).isEqualTo(Json.MAPPER.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\" 1}", "1 2", "{} x", "nul", "]"})
    void what_is_no_document_is_refused(String text) {
        assertThatThrownBy(() -> Tree.read(new JsonFactory(), text))
                .isInstanceOf(JacksonException.class);
    }
}
