package dev.convergence.cli;

import picocli.CommandLine.IVersionProvider;

/// Which build this is.
final class Version implements IVersionProvider {

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"convergence " + text()};
    }
}
