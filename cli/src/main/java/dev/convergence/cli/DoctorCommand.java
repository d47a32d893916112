package dev.convergence.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for what keeps an installation from working, and says how to mend each.
@Command(
        name = "doctor",
        description = "Checks this machine and the server, and says how to mend what is wrong.",
        footer = {
            "",
            "Ends with 1 when something fails. With the operator's key the server tells of its",
            "database, disk, landing zones and mail, too.",
            "",
            "Example:",
            "  convergence doctor --admin-key-file data/admin.key"
        })
final class DoctorCommand extends Noun implements Callable<Integer> {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "A server's data directory on this machine (default: ./data).")
    private Path dataDirectory = Path.of("data");

    @Override
    public Integer call() {
        List<Finding> findings =
                Stream.of(
                                MachineChecks.of(session().machine()).look(),
                                new FolderChecks(dataDirectory).look(),
                                new ServerChecks(session()).look())
                        .flatMap(List::stream)
                        .toList();
        session()
                .display()
                .own(Map.of("checks", findings), "checks", "check", "state", "found", "mend");
        boolean isWell = findings.stream().noneMatch(Finding::isFailure);
        session().say(isWell ? "Nothing fails." : "Something fails; mend says what to do.");
        return isWell ? Exit.OK.code() : Exit.FAILED.code();
    }
}
