package dev.convergence.service.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// OpenTelemetry as its own `OTEL_…` variables set it up; off when none of them asks for traces.
public final class Traces implements AutoCloseable {

    private static final String NAME = "dev.convergence";
    private static final Set<String> WANTED =
            Set.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                    "OTEL_TRACES_EXPORTER");

    private final @Nullable OpenTelemetrySdk sdk;

    private Traces(@Nullable OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /// @param variables those whose names begin with `OTEL_`
    public static Traces of(Map<String, String> variables) {
        boolean isWanted =
                WANTED.stream().anyMatch(variables::containsKey)
                        && !"true".equalsIgnoreCase(variables.get("OTEL_SDK_DISABLED"))
                        && !"none".equalsIgnoreCase(variables.get("OTEL_TRACES_EXPORTER"));
        return new Traces(isWanted ? started(variables) : null);
    }

    /// Traces only, over HTTP, unless the variables say otherwise.
    private static OpenTelemetrySdk started(Map<String, String> variables) {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.service.name", "convergence");
        properties.put("otel.traces.exporter", "otlp");
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        properties.put("otel.exporter.otlp.protocol", "http/protobuf");
        variables.forEach((name, value) ->
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesCustomizer(_ -> properties)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    public boolean isOn() {
        return sdk != null;
    }

    OpenTelemetry api() {
        return sdk == null ? OpenTelemetry.noop() : sdk;
    }

    Tracer tracer() {
        return api().getTracer(NAME);
    }

    /// What has ended is sent before this is over.
    @Override
    public void close() {
        if (sdk != null) {
            sdk.close();
        }
    }
}
