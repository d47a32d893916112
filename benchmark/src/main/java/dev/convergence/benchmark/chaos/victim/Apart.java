package dev.convergence.benchmark.chaos.victim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// How a process is started that its neighbours take for one of another machine: in a process name
/// space of its own, with a boot id of its own.
///
/// A node sees at once that a process of its own machine is dead, and waits for the lease of one
/// elsewhere; so both ways of noticing are put to the test on one machine.
///
/// @param prefix the command in front of the program; empty where the machine allows none
record Apart(List<String> prefix) {

    /// Puts a file in the place of the boot id, inside the name space only, and becomes the
    /// program.
    private static final List<String> WITH_BOOT_ID =
            List.of(
                    "sh",
                    "-c",
                    "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"");

    private static final List<String> OF_ROOT =
            List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

    private static final List<String> OF_USERS =
            List.of(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--pid",
                    "--fork",
                    "--mount-proc",
                    "--kill-child");

    /// The first way that works here.
    static Apart find(Path folder) throws IOException, InterruptedException {
        for (List<String> way : List.of(OF_ROOT, OF_USERS)) {
            Apart apart = new Apart(way);
            if (works(apart.command(folder, "trial", List.of("true")))) {
                return apart;
            }
        }
        return new Apart(List.of());
    }

    boolean isPossible() {
        return !prefix.isEmpty();
    }

    /// The program as one that runs elsewhere.
    List<String> command(Path folder, String life, List<String> program) throws IOException {
        Path bootId = folder.resolve("boot-id-" + life);
        Files.writeString(bootId, UUID.randomUUID() + "\n");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(WITH_BOOT_ID);
        command.add(bootId.toString());
        command.addAll(program);
        return command;
    }

    private static boolean works(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
