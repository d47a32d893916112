package dev.convergence.engine.artifact;

import dev.convergence.engine.error.EngineException;
import java.util.regex.Pattern;

/// Something that an execution has made, before it is stored.
///
/// @param name what it is fetched by; a file name without folders
/// @param mediaType such as `application/json`
public record ArtifactDraft(String name, String mediaType, byte[] bytes) {

    public static final int BYTES_MAX = 8 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z]+/[a-z0-9.+-]{1,60}(; ?charset=[A-Za-z0-9-]{1,20})?");

    public ArtifactDraft {
        if (!NAME.matcher(name).matches()) {
            throw EngineException.invalidField(
                    "name",
                    "INVALID_NAME",
                    "an artifact's name has letters, digits, '.', '_' and '-', at most 128.");
        }
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw EngineException.invalidField(
                    "media_type", "INVALID_MEDIA_TYPE", "is a type such as text/markdown.");
        }
        if (bytes.length > BYTES_MAX) {
            throw EngineException.invalidField(
                    "bytes", "TOO_LARGE", "an artifact has at most " + BYTES_MAX + " bytes.");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
