package dev.convergence.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes the commands' parts; those that read the environment get the one of this run.
record CommandFactory(Map<String, String> environment) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return type == Connection.class
                ? type.cast(new Connection(environment))
                : CommandLine.defaultFactory().create(type);
    }
}
