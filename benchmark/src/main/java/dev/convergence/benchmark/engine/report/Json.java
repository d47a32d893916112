package dev.convergence.benchmark.engine.report;

import dev.convergence.benchmark.engine.line.Figure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A report as JSON, with all rounds.
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static void write(Report report, Path file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("sound", report.isSound());
        document.put("machine", report.machine());
        document.put("postgres", report.postgres());
        document.put("contestants", report.contestants());
        document.put("left_out", report.leftOut());
        document.put("figures", report.figures().stream().map(Json::figure).toList());
        MAPPER.writeValue(file, document);
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", figure.label());
        map.put("contestant", figure.contestant());
        map.put("unit", figure.unit().word());
        map.put("less_is_better", figure.unit().isLessBetter());
        map.put("rounds", finite(figure.rounds()));
        map.put("median", finite(List.of(figure.median())).stream().findFirst().orElse(null));
        map.put("sound", figure.isSound());
        map.put("faults", figure.faults());
        map.put("notes", figure.notes());
        return map;
    }

    /// JSON has no word for what is not a number.
    private static List<Double> finite(List<Double> values) {
        return values.stream().filter(Double::isFinite).toList();
    }
}
