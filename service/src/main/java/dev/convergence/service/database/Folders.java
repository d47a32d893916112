package dev.convergence.service.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Whole folders at once.
final class Folders {

    private Folders() {}

    static void delete(Path folder) throws IOException {
        for (Path path : tree(folder).reversed()) {
            Files.delete(path);
        }
    }

    /// Gives everything below the folder to the account, links themselves instead of their targets.
    static void give(Path folder, String account) throws IOException {
        var owner =
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(account);
        for (Path path : tree(folder)) {
            if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                Files.setAttribute(path, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static List<Path> tree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
