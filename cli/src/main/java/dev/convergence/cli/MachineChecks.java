package dev.convergence.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the doctor looks at on this machine: Java, the launcher, the file of contexts.
///
/// @param javaVersion the major version that runs this
/// @param home the folder of the launcher, or null when it was not used
record MachineChecks(Machine machine, int javaVersion, @Nullable Path home) {

    private static final int JAVA_NEEDED = 25;

    static MachineChecks of(Machine machine) {
        String home = System.getProperty("convergence.home");
        return new MachineChecks(
                machine, Runtime.version().feature(), home == null ? null : Path.of(home));
    }

    List<Finding> look() {
        return List.of(java(), launcher(), contexts());
    }

    private Finding java() {
        String found = "Java " + javaVersion + " in " + System.getProperty("java.home");
        return javaVersion >= JAVA_NEEDED
                ? Finding.ok("java", found)
                : Finding.fail(
                        "java",
                        found,
                        "Install a JDK "
                                + JAVA_NEEDED
                                + ", such as Eclipse Temurin, or set JAVA_HOME to one.");
    }

    private Finding launcher() {
        if (home == null) {
            return Finding.skipped(
                    "launcher",
                    "This was not started by the launcher.",
                    "Start it as ./convergence doctor");
        }
        if (!Files.isRegularFile(home.resolve("service/target/convergence-service.jar"))) {
            return Finding.fail(
                    "launcher",
                    "The server is not built in " + home + ".",
                    "Build it: mvn -f " + home + " package");
        }
        return Finding.ok("launcher", "in " + home + ", and the server is built");
    }

    private Finding contexts() {
        ContextFile file = new ContextFile(machine.contextFile());
        if (!Files.exists(file.path())) {
            return Finding.skipped(
                    "contexts",
                    "There are none.",
                    "Keep servers and keys: convergence config set-context NAME --server URL");
        }
        return file.isOpen()
                ? Finding.fail(
                        "contexts",
                        file.path() + " holds keys, and others may read it.",
                        "chmod 600 " + file.path())
                : Finding.ok("contexts", file.path() + " is for its owner only");
    }
}
