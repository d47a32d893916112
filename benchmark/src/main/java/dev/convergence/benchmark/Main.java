package dev.convergence.benchmark;

import dev.convergence.benchmark.chaos.ChaosCommand;
import dev.convergence.benchmark.costs.CostsCommand;
import dev.convergence.benchmark.engine.EngineCommand;
import dev.convergence.benchmark.lists.ListsCommand;
import dev.convergence.benchmark.pipelines.PipelinesCommand;
import dev.convergence.benchmark.scheduler.SchedulerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `convergence bench …`: what the engine can do, and what it survives.
@Command(
        name = "bench",
        description = "Measures the engine, its pipelines and its lists.",
        subcommands = {
            ChaosCommand.class,
            CostsCommand.class,
            EngineCommand.class,
            ListsCommand.class,
            PipelinesCommand.class,
            SchedulerCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
