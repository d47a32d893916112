package dev.convergence.service.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Who runs PostgreSQL, which refuses to be root.
///
/// An ordinary user runs it as it is. Root runs it in a user namespace of its own, where it is
/// nobody: that works in every folder and changes no owner. Where namespaces are forbidden, as in
/// many containers, root hands the folder to an unprivileged account and runs it as that.
sealed interface ServerAccount {

    /// The command as this account runs it.
    List<String> command(List<String> command);

    /// Makes the folder one that the account can work in.
    void own(Path folder) throws IOException;

    /// The account for a folder: the one that owns its data already, else the best that works.
    static ServerAccount of(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Ordinary();
        }
        String owner = Files.getOwner(folder).getName();
        if (!owner.equals("root")) {
            return new Lowered(owner);
        }
        return Programs.succeeds("unshare", "-U", "true") ? new Namespace() : Lowered.any();
    }

    /// The user who runs us, not root.
    record Ordinary() implements ServerAccount {

        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void own(Path folder) {}
    }

    /// Root without its powers, in a user namespace.
    record Namespace() implements ServerAccount {

        @Override
        public List<String> command(List<String> command) {
            return joined(List.of("unshare", "-U", "--"), command);
        }

        @Override
        public void own(Path folder) {}
    }

    /// An unprivileged account of the machine.
    record Lowered(String account) implements ServerAccount {

        static Lowered any() {
            return Stream.of("postgres", "nobody")
                    .filter(account -> Programs.succeeds(lowered(account, List.of("true"))))
                    .findFirst()
                    .map(Lowered::new)
                    .orElseThrow(() ->
                            new DatabaseRefused(
                                    "PostgreSQL cannot run as root, and this machine offers"
                                            + " neither user namespaces nor setpriv. Run as an"
                                            + " ordinary user, or set DATABASE_URL."));
        }

        @Override
        public List<String> command(List<String> command) {
            return lowered(account, command);
        }

        @Override
        public void own(Path folder) throws IOException {
            Folders.give(folder, account);
            if (!Programs.succeeds(lowered(account, List.of("test", "-w", folder.toString())))) {
                throw new DatabaseRefused(
                        "PostgreSQL runs as "
                                + account
                                + " here, who cannot enter "
                                + folder
                                + ". Choose another --data-dir, or run as an ordinary user.");
            }
        }

        private static List<String> lowered(String account, List<String> command) {
            return joined(
                    List.of(
                            "setpriv",
                            "--reuid=" + account,
                            "--clear-groups",
                            "--inh-caps=-all",
                            "--"),
                    command);
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
