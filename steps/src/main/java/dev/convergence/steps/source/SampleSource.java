package dev.convergence.steps.source;

public interface SampleSource {
    java.util.List<java.nio.file.Path> write(
            String format,
            dev.convergence.engine.id.TenantId tenant,
            dev.convergence.engine.step.DateWindow window,
            java.util.Map<String, Object> parameters,
            java.nio.file.Path directory)
            throws java.io.IOException;
}
