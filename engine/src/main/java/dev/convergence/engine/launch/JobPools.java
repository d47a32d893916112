package dev.convergence.engine.launch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which pool a job needs: its handler knows.
@FunctionalInterface
public interface JobPools {

    @Nullable String of(String type, Map<String, Object> params);
}
