package dev.convergence.service;

import dev.convergence.service.config.Secret;
import dev.convergence.service.config.Settings;
import dev.convergence.service.config.SettingsRefused;
import dev.convergence.service.database.DatabaseRefused;
import dev.convergence.service.demo.Demo;
import dev.convergence.service.demo.DemoFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/// The program's door: which command, and how the process ends.
///
/// Ends with 0 after a signal, 1 when the server cannot run, 2 when the command line makes no
/// sense.
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        try {
            run(List.of(arguments));
        } catch (WrongUsage e) {
            end(WRONG_USAGE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            end(REFUSED, reason(e));
        }
    }

    private static void run(List<String> arguments) throws InterruptedException {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        switch (command) {
            case "serve" -> serve(arguments.subList(1, arguments.size()));
            case "demo" -> demo(DemoArguments.parse(arguments.subList(1, arguments.size())));
            default -> throw new WrongUsage(ServeArguments.USAGE + "\n" + DemoArguments.USAGE);
        }
    }

    private static void serve(List<String> arguments) throws InterruptedException {
        Server server = new Server(ServeArguments.parse(arguments));
        EndOfProcess.stops(server);
        var program = server.start(System.getenv());
        System.out.println("ready http://localhost:" + Server.port(program));
        new CountDownLatch(1).await();
    }

    private static void demo(DemoArguments arguments) throws InterruptedException {
        Server server = new Server(arguments.server());
        EndOfProcess.stops(server);
        var program = server.start(System.getenv());
        Settings settings = program.getBean(Settings.class);
        String address = "http://localhost:" + Server.port(program);
        Demo demo =
                new Demo(
                        URI.create(address),
                        operatorKey(settings),
                        arguments.server().dataDirectory(),
                        settings.storage().landing(),
                        InstantSource.system(),
                        System.out,
                        System.err);
        boolean completed = demo.run();
        if (arguments.once()) {
            EndOfProcess.with(completed ? 0 : REFUSED);
        }
        demo.printNextSteps();
        System.out.println("ready " + address);
        new CountDownLatch(1).await();
    }

    private static Secret operatorKey(Settings settings) {
        List<Secret> keys = settings.keys().admin();
        if (keys.isEmpty()) {
            throw new SettingsRefused(
                    List.of(
                            "The demo acts as the operator: set ADMIN_API_KEY beside DATABASE_URL."));
        }
        return keys.getFirst();
    }

    /// One line for what an operator can mend; anything else is a bug and shown whole.
    private static String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsRefused
                    || cause instanceof DatabaseRefused
                    || cause instanceof DemoFailed) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof PortInUseException busy) {
                return "Port " + busy.getPort() + " is in use. Choose another with --port.";
            }
        }
        LOG.error("The server cannot run", failure);
        return "The server cannot run: " + failure.getMessage();
    }

    private static void end(int status, String message) {
        System.err.println(message);
        EndOfProcess.with(status);
    }
}
