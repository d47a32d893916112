package dev.convergence.benchmark.engine.report;

import dev.convergence.benchmark.engine.server.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What the benchmark ran on, without naming it.
public final class Machine {

    private Machine() {}

    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", WallClock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", processor());
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("heap", Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MB");
        return facts;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
