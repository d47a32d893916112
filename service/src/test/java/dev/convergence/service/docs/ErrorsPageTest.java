package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.service.http.problem.HttpFault;
import dev.convergence.service.http.problem.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of errors has every code with its status.
class ErrorsPageTest {

    @Test
    void every_code_stands_with_its_status() {
        Map<String, String> known = new LinkedHashMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            known.put(code.name(), String.valueOf(Refusal.of(code, "").status()));
        }
        for (HttpFault fault : HttpFault.values()) {
            known.put(fault.name(), String.valueOf(fault.status()));
        }

        assertThat(documented()).containsExactlyInAnyOrderEntriesOf(known);
    }

    private static Map<String, String> documented() {
        return Pages.matches(
                        Pages.text("docs/reference/errors.md"),
                        "^\\| `([A-Z_]+)` \\| ([0-9]{3}) \\|")
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    }
}
