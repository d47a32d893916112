package dev.convergence.steps.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gcp/cost/*.csv|gcp/cost/a.csv|true",
                "gcp/cost/*.csv|gcp/cost/b/a.csv|false",
                "gcp/**/*.csv|gcp/cost/b/a.csv|true",
                "gcp/**|gcp/cost/b/a.csv|true",
                "a?c|abc|true",
                "a?c|a/c|false",
                "a[!b-d]c|aec|true",
                "a[!b-d]c|a/c|false",
                "a[b-d]c|acc|true",
                "[*]|*|true",
                "[*]|a|false",
                "bill.{csv,csv.gz}|bill.csv.gz|true",
                "{gcp,aws}/{a*,b}.csv|aws/alpha.csv|true",
                "{gcp,aws}/{a*,b}.csv|oci/alpha.csv|false"
            })
    void a_glob_means_what_it_means_elsewhere(String glob, String path, boolean fits) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(fits);
    }

    @Property(tries = 3_000)
    void it_agrees_with_that_of_the_platform(
            @ForAll("globs") String glob, @ForAll("paths") String path) {
        assertThat(Glob.of(glob).matches(path))
                .as("%s on %s", glob, path)
                .isEqualTo(
                        FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(path)));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of("a", "b", "/", "*", "**", "?", "[ab]", "[!a]", "{a,b*}", "{a/b,}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", "ba", "aab")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(names -> String.join("/", names));
    }

    @Test
    void many_stars_take_no_longer_than_few() {
        String stars = Stream.generate(() -> "*a").limit(400).collect(Collectors.joining()) + "b";
        assertThat(Glob.of(stars).matches("a".repeat(2_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b", "a{b", "a}b", "{a,{b,c}}", "[]", "[!]", "[b-a]", "[a/b]"})
    void what_is_no_glob_is_refused(String glob) {
        assertThatThrownBy(() -> Glob.of(glob)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alternatives_are_limited() {
        assertThatThrownBy(() -> Glob.of("{a,b,c,d}".repeat(4)))
                .hasMessageContaining("more than 100 patterns");
    }
}
