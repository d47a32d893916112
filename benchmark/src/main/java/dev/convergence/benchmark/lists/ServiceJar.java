package dev.convergence.benchmark.lists;

import java.net.URISyntaxException;
import java.nio.file.Path;

/// Where the build puts the server: beside this module.
public final class ServiceJar {

    private static final Path PLACE = Path.of("service", "target", "convergence-service.jar");

    private ServiceJar() {}

    /// This code is in benchmark/target/, in a jar or in a folder of classes.
    public static Path path() throws URISyntaxException {
        Path code =
                Path.of(
                        ServiceJar.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        return code.resolve("../../..").normalize().resolve(PLACE);
    }
}
