package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Tells from a file's header which bill it is: the name of a file proves nothing.
///
/// @param formats all that are known
final class Recognition {

    private final Collection<Format> formats;

    Recognition(Collection<Format> formats) {
        this.formats = formats;
    }

    /// The first target whose format the file has.
    ///
    /// @throws EngineException INVALID_PARAMETER for a file that none of them can take, with the
    ///   nearest format and what the file lacks
    Target of(String file, Header header, List<Target> targets) {
        return targets.stream()
                .filter(target -> target.format().missing(header).isEmpty())
                .findFirst()
                .orElseThrow(() -> refusal(file, header, targets));
    }

    private EngineException refusal(String file, Header header, List<Target> targets) {
        return formats.stream()
                .filter(format -> format.missing(header).isEmpty())
                .findFirst()
                .map(other -> foreign(file, other.title(header), targets))
                .orElseGet(() -> unknown(file, header, nearest(header)));
    }

    private Format nearest(Header header) {
        Comparator<Format> byKnown = Comparator.comparingLong(format -> format.known(header));
        return formats.stream()
                .max(byKnown.thenComparing(format -> -format.missing(header).size()))
                .orElseThrow();
    }

    private static EngineException foreign(String file, String title, List<Target> targets) {
        String taken = String.join(" or ", targets.stream().map(t -> t.format().name()).toList());
        return refused(
                "file: %s is a file of another kind (%s); this pipeline takes the formats %s."
                        .formatted(file, title, taken));
    }

    private static EngineException unknown(String file, Header header, Format nearest) {
        if (nearest.known(header) == 0) {
            return refused(
                    "file: %s has a header that no known bill has; it begins with %s."
                            .formatted(file, header.plainNames().stream().limit(3).toList()));
        }
        return refused(
                "file: %s has a header that no known bill has. The nearest is %s, for which it"
                                .formatted(file, nearest.title(header))
                        + " lacks "
                        + String.join(", ", nearest.missing(header))
                        + ".");
    }

    private static EngineException refused(String sentence) {
        return new EngineException(ErrorCode.INVALID_PARAMETER, sentence);
    }
}
