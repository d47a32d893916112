package dev.convergence.engine.launch;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.template.AskedDates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// What two runs have in common when one of them is superfluous.
final class FlightKey {

    /// No name of a parameter.
    private static final String AS_OF = "as of";

    private FlightKey() {}

    /// The same pipeline with the same parameters: ten identical requests are one run, while other
    /// dates run beside it.
    ///
    /// @param asOf from which instant its days are counted when it asks for none
    static String ofRequest(String pipelineId, Map<String, Object> parameters, Instant asOf) {
        Map<String, Object> wish = new TreeMap<>(parameters);
        if (AskedDates.in(parameters).isEmpty()) {
            wish.put(AS_OF, LocalDate.ofInstant(asOf, ZoneOffset.UTC).toString());
        }
        return pipelineId + ":" + sha256(Json.write(wish));
    }

    /// A config's runs do not overlap.
    static String ofConfig(ConfigId config) {
        return "config:" + config;
    }

    /// A backfilled instant's run: other instants of the config may run beside it, and so may what
    /// is scheduled.
    static String ofInstant(ConfigId config, Instant dueAt) {
        return "instant:" + config + "@" + dueAt;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256.", missing);
        }
    }
}
