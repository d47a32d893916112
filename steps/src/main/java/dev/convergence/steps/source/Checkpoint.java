package dev.convergence.steps.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The pages of a report that were read so far. They outlive the run, so that a later attempt goes
/// on behind them, on whatever node: they lie beside the data sets, in the folder that all nodes
/// share. They are kept for so long only that the vendor still means the same by its tokens.
///
/// An attempt that was overtaken may still be asking; so each writes into a file of its own, and
/// only who may still go on makes it a page.
final class Checkpoint {

    private static final Duration KEPT = Duration.ofHours(1);

    private final Path folder;
    private final String attempt;

    /// @param attempt whose it is now
    Checkpoint(Path folder, String attempt) {
        this.folder = folder;
        this.attempt = attempt;
    }

    /// The pages that an earlier attempt has read, in their order; none that are too old.
    List<Path> pages(Instant now) throws IOException {
        Files.createDirectories(folder);
        List<Path> pages = new ArrayList<>();
        for (int number = 1; Files.exists(page(number)); number++) {
            pages.add(page(number));
        }
        boolean old =
                !pages.isEmpty()
                        && Files.getLastModifiedTime(pages.getFirst())
                                .toInstant()
                                .isBefore(now.minus(KEPT));
        if (old) {
            clear();
            Files.createDirectories(folder);
            return new ArrayList<>();
        }
        return pages;
    }

    /// Where a page is written while it is read.
    Path incoming() {
        return folder.resolve("incoming-" + attempt);
    }

    /// The page is there as a whole.
    Path keep(int number, Instant now) throws IOException {
        Path page = page(number);
        Files.move(
                incoming(),
                page,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        Files.setLastModifiedTime(page, FileTime.from(now));
        return page;
    }

    void clear() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path page(int number) {
        return folder.resolve("page-%05d.json".formatted(number));
    }
}
