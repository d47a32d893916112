package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The bundled suites, `quality/{name}.json` on the class path, each read once.
final class Suites {

    private static final String FOLDER = "/quality/";

    private static final List<String> BUNDLED =
            List.of(
                    "focus_cost_usage",
                    "billing_cost_daily",
                    "aws_cost_line_items",
                    "azure_cost_details",
                    "oci_cost_lines",
                    "ai_usage_daily",
                    "findings",
                    "policy_states");

    private final Map<String, Suite> read = new ConcurrentHashMap<>();

    Suite find(String name) {
        if (!Identifier.isOne(name)) {
            throw unknown("A quality suite's name has letters, digits and underscores only.");
        }
        return read.computeIfAbsent(name, Suites::load);
    }

    /// The names of the rules of all suites.
    static Stream<String> allRules() {
        return Stream.concat(
                LoadRules.ALL.stream(),
                BUNDLED.stream().flatMap(name -> load(name).rules().stream()).map(Rule::name));
    }

    private static Suite load(String name) {
        try (InputStream file = Suites.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (file == null) {
                throw unknown("There is no quality suite " + name + ".");
            }
            return SuiteReader.read(name, file);
        } catch (IOException e) {
            throw new IllegalStateException("A bundled suite could not be read: " + name, e);
        }
    }

    private static EngineException unknown(String sentence) {
        return new EngineException(ErrorCode.INVALID_TEMPLATE, sentence);
    }
}
