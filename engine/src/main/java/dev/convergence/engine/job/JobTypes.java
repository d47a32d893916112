package dev.convergence.engine.job;

import dev.convergence.engine.error.FieldFaults;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The types of jobs that people can ask for.
public final class JobTypes {

    public static final String STORY = "story";
    public static final String RESEARCH = "research";

    private static final List<String> ALL = List.of(STORY, RESEARCH, Job.PROBE, Job.PIPELINE);

    private JobTypes() {}

    /// A known type, in any case; the empty text, and a fault, for any other.
    public static String checked(String field, @Nullable String given, FieldFaults faults) {
        if (given == null || given.isBlank()) {
            faults.add(field, "REQUIRED", "is required: one of " + ALL + ".");
            return "";
        }
        String type = given.strip().toLowerCase(Locale.ROOT);
        if (!ALL.contains(type)) {
            faults.add(field, "UNKNOWN_VALUE", "is one of " + ALL + ".");
            return "";
        }
        return type;
    }
}
